"""The names of Qt that pyqtgraph keeps for itself, looked up when they are used.

Importing pyqtgraph 0.14 copies every name of three Qt modules into modules of its own. PySide6 makes a class when it
is first touched, so that this alone makes 1,100 classes: 90 ms and 8 MiB, of which a few dozen are used.
"""

from __future__ import annotations

import sys
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

from widgets.plots.left_out import forget_where, left_out

_OWNER = "pyqtgraph.Qt"


class QtNames(ModuleType):
    """A module with the names of the Qt module `source`, each taken from there when it is first asked for."""

    def __init__(self, source: ModuleType) -> None:
        super().__init__(f"{_OWNER}.{source.__name__.rpartition('.')[2]}")
        vars(self)["__path__"] = []  # a package, as pyqtgraph's own is
        names = [name for name in dir(source) if name not in vars(self)]
        self._source, self._names, self._last = source, frozenset(names), names[-1]
        self._is_copied = False  # whether pyqtgraph has asked for every name once, to copy those that are missing

    def __getattr__(self, name: str) -> object:
        """Return what the Qt module calls `name`; while names are being copied, only that it is there."""
        if name not in self._names:
            raise AttributeError(f"{self.__name__} has no {name}")
        if not self._is_copied:
            self._is_copied = name == self._last
            return None
        found = getattr(self._source, name)
        setattr(self, name, found)
        return found


def load() -> None:
    """Import pyqtgraph's own Qt with such modules; where it does otherwise than version 0.14, let it copy."""
    if _OWNER in sys.modules:
        return
    modules = [QtNames(source) for source in (QtCore, QtGui, QtWidgets)]
    sys.modules.update({module.__name__: module for module in modules})
    before = set(sys.modules)
    try:
        with left_out():
            __import__(_OWNER)
        forget_where(sys.modules[_OWNER])
        done = all(module._is_copied for module in modules)
    except (AttributeError, TypeError):
        done = False
    if not done:
        for name in (*(module.__name__ for module in modules), *(set(sys.modules) - before)):
            if name.startswith("pyqtgraph"):
                del sys.modules[name]
