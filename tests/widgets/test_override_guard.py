"""An override that raises is heard of and ends nothing, on every Python; on 3.11 the guard sees to that."""

from __future__ import annotations

import dis
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.override_guard import guard, is_guarded, overrides

old_python = pytest.mark.skipif(sys.version_info >= (3, 12), reason="errors are objects from Python 3.12 on")
PROGRAM = Path(__file__).with_name("override_ways.py")


def test_an_override_that_raises_is_survived_and_heard_of_on_every_way_into_it() -> None:
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    run = subprocess.run([sys.executable, PROGRAM], capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    *ways, last = run.stdout.splitlines()
    assert last == "alive"
    assert len(ways) > 30
    assert [line for line in ways if not line.endswith(": IndexError")] == []


# ---- what the guard does to a function -------------------------------------------------------------


def straight(values: list[int]) -> int:
    return values[9]


def trying(values: list[int]) -> object:
    try:
        return values[9]
    except KeyError:
        return values[0]
    finally:
        values.append(1)


def catching(values: list[int]) -> object:
    for value in values:
        try:
            with memoryview(b"x"):
                values[value + 9]
        except IndexError as error:
            return type(error)
    return None


def raising_while_catching(values: list[int]) -> object:
    try:
        return values[9]
    except IndexError:
        return {}["missing"]


def nested(values: list[int]) -> object:
    return [[one for one in values if values[one + 9]] for _ in values]


SHAPES = (straight, trying, catching, raising_while_catching, nested)


def outcome(function: Callable[[list[int]], object]) -> object:
    values = [1, 2]
    try:
        return function(values), values
    except Exception as error:
        places = []
        trace = error.__traceback__
        while trace is not None:
            places.append((trace.tb_lineno, trace.tb_frame.f_code.co_name))
            trace = trace.tb_next
        return type(error), str(error), type(error.__context__), places, values


@old_python
@pytest.mark.parametrize("function", SHAPES)
def test_a_guarded_function_does_what_it_did(function: FunctionType) -> None:
    copy = FunctionType(function.__code__, function.__globals__)
    before = outcome(copy)
    guard(copy)
    assert is_guarded(copy)
    assert not is_guarded(function)
    assert outcome(copy) == before
    once = copy.__code__
    guard(copy)
    assert copy.__code__ is once


@old_python
@pytest.mark.parametrize("function", SHAPES)
def test_every_instruction_is_covered_and_what_was_caught_before_still_is(function: FunctionType) -> None:
    copy = FunctionType(function.__code__, function.__globals__)
    guard(copy)
    end = len(function.__code__.co_code)

    def handlers(code: object) -> dict[int, tuple[int, int, bool]]:
        entries = dis._parse_exception_table(code)  # type: ignore[attr-defined]
        return {place: (one.target, one.depth, one.lasti) for one in entries for place in range(one.start, one.end, 2)}

    before, after = handlers(function.__code__), handlers(copy.__code__)
    assert after == {place: before.get(place, (end, 0, False)) for place in range(0, end, 2)}


@old_python
def test_a_guarded_override_still_takes_as_much_of_a_signal_as_it_names(qtbot: QtBot) -> None:
    closed: list[bool] = []

    class Window(QWidget):
        def close(self) -> bool:
            closed.append(True)
            return True

    window, button = Window(), QPushButton()
    qtbot.addWidget(window)
    qtbot.addWidget(button)
    button.clicked.connect(window.close)  # `clicked` would give it a bool
    assert is_guarded(Window.close)
    button.click()
    assert closed == [True]


@old_python
def test_a_class_of_any_kind_is_guarded_when_it_is_made() -> None:
    class Mixin:
        def event(self, _event: object) -> bool:
            return True

        def of_its_own(self) -> None:
            pass

    class Plain(QObject):
        def eventFilter(self, _watched: object, _event: object) -> bool:
            return False

    class Mixed(Mixin, Plain):
        pass

    assert {function.__name__ for function in overrides(Mixed)} == {"event", "eventFilter"}
    assert is_guarded(Mixin.event)
    assert is_guarded(Plain.eventFilter)
    assert not is_guarded(Mixin.of_its_own)
    Plain.event = lambda _self, _event: True
    assert is_guarded(Plain.event)
