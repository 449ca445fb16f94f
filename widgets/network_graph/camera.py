"""How large the network is drawn, and which part of it: at zoom 1 all of it fills its place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF

FARTHEST, NEAREST = 1.0, 8.0
STEP = 1.25


@dataclass(frozen=True, slots=True)
class Camera:
    """Zoom, and where the left and upper end of the whole network lie from those of its place (never inside it)."""

    zoom: float = FARTHEST
    left: float = 0.0
    top: float = 0.0

    def zoomed(self, factor: float, at: QPointF, place: QSizeF) -> Camera:
        """Return the camera `factor` times as near; what lies `at` a point of the place stays there."""
        zoom = min(max(self.zoom * factor, FARTHEST), NEAREST)
        ratio = zoom / self.zoom
        moved = Camera(zoom, at.x() - (at.x() - self.left) * ratio, at.y() - (at.y() - self.top) * ratio)
        return moved.within(place)

    def panned(self, step: QPointF, place: QSizeF) -> Camera:
        """Return the camera moved by `step` pixels, as far as the network goes."""
        return Camera(self.zoom, self.left + step.x(), self.top + step.y()).within(place)

    def within(self, place: QSizeF) -> Camera:
        """Return this camera with no empty strip beside the network."""
        least = (1.0 - self.zoom) * place.width(), (1.0 - self.zoom) * place.height()
        return Camera(self.zoom, min(max(self.left, least[0]), 0.0), min(max(self.top, least[1]), 0.0))
