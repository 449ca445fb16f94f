"""Where a point of the plane lies on the screen, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from widgets.values import Extent, Floats


@dataclass(frozen=True, slots=True)
class Projection:
    """x₁ runs to the right and x₂ upwards over `square`, which shows `extent`."""

    extent: Extent
    square: QRectF

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return the place of (x, y) in logical pixels."""
        e, s = self.extent, self.square
        return QPointF(
            s.left() + (x - e.left) / (e.right - e.left) * s.width(),
            s.bottom() - (y - e.bottom) / (e.top - e.bottom) * s.height(),
        )

    def to_plane(self, place: QPointF) -> tuple[float, float]:
        """Return the coordinates under `place`, kept inside the extent."""
        e, s = self.extent, self.square
        across = min(max((place.x() - s.left()) / s.width(), 0.0), 1.0)
        up = min(max((s.bottom() - place.y()) / s.height(), 0.0), 1.0)
        return e.left + across * (e.right - e.left), e.bottom + up * (e.top - e.bottom)

    def length(self, across: float) -> float:
        """Return the pixels that a distance on the plane takes, measured along x₁."""
        return across * self.square.width() / (self.extent.right - self.extent.left)

    def many(self, points: Floats) -> Floats:
        """Return places of shape (n, 2) in logical pixels for points of shape (n, 2)."""
        e, s = self.extent, self.square
        places = np.empty((len(points), 2))
        places[:, 0] = s.left() + (points[:, 0] - e.left) * (s.width() / (e.right - e.left))
        places[:, 1] = s.bottom() - (points[:, 1] - e.bottom) * (s.height() / (e.top - e.bottom))
        return places
