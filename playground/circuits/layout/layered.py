"""Lay a graph out from left to right: columns, few crossings, no overlaps, wires round the gates.

After Sugiyama, Tagawa and Toda (1981): every node goes into the column just left of the first one that
uses it; a wire that spans several columns passes a place of its own in each of them, which branches of
one value share; the order within the columns is improved by barycentres and exchanges; the heights are
the least-squares ones that keep that order and all distances. The same graph always gets the same layout.

Grid units: columns are 1 apart, a node with up to two inputs is 1 high and `GATE_WIDTH` wide.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from playground.circuits.layout.heights import settle
from playground.circuits.layout.order import arrange

Point = tuple[float, float]
Route = tuple[Point, ...]

GATE_WIDTH = 0.6
PASSAGE_HEIGHT = 0.5
ROOM_PER_INPUT = 0.4
MAX_PASSAGES = 12_000
MAX_CORNERS = 120_000
"""Above so many places for passing wires, or corners of them, the longest wires run above the whole graph."""


@dataclass(frozen=True, slots=True)
class LayeredLayout:
    """Where everything is, in grid units.

    Attributes
    ----------
    x, y : tuple of float
        Centre of each node; the topmost one has y = 0, y grows downwards.
    width, height : float
        Largest x and y.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    heights: tuple[float, ...]  # how high each node may be drawn
    # Per node and input the corners of its wire: output port of the input first, own input port last.
    routes: tuple[tuple[Route, ...], ...]
    width: float
    height: float


@dataclass(slots=True)
class Layers:
    """The graph with a passage for every column that a wire crosses.

    Vertices below ``n_nodes`` are nodes, the others passages. ``before[v]`` lists what feeds v from the
    column left of it, in the order of the inputs; ``after`` is its mirror image.
    """

    n_nodes: int
    column: list[int]
    before: list[list[int]]
    after: list[list[int]]
    heights: list[float]
    above: dict[int, int] = field(default_factory=dict)


def layered_layout(inputs: Sequence[Sequence[int]], first_column: Collection[int] = ()) -> LayeredLayout:
    """Return the layout of a graph.

    Parameters
    ----------
    inputs : sequence of sequences of int
        For each node the nodes that feed it, all of them smaller.
    first_column : collection of int
        Nodes without inputs that stand at the very left, however late they are used.

    Raises
    ------
    ValueError
        If a node is fed by itself or a later one.
    """
    for i, feeding in enumerate(inputs):
        if not all(0 <= j < i for j in feeding):
            raise ValueError(f"layout: node {i} is fed by {tuple(feeding)}; inputs must come before their node")
    if not inputs:
        return LayeredLayout((), (), (), (), 0.0, 0.0)
    columns = _columns(inputs, frozenset(first_column))
    layers = _layers(inputs, columns)
    order = arrange(layers.column, layers.before, layers.after)
    y = settle(order, layers.before, layers.after, layers.heights, layers.n_nodes)
    return _finish(inputs, columns, layers, y)


def _columns(inputs: Sequence[Sequence[int]], first: frozenset[int]) -> list[int]:
    """Put each node just left of the first node that uses it."""
    n = len(inputs)
    column = [0] * n
    for i in range(n - 1, -1, -1):
        for j in inputs[i]:
            column[j] = min(column[j], column[i] - 1)
    leftmost = min(column)
    return [0 if i in first and not inputs[i] else c - leftmost for i, c in enumerate(column)]


def _layers(inputs: Sequence[Sequence[int]], columns: list[int]) -> Layers:
    n = len(inputs)
    reach = list(columns)
    for i, feeding in enumerate(inputs):
        for j in feeding:
            reach[j] = max(reach[j], columns[i])
    above = _above(inputs, columns, reach)
    layers = Layers(n, list(columns), [[] for _ in inputs], [[] for _ in inputs], [], above)
    layers.heights = [max(1.0, ROOM_PER_INPUT * len(feeding)) for feeding in inputs]
    passages: dict[tuple[int, int], int] = {}
    for j in range(n):
        if j not in above:
            _add_passages(layers, passages, j, columns[j], reach[j])
    for i, feeding in enumerate(inputs):
        for j in dict.fromkeys(feeding):
            if columns[i] - columns[j] == 1:
                _join(layers, j, i)
            elif j not in above:
                _join(layers, passages[j, columns[i] - 1], i)
    return layers


def _add_passages(layers: Layers, passages: dict[tuple[int, int], int], j: int, start: int, end: int) -> None:
    before = j
    for c in range(start + 1, end):
        vertex = len(layers.column)
        passages[j, c] = vertex
        layers.column.append(c)
        layers.before.append([])
        layers.after.append([])
        layers.heights.append(PASSAGE_HEIGHT)
        _join(layers, before, vertex)
        before = vertex


def _join(layers: Layers, left: int, right: int) -> None:
    layers.after[left].append(right)
    layers.before[right].append(left)


def _above(inputs: Sequence[Sequence[int]], columns: list[int], reach: list[int]) -> dict[int, int]:
    """Choose the nodes whose long wires run above everything, and give each a lane that is free there."""
    corners = [0] * len(columns)
    for i, feeding in enumerate(inputs):
        for j in feeding:
            corners[j] += columns[i] - columns[j] - 1
    spans = [max(end - start - 1, 0) for start, end in zip(columns, reach, strict=True)]
    passages, bends, chosen = sum(spans), sum(corners), []
    for j in sorted(range(len(columns)), key=lambda j: (-spans[j], j)):
        if passages <= MAX_PASSAGES and bends <= MAX_CORNERS:
            break
        chosen.append(j)
        passages, bends = passages - spans[j], bends - corners[j]
    free: list[int] = []
    lanes: dict[int, int] = {}
    for j in sorted(chosen, key=lambda j: (columns[j], j)):
        lane = next((k for k, end in enumerate(free) if end <= columns[j]), len(free))
        if lane == len(free):
            free.append(0)
        free[lane] = reach[j]
        lanes[j] = lane
    return lanes


# ---- wires -------------------------------------------------------------------------------------


def _finish(inputs: Sequence[Sequence[int]], columns: list[int], layers: Layers, y: list[float]) -> LayeredLayout:
    top = min(y) - 1.0
    lanes = {j: top - PASSAGE_HEIGHT * lane for j, lane in layers.above.items()}
    shift = min([min(y), *lanes.values()])
    y = [round(v - shift, 4) for v in y]
    lanes = {j: round(v - shift, 4) for j, v in lanes.items()}
    passage = _passage_heights(layers, y)
    routes = tuple(_routes(i, feeding, columns, layers.heights, y, passage, lanes) for i, feeding in enumerate(inputs))
    n = len(inputs)
    height = max(max(y), 0.0)
    return LayeredLayout(
        tuple(map(float, columns)), tuple(y[:n]), tuple(layers.heights[:n]), routes, float(max(columns)), height
    )


def _passage_heights(layers: Layers, y: list[float]) -> dict[tuple[int, int], float]:
    """Return the height at which the wires of node j pass column c."""
    source = list(range(layers.n_nodes))
    found: dict[tuple[int, int], float] = {}
    for v in range(layers.n_nodes, len(layers.column)):
        source.append(source[layers.before[v][0]])
        found[source[v], layers.column[v]] = y[v]
    return found


def _routes(
    i: int,
    feeding: Sequence[int],
    columns: list[int],
    heights: list[float],
    y: list[float],
    passage: dict[tuple[int, int], float],
    lanes: dict[int, float],
) -> tuple[Route, ...]:
    half = GATE_WIDTH / 2.0
    inner: list[list[Point]] = []
    for j in feeding:
        corners: list[Point] = []
        if columns[i] - columns[j] > 1 and j in lanes:
            corners = [(columns[j] + 0.5, lanes[j]), (columns[i] - 0.5, lanes[j])]
        else:
            for c in range(columns[j] + 1, columns[i]):
                corners += [(c - half, passage[j, c]), (c + half, passage[j, c])]
        inner.append(corners)
    arrival = [corners[-1][1] if corners else y[j] for corners, j in zip(inner, feeding, strict=True)]
    ports = _ports(arrival, y[i], heights[i])
    return tuple(
        _straightened([(columns[j] + half, y[j]), *corners, (columns[i] - half, port)])
        for j, corners, port in zip(feeding, inner, ports, strict=True)
    )


def _ports(arrival: Sequence[float], y: float, height: float) -> list[float]:
    """Return the height of each input port: in the order in which the wires arrive, so that they do not cross."""
    n = len(arrival)
    ports = [y] * n
    for place, slot in enumerate(sorted(range(n), key=lambda k: (arrival[k], k))):
        ports[slot] = round(y + height * ((place + 0.5) / n - 0.5), 4)
    return ports


def _straightened(points: list[Point]) -> Route:
    """Leave out corners on a level stretch."""
    kept = [points[0]]
    for k in range(1, len(points) - 1):
        if not kept[-1][1] == points[k][1] == points[k + 1][1]:
            kept.append(points[k])
    return (*kept, points[-1])
