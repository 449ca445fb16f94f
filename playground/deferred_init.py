"""Deferred ``__init__``: what ``@dataclass`` writes for a class of ours is compiled when the first object is made.

The standard library writes up to seven functions for each class as text and compiles them at once: a millisecond a
class, a fifth of the time that the window takes to open, though few classes are used so early. Here ``__init__`` alone
is written as text, and only when it is called; the other methods need none. Every class stays an ordinary
``@dataclass``; what it accepts, equals, shows and refuses is the same.

``install`` comes before the first class, in the package ``playground``. Classes of other libraries are left alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any

OURS = ("playground", "widgets", "datasets")
HANDLED = frozenset({"frozen", "slots", "eq", "repr", "kw_only", "weakref_slot"})
_whole = dataclasses.dataclass


def install() -> None:
    """Let ``from dataclasses import dataclass`` mean :func:`dataclass` from now on."""
    dataclasses.dataclass = dataclass


def dataclass(cls: type | None = None, /, **options: bool) -> Any:
    """Do what the standard library's ``dataclass`` does, and defer ``__init__`` where the class is one of ours."""
    if cls is None:
        return lambda decorated: dataclass(decorated, **options)
    if cls.__module__.partition(".")[0] not in OURS or not options.keys() <= HANDLED or "__init__" in vars(cls):
        return _whole(cls, **options)
    frozen, own = options.pop("frozen", False), {name for name in vars(cls) if name != "__hash__"}
    if vars(cls).get("__hash__") or ("__hash__" in vars(cls) and "__eq__" not in own):  # not the None of an ``__eq__``
        own.add("__hash__")
    made: Any = _whole(cls, **(options | {"init": False, "repr": False, "eq": False}))
    methods = {"__init__": _Deferred(made, frozen)} | (_FROZEN if frozen else {})
    if frozen and options.get("slots", False):
        methods |= _PICKLED
    if options.get("repr", True):
        methods["__repr__"] = _repr(made)
    if options.get("eq", True):
        methods |= _comparing(made, frozen)
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


class _Deferred:
    """Stands for ``__init__`` of a class until something asks for it."""

    def __init__(self, cls: type, frozen: bool) -> None:
        self._cls, self._frozen = cls, frozen

    def __get__(self, instance: object, owner: type) -> Callable[..., None]:
        """Write the function, put it into the class, and return it."""
        function = _written(self._cls, self._frozen)
        self._cls.__init__ = function  # type: ignore[misc]
        return function if instance is None else function.__get__(instance, owner)


def _written(cls: type, frozen: bool) -> Callable[..., None]:
    """Return ``__init__`` of `cls`."""
    fields = dataclasses.fields(cls)
    names: dict[str, Any] = {"_set": object.__setattr__, "_make": object()}
    for field in fields:
        names |= {f"_default_{field.name}": field.default, f"_factory_{field.name}": field.default_factory}
    taken = [field for field in fields if field.init]
    keywords = [_parameter(field) for field in taken if field.kw_only]
    places = [_parameter(field) for field in taken if not field.kw_only]
    parameters = ["self", *places, *(["*", *keywords] if keywords else [])]
    lines = list(_assignments(fields, "_set(self, {0!r}, {1})" if frozen else "self.{0} = {1}"))
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n    ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(parameters)}):\n    {body}", names)  # noqa: S102 - as the standard library does
    function: Any = names["__init__"]
    function.__module__, function.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
    return function  # type: ignore[no-any-return]


def _parameter(field: Field[Any]) -> str:
    if field.default_factory is not MISSING:
        return f"{field.name}=_make"
    return field.name if field.default is MISSING else f"{field.name}=_default_{field.name}"


def _assignments(fields: Iterable[Field[Any]], assignment: str) -> Iterator[str]:
    for field in fields:
        name, made = field.name, f"_factory_{field.name}()"
        if field.default_factory is not MISSING:
            yield assignment.format(name, f"{made} if {name} is _make else {name}" if field.init else made)
        elif field.init or field.default is not MISSING:
            yield assignment.format(name, name if field.init else f"_default_{name}")


def _repr(cls: type) -> Callable[[Any], str]:
    names = [field.name for field in dataclasses.fields(cls) if field.repr]

    @recursive_repr()
    def shown(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return shown


def _comparing(cls: type, frozen: bool) -> dict[str, Any]:
    """Return ``__eq__`` and what follows from it: objects that can change have no hash."""
    fields = dataclasses.fields(cls)
    compared = _reader([field.name for field in fields if field.compare])
    hashed = _reader([field.name for field in fields if (field.compare if field.hash is None else field.hash)])

    def equals(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashing(self: object) -> int:
        return hash(hashed(self))

    return {"__eq__": equals, "__hash__": hashing if frozen else None}


def _reader(names: list[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return a function for the tuple of an object's attributes `names`."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
_PICKLED = {"__getstate__": _state, "__setstate__": _set_state}
