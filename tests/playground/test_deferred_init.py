"""A dataclass whose ``__init__`` is deferred is the dataclass that the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from playground import deferred_init
from playground.deferred_init import _Deferred, _whole

Decorator = Callable[..., Any]


def _classes(make: Decorator) -> dict[str, type]:
    """Return a class of each shape, made by `make`."""

    @make(frozen=True, slots=True)
    class Value:
        """Doc."""

        __module__ = deferred_init.__name__
        a: int
        b: float = 2.0
        c: list[int] = field(default_factory=list, hash=False)

    @make(frozen=True, slots=True, eq=False)
    class Unequal:
        """Doc."""

        __module__ = deferred_init.__name__
        a: int
        b: float = 2.0

    @make(slots=True)
    class Changing:
        """Doc."""

        __module__ = deferred_init.__name__
        a: int
        b: float = field(default=2.0, repr=False, compare=False)
        c: list[int] = field(default_factory=list, init=False)
        d: int = field(default=7, init=False)

    @make
    class Plain:
        """Doc."""

        __module__ = deferred_init.__name__
        a: int
        b: float = 2.0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Plain) and abs(self.a) == abs(other.a)

        def __repr__(self) -> str:
            return "plain"

    @make(frozen=True, slots=True, kw_only=True)
    class Named:
        """Doc."""

        __module__ = deferred_init.__name__
        b: float = 2.0
        a: int

        def __post_init__(self) -> None:
            if self.a > 99:
                raise ValueError("too large")

        def __hash__(self) -> int:
            return 5

    @make(frozen=True, slots=True)
    class Derived(Value):
        """Doc."""

        __module__ = deferred_init.__name__
        d: str = "d"

    @make(frozen=True)
    class Alone:
        """Doc."""

        __module__ = deferred_init.__name__
        a: int = 3
        b: float = 2.0

    return {made.__name__: made for made in (Value, Unequal, Changing, Plain, Named, Derived, Alone)}


OURS, THEIRS = _classes(dataclass), _classes(_whole)
BOTH = pytest.mark.parametrize(("ours", "theirs"), [(OURS[name], THEIRS[name]) for name in OURS], ids=list(OURS))


def _shown(cls: type, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    return repr(cls(*arguments, **keywords))


def _outcome(do: Callable[..., object], *arguments: object) -> object:
    """Return what `do` returns, or the error that it ends in."""
    try:
        made = do(*arguments)
    except Exception as error:
        return type(error), str(error)
    return made


def test_the_program_uses_deferred_init() -> None:
    assert dataclasses.dataclass is deferred_init.dataclass
    assert all(isinstance(vars(made)["__init__"], _Deferred) for made in _classes(dataclass).values())


def test_classes_of_other_libraries_are_left_alone() -> None:
    @dataclass(frozen=True)
    class Foreign:
        __module__ = "dataclasses"
        a: int

    assert inspect.isfunction(vars(Foreign)["__init__"])


@BOTH
def test_init_takes_the_same_and_says_the_same_when_it_is_called_wrongly(ours: type, theirs: type) -> None:
    assert inspect.signature(ours).parameters.keys() == inspect.signature(theirs).parameters.keys()
    for arguments, keywords in (
        ((), {}), ((1,), {}), ((), {"a": 1}), ((1, 2.5), {}), ((), {"a": 1, "b": 9.0}), ((1, 2, 3, 4, 5), {}),
        ((), {"a": 1, "e": 2}), ((), {"a": 100}),
    ):  # fmt: skip
        made, expected = (_outcome(_shown, cls, arguments, keywords) for cls in (ours, theirs))
        assert made == expected


@BOTH
def test_equality_and_hash_are_the_same(ours: type, theirs: type) -> None:
    for first, second in (({"a": 1}, {"a": 1}), ({"a": 1}, {"a": -1}), ({"a": 1}, {"a": 1, "b": 3.0})):
        assert (ours(**first) == ours(**second)) == (theirs(**first) == theirs(**second))
    assert ours(a=1) != theirs(a=1)
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    if ours.__hash__ is not None and ours.__hash__ is not object.__hash__:
        assert hash(ours(a=1)) == hash(theirs(a=1))


@BOTH
def test_frozen_objects_refuse_and_others_change(ours: type, theirs: type) -> None:
    for name in ("a", "unknown"):
        for change, arguments in ((setattr, (name, 1)), (delattr, (name,))):
            mine, expected = (_outcome(change, cls(a=1), *arguments) for cls in (ours, theirs))
            if not (isinstance(expected, tuple) and expected[0] is TypeError):  # the slip of slots: no cell for super()
                assert mine == expected
            else:
                assert isinstance(mine, tuple)
                assert mine[0] is FrozenInstanceError


@BOTH
def test_fields_copies_and_replacements_are_the_same(ours: type, theirs: type) -> None:
    assert [(one.name, one.type) for one in dataclasses.fields(ours)] == [
        (one.name, one.type) for one in dataclasses.fields(theirs)
    ]
    assert ours.__match_args__ == theirs.__match_args__
    for remade in (copy.copy, copy.deepcopy, lambda one: replace(one, a=4)):
        assert repr(remade(ours(a=1))) == repr(remade(theirs(a=1)))


def test_a_default_factory_makes_each_object_its_own() -> None:
    first, second = OURS["Value"](1), OURS["Value"](1)
    assert first == second
    assert first.c is not second.c


def test_an_object_within_itself_is_shown_once() -> None:
    one = OURS["Changing"](1)
    one.c.append(one)
    assert repr(one).endswith("c=[...], d=7)")
