"""The notice bar: it says one thing, offers what can be done, and goes away when emitted."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.frame.notice_bar import NoticeBar
from widgets.style import boxes
from widgets.values import Choice


def test_a_notice_is_hidden_until_there_is_one(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.set_notice("Stopped", "A weight became NaN.", (Choice("back", "Go back"),))
    assert not bar.isHidden()
    assert bar.text.text() == "A weight became NaN."
    bar.clear()
    assert bar.isHidden()


def test_a_button_reports_its_key_and_showing_reports_nothing(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    heard: list[str] = []
    bar.action_clicked.connect(heard.append)
    bar.set_notice("Stopped", "A weight became NaN.", (Choice("back", "Go back"),))
    assert heard == []
    qtbot.mouseClick(bar.buttons["back"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.buttons["dismiss"], Qt.MouseButton.LeftButton)
    assert heard == ["back", "dismiss"]


def test_a_new_notice_replaces_text_and_buttons(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.set_notice("Stopped", "first", (Choice("back", "Go back"),))
    bar.set_notice("Note", "second")
    assert (bar.text.text(), list(bar.buttons)) == ("second", ["dismiss"])


@pytest.mark.parametrize(("width", "lines"), [(900, 1), (500, 3), (260, 5)])
def test_a_narrow_bar_stacks_its_parts_and_cuts_nothing(qtbot: QtBot, width: int, lines: int) -> None:
    window = QWidget()
    bar = NoticeBar()
    boxes.column(bar, boxes.STRETCH, owner=window)
    qtbot.addWidget(window)
    answers = Choice("keep", "Keep the weights"), Choice("standardize", "Standardize the inputs")
    bar.set_notice("Started afresh", "The inputs of this data set have another range than before.", answers)
    window.resize(width, 300)
    window.show()
    for _ in range(4):
        QApplication.processEvents()
    assert window.width() == width
    parts = bar.word, bar.text, *bar.buttons.values()
    places = [QRect(part.mapTo(bar, QPoint()), part.size()) for part in parts]
    assert all(bar.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    assert all(part.width() >= part.sizeHint().width() for part in bar.buttons.values())
    assert len({place.center().y() for place in places}) == lines


def test_another_notice_has_its_place_before_anything_is_drawn(qtbot: QtBot) -> None:
    window, below = QWidget(), QWidget()
    qtbot.addWidget(window)
    bar = NoticeBar()
    boxes.column(bar, (below, 1), owner=window)
    window.resize(520, 300)
    with qtbot.waitExposed(window):
        window.show()
    text = "The trained weights do not fit, because the data have other inputs."
    for actions in ((), (Choice("back", "Go back to the weights before"), Choice("keep", "Keep them"))):
        bar.set_notice("Started afresh", text, actions)
        if actions:
            height = bar.height()
            assert all(button.isVisible() for button in bar.buttons.values())
        QApplication.processEvents()
    assert bar.height() == height
