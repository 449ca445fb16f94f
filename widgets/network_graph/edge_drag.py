"""One drag of an edge: how far the hand moved, and the weight that this means."""

from __future__ import annotations

from widgets.values import EdgeKey

DRAG_PIXELS = 100.0
FINE = 0.1


class EdgeDrag:
    """A press on edge `key` at height `y`, whose weight is `value`; 100 pixels up add `scale`.

    ``began`` is set once the hand has moved far enough to be no click.
    """

    def __init__(self, key: EdgeKey, y: float, value: float, scale: float) -> None:
        self.key, self.y, self.value = key, y, value
        self.began = False
        self._last = y
        self._step = scale / DRAG_PIXELS

    def pull(self, y: float, *, fine: bool) -> float:
        """Return the weight when the hand has come to height `y`; `fine` moves it a tenth as far."""
        self.value += (self._last - y) * self._step * (FINE if fine else 1.0)
        self._last = y
        return self.value
