"""Between which numbers ``numbers.brief`` writes the same text: while a number stays there, it need not be asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_LEAST = np.array([0.0, 0.000995, 0.00995, 0.0995, 9.95, 99.5, 9950.0])
"""From which size on a number has so many digits after the point; a smaller or larger one has an exponent."""
_DIGITS = np.array([-1, 4, 3, 2, 1, 0, -1])
_INSIDE = 1e-6
"""Of the last digit: so near to where a number is rounded to another digit, it is asked."""


def brief_ranges(values: Floats) -> tuple[Floats, Floats]:
    """Return the open range round each number in which all numbers but whole ones are written as it is.

    Both ends are NaN where there is none: with an exponent, not finite, zero, or a whole number.
    """
    sizes = np.abs(values)
    row = np.searchsorted(_LEAST, sizes, side="right") - 1  # NaN is last
    digits = _DIGITS[row]
    unit = 10.0 ** -digits.astype(np.float64)
    middle = np.rint(sizes / unit)
    after = _LEAST[np.minimum(row + 1, len(_LEAST) - 1)]
    least = np.maximum((middle - 0.5 + _INSIDE) * unit, _LEAST[row] * (1.0 + _INSIDE))
    most = np.minimum((middle + 0.5 - _INSIDE) * unit, after * (1.0 - _INSIDE))
    has_range = (digits >= 0) & (sizes > least) & (sizes < most) & (values != np.rint(values))
    is_negative = values < 0.0
    low, high = np.where(is_negative, -most, least), np.where(is_negative, -least, most)
    return np.where(has_range, low, np.nan), np.where(has_range, high, np.nan)
