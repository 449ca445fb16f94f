"""The drag that pans a circuit; a press that does not move is a click."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QMouseEvent

CLICK_REACH = 4


class PanTarget(Protocol):
    """What is moved."""

    def pan_by(self, step: QPointF) -> None:
        """Move the picture by `step` pixels."""


class Pan:
    """One press at `at`, and the way of the mouse until it is released."""

    def __init__(self, target: PanTarget, at: QPointF) -> None:
        self._target, self._last = target, at
        self._is_started = False

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse, once it has moved further than in a click."""
        step = event.position() - self._last
        if self._is_started or step.manhattanLength() > CLICK_REACH:
            self._is_started, self._last = True, event.position()
            self._target.pan_by(step)

    def end(self) -> bool:
        """Return whether it was a click after all."""
        return not self._is_started
