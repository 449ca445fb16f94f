"""The columns of a circuit: from grid units to pixels, with room between columns for what stands there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from widgets.circuit_graph.metrics import Metrics
from widgets.values import Gate

MARGIN = 14.0
BEND = 26.0
TIGHT_BEND = 13.0  # where room is short, bends are steeper, so that numbers can be larger
WIDEN = 64.0  # at most this much is added to each gap when there is room
HEIGHTEN = 1.7
NAME_GAP = 8.0  # between the name of a gate and what stands above and below it


@dataclass(slots=True)
class Columns:
    """The map from grid units to pixels.

    Attributes
    ----------
    at, centres, halves
        Grid x of each column, its centre and half its width in pixels.
    starts, ends
        Where the wires that leave a column begin to bend; where those that arrive have bent.
    clearance
        Per gate, the distance to its nearest neighbour in its column.
    """

    at: list[float]
    centres: list[float]
    halves: list[float]
    starts: list[float]
    ends: list[float]
    pitch: float
    top: float
    width: float
    height: float
    clearance: list[float] = field(default_factory=list)

    def nearest(self, x: float) -> int:
        """Return the number of the column nearest to grid `x`."""
        right = min(bisect_left(self.at, x), len(self.at) - 1)
        left = max(right - 1, 0)
        return left if abs(self.at[left] - x) <= abs(self.at[right] - x) else right

    def x(self, x: float) -> float:
        """Return the centre of the column at grid `x`."""
        return self.centres[self.nearest(x)]

    def half(self, x: float) -> float:
        """Return half the width of the column at grid `x`."""
        return self.halves[self.nearest(x)]

    def bend_start(self, x: float) -> float:
        """Return where wires that leave the column at grid `x` begin to bend."""
        return self.starts[self.nearest(x)]

    def bend_end(self, x: float) -> float:
        """Return where wires that arrive at the column at grid `x` are straight again."""
        return self.ends[self.nearest(x)]

    def between(self, left: float, right: float) -> list[float]:
        """Return the grid x of the columns strictly between two columns."""
        return self.at[bisect_right(self.at, left + 1e-6) : bisect_left(self.at, right - 1e-6)]

    def snapped(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return `point` moved to the nearest column."""
        return self.at[self.nearest(point[0])], point[1]

    def y(self, y: float) -> float:
        """Return grid `y` in pixels."""
        return self.top + y * self.pitch


def place_columns(
    gates: Sequence[Gate],
    index: dict[int, int],
    outgoing: Sequence[Sequence[int]],
    metrics: Metrics,
    room: tuple[float, float] | None,
    *,
    named: bool = False,
) -> Columns:
    """Return columns wide enough for their gates and numbers, widened and heightened towards `room`.

    `named` leaves room over each gate for its name.
    """
    at = sorted({round(gate.x, 3) for gate in gates})
    number = {x: c for c, x in enumerate(at)}
    halves, arriving = [0.0] * len(at), [8.0] * len(at)
    for gate in gates:
        c = number[round(gate.x, 3)]
        halves[c] = max(halves[c], metrics.half_width(gate))
        if any(len(outgoing[index[source]]) > 1 for source in gate.inputs):
            arriving[c] = metrics.number_width + 17.0
    leaving = metrics.number_width + 9.0
    spare = _spare_per_gap(halves, arriving, leaving, room)
    columns = _horizontal(at, halves, arriving, leaving, spare)
    if room is not None and columns.width > room[0]:
        columns = _horizontal(
            at, halves, [min(a, 3.0) if a == 8.0 else a for a in arriving], leaving, TIGHT_BEND - BEND
        )
    _vertical(columns, gates, number, metrics, room, name=metrics.line + NAME_GAP if named else 0.0)
    return columns


def _spare_per_gap(
    halves: list[float], arriving: list[float], leaving: float, room: tuple[float, float] | None
) -> float:
    gaps = len(halves) - 1
    if room is None or gaps == 0:
        return 0.0
    need = 2.0 * MARGIN + 2.0 * sum(halves) + gaps * BEND + (gaps + 1) * leaving + sum(arriving[1:])
    return min(max((room[0] - need) / gaps, 0.0), WIDEN)


def _horizontal(at: list[float], halves: list[float], arriving: list[float], leaving: float, spare: float) -> Columns:
    centres, starts, ends, x = [], [], [], MARGIN
    for c, half in enumerate(halves):
        ends.append(x if c else MARGIN)
        x += (arriving[c] + max(spare, 0.0) / 3.0 if c else 0.0) + half
        centres.append(x)
        x += half + leaving + max(spare, 0.0) / 3.0
        starts.append(x)
        x += BEND + (spare / 3.0 if spare > 0.0 else spare)
    return Columns(at, centres, halves, starts, ends, 1.0, 0.0, starts[-1] + MARGIN, 1.0)


def _vertical(
    columns: Columns,
    gates: Sequence[Gate],
    number: dict[float, int],
    metrics: Metrics,
    room: tuple[float, float] | None,
    *,
    name: float,
) -> None:
    heights: list[list[tuple[float, int]]] = [[] for _ in columns.at]
    for k, gate in enumerate(gates):
        heights[number[round(gate.x, 3)]].append((gate.y, k))
    pitch = _least_pitch(heights, gates, metrics, name)
    top = min(gate.y for gate in gates)
    bottom = max(gate.y for gate in gates)
    top, bottom = _with_routes(gates, top, bottom)
    edge = 2.0 * metrics.line + MARGIN
    if room is not None and bottom > top:
        pitch = min(max(pitch, (room[1] - 2.0 * edge) / (bottom - top)), HEIGHTEN * pitch)
    columns.pitch, columns.top = pitch, edge - top * pitch
    columns.height = 2.0 * edge + (bottom - top) * pitch
    columns.clearance = _clearances(heights, len(gates), pitch)


def _least_pitch(heights: list[list[tuple[float, int]]], gates: Sequence[Gate], metrics: Metrics, name: float) -> float:
    """Return the pixels per grid row at which no two gates (with their numbers and names) of a column touch."""
    pitch = 2.0 * metrics.line
    for column in heights:
        column.sort()
        for (above, a), (below, b) in pairwise(column):
            need = max(metrics.half_height(gates[a]), metrics.line) + max(metrics.half_height(gates[b]), metrics.line)
            if gates[b].is_named:
                need += name
            if below - above > 1e-6:
                pitch = max(pitch, (need + 7.0) / (below - above))
    return min(pitch, 12.0 * metrics.line)


def _with_routes(gates: Sequence[Gate], top: float, bottom: float) -> tuple[float, float]:
    for gate in gates:
        for route in gate.routes:
            for _, y in route:
                top, bottom = min(top, y), max(bottom, y)
    return top, bottom


def _clearances(heights: list[list[tuple[float, int]]], n: int, pitch: float) -> list[float]:
    clearance = [1e9] * n
    for column in heights:
        for (above, a), (below, b) in pairwise(column):
            gap = (below - above) * pitch
            clearance[a], clearance[b] = min(clearance[a], gap), min(clearance[b], gap)
    return clearance
