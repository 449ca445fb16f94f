"""Notices: passing messages are said, notices stay until they are answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.notices import Notices
from widgets.values import Choice

AGAIN = Choice("again", "Try again", "Tries again.")


@pytest.fixture
def notices(qtbot: QtBot) -> Iterator[Notices]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Notices(parent)
    made.bar.setParent(parent)
    yield made
    del parent


def test_a_passing_message_is_said_and_shows_no_notice(notices: Notices) -> None:
    said: list[str] = []
    notices.said.connect(said.append)
    notices.say("Saved.")
    assert said == ["Saved."]
    assert notices.bar.isHidden()


def test_a_refusal_shows_the_error_on_one_line_until_it_is_cleared(notices: Notices) -> None:
    notices.refuse("Not saved", ValueError("a full\ndisk"))
    assert notices.is_shown("a full disk")
    notices.clear()
    assert not notices.is_shown("a full disk")


def test_a_button_closes_the_notice_and_runs_its_answer(notices: Notices) -> None:
    runs: list[str] = []
    notices.show("Not saved", "a full disk", {AGAIN: lambda: runs.append("again")})
    notices.bar.buttons["again"].click()
    assert runs == ["again"]
    assert notices.bar.isHidden()


def test_dismissing_a_notice_runs_nothing(notices: Notices) -> None:
    runs: list[str] = []
    notices.show("Not saved", "a full disk", {AGAIN: lambda: runs.append("again")})
    notices.bar.buttons["dismiss"].click()
    assert runs == []
    assert notices.bar.isHidden()
