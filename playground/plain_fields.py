"""Plain fields: the fields of a simple dataclass, found without looking up each of its types.

For every field the standard library asks three times, by a regular expression, whether its type is a ``ClassVar``, an
``InitVar`` or ``KW_ONLY``. A class of ours writes its types as text, and a look for these words answers the same. What
is not so simple is left to the standard library; what it puts into a class is taken from a class that it made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field
from functools import cache
from types import MemberDescriptorType
from typing import Any

_MARKS = ("ClassVar", "InitVar", "KW_ONLY")
_OF_EACH = frozenset({"__annotations__", "__dataclass_fields__", "__match_args__", "__slots__"})
"""What differs from class to class."""
_whole = dataclasses.dataclass


def with_fields(cls: Any, options: Mapping[str, bool], methods: Callable[[Iterable[Any]], dict[str, object]]) -> Any:
    """Return `cls` as a dataclass with `options` and the `methods` for its fields; None where it is not so simple."""
    own = vars(cls)
    types, slots, weak = own.get("__annotations__"), options.get("slots", False), options.get("weakref_slot", False)
    if not types or not _is_simple(cls, types) or (weak and not slots):
        return None
    added, like = _added(**{name: on for name, on in options.items() if name in ("kw_only", "slots", "weakref_slot")})
    fields = {name: _field(name, kind, own.get(name, MISSING), like) for name, kind in types.items()}
    places = tuple(name for name, field in fields.items() if field.init and not field.kw_only)
    content = added | {"__match_args__": places} | dict(own) | {"__dataclass_fields__": fields}
    content |= methods(fields.values())
    content["__doc__"] = own.get("__doc__") or cls.__name__
    if slots:  # they cannot be given to a class that there is
        content["__slots__"] = (*fields, "__weakref__") if weak else tuple(fields)
        for name in (*fields, "__dict__", "__weakref__"):
            content.pop(name, None)
        made = type(cls.__name__, cls.__bases__, content)
        made.__qualname__ = cls.__qualname__
        return made
    for name, value in content.items():
        if own.get(name, MISSING) is not value:
            setattr(cls, name, value)
    for name, field in fields.items():
        if isinstance(own.get(name), Field):
            delattr(cls, name)
            if field.default is not MISSING:
                setattr(cls, name, field.default)
    return cls


def _is_simple(cls: Any, types: Mapping[str, object]) -> bool:
    """Return whether `cls` has no class above it, and fields whose types and defaults need no second look."""
    own = vars(cls)
    if type(cls) is not type or cls.__bases__ != (object,) or "__slots__" in own:
        return False
    for name, kind in types.items():
        default = own.get(name)
        default = default.default if isinstance(default, Field) else default
        if type(kind) is not str or not _is_type(kind):
            return False
        if isinstance(default, MemberDescriptorType) or default.__class__.__hash__ is None:
            return False
    return not any(isinstance(value, Field) and name not in types for name, value in own.items())


@cache
def _is_type(text: str) -> bool:
    """Return whether the annotation `text` can be nothing but the type of a field."""
    return not any(mark in text for mark in _MARKS)


def _field(name: str, kind: str, default: Any, like: Any) -> Any:
    field: Any = default if isinstance(default, Field) else dataclasses.field(default=default)
    field.name, field.type, field._field_type = name, kind, like._field_type
    if field.kw_only is MISSING:
        field.kw_only = like.kw_only
    return field


@cache
def _added(**options: bool) -> tuple[dict[str, Any], Any]:
    """Return what the standard library adds to a dataclass with `options`, and a field that it made."""

    class Example:
        """Doc."""

        a: int

    before = {*vars(Example), *_OF_EACH, "a"}
    made: Any = _whole(Example, init=False, repr=False, eq=False, **options)
    return {name: value for name, value in vars(made).items() if name not in before}, made.__dataclass_fields__["a"]
