"""Stop conditions: a switch and a number each, emitted at once and once."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.dialogs.stop_dialog import StopDialog
from widgets.values import StopForm

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot: QtBot) -> StopDialog:
    made = StopDialog()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def emitted(dialog: StopDialog) -> list[Any]:
    said: list[Any] = []
    dialog.form_changed.connect(said.append)
    return said


def test_set_shows_and_never_emits(dialog: StopDialog, emitted: list[Any]) -> None:
    dialog.set_form(StopForm(iteration=300.0, accuracy=0.9, part="test"))
    assert {key for key, switch in dialog.switches.items() if switch.isChecked()} == {"iteration", "accuracy"}
    assert dialog.edits["iteration"].text() == "300"
    assert dialog.edits["accuracy"].text() == "90 %"
    assert dialog.part.currentData() == "test"
    dialog.set_has_accuracy(False)
    assert not dialog.switches["accuracy"].isEnabled()
    assert emitted == []


def test_a_switch_takes_the_number_beside_it(dialog: StopDialog, emitted: list[Any]) -> None:
    dialog.switches["loss"].click()
    dialog.switches["loss"].click()
    assert emitted == [StopForm(loss=0.01), StopForm()]


def test_a_typed_number_switches_its_condition_on(dialog: StopDialog, emitted: list[Any]) -> None:
    edit = dialog.edits["patience"]
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "250")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert emitted == [StopForm(patience=250.0)]
    assert dialog.switches["patience"].isChecked()


def test_what_will_not_do_is_explained(dialog: StopDialog, emitted: list[Any]) -> None:
    edit = dialog.edits["accuracy"]
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "-5 %")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert dialog.message.isVisible()
    assert "from 0 % to 100 %" in dialog.message.text()
    assert emitted == []


def test_the_set_is_reported_once(dialog: StopDialog, emitted: list[Any]) -> None:
    dialog.part.setCurrentIndex(1)
    dialog.part.activated.emit(1)
    assert emitted == [StopForm(part="test")]


def test_escape_closes_it(dialog: StopDialog, emitted: list[Any]) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert emitted == []
