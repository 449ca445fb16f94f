"""A log scale that grows with what it must show and never shrinks by itself."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LEAST_DECADES = 4
GROWTH = 2


@dataclass(frozen=True, slots=True)
class Decades:
    """A log axis from 10^low to 10^high."""

    low: int
    high: int

    def holding(self, values: Iterable[float]) -> Decades:
        """Return an axis that also holds `values` (zeros and non-finite ones cannot be on it).

        A new axis ends just above the largest and leaves its room below, where training takes gradients;
        one that must grow takes two decades at once, so that it seldom has to.
        """
        powers = [math.log10(v) for v in values if v > 0 and math.isfinite(v)]
        if not powers:
            return self
        low, high = math.floor(min(powers) - 0.2), math.ceil(max(powers) + 0.1)
        if self == NOWHERE:
            return Decades(min(low, high - LEAST_DECADES), high)
        return Decades(
            self.low if min(powers) >= self.low else min(low, self.low - GROWTH),
            self.high if max(powers) <= self.high else max(high, self.high + GROWTH),
        )

    def share(self, value: float) -> float:
        """Return where `value` lies along the axis, 0…1."""
        if not value > 0:
            return 0.0
        if not math.isfinite(value):
            return 1.0
        return min(max((math.log10(value) - self.low) / (self.high - self.low), 0.0), 1.0)


NOWHERE = Decades(99, -99)
