"""The input features of a point: x₁, x₂, x₁², x₂², x₁x₂, sin and cos, or plain columns; one entry each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from playground.engine.notation import entry
from playground.engine.spec import require

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Feature:
    """One input feature.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line (``x1_squared``); text in the window (x₁²).
    """

    name: str
    label: str
    formula: str  # how it follows from the point, as text
    columns: int  # how many columns the points need at least
    compute: Callable[[Array], Array] = field(repr=False)  # from points of shape (n_samples, d)


def _column(index: int) -> Feature:
    """Return x_i, the plain column number `index` (from 0) of the points."""
    label = entry("x", index)
    return Feature(f"x{index + 1}", label, f"{label}, as it is", index + 1, lambda points: points[:, index])


_ENTRIES = (
    _column(0),
    _column(1),
    Feature("x1_squared", "x₁²", "x₁·x₁", 1, lambda points: points[:, 0] * points[:, 0]),
    Feature("x2_squared", "x₂²", "x₂·x₂", 2, lambda points: points[:, 1] * points[:, 1]),
    Feature("x1_x2", "x₁x₂", "x₁·x₂", 2, lambda points: points[:, 0] * points[:, 1]),
    Feature("sin_x1", "sin x₁", "sin(x₁), x₁ in radians", 1, lambda points: np.sin(points[:, 0])),
    Feature("sin_x2", "sin x₂", "sin(x₂), x₂ in radians", 2, lambda points: np.sin(points[:, 1])),
    Feature("cos_x1", "cos x₁", "cos(x₁), x₁ in radians", 1, lambda points: np.cos(points[:, 0])),
    Feature("cos_x2", "cos x₂", "cos(x₂), x₂ in radians", 2, lambda points: np.cos(points[:, 1])),
)

FEATURES: dict[str, Feature] = {entry.name: entry for entry in _ENTRIES}


def available(n_columns: int) -> tuple[Feature, ...]:
    """Return the features of points with `n_columns` columns: the table for 1 or 2, plain columns for more."""
    return tuple(_by_name(n_columns).values())


@lru_cache(maxsize=16)
def _by_name(n_columns: int) -> dict[str, Feature]:
    """Return ``available`` by name, made once: each input of a network asks for its own."""
    require(n_columns >= 1, "points: expected at least 1 column, got {n_columns}", n_columns=n_columns)
    if n_columns > 2:
        return {made.name: made for made in map(_column, range(n_columns))}
    return {entry.name: entry for entry in _ENTRIES if entry.columns <= n_columns}


def feature(name: str, n_columns: int = 2) -> Feature:
    """Return the feature called `name` of points with `n_columns` columns.

    Raises
    ------
    ValueError
        If such points have no such feature; the message lists the ones they have.
    """
    known = _by_name(n_columns)
    names = ", ".join(known) if n_columns <= 2 else f"x1 to x{n_columns}"
    require(name in known, "features: expected one of {names}; got {name!r}", names=names, name=name)
    return known[name]


def compute(names: Sequence[str], points: Array) -> Array:
    """Return the features of points.

    Parameters
    ----------
    names : sequence of str
        Which features, in this order; each at most once.
    points : array, shape (n_samples, d)

    Returns
    -------
    array, shape (n_samples, len(names))

    Raises
    ------
    ValueError
        If a name is unknown or doubled, or `points` is not two-dimensional.
    """
    require(points.ndim == 2, "points: expected shape (n_samples, d), got {shape}", shape=points.shape)
    require(len(names) > 0, "features: expected at least one; switch one on")
    require(len(set(names)) == len(names), "features: expected each once, got {names}", names=", ".join(names))
    out = np.empty((points.shape[0], len(names)))
    known = _by_name(points.shape[1])
    for column, name in enumerate(names):
        out[:, column] = (known.get(name) or feature(name, points.shape[1])).compute(points)
    return out
