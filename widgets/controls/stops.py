"""Where a slider rests: sensible stops, ascending, as plain tuples."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import ceil, floor, inf, log10

ONE_TWO_FIVE = (1.0, 2.0, 5.0)
FINE = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
_FEWEST = 20


def linear(low: float, high: float, step: float) -> tuple[float, ...]:
    """Return low, low + step, … high, each rounded to the decimals of a short number."""
    count = round((high - low) / step)
    return tuple(round(low + i * step, 10) for i in range(count + 1))


def decades(low: int, high: int, mantissas: Sequence[float] = FINE) -> tuple[float, ...]:
    """Return mantissa × 10^power for each power from `low`, ending at 10^`high`: a logarithmic scale."""
    inner = [float(f"{mantissa}e{power}") for power in range(low, high) for mantissa in mantissas]
    return (*inner, float(f"1e{high}"))


def between(low: float, high: float) -> tuple[float, ...]:
    """Return about 20 to 50 short numbers from `low` to `high`, both of them included.

    A range of no width is taken to reach 1 to either side.
    """
    if not high > low:
        low, high = low - 1.0, high + 1.0
    rough = (high - low) / _FEWEST
    power = 10.0 ** floor(log10(rough))
    step = power * max(mantissa for mantissa in ONE_TWO_FIVE if mantissa * power <= rough * (1.0 + 1e-9))
    first, last = ceil(low / step), floor(high / step)
    inner = (float(f"{k * step:.12g}") for k in range(first, last + 1))
    return (low, *(value for value in inner if low < value < high), high)


def nearest(stops: Sequence[float], value: float) -> int:
    """Return the index of the stop nearest to `value`; beyond the ends, the last that is finite."""
    right = bisect_left(stops, value)
    if right == 0:
        return 0
    if right == len(stops) or (stops[right] == inf and value < inf):
        return right - 1
    if stops[right] == value:  # infinity has no distance
        return right
    return right if stops[right] - value <= value - stops[right - 1] else right - 1


def next_above(stops: Sequence[float], value: float) -> int:
    """Return the index of the first stop above `value`, or of the last stop."""
    return min(bisect_right(stops, value), len(stops) - 1)


def next_below(stops: Sequence[float], value: float) -> int:
    """Return the index of the last stop below `value`, or of the first stop."""
    return max(bisect_left(stops, value) - 1, 0)
