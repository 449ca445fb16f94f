"""The order of the vertices within the columns of a layered graph: few crossings.

Barycentre sweeps to and fro, each followed by exchanges of neighbours in graphs of moderate size; the
best order seen is kept, and the first one already draws a tree without crossings.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

Neighbours = Sequence[Sequence[int]]

SWEEPS = 16
MODERATE = 1_500
LARGE = 8_000


def arrange(column: Sequence[int], before: Neighbours, after: Neighbours) -> list[list[int]]:
    """Return the vertices of each column from top to bottom.

    Parameters
    ----------
    column : sequence of int
        Column of each vertex.
    before, after : sequences of sequences of int
        Neighbours in the column left and right of each vertex.
    """
    order = _depth_first(column, before)
    best, fewest = order, crossings(order, before)
    n = len(column)
    sweeps = SWEEPS if n <= MODERATE else 4 if n <= LARGE else 2
    for sweep in range(sweeps):
        if fewest == 0:
            break
        order = _swept(order, before, after, rightwards=sweep % 2 == 0)
        if n <= MODERATE:
            _exchange(order, before, after)
        count = crossings(order, before)
        if count < fewest:
            best, fewest = [list(vertices) for vertices in order], count
    return best


def crossings(order: Sequence[Sequence[int]], before: Neighbours) -> int:
    """Count the pairs of wires between neighbouring columns that cross."""
    total = 0
    for c in range(1, len(order)):
        place = {v: k for k, v in enumerate(order[c - 1])}
        seen: list[int] = []
        for v in order[c]:
            ends = sorted(place[u] for u in before[v])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _depth_first(column: Sequence[int], before: Neighbours) -> list[list[int]]:
    """Visit the vertices from the last ones back, first inputs first: a tree has no crossings."""
    order: list[list[int]] = [[] for _ in range(max(column) + 1)]
    seen = [False] * len(column)
    used = {u for row in before for u in row}
    stack = [v for v in range(len(column) - 1, -1, -1) if v not in used][::-1]
    while stack:
        v = stack.pop()
        if seen[v]:
            continue
        seen[v] = True
        order[column[v]].append(v)
        stack += [u for u in reversed(before[v]) if not seen[u]]
    return order


def _swept(
    order: Sequence[Sequence[int]], before: Neighbours, after: Neighbours, *, rightwards: bool
) -> list[list[int]]:
    """Sort every column by the mean place of its neighbours on the side that is already sorted."""
    result = [list(vertices) for vertices in order]
    neighbours = before if rightwards else after
    columns = range(1, len(result)) if rightwards else range(len(result) - 2, -1, -1)
    for c in columns:
        fixed = result[c - 1 if rightwards else c + 1]
        place = {v: k for k, v in enumerate(fixed)}
        stretch = max(len(fixed) - 1, 1) / max(len(result[c]) - 1, 1)
        keys = {}
        for k, v in enumerate(result[c]):
            ends = [place[u] for u in neighbours[v]]
            keys[v] = sum(ends) / len(ends) if ends else k * stretch
        result[c].sort(key=keys.__getitem__)
    return result


def _exchange(order: list[list[int]], before: Neighbours, after: Neighbours) -> None:
    """Exchange neighbours in a column as long as that saves crossings, a few rounds at most."""
    place = [0] * sum(map(len, order))
    for vertices in order:
        for k, v in enumerate(vertices):
            place[v] = k
    for _ in range(6):
        saved = False
        for vertices in order:
            for k in range(len(vertices) - 1):
                above, below = vertices[k], vertices[k + 1]
                if _saves(above, below, before, place) + _saves(above, below, after, place) > 0:
                    vertices[k], vertices[k + 1] = below, above
                    place[above], place[below] = k + 1, k
                    saved = True
        if not saved:
            return


def _saves(above: int, below: int, neighbours: Neighbours, place: Sequence[int]) -> int:
    """Count how many crossings fewer there are on one side when two vertices change places."""
    upper, lower = [place[u] for u in neighbours[above]], [place[u] for u in neighbours[below]]
    return sum((a > b) - (a < b) for a in upper for b in lower)
