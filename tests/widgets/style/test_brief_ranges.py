"""In which range a number is written as another one is."""

from __future__ import annotations

import numpy as np
import pytest

from widgets.style.brief_ranges import brief_ranges
from widgets.style.numbers import brief


@pytest.fixture
def values() -> np.ndarray:
    """Return numbers of every size, many of them where another digit or another form begins."""
    rng = np.random.default_rng(0)
    steps = [0.000995, 0.00995, 0.0995, 0.995, 9.95, 99.5, 9950.0, 1.405, 0.125, 12.5, 0.1, 2.0, 40.0]
    near = [x * (1.0 + away) for x in steps for away in (0.0, 1e-12, -1e-12, 1e-4, -1e-4)]
    return np.concatenate([rng.normal(size=3000) * 10.0 ** rng.integers(-6, 6, 3000), near, np.negative(near)])


def test_numbers_in_the_range_are_written_alike(values):
    rng = np.random.default_rng(1)
    lows, highs = brief_ranges(values)
    has_range = np.isfinite(lows)
    assert has_range.mean() > 0.5
    for value, low, high in zip(values[has_range], lows[has_range], highs[has_range], strict=True):
        assert low < value < high
        for other in (np.nextafter(low, high), np.nextafter(high, low), *rng.uniform(low, high, 3)):
            if not other.is_integer():
                assert brief(other) == brief(value)


@pytest.mark.parametrize("value", [0.0, 1.0, -7.0, 0.0001, 20_000.5, np.nan, np.inf, -np.inf])
def test_what_is_written_otherwise_has_no_range(value):
    low, high = brief_ranges(np.array([value]))
    assert np.isnan(low[0])
    assert np.isnan(high[0])
