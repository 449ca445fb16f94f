"""Keyboard navigation: left and right along wires, up and down within a column."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from widgets.circuit_graph.geometry import Geometry

STEPS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}


def neighbour(geometry: Geometry, k: int | None, step: str) -> int:
    """Return the number of the gate one step from gate number `k` (`k` itself at the end)."""
    last = len(geometry.gates) - 1
    if k is None or step == "last":
        return last
    if step == "first":
        return 0
    if step == "left":
        inputs = geometry.gates[k].inputs
        return geometry.index[inputs[0]] if inputs else k
    if step == "right":
        leaving = geometry.outgoing[k]
        return geometry.wires[leaving[0]].target if leaving else k
    return _beside(geometry, k, -1.0 if step == "up" else 1.0)


def _beside(geometry: Geometry, k: int, direction: float) -> int:
    """Return the nearest gate above or below: its own column first, then whatever is near."""
    boxes = geometry.boxes
    middles = np.stack(((boxes[:, 0] + boxes[:, 2]) / 2.0, (boxes[:, 1] + boxes[:, 3]) / 2.0), axis=1)
    away = middles - middles[k]
    forward = direction * away[:, 1]
    cost = np.where(forward > 1.0, forward + 4.0 * np.abs(away[:, 0]), np.inf)
    best = int(np.argmin(cost))
    return best if np.isfinite(cost[best]) else k
