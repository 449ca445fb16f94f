"""What of a circuit is drawn: the part inside the window, and how much of it at which zoom.

From afar gates are blocks and wires straight lines; near enough symbols, then numbers appear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from widgets.circuit_graph.geometry import Geometry

SYMBOL_ZOOM = 0.32
NUMBER_ZOOM = 0.5


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
