"""Stop conditions in the real window: set with mouse and keys, obeyed by training, named in the status line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from widgets.dialogs.stop_dialog import StopDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow) -> StopDialog:
    QTest.keyClick(window, Qt.Key.Key_F5, CTRL)
    dialog = window.parts.stops.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def type_into(dialog: StopDialog, key: str, text: str) -> None:
    edit = dialog.edits[key]
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_training_stops_exactly_at_the_typed_iteration_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window)
    type_into(dialog, "iteration", "137")
    assert window.session.stop_conditions.iteration == 137
    assert dialog.switches["iteration"].isChecked()
    assert window.parts.actions["stop_when"].isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not window.session.is_playing)
    assert window.session.run.iteration == 137
    assert window.parts.panels.status.message.toolTip() == "Stopped at iteration 137, as chosen."


def test_the_first_condition_that_is_met_is_the_one_that_is_named(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window)
    type_into(dialog, "iteration", "100000")
    type_into(dialog, "loss", "0.4")
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not window.session.is_playing)
    assert window.session.snapshot().losses.train <= 0.4
    assert "loss" in window.parts.panels.status.message.toolTip()


def test_switching_a_condition_off_lets_training_go_on(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window)
    type_into(dialog, "iteration", "50")
    switch = dialog.switches["iteration"]
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(10, switch.height() // 2))
    assert not window.session.stop_conditions.any
    assert not window.parts.actions["stop_when"].isChecked()
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.session.run.iteration > 60)
    assert window.session.is_playing
