"""The drag of a drawing that is larger than its window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QMouseEvent

CLICK_REACH = 4


class PanDrag:
    """One press at `at`, and the way of the mouse until it is released; a press that does not move is a click."""

    def __init__(self, pan_by: Callable[[QPointF], object], at: QPointF) -> None:
        self._pan_by, self._last = pan_by, at
        self.is_started = False

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse, once it has moved further than in a click."""
        step = event.position() - self._last
        if self.is_started or step.manhattanLength() > CLICK_REACH:
            self.is_started, self._last = True, event.position()
            self._pan_by(step)
