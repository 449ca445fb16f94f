"""A number beside the transport is plain text until the mouse is on it: then it can be marked, and nothing moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.controls.readout import Readout

CAN_BE_MARKED = Qt.TextInteractionFlag.TextSelectableByMouse


@pytest.fixture
def readout(qtbot: QtBot) -> Readout:
    made = Readout("Iteration", "Updates done.", 7)
    qtbot.addWidget(made)
    made.show()
    made.set_text("001 284")
    return made


def come(readout: Readout) -> None:
    middle = QPointF(readout.number.rect().center())
    QApplication.sendEvent(readout.number, QEnterEvent(middle, middle, middle))


def go(readout: Readout) -> None:
    QApplication.sendEvent(readout.number, QEvent(QEvent.Type.Leave))


def picture(readout: Readout) -> QImage:
    return readout.number.grab().toImage()


def test_no_document_is_made_of_a_number_that_streams_by(readout):
    readout.set_text("001 285")

    assert not readout.number.textInteractionFlags() & CAN_BE_MARKED


def test_nothing_moves_when_the_mouse_comes(readout):
    before = picture(readout)
    come(readout)

    assert readout.number.textInteractionFlags() == CAN_BE_MARKED
    assert picture(readout) == before

    go(readout)

    assert not readout.number.textInteractionFlags() & CAN_BE_MARKED
    assert picture(readout) == before


def test_what_is_marked_stays_when_the_mouse_goes(readout):
    number = readout.number
    come(readout)
    QTest.mousePress(number, Qt.MouseButton.LeftButton, pos=QPoint(0, 5))
    QTest.mouseMove(number, QPoint(number.width() - 1, 5))
    QTest.mouseRelease(number, Qt.MouseButton.LeftButton, pos=QPoint(number.width() - 1, 5))
    marked = number.selectedText()
    go(readout)

    assert marked == number.selectedText() == "001 284"
