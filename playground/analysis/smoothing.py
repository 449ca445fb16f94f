"""Smoothing: each value becomes the mean of the values about it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.spec import require

Floats = NDArray[np.float64]


def moving_mean(values: Floats, reach: int) -> Floats:
    """Return the mean of each value with up to `reach` neighbours on either side, (n,).

    Near an end there are as few on both sides as there are on one: the ends stay where they are, and a straight
    line stays straight. Values that are not finite count for nothing and stay as they are.
    """
    require(reach >= 0, f"smoothing: expected a reach of 0 or more, got {reach}")
    n = len(values)
    if n == 0 or reach == 0:
        return np.array(values, dtype=np.float64)
    known = np.isfinite(values)
    middle = float(values[known].mean()) if known.any() else 0.0
    # About their mean, so that the running sums stay small and the differences exact.
    sums = np.concatenate(([0.0], np.cumsum(np.where(known, values - middle, 0.0))))
    counts = np.concatenate(([0], np.cumsum(known)))
    at = np.arange(n)
    near = np.minimum(reach, np.minimum(at, n - 1 - at))
    first, last = at - near, at + near + 1
    with np.errstate(all="ignore"):
        means = middle + (sums[last] - sums[first]) / (counts[last] - counts[first])
    return np.where(known, means, values)
