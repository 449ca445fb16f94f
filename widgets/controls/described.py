"""Widgets that describe themselves to a screen reader, and how long their descriptions live.

Qt asks for the description of a widget again whenever the widget's class has grown a signal or a slot, and its cache
deletes each one that it was given, once. So every answer is a new one, kept here for as long as its widget lives.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from shiboken6 import Object, VoidPtr, getCppPointer, isValid

if TYPE_CHECKING:
    Base = QWidget
else:  # Qt allows one of its own classes among the bases
    Base = object

NOTHING = VoidPtr(0)
"""What ``interface_cast`` returns where there is no such interface; None would be taken for an address."""


@dataclass
class _Kept:
    interfaces: list[QAccessibleInterface] = field(default_factory=list)  # of the widget itself
    parts: dict[Hashable, QAccessibleInterface] = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)  # of the parts


_kept: dict[int, _Kept] = {}
_outlived: list[QAccessibleInterface] = []
_installed: list[object] = []


class Described(Base):
    """To put before the Qt class: a widget that answers a screen reader itself."""

    def __init_subclass__(cls, **keywords: Any) -> None:
        # Qt may ask for a widget while it is being made: the answer must be known before the first one is.
        super().__init_subclass__(**keywords)
        if not _installed:
            _installed.append(_describe)
            QAccessible.installFactory(_describe)

    def description(self) -> QAccessibleInterface:
        """Return a new description of this widget."""
        raise NotImplementedError


class PressAction(QAccessibleActionInterface):
    """The one thing that can be done to something: to press it."""

    def __init__(self, press: Callable[[], object], can_press: Callable[[], bool]) -> None:
        super().__init__()
        self._press, self._can_press = press, can_press

    def actionNames(self) -> list[str]:
        """Return the action while it can be done."""
        return [QAccessibleActionInterface.pressAction()] if self._can_press() else []

    def doAction(self, name: str) -> None:
        """Press it."""
        if name in self.actionNames():
            self._press()

    def keyBindingsForAction(self, _name: str) -> list[str]:
        """Return nothing: the keys stand in the description of the widget."""
        return []


def part(widget: Described, key: Hashable, make: Callable[[], QAccessibleInterface]) -> QAccessibleInterface:
    """Return the description of one part of `widget`, made and registered at the first call."""
    kept = _keep(widget)
    if key not in kept.parts:
        kept.parts[key] = make()
        kept.ids.append(QAccessible.registerAccessibleInterface(kept.parts[key]))
    return kept.parts[key]


def address(interface: Object) -> VoidPtr:
    """Return what ``interface_cast`` returns for an `interface` that is kept elsewhere."""
    return VoidPtr(getCppPointer(interface)[0])


def _describe(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, Described):
        return None
    description = thing.description()
    _keep(thing).interfaces.append(description)
    return description


def _keep(widget: Described) -> _Kept:
    if id(widget) not in _kept:
        _kept[id(widget)] = _Kept()
        widget.destroyed.connect(partial(_release, id(widget)))
    return _kept[id(widget)]


def _release(number: int, *_: object) -> None:
    # The cache deletes what was registered; the Python halves may only be dropped after that.
    if number not in _kept:
        return
    _outlived[:] = [thing for thing in _outlived if isValid(thing)]
    kept = _kept.pop(number)
    for one in kept.ids:
        QAccessible.deleteAccessibleInterface(one)
    _outlived.extend(thing for thing in (*kept.interfaces, *kept.parts.values()) if isValid(thing))
