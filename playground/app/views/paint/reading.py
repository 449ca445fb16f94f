"""What the paint tools offer for the current data."""

from __future__ import annotations

import math

from widgets.controls import stops

_FEWEST = 20


def value_stops(low: float, high: float) -> tuple[float, ...]:
    """Return about 20 to 50 short numbers from `low` to `high`, both of them included: where a slider of values rests.

    A range of no width is taken to reach 1 to either side.
    """
    if not high > low:
        low, high = low - 1.0, high + 1.0
    rough = (high - low) / _FEWEST
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * max(mantissa for mantissa in stops.ONE_TWO_FIVE if mantissa * power <= rough * (1.0 + 1e-9))
    first, last = math.ceil(low / step), math.floor(high / step)
    inner = (float(f"{k * step:.12g}") for k in range(first, last + 1))
    return (low, *(value for value in inner if low < value < high), high)
