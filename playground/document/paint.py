"""Painting: pure functions from a table and a stroke to a table. Places are coordinates as shown.

A stroke holds everything since the press, so that a drag is always computed from the table at the
press and is one undo.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.document import catalogue
from playground.document.document import MAX_POINTS
from playground.document.own_data import MIN_POINTS, Floats, Table
from playground.engine.messages import grouped
from playground.engine.spec import MAX_CLASSES, require

Mode = Literal["add", "brush", "move", "erase"]
Place = tuple[float, float]

DENSITY = 5
"""Points of one brush dab."""
MAX_DABS = 2_000


@dataclass(frozen=True, slots=True)
class Stroke:
    """What the user did since the press."""

    # ``"add"`` one point at the last place, ``"brush"`` five points per dab within `radius`, ``"move"`` the point
    # `index`, ``"erase"`` all within `radius` of the path.
    mode: Mode
    target: float = 0.0  # class of the new points, or their value
    radius: float = 0.1  # in coordinates as shown, along the first axis
    seed: int = 0  # of the brush; the same stroke gives the same points
    index: int | None = None  # the point to move
    path: tuple[Place, ...] = ()  # its places, the press first; dabs lie half a radius apart or more
    end: Place | None = None  # where it is now
    stretch: float = 1.0  # how many units of the second axis look as long as one of the first

    def to(self, x: float, y: float) -> Stroke:
        """Return the stroke continued to (x, y), with evenly spaced dabs however fast the mouse moved."""
        require(math.isfinite(x) and math.isfinite(y), f"place: expected finite coordinates, got ({x}, {y})")
        if self.mode not in ("brush", "erase") or not self.path:
            return replace(self, path=self.path or ((x, y),), end=(x, y))
        (fx, fy), gap = self.path[-1], max(self.radius / 2.0, 1e-9)
        length = math.hypot(x - fx, (y - fy) / self.stretch)
        n = min(int(length / gap), MAX_DABS - len(self.path))
        way = tuple((fx + (x - fx) * gap * k / length, fy + (y - fy) * gap * k / length) for k in range(1, n + 1))
        return replace(self, path=self.path + way, end=(x, y))


def painted(table: Table, stroke: Stroke) -> Table:
    """Return `table` after `stroke`.

    Raises
    ------
    ValueError
        When the table has not two columns, or would have too few or too many points; the message says the cure.
    """
    require(
        table.n_features == 2,
        f"Painting needs points of two columns; these have {table.n_features}. Choose other data first.",
    )
    if stroke.end is None:
        return table
    if stroke.mode == "add":
        return added(table, np.array([stroke.end]), stroke.target)
    if stroke.mode == "brush":
        return added(table, dabs(stroke), stroke.target)
    if stroke.mode == "move":
        return table if stroke.index is None else moved(table, stroke.index, stroke.end)
    return erased(table, (*stroke.path, stroke.end), stroke.radius, stroke.stretch)


def added(table: Table, places: Floats, target: float) -> Table:
    """Return `table` with points at `places` (n, 2); a new class is added."""
    require(
        table.n_points + len(places) <= MAX_POINTS,
        f"There is room for {grouped(MAX_POINTS)} points; erase some before adding.",
    )
    n_classes = table.n_classes
    if not table.is_regression:
        require(
            target == int(target) and 0 <= target < MAX_CLASSES,
            f"class: expected 0 to {MAX_CLASSES - 1}, got {target:g}",
        )
        n_classes = max(n_classes, int(target) + 1)
    elif table.standardization is not None:
        target = target * table.standardization.target_scale + table.standardization.target_mean
    names = table.class_names + tuple(f"class {k}" for k in range(len(table.class_names), n_classes))
    first = int(table.ids.max()) + 1
    ids = np.arange(first, first + len(places))
    new = catalogue.thresholds_of_new(ids) if len(table.thresholds) else table.thresholds
    return replace(
        table,
        points=np.concatenate([table.points, table.own_units(places)]),
        targets=np.concatenate([table.targets, np.full(len(places), float(target))]),
        n_classes=n_classes,
        class_names=names,
        ids=np.concatenate([table.ids, ids]),
        thresholds=np.concatenate([table.thresholds, new]),
    )


def dabs(stroke: Stroke) -> Floats:
    """Return the points of a brush stroke: five per dab, evenly within the radius, each dab from its own seed."""
    made = []
    for k, (x, y) in enumerate(stroke.path):
        share = np.random.default_rng([stroke.seed, k]).random((DENSITY, 2))
        radius, angle = stroke.radius * np.sqrt(share[:, 0]), 2.0 * np.pi * share[:, 1]
        made.append(np.column_stack([x + radius * np.cos(angle), y + stroke.stretch * radius * np.sin(angle)]))
    return np.concatenate(made)


def moved(table: Table, index: int, to: Place) -> Table:
    """Return `table` with the point `index` at `to`."""
    require(0 <= index < table.n_points, f"point: expected 0 to {table.n_points - 1}, got {index}")
    points = table.points.copy()
    points[index] = table.own_units(np.array([to]))[0]
    return replace(table, points=points)


def erased(table: Table, places: tuple[Place, ...], radius: float, stretch: float = 1.0) -> Table:
    """Return `table` without the points within `radius` of any of `places`, as they look on the screen.

    Raises
    ------
    ValueError
        When fewer than two points would stay.
    """
    gone = np.zeros(table.n_points, dtype=np.bool_)
    shown = table.shown_points()
    for x, y in places:
        gone |= (((shown - (x, y)) / (1.0, stretch)) ** 2).sum(axis=1) <= radius * radius
    return table if not gone.any() else _kept(table, ~gone)


def cleared(table: Table) -> Table:
    """Return `table` with one point of each class, the one nearest to its middle: training needs something to learn.

    A regression keeps its lowest and its highest value.
    """
    if table.is_regression:
        ends = (int(np.argmin(table.targets)), int(np.argmax(table.targets)))
        indices = list(dict.fromkeys((*ends, *range(MIN_POINTS))))[:MIN_POINTS]
    else:
        indices = [_middle(table, label) for label in range(table.n_classes) if (table.targets == label).any()]
        indices += [i for i in range(table.n_points) if i not in indices][: max(0, MIN_POINTS - len(indices))]
    stay = np.zeros(table.n_points, dtype=np.bool_)
    stay[indices] = True
    return _kept(table, stay)


def nearest(table: Table, place: Place, within: float, stretch: float = 1.0) -> int | None:
    """Return the point nearest to `place`, at most `within` away, or None."""
    distance = (((table.shown_points()[:, :2] - place) / (1.0, stretch)) ** 2).sum(axis=1)
    index = int(np.argmin(distance))
    return index if distance[index] <= within * within else None


def _middle(table: Table, label: int) -> int:
    members = np.flatnonzero(table.targets == label)
    points = table.shown_points()[members]
    return int(members[np.argmin(((points - points.mean(axis=0)) ** 2).sum(axis=1))])


def _kept(table: Table, stay: NDArray[np.bool_]) -> Table:
    require(
        int(stay.sum()) >= MIN_POINTS,
        f"Training needs at least {MIN_POINTS} points: add others before erasing the last ones.",
    )
    thresholds = table.thresholds[stay] if len(table.thresholds) else table.thresholds
    return replace(
        table, points=table.points[stay], targets=table.targets[stay], ids=table.ids[stay], thresholds=thresholds
    )
