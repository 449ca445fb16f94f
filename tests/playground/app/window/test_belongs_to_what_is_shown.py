"""Axes, curves, names and headers belong to the run that is shown: nothing of the one before it stays behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_training
from playground.document.data_choice import with_dataset
from playground.document.differences import DIFFERENCES
from playground.document.document import Node
from playground.document.selection import Example
from playground.files.saved import Saved
from playground.session import comparison
from playground.session.saving import to_saved
from playground.session.session import Session
from widgets.loss_plot import LossPlot

CTRL = Qt.KeyboardModifier.ControlModifier


def _lost(window: MainWindow) -> None:
    """Train until losses and gradients are huge, and look closely at them."""
    session = window.session
    session.change(with_training(learning_rate=1e3), "Rate")
    session.step(300)
    session.change(with_training(learning_rate=0.1), "Rate")
    window.findChild(LossPlot).canvas.getViewBox().setYRange(1e9, 2e9)


LEAVING: dict[str, Callable[[MainWindow], object]] = {
    "reset": lambda window: window.session.reset(),
    "other data": lambda window: window.session.change(with_dataset("spiral"), "Spiral"),
    "new": lambda window: window.parts.files.adopt(Saved(), "New document"),
}


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
def test_axes_fit_the_run_that_is_shown(window: MainWindow, leave: Callable[[MainWindow], object]) -> None:
    _lost(window)
    assert window.parts.panels.flow._scale.high > 50
    leave(window)
    window.session.step(20)
    canvas = window.findChild(LossPlot).canvas
    assert canvas.getViewBox().viewRange()[1][1] < 5.0
    assert window.parts.panels.flow._scale.high < 5


def test_undo_of_a_comparison_takes_its_name_away(window: MainWindow) -> None:
    session = window.session
    session.step(10)
    comparison.start(session, DIFFERENCES["adam"])
    assert session.document.data.name == "spiral"
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert session.comparison_run is None
    assert (session.document.data.name, session.run.iteration) == ("xor", 10)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert session.comparison_run is not None
    assert session.comparison_run.difference is DIFFERENCES["adam"]


def test_the_header_names_the_example_of_the_opened_document(window: MainWindow) -> None:
    other = Session()
    other.select(node=Node(1, 1), example=Example(3))
    saved = to_saved(other)
    window.session.select(node=Node(1, 0), example=Example(7))
    window.session.step(5)
    card = window.parts.panels.card
    before = card.title.text(), card.example.text()
    window.parts.files.adopt(saved)
    assert card.title.text() == "neuron 2 of hidden layer 1"
    assert "example 3" in card.example.text()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert (card.title.text(), card.example.text()) == before
