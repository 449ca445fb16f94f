"""Which part of a circuit the window shows, and how large.

From afar gates are blocks and wires straight lines; near enough symbols, then numbers appear.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from widgets.circuit_graph.geometry import Geometry

NEAREST, FARTHEST = 6.0, 0.02
SMALLEST_FIT = 0.12
LARGEST_FIT = 2.2
LEGIBLE_FIT = 0.8
READABLE_FIT = 1.35
"""At this zoom numbers are read from the last row of a small hall."""
NEARLY = 0.85
"""Times that zoom: a circuit that fits so large is shown whole."""
SYMBOL_ZOOM = 0.32
NUMBER_ZOOM = 0.5


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


@dataclass(frozen=True, slots=True)
class Visible:
    """What of a geometry lies in the window: gate numbers and wire numbers."""

    gates: tuple[int, ...]
    wires: tuple[int, ...]


def visible(geometry: Geometry, view: QRectF) -> Visible:
    """Return the gates and wires that `view` (pixels at zoom 1) can show."""
    return Visible(_inside(geometry.boxes, view, 90.0), _inside(geometry.wire_boxes, view, 20.0))


def _inside(boxes: NDArray[np.float64], view: QRectF, margin: float) -> tuple[int, ...]:
    if not len(boxes):
        return ()
    hit = (boxes[:, 2] >= view.left() - margin) & (boxes[:, 0] <= view.right() + margin)
    hit &= (boxes[:, 3] >= view.top() - margin) & (boxes[:, 1] <= view.bottom() + margin)
    return tuple(np.flatnonzero(hit).tolist())
