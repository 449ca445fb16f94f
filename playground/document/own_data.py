"""Own data: a frozen table of points that the user painted or imported, kept in the document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.document import catalogue
from playground.document.catalogue import Standardization
from playground.engine.messages import plural
from playground.engine.spec import require

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

OWN = "own"
MIN_POINTS = 2
MOST = 1e100
"""The largest number that a point may have as it is shown and used."""
_PAD = 0.05
MOST_UNEVEN = 3.0
"""Axes share one range unless that is more than so many times as long as one of them needs."""
_DIGEST_BYTES = 16


@dataclass(frozen=True, eq=False)
class Table:
    """Points in their own units and what is to be learned at each; two tables of the same content are equal.

    Arrays are copied, read-only and C-contiguous.
    """

    points: Floats  # (n, d), as imported or painted, before standardization; at least two
    targets: Floats  # (n,), labels 0 … n_classes − 1, or values
    n_classes: int = 2  # 2 to 10; 0 for regression
    feature_names: tuple[str, ...] = ()  # one per column; x₁, x₂, … unless given
    class_names: tuple[str, ...] = ()  # one per class; "class 0", … unless given
    target_name: str = ""  # what the targets are called
    standardization: Standardization | None = None  # how points (and values) are shown and used; None: as they are
    # The coordinates, as shown, that every axis covers; computed unless given. Painting keeps it, so that axes stay.
    extent: tuple[float, float] = (0.0, 0.0)
    source: str = ""  # where the points come from, in words
    # (n,), a number that stays with its point; counted from 0 unless given.
    ids: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    # (n,), the train share above which each point trains, 0 ≤ t < 1: painting keeps every point on its side of the
    # split. Empty: the split follows from seed and ids.
    thresholds: Floats = field(default_factory=lambda: np.empty(0))
    # What each of two axes covers where one range does not suit both; computed and kept like `extent`.
    ranges: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        """Copy and check everything once."""
        made = self.dataset()
        require(made.n_points >= MIN_POINTS, f"points: expected at least {MIN_POINTS}, got {made.n_points}")
        ids = np.array(self.ids if len(self.ids) else np.arange(made.n_points), dtype=np.int64)
        require(
            ids.shape == (made.n_points,) and _all_differ(ids),
            f"ids: expected {made.n_points} different whole numbers, one per point",
        )
        ids.flags.writeable = False
        thresholds = np.array(self.thresholds, dtype=np.float64)
        require(
            thresholds.shape in ((0,), (made.n_points,)) and bool(((thresholds >= 0.0) & (thresholds < 1.0)).all()),
            f"thresholds: expected none, or {made.n_points} numbers from 0 to below 1, one per point",
        )
        thresholds.flags.writeable = False
        targets = np.array(made.targets, dtype=np.float64)
        targets.flags.writeable = False
        scaling = self.standardization
        require(
            scaling is None or len(scaling.mean) == made.n_features,
            f"standardization: expected {made.n_features} means, one per column",
        )
        for name, value in (
            ("points", made.points),
            ("targets", targets),
            ("feature_names", made.feature_names),
            ("class_names", made.class_names),
            ("target_name", catalogue.visible(self.target_name)),
            ("source", catalogue.visible(self.source)),
            ("ids", ids),
            ("thresholds", thresholds),
        ):
            object.__setattr__(self, name, value)
        with np.errstate(over="ignore"):  # a file may say that the scale is 1e−300
            self._require_usable("points", self.shown_points())
            self._require_usable("targets", self.shown_targets())
        low, high = self.extent
        require(-2.0 * MOST <= low <= high <= 2.0 * MOST, "extent: expected two numbers, the lower first")
        if not low < high:
            object.__setattr__(self, "extent", _extent(self.shown_points()))
            object.__setattr__(self, "ranges", own_ranges(self.shown_points().T, self.extent))
        are_right = all(-2.0 * MOST <= left < right <= 2.0 * MOST for left, right in self.ranges)
        require(len(self.ranges) in (0, 2) and are_right, "ranges: expected none, or two pairs, the lower number first")

    def _require_usable(self, name: str, shown: Floats) -> None:
        """Refuse numbers whose squares, sums and margins would not be numbers any more."""
        wrong = np.argwhere(~(np.abs(shown) <= MOST))
        if len(wrong):
            place = "".join(f"[{i}]" for i in wrong[0])
            scaled = "" if self.standardization is None else " after standardization"
            raise ValueError(f"{name}{place}: expected a number within ±{MOST:g}{scaled}; use another unit")

    # ---- identity ------------------------------------------------------------------------------

    @cached_property
    def _digest(self) -> bytes:
        made = hashlib.blake2b(digest_size=_DIGEST_BYTES)
        for array in (self.points, self.targets, self.ids, self.thresholds):
            made.update(np.ascontiguousarray(array).data)
        words = (self.n_classes, self.feature_names, self.class_names, self.target_name, self.source)
        rest = (self.points.shape, self.thresholds.shape, self.standardization, self.extent, self.ranges, words)
        made.update(repr(rest).encode())
        return made.digest()

    def __eq__(self, other: object) -> bool:
        """Return whether `other` is a table of the same content."""
        if not isinstance(other, Table):
            return NotImplemented
        return self is other or self._digest == other._digest

    def __hash__(self) -> int:
        """Hash the content."""
        return hash(self._digest)

    # ---- reading -------------------------------------------------------------------------------

    @property
    def n_points(self) -> int:
        """Number of points."""
        return len(self.points)

    @property
    def n_features(self) -> int:
        """Number of columns d."""
        return int(self.points.shape[1])

    @property
    def is_regression(self) -> bool:
        """Whether values are to be learned, not classes."""
        return self.n_classes == 0

    def shown_points(self) -> Floats:
        """Return the points as they are shown and used, (n, d)."""
        return self.points if self.standardization is None else self.standardization.apply(self.points)

    def shown_targets(self) -> Floats:
        """Return labels, or values as they are shown and used, (n,)."""
        scaling = self.standardization
        if scaling is None or not self.is_regression:
            return self.targets
        return np.asarray((self.targets - scaling.target_mean) / scaling.target_scale)

    def own_units(self, shown: Floats) -> Floats:
        """Return points of the shown plane in the table's own units, (n, d)."""
        return shown if self.standardization is None else self.standardization.undo(shown)

    def dataset(self) -> catalogue.Dataset:
        """Return the table in its own units, for export."""
        return catalogue.Dataset(
            self.points, self.targets, self.n_classes, self.feature_names, class_names=self.class_names
        )

    def shown(self) -> catalogue.Dataset:
        """Return the table as it is shown and used."""
        return replace(self.dataset(), points=self.shown_points(), targets=self.shown_targets(), extent=self.extent)

    def scaling(self) -> tuple[tuple[str, float, float], ...]:
        """Return each input, and the target of a regression, with the mean and the deviation that it is scaled by."""
        scaling = self.standardization
        if scaling is None:
            return ()
        inputs = zip(self.feature_names, scaling.mean, scaling.scale, strict=True)
        target = (f"target {self.target_name or 'y'}", scaling.target_mean, scaling.target_scale)
        return (*inputs, target) if self.is_regression else tuple(inputs)

    def describe(self) -> str:
        """Say in a line what the table is: points, columns, classes, scale."""
        what = "regression" if self.is_regression else f"{self.n_classes} classes"
        scaled = "; standardized: (x − mean) / standard deviation" if self.standardization else ""
        points = plural(self.n_points, "{count} point", "{count:,} points")
        columns = plural(self.n_features, "{count} column", "{count} columns")
        return f"{self.source or 'own points'}: {points}, {columns}, {what}{scaled}"


def table_of(imported: catalogue.Imported, source: str) -> Table:
    """Return the table that came out of a file."""
    data = imported.dataset
    source = "; ".join((source, *imported.encoded))
    return Table(
        data.points, data.targets, data.n_classes, data.feature_names, data.class_names, imported.target_name,
        imported.standardization, source=source,
    )  # fmt: skip


def _all_differ(ids: Integers) -> bool:
    # They ascend unless a file says otherwise: a sort is seldom needed.
    return bool((np.diff(ids) > 0).all() or (np.diff(np.sort(ids)) > 0).all())


def _extent(shown: Floats) -> tuple[float, float]:
    """Return one range that holds every coordinate, a little wider."""
    low, high = float(shown.min()), float(shown.max())
    pad = _PAD * (high - low) or max(1.0, abs(low))
    return low - pad, high + pad


def own_ranges(columns: Sequence[Floats] | Floats, extent: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Return the range of each of two `columns` where `extent`, one for both, is far too long for one; else nothing."""
    if len(columns) != 2:
        return ()
    made = tuple(_extent(column) for column in columns)
    least = min(high - low for low, high in made)
    return made if extent[1] - extent[0] > MOST_UNEVEN * least else ()
