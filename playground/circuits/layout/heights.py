"""The heights of the vertices of a layered graph: straight wires, no overlaps.

The target of a vertex is the mean height of its neighbours. Within a column, the heights nearest to
the targets that keep order and distances are found exactly: with the distances taken out it is an
isotonic regression, solved by pooling adjacent violators.
"""

from __future__ import annotations

from collections.abc import Sequence

Neighbours = Sequence[Sequence[int]]

ROUNDS = 13
FEW_ROUNDS = 3
LARGE = 4_000
PASSAGE_WEIGHT = 4.0
"""The weight of a passing wire against that of a node: wires are kept straight first."""


def settle(
    order: Sequence[Sequence[int]], before: Neighbours, after: Neighbours, heights: Sequence[float], n_nodes: int
) -> list[float]:
    """Return the height of the centre of every vertex; vertices from `n_nodes` on are passing wires.

    First every vertex follows its neighbours; then every wire that passes several columns is drawn towards one
    straight line from its source.
    """
    y = [0.0] * len(heights)
    for vertices in order:
        _stack(vertices, heights, y)
    rounds = ROUNDS if len(heights) <= LARGE else FEW_ROUNDS  # odd: the last round goes rightwards
    weights = [PASSAGE_WEIGHT if v >= n_nodes else 1.0 for v in range(len(heights))]
    for turn in range(rounds):
        rightwards = turn % 2 == 0
        for vertices in order if rightwards else reversed(order):
            targets = [_target(v, before, after, y, rightwards) for v in vertices]
            _move(vertices, targets, weights, heights, y)
    wires = _wires(before, n_nodes)
    for _ in range(rounds if wires else 0):
        levels = _levels(wires, y)
        for vertices in order:
            targets = [levels[v] if v in levels else _target(v, before, after, y, True) for v in vertices]
            _move(vertices, targets, weights, heights, y)
    return y


def _wires(before: Neighbours, n_nodes: int) -> dict[int, list[int]]:
    """Return the passages of every wire that crosses columns, by source."""
    source = list(range(len(before)))
    wires: dict[int, list[int]] = {}
    for v in range(n_nodes, len(before)):
        source[v] = source[before[v][0]]
        wires.setdefault(source[v], []).append(v)
    return wires


def _levels(wires: dict[int, list[int]], y: Sequence[float]) -> dict[int, float]:
    """Return the mean height of each wire for every passage on it."""
    levels: dict[int, float] = {}
    for wire in wires.values():
        levels.update(dict.fromkeys(wire, sum(y[v] for v in wire) / len(wire)))
    return levels


def _move(
    vertices: Sequence[int],
    targets: Sequence[float],
    weights: Sequence[float],
    heights: Sequence[float],
    y: list[float],
) -> None:
    """Put one column as near to its targets as order and distances allow."""
    for v, place in zip(vertices, _nearest(vertices, targets, [weights[v] for v in vertices], heights), strict=True):
        y[v] = place


def _stack(vertices: Sequence[int], heights: Sequence[float], y: list[float]) -> None:
    """Put a column's vertices under one another, centred at 0."""
    place = -sum(heights[v] for v in vertices) / 2.0
    for v in vertices:
        y[v] = place + heights[v] / 2.0
        place += heights[v]


def _target(v: int, before: Neighbours, after: Neighbours, y: list[float], rightwards: bool) -> float:
    """Return the mean height of the neighbours on the side that is settled, of the others where there are none."""
    near = (before[v] or after[v]) if rightwards else (after[v] or before[v])
    return sum(y[u] for u in near) / len(near) if near else y[v]


def _nearest(
    vertices: Sequence[int], targets: Sequence[float], weights: Sequence[float], heights: Sequence[float]
) -> list[float]:
    """Return the places nearest to `targets` (weighted least squares) at which nothing overlaps."""
    offsets, below = [], 0.0
    for k, v in enumerate(vertices):
        below += (heights[vertices[k - 1]] + heights[v]) / 2.0 if k else 0.0
        offsets.append(below)
    blocks: list[tuple[float, float, int]] = []
    for target, weight, offset in zip(targets, weights, offsets, strict=True):
        mean, total, count = target - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, heavier, more = blocks.pop()
            mean = (mean * total + other * heavier) / (total + heavier)
            total, count = total + heavier, count + more
        blocks.append((mean, total, count))
    levels = [mean for mean, _, count in blocks for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]
