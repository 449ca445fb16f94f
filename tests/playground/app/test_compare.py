"""Two runs side by side in the real window: presets, a saved document, and the end of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.app.main_window import MainWindow
from playground.engine.spec import LayerSpec
from playground.session.document import Document
from playground.session.saved import Saved
from playground.session.storage import save
from widgets.compare_panel import ComparePanel


@pytest.fixture
def panel(window: MainWindow) -> ComparePanel:
    window.views.open("compare")
    QApplication.processEvents()
    found = window.findChild(ComparePanel)
    assert isinstance(found, ComparePanel)
    return found


def test_a_preset_shows_both_runs_with_their_numbers(window: MainWindow, panel: ComparePanel) -> None:
    assert panel.empty.isVisible()
    panel.box.choice_picked.emit("hidden_layer")
    window.session.step(1500)
    assert "one hidden layer" in panel.names[0].text()
    assert "no hidden layer" in panel.names[1].text()
    assert panel.cells["test_accuracy", 0].text() != panel.cells["test_accuracy", 1].text()
    assert panel.plots[1].isVisible()


def test_a_saved_document_can_be_the_second_run(window: MainWindow, panel: ComparePanel, tmp_path: Path) -> None:
    path = tmp_path / "wide.playground"
    save(path, Saved(Document(hidden=(LayerSpec(7, "relu"),))))
    window.files.dialogs.open_file = lambda _folder, done: done(path)  # type: ignore[method-assign,assignment]
    QTest.mouseClick(panel.document, Qt.MouseButton.LeftButton)
    assert "wide" in panel.names[1].text()
    window.session.step(3)
    assert window.session.companion is not None
    assert window.session.companion.document.hidden == (LayerSpec(7, "relu"),)
    assert window.session.companion.iteration == 3


def test_a_broken_document_is_refused_and_nothing_is_compared(
    window: MainWindow, panel: ComparePanel, tmp_path: Path
) -> None:
    path = tmp_path / "broken.playground"
    path.write_text("{", encoding="utf-8")
    window.files.dialogs.open_file = lambda _folder, done: done(path)  # type: ignore[method-assign,assignment]
    QTest.mouseClick(panel.document, Qt.MouseButton.LeftButton)
    assert window.session.companion is None
    assert window.panels.status.message.text()


def test_ending_goes_back_to_one_run(window: MainWindow, panel: ComparePanel) -> None:
    panel.box.choice_picked.emit("rate_up")
    QTest.mouseClick(panel.end, Qt.MouseButton.LeftButton)
    assert window.session.companion is None
    assert panel.empty.isVisible()
