"""Deferred enumerations: the members of an enumeration of Qt are made when something asks for the first of them.

PySide6 makes all enumerations of a class when that class is first touched, by Python's ``enum``, member by member: some
400 with 5,000 members while the window opens, of which a fifth is used. Until its members are asked for, an
enumeration is a bare class here; then the standard library makes it, and the members move into that class. Who holds
the class notices nothing.

``install`` comes before Qt: ``widgets.qt`` loads both.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from functools import partial
from threading import RLock
from typing import Any

_PLAIN = (Enum, Flag, IntEnum, IntFlag)
_SIGNATURES = "shibokensupport.signature"
_create: Any = EnumType._create_  # type: ignore[attr-defined]
_waiting: dict[Any, tuple[Any, ...]] = {}
_lock = RLock()


class WaitingType(EnumType):
    """The class of an enumeration without members; every question after them makes them."""

    def __getattribute__(cls, name: str) -> Any:
        if name[:2] != "__" or name == "__members__":
            _finish(cls)
            return getattr(cls, name)
        return super().__getattribute__(name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name[0] == "_":  # PySide6 says what is missing, and where the enumeration belongs
            type.__setattr__(cls, name, value)
        else:
            _finish(cls)
            setattr(cls, name, value)


def _asked(operation: Callable[..., Any]) -> Any:
    def method(cls: Any, *given: Any, **options: Any) -> Any:
        _finish(cls)
        return operation(cls, *given, **options)

    return method


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": lambda cls, *given, **options: cls(*given or (0,), **options),
    "contains": operator.contains,
    "delattr": delattr,
    "dir": dir,
    "getitem": operator.getitem,
    "iter": iter,
    "len": len,
    "reversed": reversed,
}
for _name, _operation in _OPERATIONS.items():
    type.__setattr__(WaitingType, f"__{_name}__", _asked(_operation))


def install() -> None:
    """Let what is made by a call of ``Enum`` and its like wait for its members from now on."""
    EnumType._create_ = _deferred  # type: ignore[attr-defined]


def finish_for_signatures() -> None:
    """Let PySide6 find every member before it words an error or a signature, and defer none from then on.

    There it looks members up in Qt's old way, ``QListWidgetItem.Type`` for ``QListWidgetItem.ItemType.Type``, which
    finds only those that are made.
    """
    for module in (sys.modules.get(f"{_SIGNATURES}.{name}") for name in ("mapping", "parser")):
        update: Any = getattr(module, "update_mapping", None)
        if update is not None:
            vars(module)["update_mapping"] = partial(_finish_all_before, update)


def _finish_all_before(do: Callable[[], object]) -> object:
    for cls in list(_waiting):
        _finish(cls)
    EnumType._create_ = _create  # type: ignore[attr-defined]
    return do()


def _deferred(cls: Any, class_name: str, names: Any, **options: Any) -> Any:
    """Return the enumeration `class_name` of the kind `cls` with `names`, its pairs of a name and a number."""
    pairs = isinstance(names, list) and all(type(pair) is tuple and type(pair[1]) is int for pair in names)
    if cls not in _PLAIN or not pairs or any(options[key] is not None for key in ("module", "qualname", "type")):
        return _create(cls, class_name, names, **options)
    where = sys._getframe(2).f_globals.get("__name__")
    made: Any = type.__new__(WaitingType, class_name, (cls,), {"__module__": where})
    _waiting[made] = cls, class_name, names, options
    return made


def _finish(cls: Any) -> None:
    """Give `cls` its members, if it still waits for them."""
    with _lock:
        if type(cls) is not WaitingType:
            return
        kind, name, names, options = _waiting.pop(cls)
        whole = _create(kind, name, names, **options | {"module": cls.__module__})
        for member in {*whole._member_map_.values(), *whole._value2member_map_.values()}:
            member.__class__ = cls
            vars(member)["__objclass__"] = cls
        own = vars(cls).keys() - {"__doc__"}
        for key, value in vars(whole).items():
            if key not in own:
                type.__setattr__(cls, key, value)
        type.__setattr__(cls, "__class__", EnumType)
