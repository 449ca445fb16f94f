"""Where everything of a circuit is drawn, in pixels at zoom 1: gates, wires, and a slot for every number.

The presenter gives places in grid units; this file stretches them, column by column, until every number
has room of its own. From one column to the next a wire runs straight beside its gate (there the value stands
above it and the gradient below), bends, and runs straight into its port (there stands, below it, the
contribution of a branch). So no number ever stands on a gate, whatever the numbers are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from widgets.circuit_graph.columns import Columns, place_columns
from widgets.circuit_graph.metrics import Metrics
from widgets.values import Gate, GateDiagram

Point = tuple[float, float]
Part = int | tuple[int, int]
"""What a screen reader meets: a gate by its id, or a wire by the id of the gate that it feeds and that gate's input."""
CLEAR_OF_GATE = 12.0
"""Pixels between a contribution and the gate that sends it, which may be ringed."""
LONG_SPAN = 64  # columns; a longer wire follows only the points it was given
STRETCH_LIMIT = 400  # gates; a larger circuit is not fitted to the window's shape, only scaled


@dataclass(frozen=True, slots=True)
class Wire:
    """One wire: gate positions (not ids) of its ends, the input it feeds, and its knots.

    Between knots 0-1, 2-3, … the wire is straight, between 1-2, 3-4, … it bends.
    """

    source: int
    target: int
    slot: int
    knots: tuple[Point, ...]


@dataclass(slots=True)
class Geometry:
    """A circuit in pixels at zoom 1. Rows of the arrays follow ``gates``, which is in id order."""

    gates: tuple[Gate, ...] = ()
    index: dict[int, int] = field(default_factory=dict)
    boxes: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4)))
    wires: tuple[Wire, ...] = ()
    wire_boxes: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4)))
    first_wire: tuple[int, ...] = ()
    outgoing: tuple[tuple[int, ...], ...] = ()
    value_slots: tuple[QRectF, ...] = ()
    gradient_slots: tuple[QRectF, ...] = ()
    wire_slots: tuple[QRectF | None, ...] = ()
    stub: tuple[float, ...] = ()
    width: float = 1.0
    height: float = 1.0

    def box(self, k: int) -> QRectF:
        """Return the rectangle of gate number `k`."""
        left, top, right, bottom = self.boxes[k]
        return QRectF(left, top, right - left, bottom - top)

    def around(self, k: int) -> QRectF:
        """Return the rectangle of gate number `k`, of the gates that feed it and of those that it feeds."""
        into = self.wires[self.first_wire[k] : self.first_wire[k] + len(self.gates[k].inputs)]
        found = self.box(k).united(self.value_slots[k])
        for other in (*(wire.source for wire in into), *(self.wires[w].target for w in self.outgoing[k])):
            found = found.united(self.box(other))
        return found

    def wire_of(self, k: int, slot: int) -> int:
        """Return the number of the wire into input `slot` of gate number `k`."""
        slots = self.gates[k].slots
        return self.first_wire[k] + (slots.index(slot) if slots else slot)

    def parts(self) -> tuple[Part, ...]:
        """Return every gate, each followed by the wires that feed it."""
        found: list[Part] = []
        for k, gate in enumerate(self.gates):
            first = self.first_wire[k]
            found += [gate.id, *((gate.id, wire.slot) for wire in self.wires[first : first + len(gate.inputs)])]
        return tuple(found)

    def has_wire(self, gate: int, slot: int) -> bool:
        """Whether a wire leads into input `slot` of the gate with this id."""
        k = self.index.get(gate)
        if k is None:
            return False
        shown = self.gates[k]
        return slot in shown.slots if shown.slots else 0 <= slot < len(shown.inputs)

    def branches(self, k: int) -> bool:
        """Whether the value of gate number `k` is used more than once."""
        return len(self.outgoing[k]) > 1


def arrange(
    diagram: GateDiagram, metrics: Metrics, room: tuple[float, float] | None = None, *, named: bool = False
) -> Geometry:
    """Return the geometry of `diagram`, widened towards `room` (width, height in pixels) where that helps.

    `named` leaves room over each gate for its name, however low the window.
    """
    gates = tuple(sorted(diagram.gates, key=lambda gate: gate.id))
    if not gates:
        return Geometry()
    if len(gates) > STRETCH_LIMIT:
        room = None
    index = {gate.id: k for k, gate in enumerate(gates)}
    outgoing = _outgoing(gates, index)
    columns = place_columns(gates, index, outgoing, metrics, room, named=named)
    boxes = _boxes(gates, columns, metrics)
    wires = _wires(gates, index, columns, boxes)
    stubs = tuple(columns.bend_start(gate.x) for gate in gates)
    slots = _node_slots(gates, boxes, metrics)
    return Geometry(
        gates=gates,
        index=index,
        boxes=boxes,
        wires=wires,
        wire_boxes=_wire_boxes(wires),
        first_wire=_first_wires(gates),
        outgoing=outgoing,
        value_slots=slots[0],
        gradient_slots=slots[1],
        wire_slots=tuple(_wire_slot(wire, outgoing, boxes, metrics) for wire in wires),
        stub=stubs,
        width=columns.width,
        height=columns.height,
    )


def _outgoing(gates: Sequence[Gate], index: dict[int, int]) -> tuple[tuple[int, ...], ...]:
    """For each gate, the numbers of the wires that leave it (wires count through gates and their inputs)."""
    leaving: list[list[int]] = [[] for _ in gates]
    wire = 0
    for gate in gates:
        for source in gate.inputs:
            leaving[index[source]].append(wire)
            wire += 1
    return tuple(tuple(wires) for wires in leaving)


def _first_wires(gates: Sequence[Gate]) -> tuple[int, ...]:
    first, wire = [], 0
    for gate in gates:
        first.append(wire)
        wire += len(gate.inputs)
    return tuple(first)


def _boxes(gates: Sequence[Gate], columns: Columns, metrics: Metrics) -> NDArray[np.float64]:
    """Return left, top, right, bottom of each gate; tall where many wires arrive, never into a neighbour."""
    boxes = np.empty((len(gates), 4))
    for k, gate in enumerate(gates):
        half_width, half_height = metrics.half_width(gate), metrics.half_height(gate)
        half_height = min(half_height, max(columns.clearance[k] / 2.0 - 3.0, metrics.radius))
        x, y = columns.x(gate.x), columns.y(gate.y)
        if gate.kind in ("input", "constant"):
            x = columns.x(gate.x) + columns.half(gate.x) - half_width
        boxes[k] = (x - half_width, y - half_height, x + half_width, y + half_height)
    return boxes


def _wires(
    gates: Sequence[Gate], index: dict[int, int], columns: Columns, boxes: NDArray[np.float64]
) -> tuple[Wire, ...]:
    wires = []
    for k, gate in enumerate(gates):
        ports = _ports(gate, gates, index, boxes[k])
        for slot, source_id in enumerate(gate.inputs):
            source = index[source_id]
            start = (float(boxes[source, 2]), columns.y(gates[source].y))
            end = (float(boxes[k, 0]), ports[slot])
            route = gate.routes[slot] if slot < len(gate.routes) else ()
            knots = _knots(start, end, gates[source].x, gate.x, route, columns)
            wires.append(Wire(source, k, gate.slots[slot] if gate.slots else slot, knots))
    return tuple(wires)


def _ports(gate: Gate, gates: Sequence[Gate], index: dict[int, int], box: NDArray[np.float64]) -> list[float]:
    """Return the height of each input port, in the order that the layout gives the ports of this gate."""
    n = len(gate.inputs)
    middle, half = (box[1] + box[3]) / 2.0, (box[3] - box[1]) / 2.0
    if n <= 1:
        return [float(middle)] * n
    heights = [_port_height(gate, slot, gates[index[source]]) for slot, source in enumerate(gate.inputs)]
    order = sorted(range(n), key=lambda slot: (heights[slot], slot))
    reach = half * (0.55 if n == 2 else 1.0 - 1.0 / n)
    ports = [0.0] * n
    for place, slot in enumerate(order):
        ports[slot] = float(middle + reach * (2.0 * place / (n - 1) - 1.0))
    return ports


def _port_height(gate: Gate, slot: int, source: Gate) -> float:
    """Return the height (grid units) of a port: where its route ends, or of its source where there is no route."""
    route = gate.routes[slot] if slot < len(gate.routes) else ()
    return route[-1][1] if route else source.y


def _knots(
    start: Point, end: Point, x_from: float, x_to: float, route: Sequence[Point], columns: Columns
) -> tuple[Point, ...]:
    """Run along each column's own height, bending only between the columns."""
    knots = [start, (columns.bend_start(x_from), start[1])]
    for x, y in _between(x_from, x_to, route, columns):
        height = columns.y(y)
        knots += [(columns.bend_end(x), height), (columns.bend_start(x), height)]
    return (*knots, (columns.bend_end(x_to), end[1]), end)


def _between(x_from: float, x_to: float, route: Sequence[Point], columns: Columns) -> list[Point]:
    """Return where the route crosses the columns between its ends, in grid units."""
    inner = list(route[1:-1])
    if not inner:
        return []
    crossed = columns.between(x_from, x_to)
    if len(crossed) > LONG_SPAN:
        return [columns.snapped(point) for point in inner if x_from < point[0] < x_to]
    xs, ys = [p[0] for p in route], [p[1] for p in route]
    return [(x, float(np.interp(x, xs, ys))) for x in crossed]


def _wire_boxes(wires: Sequence[Wire]) -> NDArray[np.float64]:
    if not wires:
        return np.zeros((0, 4))
    rows = []
    for wire in wires:
        xs, ys = [p[0] for p in wire.knots], [p[1] for p in wire.knots]
        rows.append((min(xs), min(ys), max(xs), max(ys)))
    return np.array(rows)


def _node_slots(
    gates: Sequence[Gate], boxes: NDArray[np.float64], metrics: Metrics
) -> tuple[tuple[QRectF, ...], tuple[QRectF, ...]]:
    """Return, right of each gate, the slots above and below its wire."""
    values, gradients = [], []
    width, line = metrics.number_width, metrics.line
    for k, _ in enumerate(gates):
        x, y = float(boxes[k, 2]) + 7.0, float(boxes[k, 1] + boxes[k, 3]) / 2.0
        values.append(QRectF(x, y - line - 1.0, width, line))
        gradients.append(QRectF(x, y + 2.0, width, line))
    return tuple(values), tuple(gradients)


def _wire_slot(
    wire: Wire, outgoing: tuple[tuple[int, ...], ...], boxes: NDArray[np.float64], metrics: Metrics
) -> QRectF | None:
    """Return the slot below a branch's last straight piece; a wire that is alone needs none."""
    if len(outgoing[wire.source]) < 2:
        return None
    right, y = wire.knots[-1]
    return QRectF(right - metrics.number_width - CLEAR_OF_GATE, y + 1.0, metrics.number_width, metrics.line)
