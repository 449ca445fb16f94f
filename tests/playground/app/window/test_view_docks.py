"""Views open in docks, and are made only when they are opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document.data_choice import with_dataset
from widgets.matrices.confusion_matrix import ConfusionMatrix

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def matrix(window: MainWindow, qtbot: QtBot) -> ConfusionMatrix:
    window.session.change(with_dataset("rings"), "rings")
    window.session.step(5)
    window.parts.views.open("confusion")
    qtbot.waitUntil(lambda: bool(window.findChildren(ConfusionMatrix)))
    (made,) = window.findChildren(ConfusionMatrix)
    qtbot.waitUntil(made.isVisible)
    return made


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 720)])
def test_the_matrix_opens_where_the_rings_can_be_seen(
    window: MainWindow, matrix: ConfusionMatrix, size: tuple[int, int]
) -> None:
    window.parts.layout.arrange_at(*size)
    window.parts.views.open("confusion")
    QTest.qWait(0)
    assert matrix.isVisible()
    assert not matrix.grid.visibleRegion().isEmpty()
    assert not window.parts.panels.output.plane.visibleRegion().isEmpty()


def test_a_view_is_not_made_before_it_is_opened(window: MainWindow) -> None:
    window.session.step(3)
    assert window.parts.views.presenters == {}
    assert not window.parts.docks["hidden_space"].isVisible()
