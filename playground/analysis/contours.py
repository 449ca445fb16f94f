"""Contours: the curves where a field over a grid equals a level, by marching squares."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


def contour(field: NDArray[Any], level: float, x: Floats, y: Floats) -> list[Floats]:
    """Return the curves field = level as chains of points (n, 2); a closed one ends where it began.

    Crossings are interpolated linearly along the grid's edges; cells with a value that is not finite are left
    out. At a saddle the mean of the four corners decides which of them belong together.

    Parameters
    ----------
    field : array, shape (rows, columns)
    level : float
    x : array, shape (columns,)
    y : array, shape (rows,)
        Where the columns and rows lie.

    References
    ----------
    Lorensen and Cline, *Marching cubes* (1987), in two dimensions.
    """
    values = np.asarray(field, dtype=np.float64) - level
    starts, ends = _segments(values)
    if not len(starts):
        return []
    places = _crossings(values, x, y)
    return [places[chain] for chain in _chains(starts, ends)]


def joined(chains: list[Floats]) -> Floats:
    """Return the chains as one array (n, 2) with a NaN row between them: one line that lifts the pen."""
    if not chains:
        return np.zeros((0, 2))
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for chain in chains for part in (chain, gap)][:-1])


def _segments(values: Floats) -> tuple[Integers, Integers]:
    """Return both ends of every piece, as numbers of grid edges: rows' edges first, then columns'."""
    rows, columns = values.shape
    above = values > 0.0
    known = np.isfinite(values)
    whole = known[:-1, :-1] & known[:-1, 1:] & known[1:, :-1] & known[1:, 1:]
    across, down = above[:, :-1] != above[:, 1:], above[:-1] != above[1:]
    sides = np.stack((across[:-1], across[1:], down[:, :-1], down[:, 1:])) & whole
    at = np.arange(rows * columns).reshape(rows, columns)
    names = np.stack((at[:-1, :-1], at[1:, :-1], rows * columns + at[:-1, :-1], rows * columns + at[:-1, 1:]))
    crossed = sides.sum(axis=0)
    two, four = crossed == 2, crossed == 4
    pairs = np.argsort(~sides[:, two], axis=0, kind="stable")[:2]
    plain = np.take_along_axis(names[:, two], pairs, axis=0)
    top, bottom, left, right = (name[four] for name in names)
    with np.errstate(all="ignore"):
        middle = (values[:-1, :-1] + values[:-1, 1:] + values[1:, :-1] + values[1:, 1:])[four] > 0.0
    same = middle == above[:-1, :-1][four]
    starts = np.concatenate((plain[0], top, bottom))
    ends = np.concatenate((plain[1], np.where(same, right, left), np.where(same, left, right)))
    return starts, ends


def _crossings(values: Floats, x: Floats, y: Floats) -> Floats:
    """Return where each grid edge is crossed, (2 · rows · columns, 2); NaN where it is not."""
    rows, columns = values.shape
    places = np.full((2, rows, columns, 2), np.nan)
    with np.errstate(all="ignore"):
        share = values[:, :-1] / (values[:, :-1] - values[:, 1:])
        places[0, :, :-1, 0] = x[:-1] + share * np.diff(x)
        places[0, :, :, 1] = y[:, None]
        share = values[:-1] / (values[:-1] - values[1:])
        places[1, :, :, 0] = x
        places[1, :-1, :, 1] = y[:-1, None] + share * np.diff(y)[:, None]
    return places.reshape(-1, 2)


def _chains(starts: Integers, ends: Integers) -> list[list[int]]:
    """Join pieces end to end: open chains first, then closed ones."""
    beside: dict[int, list[int]] = {}
    for a, b in zip(starts.tolist(), ends.tolist(), strict=True):
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    first = [name for name, others in beside.items() if len(others) == 1]
    chains = []
    for start in (*first, *beside):
        if not beside.get(start):
            continue
        chain = [start]
        while beside[chain[-1]]:
            here = chain[-1]
            following = beside[here].pop()
            beside[following].remove(here)
            chain.append(following)
        chains.append(chain)
    return chains
