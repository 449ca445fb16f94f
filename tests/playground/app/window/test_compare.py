"""Two runs side by side in the real window: presets, a saved document, curves, and the end of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_training
from playground.document.differences import Difference
from playground.document.document import Document
from playground.engine.spec import LayerSpec
from playground.files.document_file import save
from playground.files.saved import Saved
from playground.session import comparison
from widgets.compare.compare_panel import ComparePanel

pytestmark = pytest.mark.slow


@pytest.fixture
def panel(window: MainWindow) -> ComparePanel:
    window.parts.views.open("compare")
    QApplication.processEvents()
    found = window.findChild(ComparePanel)
    assert isinstance(found, ComparePanel)
    return found


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]


def test_a_preset_shows_both_runs_with_their_boundaries_numbers_and_curves(
    window: MainWindow, panel: ComparePanel
) -> None:
    assert panel.empty.isVisible()
    panel.box.choice_picked.emit("hidden_layer")
    window.session.step(1500)
    assert [name.text() for name in panel.names] == ["A · one hidden layer", "B · no hidden layer"]
    assert panel.table.cells["test_accuracy", 0].text() != panel.table.cells["test_accuracy", 1].text()
    assert panel.plots[1].isVisible()
    first, second = panel.canvas._series
    comparison_run = window.session.comparison_run
    assert comparison_run is not None
    for drawn, run in ((first, window.session.run), (second, comparison_run.run)):
        iterations, losses = run.history.column("test")
        assert np.array_equal(drawn.x, iterations)
        assert np.array_equal(drawn.y, losses)
        assert len(drawn.x) <= 801
    assert first.axis == second.axis == "loss"
    assert (first.dashed, second.dashed) == (False, True)
    assert [letter.text for letter in panel.canvas.labels.labels] == ["A", "B"]
    assert "A, one hidden layer: 0." in panel.canvas.accessibleDescription()
    click(panel.table.heads["test_accuracy"])
    assert {one.axis for one in panel.canvas._series} == {"accuracy"}
    rows = panel.canvas.rows_at(1500.0)
    assert [row.name for row in rows] == ["iteration", "A · one hidden layer", "B · no hidden layer"]


def test_going_back_and_a_drag_of_the_line_take_both_along(window: MainWindow, panel: ComparePanel) -> None:
    panel.box.choice_picked.emit("rate_up")
    window.session.step(40)
    comparison_run = window.session.comparison_run
    assert comparison_run is not None
    panel.time_pressed.emit()
    panel.time_moved.emit(12.0)
    panel.time_released.emit()
    assert window.session.run.iteration == comparison_run.run.iteration == 12
    assert panel.canvas.time_line.value() == 12
    window.parts.actions["reset"].trigger()
    assert [len(one.x) for one in panel.canvas._series] == [1, 1]


def test_the_run_that_goes_wrong_is_named(window: MainWindow, panel: ComparePanel) -> None:
    wild = with_training(learning_rate=1e5)
    comparison.start(window.session, Difference("wild", "wild", wild))
    window.session.step(60)
    assert panel.note.text().startswith("B stopped at iteration")
    assert panel.note.isVisible()
    window.session.reset()
    assert not panel.note.isVisible()
    comparison.start(window.session, Difference("tame", "tame", with_training(learning_rate=0.1), wild))
    window.session.step(60)
    assert panel.note.text().startswith("A stopped at iteration")
    assert window.parts.panels.notice.word.text() == "Run A stopped"


def test_a_saved_document_can_be_the_second_run(window: MainWindow, panel: ComparePanel, tmp_path: Path) -> None:
    path = tmp_path / "wide.playground"
    save(path, Saved(Document(hidden=(LayerSpec(7, "relu"),))))
    window.parts.files.dialogs.open_file = lambda _folder, done: done(path)  # type: ignore[method-assign,assignment]
    click(panel.document)
    assert panel.names[1].text() == "B · wide"
    assert "ReLU" in panel.names[1].toolTip()
    window.session.step(3)
    assert window.session.comparison_run is not None
    assert window.session.comparison_run.run.document.hidden == (LayerSpec(7, "relu"),)
    assert window.session.comparison_run.run.iteration == 3


@pytest.mark.parametrize("how", ["end", "menu", "layout"])
def test_ending_or_closing_goes_back_to_one_run(window: MainWindow, panel: ComparePanel, how: str) -> None:
    panel.box.choice_picked.emit("rate_up")
    window.parts.docks["inspector"].raise_()  # behind another tab it goes on
    QApplication.processEvents()
    window.parts.views.open("compare")
    dock = window.parts.docks["compare"]
    for floats in (True, False):
        dock.setFloating(floats)
        QApplication.processEvents()
    assert window.session.comparison_run is not None
    window.parts.views.open("compare")
    QApplication.processEvents()
    if how == "end":
        click(panel.end)
        assert panel.empty.isVisible()
    elif how == "menu":
        dock.toggleViewAction().trigger()
    else:
        window.parts.actions["reset_layout"].trigger()
    assert window.session.comparison_run is None


def test_no_number_moves_its_neighbours(window: MainWindow, panel: ComparePanel) -> None:
    panel.box.choice_picked.emit("adam")
    before = {key: cell.mapTo(panel, QPoint()) for key, cell in panel.table.cells.items()}
    window.session.step(400)
    QApplication.processEvents()
    assert {key: cell.mapTo(panel, QPoint()) for key, cell in panel.table.cells.items()} == before


def test_a_saved_comparison_is_in_front_again_where_it_was(
    window: MainWindow, panel: ComparePanel, second_window: MainWindow, tmp_path: Path
) -> None:
    panel.box.choice_picked.emit("adam")
    window.session.step(120)
    window.session.go_to(90)
    window.parts.files.write(tmp_path / "two.playground")
    assert second_window.parts.files.load(tmp_path / "two.playground")
    QApplication.processEvents()
    found = second_window.findChild(ComparePanel)
    assert isinstance(found, ComparePanel)
    assert found.isVisible()
    assert [name.text() for name in found.names] == [name.text() for name in panel.names]
    cells = [{key: cell.text() for key, cell in one.table.cells.items()} for one in (panel, found)]
    assert cells[0] == cells[1]
    second_window.parts.files.new()
    assert second_window.session.comparison_run is None
    assert found.empty.isVisible()
