"""A question for numbers: Enter gives all of them at once, what will not do is explained, Escape gives none."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.dialogs.number_prompt import NumberPrompt
from widgets.values import NumberField

FIELDS = (
    NumberField("scale", "Scale", "How much.", (0.1,), 0.1, 0.0, 10.0),
    NumberField("seed", "Seed", "Which numbers.", (1.0,), 1.0, 0.0, 100.0, integer=True),
)


@pytest.fixture
def prompt(qtbot: QtBot) -> NumberPrompt:
    made = NumberPrompt("Perturb", "Add noise to what?", FIELDS)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks at it afterwards
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def emitted(prompt: NumberPrompt) -> list[Any]:
    said: list[Any] = []
    prompt.numbers_given.connect(said.append)
    return said


def type_into(prompt: NumberPrompt, key: str, text: str) -> None:
    prompt.edits[key].setFocus()
    prompt.edits[key].selectAll()
    QTest.keyClicks(prompt.edits[key], text)


def test_it_begins_with_the_defaults_and_emits_nothing(prompt: NumberPrompt, emitted: list[Any]) -> None:
    assert [edit.value for edit in prompt.edits.values()] == [0.1, 1.0]
    assert not prompt.message.isVisible()
    assert emitted == []


def test_enter_gives_all_numbers_once(prompt: NumberPrompt, emitted: list[Any]) -> None:
    type_into(prompt, "scale", "0,5")
    type_into(prompt, "seed", "7")
    QTest.keyClick(prompt.edits["seed"], Qt.Key.Key_Return)
    assert emitted == [(0.5, 7.0)]


def test_what_will_not_do_is_explained_and_kept_for_another_try(prompt: NumberPrompt, emitted: list[Any]) -> None:
    type_into(prompt, "scale", "11")
    QTest.keyClick(prompt.edits["scale"], Qt.Key.Key_Return)
    assert prompt.isVisible()
    assert prompt.message.text() == "Scale: expected a number from 0 to 10, got 11"
    assert emitted == []
    type_into(prompt, "scale", "2")
    assert not prompt.message.isVisible()
    QTest.keyClick(prompt.edits["scale"], Qt.Key.Key_Return)
    assert emitted == [(2.0, 1.0)]


def test_escape_gives_nothing(prompt: NumberPrompt, emitted: list[Any]) -> None:
    QTest.keyClick(prompt, Qt.Key.Key_Escape)
    assert emitted == []
