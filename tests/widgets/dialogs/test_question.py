"""Questions, the link prompt and the list of keys: in our look, answered by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.dialogs.key_list import KeyList
from widgets.dialogs.link_prompt import LinkPrompt
from widgets.dialogs.question import Question
from widgets.values import Choice

CHOICES = (
    Choice("cancel", "Cancel", "Change nothing."),
    Choice("discard", "Discard", "Lose it."),
    Choice("save", "Save", "Keep it."),
)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.mark.parametrize(
    ("key", "answer"),
    [(Qt.Key.Key_Return, "save"), (Qt.Key.Key_Escape, "cancel")],
    ids=["Enter", "Escape"],
)
def test_a_question_is_answered_with_a_key(parent: QWidget, key: Qt.Key, answer: str) -> None:
    question, answers = Question("Save the changes?", "5 iterations would be lost.", CHOICES, parent), []
    question.answered.connect(answers.append)
    question.open()
    QTest.keyClick(question, key)
    assert answers == [answer]


def test_the_buttons_of_a_question_are_words_without_pictures(parent: QWidget) -> None:
    question, answers = Question("Save the changes?", "", CHOICES, parent), []
    question.answered.connect(answers.append)
    question.open()
    assert [button.icon().isNull() for button in question.buttons.values()] == [True] * 3
    question.buttons["discard"].click()
    assert answers == ["discard"]


def test_enter_opens_the_link_that_was_pasted(parent: QWidget) -> None:
    prompt, given = LinkPrompt("", parent), []
    prompt.text_given.connect(given.append)
    prompt.open()
    prompt.field.insertPlainText("playground:abc\ndef")
    QTest.keyClick(prompt.field, Qt.Key.Key_Return)
    assert given == ["playground:abc\ndef"]
    assert not prompt.isVisible()


def test_escape_opens_no_link(parent: QWidget) -> None:
    prompt, given = LinkPrompt("playground:abc", parent), []
    prompt.text_given.connect(given.append)
    prompt.open()
    QTest.keyClick(prompt.field, Qt.Key.Key_Escape)
    assert given == []
    assert not prompt.isVisible()


def test_the_list_of_keys_fits_the_screen(parent: QWidget) -> None:
    keys = KeyList(
        "Keys", [("Training", [("F5", "Play")] * 40), ("View", [("F11", "Lecture mode")] * 40)], "A note.", parent
    )
    keys.open()
    assert keys.height() <= keys.screen().availableSize().height()
    keys.close()
