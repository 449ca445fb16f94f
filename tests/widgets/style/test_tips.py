"""Tooltips stand beside what they explain, wherever it is on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.style import style, tips

SCREEN = QRect(0, 0, 1366, 768)
TIP = QSize(320, 60)


@pytest.mark.parametrize(
    "place",
    [
        QRect(400, 300, 24, 24), QRect(2, 2, 24, 24), QRect(1340, 300, 24, 24), QRect(700, 740, 24, 24),
        QRect(0, 700, 1366, 60), QRect(20, 300, 220, 30), QRect(1080, 140, 280, 560), QRect(280, 100, 800, 600),
    ],
    ids=["tile", "corner", "right edge", "bottom edge", "status line", "slider", "plane", "nearly all"],
)  # fmt: skip
def test_a_tooltip_covers_nothing_of_what_it_explains(place: QRect) -> None:
    rect = QRect(tips.beside(TIP, [place], place.center(), SCREEN), TIP)
    assert SCREEN.contains(rect)
    assert not rect.intersects(place)


def test_a_tooltip_of_a_row_stands_beside_the_whole_list() -> None:
    rows = QRect(300, 100, 200, 300)
    rect = QRect(tips.beside(TIP, [QRect(300, 150, 200, 24), rows], QPoint(400, 160), SCREEN), TIP)
    assert not rect.intersects(rows)
    assert abs(rect.center().y() - 162) < 30


def test_a_tooltip_of_a_line_leaves_the_line_free() -> None:
    line = tips.along([QPointF(300, 200), QPointF(450, 400), QPointF(600, 420)])
    cursor = QPoint(375, 300)
    rect = QRect(tips.beside(TIP, [tips.around(cursor), *line], cursor, SCREEN), TIP)
    assert not any(rect.intersects(part) for part in line)


def test_where_there_is_no_room_the_tooltip_covers_as_little_as_it_can_and_never_the_cursor() -> None:
    everything = QRect(0, 0, 1366, 700)
    rect = QRect(tips.beside(QSize(400, 100), [everything], QPoint(600, 650), SCREEN), QSize(400, 100))
    assert rect.bottom() == SCREEN.bottom()
    assert not rect.contains(QPoint(600, 650))


class _Explained(QWidget):
    asked = 0

    def tip_at(self, _point: QPoint) -> tips.Tip | None:
        self.asked += 1
        return None


def test_paused_tooltips_are_answered_again_afterwards(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, style.current())
    explained = _Explained()
    qtbot.addWidget(explained)
    with tips.paused():
        qapp.sendEvent(explained, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1)))
        assert not explained.asked
    qapp.sendEvent(explained, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1)))
    assert explained.asked == 1
