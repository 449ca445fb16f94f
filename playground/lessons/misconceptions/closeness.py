"""Which typed numbers stand for a value: half a unit of the last digit, or of the digits that were asked for."""

from __future__ import annotations

import math
from collections.abc import Iterable

from playground.lessons.misconceptions.typed import Typed
from playground.training.answers import digits_asked

_ROUNDING = 1e-9
_SHORT = 4
_WHOLE = 3
"""A number of so few digits is typed as it is, even where fewer were asked for."""
_HALF = 0.55
_SEEN = 1.5e-3
"""Half a unit, and what the rounding to four digits of two factors on the screen may add to a product."""


def stands_for(typed: Typed, value: float, digits: int, slack: float = 0.0) -> bool:
    """Return whether `typed` is `value`, to `digits` significant digits.

    Parameters
    ----------
    slack : float
        How far off an answer may be that is computed from what the screen shows, such as a small difference of
        large numbers.
    """
    if is_short(value):
        asked = digits_asked(value, digits)
        allowed = min(0.5 * typed.unit, _HALF * unit(value, asked)) if typed.unit else 1e-3 * abs(value)
    else:
        allowed = _asked(value, digits)
    return abs(typed.value - value) <= max(allowed, slack) + _ROUNDING * abs(value)


def rounding(values: Iterable[float]) -> float:
    """Return by how much a sum of `values` can be off when each is read with the four digits that are shown."""
    return float(sum(0.5 * unit(value, _SHORT) for value in map(float, values) if not is_short(value)))


def is_rough(typed: Typed, value: float, digits: int) -> bool:
    """Return whether `typed` is `value` with fewer digits than were asked for."""
    if not value or not typed.value or typed.unit <= unit(value, digits) * (1 - _ROUNDING):
        return False
    leading = unit(max(abs(value), abs(typed.value)), 1)
    return typed.unit <= leading * (1 + _ROUNDING) and abs(typed.value - value) <= _HALF * typed.unit


def are_apart(one: float, other: float, digits: int) -> bool:
    """Return whether no number that stands for `one` stands for `other` as well."""
    return abs(one - other) > _reach(one, digits) + _reach(other, digits) + _ROUNDING * (abs(one) + abs(other))


def could_be_rounded(one: float, value: float, digits: int) -> bool:
    """Return whether `one`, written with `digits` digits, could be `value` with fewer of them: 1.00 for 0.9974."""
    return not is_short(value) and abs(one - value) <= _HALF * unit(one, digits)


def unit(value: float, digits: int) -> float:
    """Return what the last of `digits` significant digits of `value` is worth; of 0, of a number around 1."""
    power = math.floor(math.log10(abs(value))) if value else 0
    return float(10.0 ** (power - digits + 1))


def is_short(value: float) -> bool:
    """Return whether four digits write `value` exactly, so that a longer answer has to be exact, too."""
    return _has(value, _SHORT)


def _has(value: float, digits: int) -> bool:
    return abs(float(f"{value:.{digits - 1}e}") - value) <= _ROUNDING * abs(value)


def _reach(value: float, digits: int) -> float:
    """Return how far from `value` an answer with `digits` digits may lie."""
    return 0.0 if _has(value, max(digits, _WHOLE)) else _asked(value, digits)


def _asked(value: float, digits: int) -> float:
    return max(_HALF * unit(value, digits), _SEEN * abs(value))
