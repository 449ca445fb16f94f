"""Round numbers along an axis: 1, 2 or 5 times a power of ten."""

from __future__ import annotations

import math

from widgets.style import numbers


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most `most` round numbers (at least 2 asked for) from `low` to `high`, rising."""
    span = high - low
    if not (math.isfinite(span) and span > 0):
        return ()
    step = _step(span / max(most, 2))
    while math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1 > max(most, 2):
        step = _step(step * 1.5)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(i * step for i in range(first, last + 1))


def whole_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most `most` round whole numbers from `low` to `high`: iterations have no halves."""
    places = ticks(low, high, most)
    if len(places) > 1 and places[1] - places[0] < 1.0:
        return tuple(float(n) for n in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1))
    return tuple(place for place in places if place.is_integer())


def log_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most `most` exponents from `low` to `high`: powers of ten, and 2 and 5 (or 3) between."""
    for within in ((1.0, 2.0, 5.0), (1.0, 3.0)):
        decades = range(math.floor(low), math.ceil(high) + 1)
        places = tuple(d + math.log10(w) for d in decades for w in within if low <= d + math.log10(w) <= high)
        if len(places) <= most:
            return places
    return decade_ticks(low, high, most)


def decade_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most `most` whole exponents from `low` to `high`."""
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    stride = math.ceil((last - first + 1) / max(most, 1))
    return tuple(float(power) for power in range(first, last + 1) if power % max(stride, 1) == 0)


def tick_text(value: float, step: float) -> str:
    """Return `value` with as many decimals as ticks that are `step` apart need."""
    if abs(value) >= 1e5 or 0 < step < 1e-4:
        return numbers.significant(value, 3)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
    return numbers.fixed(value, decimals)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(k * power for k in (1.0, 2.0, 5.0, 10.0) if k * power >= rough * (1 - 1e-9))
