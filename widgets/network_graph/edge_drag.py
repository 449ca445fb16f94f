"""The drag of an edge: from a press on it, up and down, to the weight that this means."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from widgets.values import EdgeKey

PIXELS = 100.0
FINE = 0.1


class DragTarget(Protocol):
    """What takes the values of a drag."""

    def start_edge_drag(self, key: EdgeKey) -> None:
        """Begin to change the weight of `key`."""

    def drag_edge(self, key: EdgeKey, value: float, at: QPointF | None) -> None:
        """Set the weight of `key`; the mouse is `at` a point of the screen, None once it no longer counts."""

    def end_edge_drag(self, key: EdgeKey) -> None:
        """Finish changing the weight of `key`."""


class EdgeDrag:
    """One gesture on edge `key`, whose weight is `value`: 100 pixels up add `scale`, a tenth of that with Shift.

    It starts once the mouse has moved further than in a click.
    """

    def __init__(self, target: DragTarget, key: EdgeKey, value: float, scale: float, at: QPointF) -> None:
        self.key, self._target = key, target
        self._first = self._value = value
        self._pressed = self._last = at.y()
        self._step = scale / PIXELS
        self._is_started = False

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        y = event.position().y()
        if not self._is_started and abs(y - self._pressed) >= QApplication.startDragDistance():
            self._is_started = True
            self._target.start_edge_drag(self.key)
        if self._is_started:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._value += (self._last - y) * self._step * (FINE if fine else 1.0)
            self._last = y
            self._target.drag_edge(self.key, self._value, event.globalPosition())

    def end(self) -> None:
        """Keep the value that was reached."""
        if self._is_started:
            self._target.end_edge_drag(self.key)

    def cancel(self) -> None:
        """Restore the value from before the press."""
        if self._is_started:
            self._target.drag_edge(self.key, self._first, None)
            self._target.end_edge_drag(self.key)
