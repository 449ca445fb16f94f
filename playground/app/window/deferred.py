"""Deferred loading: hidden parts are made after the first paint, or as soon as they are needed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import suppress
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

Make = Callable[[], object]


class DeferredLoading(QObject):
    """Parts of a window that wait: each is made once, when the event loop is idle, in the order they were added.

    Loading and building everything before the first paint would leave the screen empty four times as long. A part
    that is needed sooner is made at once; input is handled between two parts, between the modules that they need, and
    at each ``yield`` of a part that is made by a generator.
    No module is loaded in a thread: PySide keeps the classes that it makes in a table without a lock, and the event
    loop, which reads it, ended the process in one of some two hundred starts.
    """

    def __init__(self, window: QWidget) -> None:
        """Wait for the first paint of `window`."""
        super().__init__(window)
        self._window = window
        self._parts: dict[str, tuple[Make, tuple[str, ...]]] = {}
        self._tried: set[str] = set()
        self._begun: tuple[str, Generator[None, None, None]] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._make_next)
        window.installEventFilter(self)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The keys of the parts that are still to be made."""
        return (*((self._begun[0],) if self._begun else ()), *self._parts)

    def add(self, key: str, make: Make, modules: tuple[str, ...] = ()) -> None:
        """Call `make` once, later, when the `modules` that it needs are loaded."""
        self._parts[key] = make, modules

    def begin_with(self, key: str, make: Make) -> None:
        """Call `make` before everything else that waits."""
        self._parts = {key: (make, ())} | self._parts

    def need(self, key: str) -> None:
        """Make the part `key` now, if it still waits; one that is begun is made to its end."""
        if key in self._parts:
            self._begin(key)
        while self._begun is not None and self._begun[0] == key:
            self._go_on()

    def finish(self) -> None:
        """Make everything now."""
        while self.waiting:
            self.need(self.waiting[0])
        self._timer.stop()

    def make_only_what_is_needed(self) -> None:
        """Make nothing by itself: of a window that nobody sees, most is never needed."""
        self._window.removeEventFilter(self)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin after the first paint of the window."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._timer.start(0)
        return False

    def _make_next(self) -> None:
        if self._begun is not None:
            self._go_on()
        elif self._parts:
            key, (_make, modules) = next(iter(self._parts.items()))
            if not self._load_next_of(modules):
                self._begin(key)
        if not self.waiting:
            self._timer.stop()

    def _begin(self, key: str) -> None:
        """Make the part `key`, or its first piece; what is begun is made to its end before."""
        if self._begun is not None:
            self.need(self._begun[0])
        make, _modules = self._parts.pop(key)
        made = make()
        if isinstance(made, Generator):
            self._begun = key, made
            self._go_on()

    def _go_on(self) -> None:
        """Make the next piece of what is begun; nothing else begins or goes on with it meanwhile."""
        assert self._begun is not None
        begun, self._begun = self._begun, None
        with suppress(StopIteration):
            next(begun[1])
            self._begun = begun

    def _load_next_of(self, modules: tuple[str, ...]) -> bool:
        """Load the first of `modules` that is not loaded; return whether there was one."""
        for module in modules:
            if module not in sys.modules and module not in self._tried:
                self._tried.add(module)
                with suppress(Exception):  # a module that cannot be loaded says so where it is needed
                    import_module(module)
                return True
        return False
