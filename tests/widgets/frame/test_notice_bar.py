"""The notice bar: it says one thing, offers what can be done, and goes away when emitted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from widgets.frame.notice_bar import NoticeBar
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
