"""What lies under a point of a circuit: a gate, a number, a wire, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF

from widgets.circuit_graph.geometry import Geometry, Wire

REACH = 5.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing under the pointer.

    ``gate`` is the gate's id; of a wire it is the gate the wire feeds, and ``slot`` says which input.
    ``which`` names a number: ``"value"``, ``"gradient"`` or ``"wire_0"``, ``"wire_1"``, …
    """

    kind: Literal["gate", "number", "wire"]
    gate: int
    slot: int = -1
    which: str = ""


def hit_test(geometry: Geometry, point: QPointF, *, numbers_shown: bool = True) -> Hit | None:
    """Return what lies under `point` (pixels at zoom 1): gates first, then numbers, then wires."""
    if not geometry.gates:
        return None
    return _gate(geometry, point) or (_number(geometry, point) if numbers_shown else None) or _wire(geometry, point)


def _gate(geometry: Geometry, point: QPointF) -> Hit | None:
    x, y, boxes = point.x(), point.y(), geometry.boxes
    inside = (boxes[:, 0] - 2 <= x) & (x <= boxes[:, 2] + 2) & (boxes[:, 1] - 2 <= y) & (y <= boxes[:, 3] + 2)
    found = np.flatnonzero(inside)
    return Hit("gate", geometry.gates[int(found[0])].id) if len(found) else None


def _number(geometry: Geometry, point: QPointF) -> Hit | None:
    x, y, boxes = point.x(), point.y(), geometry.boxes
    slot = geometry.value_slots[0]
    near = (boxes[:, 2] <= x) & (x <= boxes[:, 2] + slot.width() + 8.0)
    near &= np.abs((boxes[:, 1] + boxes[:, 3]) / 2.0 - y) <= slot.height() + 3.0
    for k in np.flatnonzero(near).tolist():
        for which, slots in (("value", geometry.value_slots), ("gradient", geometry.gradient_slots)):
            if slots[k].contains(point):
                return Hit("number", geometry.gates[k].id, which=which)
    for w in _near_wires(geometry, point, slot.height() + 3.0):
        box = geometry.wire_slots[w]
        if box is not None and box.contains(point):
            wire = geometry.wires[w]
            return Hit("number", geometry.gates[wire.target].id, wire.slot, f"wire_{wire.slot}")
    return None


def _near_wires(geometry: Geometry, point: QPointF, reach: float) -> list[int]:
    x, y, boxes = point.x(), point.y(), geometry.wire_boxes
    near = (boxes[:, 0] - reach <= x) & (x <= boxes[:, 2] + reach)
    near &= (boxes[:, 1] - reach <= y) & (y <= boxes[:, 3] + reach)
    found: list[int] = np.flatnonzero(near).tolist()
    return found


def _wire(geometry: Geometry, point: QPointF) -> Hit | None:
    best, nearest = None, REACH
    for w in _near_wires(geometry, point, REACH):
        distance = _distance(geometry.wires[w], point)
        if distance < nearest:
            best, nearest = geometry.wires[w], distance
    return None if best is None else Hit("wire", geometry.gates[best.target].id, best.slot)


def _distance(wire: Wire, point: QPointF) -> float:
    """Return the distance from `point` to the wire's knots joined by straight lines."""
    knots = np.array(wire.knots)
    start, step = knots[:-1], np.diff(knots, axis=0)
    from_start = np.array([point.x(), point.y()]) - start
    length = np.maximum((step * step).sum(axis=1), 1e-9)
    share = np.clip((from_start * step).sum(axis=1) / length, 0.0, 1.0)
    away = from_start - share[:, None] * step
    return float(np.sqrt((away * away).sum(axis=1).min()))
