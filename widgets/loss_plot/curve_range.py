"""The part of the curves to show by itself: all of them, in steps, so that ticks stand still a while."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from widgets.values import Floats

Range = tuple[float, float]


def on_scale(y: Floats, *, log: bool) -> Floats:
    """Return `y`, or its power of ten with NaN for what has none; infinities become NaN."""
    y = np.asarray(y, dtype=np.float64)
    if not log:
        return np.where(np.isfinite(y), y, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.log10(y)
    return np.where(np.isfinite(power), power, np.nan)


def across(xs: Iterable[Floats]) -> Range:
    """Return 0 … a little beyond the largest x, which moves in steps of a tenth or less."""
    most = max((float(x[-1]) for x in xs if len(x)), default=0.0)
    if most <= 0:
        return 0.0, 1.0
    step = 10.0 ** math.floor(math.log10(most)) / 10
    return 0.0, math.ceil(most / step - 1e-9) * step


def upwards(ys: Iterable[Floats], *, log: bool) -> Range:
    """Return the span of `ys` (already on the scale) with room around it; a linear one starts at 0."""
    known = [y[~np.isnan(y)] for y in ys]
    known = [y for y in known if len(y)]
    if not known:
        return (-3.0, 0.0) if log else (0.0, 1.0)
    low, high = min(float(y.min()) for y in known), max(float(y.max()) for y in known)
    if not log and low > 0:
        low = 0.0
    if high - low < 1e-12 * max(abs(high), 1e-3):
        low, high = low - (0.5 if log else 0.0), high + (0.5 if log else 0.1 * abs(high) + 1e-6)
    room = 0.04 * (high - low)
    return (low - room if log or low < 0 else low), high + room
