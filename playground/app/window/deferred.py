"""Deferred loading: hidden parts are made after the first paint, or as soon as they are needed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

Make = Callable[[], object]
_LOOK_MS = 10


class DeferredLoading(QObject):
    """Parts of a window that wait: each is made once, when the event loop is idle, in the order they were added.

    Loading and building everything before the first paint would leave the screen empty four times as long. A part
    that is needed sooner is made at once; input is handled between two parts. Modules that take long to load are
    loaded in a thread, which stops the window for a few milliseconds at a time.
    """

    def __init__(self, window: QWidget) -> None:
        """Wait for the first paint of `window`."""
        super().__init__(window)
        self._window = window
        self._parts: dict[str, tuple[Make, tuple[str, ...]]] = {}
        self._loading: Thread | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._make_next)
        window.installEventFilter(self)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The keys of the parts that are still to be made."""
        return tuple(self._parts)

    def add(self, key: str, make: Make, modules: tuple[str, ...] = ()) -> None:
        """Call `make` once, later, when the `modules` that it needs are loaded."""
        self._parts[key] = make, modules

    def need(self, key: str) -> None:
        """Make the part `key` now, if it still waits."""
        make, _modules = self._parts.pop(key, (None, ()))
        if make is not None:
            make()

    def finish(self) -> None:
        """Make everything now."""
        while self._parts:
            self.need(next(iter(self._parts)))
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
        if self._parts:
            key, (_make, modules) = next(iter(self._parts.items()))
            if self._is_loaded(modules):
                self.need(key)
        if not self._parts:
            self._timer.stop()

    def _is_loaded(self, modules: tuple[str, ...]) -> bool:
        """Return whether `modules` are loaded; if not, begin."""
        if self._loading is not None:
            if self._loading.is_alive():
                return False
            self._loading = None  # a module that cannot be loaded says so where it is needed
            self._timer.start(0)
        elif any(module not in sys.modules for module in modules):
            self._loading = Thread(target=_load, args=(modules,), name="modules", daemon=True)
            self._loading.start()
            self._timer.start(_LOOK_MS)
            return False
        return True


def _load(modules: tuple[str, ...]) -> None:
    with suppress(Exception):
        for module in modules:
            import_module(module)
