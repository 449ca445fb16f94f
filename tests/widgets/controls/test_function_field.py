"""A typed function: emitted at each key, taken with Enter, given up with Escape, with what is wrong underneath."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.controls.function_field import FunctionField


@pytest.fixture
def field(qtbot: QtBot) -> FunctionField:
    made = FunctionField()
    qtbot.addWidget(made)
    made.set_function("sin(x1)")
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def emitted(field: FunctionField) -> list[Any]:
    said: list[Any] = []
    field.text_edited.connect(lambda text: said.append(("edited", text)))
    field.function_typed.connect(lambda text: said.append(("typed", text)))
    return said


def type_over(field: FunctionField, text: str) -> None:
    field.editor.setFocus()
    field.editor.selectAll()
    QTest.keyClicks(field.editor, text)


def test_set_shows_and_never_emits(field: FunctionField, emitted: list[Any]) -> None:
    field.set_function("x1**2")
    field.set_error("no such name")
    assert field.editor.text() == "x1**2"
    assert field.error.isVisible()
    field.set_function("abs(x1)")
    assert not field.error.isVisible()
    assert emitted == []


def test_every_key_is_reported_and_enter_takes_it_once(field: FunctionField, emitted: list[Any]) -> None:
    type_over(field, "x1")
    assert emitted == [("edited", "x"), ("edited", "x1")]
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert emitted[2:] == [("typed", "x1")]


def test_escape_brings_back_what_was_there(field: FunctionField, emitted: list[Any]) -> None:
    type_over(field, "oops(")
    field.set_error("expected a number")
    emitted.clear()
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.editor.text() == "sin(x1)"
    assert not field.error.isVisible()
    assert emitted == []


@pytest.mark.parametrize("text", ["sin(x1)", "   "])
def test_the_same_function_or_none_is_not_taken(field: FunctionField, emitted: list[Any], text: str) -> None:
    type_over(field, text)
    emitted.clear()
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert emitted == []
