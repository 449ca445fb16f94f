"""A data set: n points with d coordinates and one target each, frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from datasets.checks import require, visible
from datasets.messages import message

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

MAX_CLASSES = 10


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Points and the target of each.

    The arrays are copied, read-only and C-contiguous: a data set never changes, a new one is made.

    Raises
    ------
    ValueError
        On shapes that do not agree, values that are not finite, or labels outside their range.
    """

    points: Floats  # coordinates, used as they are: no hidden scaling; shape (n_points, n_features)
    targets: NDArray[Any]  # int64 labels 0 … n_classes − 1, or float64 values for regression; shape (n_points,)
    n_classes: int = 2  # number of classes, 2 to 10; 0 for regression
    feature_names: tuple[str, ...] = ()  # a name per coordinate; x₁, x₂, … by default
    # The coordinates that every axis shows; ± the largest coordinate by default; (low, high).
    extent: tuple[float, float] = (0.0, 0.0)
    class_names: tuple[str, ...] = ()  # a name per class; "class 0", "class 1", … by default

    def __post_init__(self) -> None:
        """Copy and check everything once."""
        points = frozen(self.points, np.float64)
        require(
            points.ndim == 2 and min(points.shape) > 0,
            "points: expected a table of shape (points, features), got shape {shape}",
            shape=points.shape,
        )
        _require_finite("points", points)
        require(
            self.n_classes == 0 or 2 <= self.n_classes <= MAX_CLASSES,
            "n_classes: expected 0 (regression) or 2 to {most}, got {n}",
            most=MAX_CLASSES,
            n=self.n_classes,
        )
        names = self.feature_names or tuple(f"x{subscript(i + 1)}" for i in range(points.shape[1]))
        require(
            len(names) == points.shape[1],
            "feature_names: expected {n} names, one per column, got {got}",
            n=points.shape[1],
            got=len(names),
        )
        classes = self.class_names or tuple(f"class {label}" for label in range(self.n_classes))
        require(
            len(classes) == self.n_classes,
            "class_names: expected {n} names, one per class, got {got}",
            n=self.n_classes,
            got=len(classes),
        )
        low, high = self.extent
        if low == high:
            high = float(np.abs(points).max()) or 1.0
            low = -high
        for field, value in (
            ("points", points),
            ("targets", _frozen_targets(self.targets, len(points), self.n_classes)),
            ("feature_names", tuple(map(visible, names))),
            ("extent", (low, high)),
            ("class_names", tuple(map(visible, classes))),
        ):
            object.__setattr__(self, field, value)

    @property
    def n_points(self) -> int:
        """Number of points."""
        return len(self.points)

    @property
    def n_features(self) -> int:
        """Number of coordinates d of each point."""
        return int(self.points.shape[1])

    @property
    def is_regression(self) -> bool:
        """Whether the targets are values, not labels."""
        return self.n_classes == 0

    def take(self, indices: Indices) -> Dataset:
        """Return the points at `indices`, in that order, with the same names and extent."""
        return replace(self, points=self.points[indices], targets=self.targets[indices])

    def counts(self) -> tuple[int, ...]:
        """Return the number of points of each class; empty for regression."""
        if self.is_regression:
            return ()
        return tuple(int(count) for count in np.bincount(self.targets, minlength=self.n_classes))


def frozen(values: ArrayLike, dtype: type[Any]) -> NDArray[Any]:
    """Return a read-only, C-contiguous copy of `values`."""
    array = np.array(values, dtype=dtype, order="C")
    array.flags.writeable = False
    return array


def subscript(number: int) -> str:
    """Write a whole `number` in subscript digits: 12 → ₁₂."""
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _frozen_targets(targets: ArrayLike, n_points: int, n_classes: int) -> NDArray[Any]:
    values = frozen(targets, np.float64)
    require(
        values.shape == (n_points,),
        "targets: expected one per point, shape ({n},), got shape {shape}",
        n=n_points,
        shape=values.shape,
    )
    _require_finite("targets", values)
    if n_classes == 0:
        return values
    labels = frozen(values, np.int64)
    wrong = np.flatnonzero((labels != values) | (labels < 0) | (labels >= n_classes))
    if len(wrong):
        row = int(wrong[0])
        raise ValueError(
            message(
                "targets, row {row}: expected a label from 0 to {last}, got {value:g}",
                row=row,
                last=n_classes - 1,
                value=values[row],
            )
        )
    return labels


def _require_finite(name: str, values: NDArray[Any]) -> None:
    wrong = np.argwhere(~np.isfinite(values))
    if len(wrong):
        row, *column = (int(i) for i in wrong[0])
        template = "{name}, row {row}, column {column}: expected a finite number, got {value}"
        template = template if column else "{name}, row {row}: expected a finite number, got {value}"
        value = values[tuple(wrong[0])]
        raise ValueError(message(template, name=name, row=row, column=column and column[0], value=value))
