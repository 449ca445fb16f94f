"""Which part of a circuit the window shows, and how large."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

NEAREST, FARTHEST = 6.0, 0.02
SMALLEST_FIT = 0.12
LARGEST_FIT = 1.6
LEGIBLE_FIT = 0.8


@dataclass(slots=True)
class Camera:
    """Zoom (1 is the size at which fonts are their own) and the place of the scene's origin in the window.

    ``follows`` is true until the user zooms or pans: then the circuit keeps fitting the window.
    """

    zoom: float = 1.0
    offset: QPointF = field(default_factory=QPointF)
    follows: bool = True

    def fit(self, window: QSizeF, width: float, height: float, least: float = SMALLEST_FIT) -> None:
        """Show a scene of `width` × `height`; what is too large shows its right end, where gradients begin."""
        zoom = min(window.width() / width, window.height() / height)
        self.zoom = min(max(zoom, least), LARGEST_FIT)
        left = window.width() - width * self.zoom
        self.offset = QPointF(left / 2.0 if left > 0.0 else left, (window.height() - height * self.zoom) / 2.0)

    def zoom_by(self, factor: float, centre: QPointF) -> None:
        """Zoom so that what lies under `centre` stays there."""
        zoom = min(max(self.zoom * factor, FARTHEST), NEAREST)
        self.offset = centre - (centre - self.offset) * (zoom / self.zoom)
        self.zoom, self.follows = zoom, False

    def pan(self, step: QPointF) -> None:
        """Move by `step` pixels of the window."""
        self.offset += step
        self.follows = False

    def bring_into_view(self, box: QRectF, window: QSizeF) -> bool:
        """Move as little as needed for `box` (window coordinates) to be seen; return whether it moved."""
        right, below = min(window.width() - box.right(), 0.0), min(window.height() - box.bottom(), 0.0)
        step = QPointF(max(-box.left(), 0.0) or right, max(-box.top(), 0.0) or below)
        self.offset += step
        return not step.isNull()

    def transform(self) -> QTransform:
        """Return the map from the scene to the window."""
        return QTransform(self.zoom, 0, 0, self.zoom, self.offset.x(), self.offset.y())

    def to_scene(self, point: QPointF) -> QPointF:
        """Return where a point of the window lies in the scene."""
        return (point - self.offset) / self.zoom
