"""An enumeration of Qt whose members are made later is the one that PySide6 makes at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from typing import Any

import pytest

from widgets import deferred_enums
from widgets.deferred_enums import WaitingType

EACH = """
import enum, pickle, sys
{first}
from PySide6 import QtCore, QtGui, QtWidgets

def of(scope, seen):
    for name in dir(scope) if scope in (QtCore, QtGui, QtWidgets) else sorted(vars(scope)):
        found = vars(scope)[name] if isinstance(scope, type) else getattr(scope, name)
        if isinstance(found, type) and found not in seen and found.__module__.startswith("PySide6"):
            seen.add(found)
            if issubclass(found, enum.Enum):
                yield found
            else:
                yield from of(found, seen)

waited = 0
for kind in of(QtCore, set()), of(QtGui, set()), of(QtWidgets, set()):
    for one in kind:
        waited += type(one).__name__ == "WaitingType"
        print(one.__module__, one.__qualname__, one.__doc__, one.__mro__[1:], len(one), list(one), dir(one))
        print(sorted(vars(one)), sorted(one._value2member_map_), type(one), repr(one))
        for name, member in one.__members__.items():
            print(name, member, repr(member), member.name, member.value, hash(member) == hash(one[name]))
            assert one(member.value) is member and member in one and getattr(one, name) is member
            assert pickle.loads(pickle.dumps(member)) is member and isinstance(member, one)
            assert type(member) is one and member.__objclass__ is one
        if issubclass(one, enum.Flag) and len(one) > 1:
            first, *_, last = one
            print(repr(first | last), repr(~first), repr(first & last), repr(first ^ last), repr(one(0)))
print(waited, file=sys.stderr)
"""


def _each(first: str) -> tuple[str, int]:
    """Return what can be known of each enumeration of Qt, and how many waited for their members."""
    done = subprocess.run([sys.executable, "-c", EACH.format(first=first)], capture_output=True, text=True, check=True)
    return done.stdout, int(done.stderr)


def test_an_enumeration_of_qt_is_the_same_in_all_that_can_be_asked() -> None:
    deferred, waited = _each("from widgets import qt; qt.load()")
    at_once, none = _each("")
    assert waited > 500
    assert none == 0
    assert deferred.splitlines() == at_once.splitlines()


def test_the_window_is_made_of_enumerations_that_wait() -> None:
    look = "import playground.app.window.start as s; print(type(s.Qt.DayOfWeek).__name__, s.Qt.Key.Key_A.name)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["WaitingType", "Key_A"], done.stderr


def _made(kind: Any, names: list[tuple[str, int]]) -> Any:
    return kind("Made", names, module=None, qualname=None, type=None)


@pytest.fixture
def _deferring() -> Any:
    deferred_enums.install()


QUESTIONS = {
    "a value": lambda made: made(2),
    "a name": lambda made: made["TWO"],
    "an attribute": lambda made: made.TWO,
    "a member in it": lambda made: next(iter(made)) in made,
    "the members": lambda made: dict(made.__members__),
    "backwards": lambda made: list(reversed(made)),
    "how many": len,
    "all names": dir,
    "a private name": lambda made: made._member_names_,
    "itself": repr,
    "a change": lambda made: setattr(made, "TWO", 1),
    "a removal": lambda made: delattr(made, "TWO"),
    "a wrong value": lambda made: made(77),
    "a wrong name": lambda made: made.NONE,
}


@pytest.mark.usefixtures("_deferring")
@pytest.mark.parametrize("kind", [Enum, Flag, IntEnum, IntFlag])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_question_is_answered_as_by_the_standard_library(kind: Any, question: str) -> None:
    names = [("ONE", 1), ("TWO", 2), ("DEUX", 2), ("FOUR", 4)]
    waiting, whole = _made(kind, names), deferred_enums._create(kind, "Made", names, module=__name__)
    assert type(waiting) is WaitingType
    answers = []
    for made in (waiting, whole):
        try:
            answers.append(repr(QUESTIONS[question](made)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            answers.append(f"{type(error)} {error}")
    assert answers[0] == answers[1]
    assert question == "itself" or type(waiting) is EnumType


@pytest.mark.usefixtures("_deferring")
def test_what_says_where_it_belongs_or_mixes_something_in_is_made_at_once() -> None:
    for options in ({"module": "x"}, {"qualname": "A.Made"}, {"type": str}):
        assert type(Enum("Made", [("ONE", 1)], **options)) is EnumType  # type: ignore[call-overload]
    assert type(Enum("Made", "ONE TWO")) is EnumType
    assert type(_made(Enum, [("ONE", 1)])) is WaitingType


@pytest.mark.usefixtures("_deferring")
def test_nothing_given_means_zero_as_qt_has_it() -> None:
    assert repr(_made(Flag, [("NONE", 0), ("ONE", 1)])()) == "<Made.NONE: 0>"


@pytest.mark.usefixtures("_deferring")
def test_two_threads_that_ask_at_once_get_the_same_members() -> None:
    for _ in range(50):
        made, seen, ready = _made(Enum, [(f"M{n}", n) for n in range(200)]), [], threading.Barrier(4)

        def ask(made: Any = made, seen: list[object] = seen, ready: threading.Barrier = ready) -> None:
            ready.wait()
            seen.append(made.M7)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 4
        assert len({id(one) for one in seen}) == 1
