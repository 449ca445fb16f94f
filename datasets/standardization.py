"""Standardization: (x − mean) / standard deviation, kept beside the data so that nothing is hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from datasets.checks import require
from datasets.dataset import Floats


@dataclass(frozen=True, slots=True)
class Standardization:
    """x ↦ (x − mean) / scale per column, and y ↦ (y − target_mean) / target_scale for a regression.

    Attributes
    ----------
    mean, scale : tuple of float
        One per column; scale is the standard deviation over all rows, 1 for a column that never changes.
    target_mean, target_scale : float
        0 and 1 for classes.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    target_mean: float = 0.0
    target_scale: float = 1.0

    def __post_init__(self) -> None:
        """Check that it can be undone."""
        numbers = np.array([*self.mean, *self.scale, self.target_mean, self.target_scale], dtype=np.float64)
        require(
            len(self.mean) == len(self.scale) and bool(np.isfinite(numbers).all()),
            "standardization: expected one finite mean and one finite scale per column",
        )
        require(min(*self.scale, self.target_scale) > 0.0, "standardization: every scale must be above 0")

    def apply(self, points: Floats) -> Floats:
        """Return standardized points, shape (n, d)."""
        return np.asarray((points - np.array(self.mean)) / np.array(self.scale))

    def undo(self, points: Floats) -> Floats:
        """Return points in their own units again, shape (n, d)."""
        return np.asarray(points * np.array(self.scale) + np.array(self.mean))


def standardization(points: Floats, values: Floats | None = None) -> Standardization:
    """Return what standardizes `points` (n, d) and, for a regression, its `values` (n,)."""
    mean, scale = _moments(points)
    if values is None:
        return Standardization(mean, scale)
    (target_mean,), (target_scale,) = _moments(values[:, np.newaxis])
    return Standardization(mean, scale, target_mean, target_scale)


def _moments(columns: Floats) -> tuple[tuple[float, ...], tuple[float, ...]]:
    # Divided by its largest entry first, so that no square overflows.
    largest = np.abs(columns).max(axis=0)
    largest[largest == 0.0] = 1.0
    mean = (columns / largest).mean(axis=0) * largest
    deviation = (columns / largest - mean / largest).std(axis=0) * largest
    # A column that is constant up to rounding has nothing to be scaled by.
    deviation[deviation <= 1e-12 * largest] = 1.0
    return tuple(mean.tolist()), tuple(deviation.tolist())
