"""Dialogs that tell or ask one thing: recovered work, an unexpected event, a list to read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.dialogs.crash_dialog import MOST_DETAILS, CrashDialog
from widgets.dialogs.notes_dialog import NotesDialog
from widgets.dialogs.recovery_offer import RecoveryOffer

LEFT = Qt.MouseButton.LeftButton


def picture() -> QImage:
    made = QImage(80, 50, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.red)
    return made


@pytest.mark.parametrize("answer", ["recover", "discard", "later"])
def test_an_offer_is_answered_once_by_its_buttons(answer: str, qtbot: QtBot) -> None:
    offer = RecoveryOffer("xor.playground, 10:30", picture(), more=2)
    qtbot.addWidget(offer)
    emitted: list[str] = []
    offer.answered.connect(emitted.append)
    offer.show()
    assert offer.text.text() == "xor.playground, 10:30"
    assert offer.picture.pixmap().toImage().pixelColor(5, 5).name() == "#ff0000"
    assert offer.more.text().startswith("2 older ones are offered")
    QTest.mouseClick(getattr(offer, answer), LEFT)
    assert emitted == [answer]


def test_escape_is_later_and_what_there_is_not_is_not_shown(qtbot: QtBot) -> None:
    offer = RecoveryOffer("untitled", QImage())
    qtbot.addWidget(offer)
    emitted: list[str] = []
    offer.answered.connect(emitted.append)
    offer.show()
    assert not offer.picture.isVisible()
    assert not offer.more.isVisible()
    QTest.keyClick(offer, Qt.Key.Key_Escape)
    assert emitted == ["later"]


def test_the_crash_dialog_collects_details_within_limits_and_copies_them(qtbot: QtBot) -> None:
    dialog = CrashDialog("Your work was saved.")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_details("first")
    dialog.add_details("second")
    assert dialog.text.text() == "Your work was saved."
    assert dialog.details.toPlainText() == "first\nsecond"
    QTest.mouseClick(dialog.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "first\nsecond"
    for _ in range(5):
        dialog.add_details("x" * MOST_DETAILS)
    assert len(dialog.details.toPlainText()) <= 2 * MOST_DETAILS
    QTest.mouseClick(dialog.continue_button, LEFT)
    assert dialog.result() == 1


def test_notes_are_rows_to_read_and_to_copy(qtbot: QtBot) -> None:
    notes = NotesDialog("What was taken", ("name", "what"), (("noise", "taken"), ("seed", "adapted")))
    qtbot.addWidget(notes)
    notes.show()
    shown = [[notes.table.item(y, x).text() for x in range(2)] for y in range(2)]
    assert shown == [["noise", "taken"], ["seed", "adapted"]]
    QTest.mouseClick(notes.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "name\twhat\nnoise\ttaken\nseed\tadapted"
