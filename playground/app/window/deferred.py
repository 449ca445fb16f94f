"""Deferred loading: hidden parts are made after the first paint, or as soon as they are needed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

Make = Callable[[], object]


class DeferredLoading(QObject):
    """Parts of a window that wait: each is made once, when the event loop is idle, in the order they were added.

    Loading and building everything before the first paint would leave the screen empty four times as long. A part
    that is needed sooner is made at once; input is handled between two parts.
    """

    def __init__(self, window: QWidget) -> None:
        """Wait for the first paint of `window`."""
        super().__init__(window)
        self._parts: dict[str, Make] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._make_next)
        window.installEventFilter(self)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The keys of the parts that are still to be made."""
        return tuple(self._parts)

    def add(self, key: str, make: Make) -> None:
        """Call `make` once, later."""
        self._parts[key] = make

    def need(self, key: str) -> None:
        """Make the part `key` now, if it still waits."""
        make = self._parts.pop(key, None)
        if make is not None:
            make()

    def finish(self) -> None:
        """Make everything now."""
        while self._parts:
            self.need(next(iter(self._parts)))
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin after the first paint of the window."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._timer.start(0)
        return False

    def _make_next(self) -> None:
        if self._parts:
            self.need(next(iter(self._parts)))
        if not self._parts:
            self._timer.stop()
