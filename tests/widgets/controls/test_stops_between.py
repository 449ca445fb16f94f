"""Where the slider of a painted value rests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.controls.stops import between

numbers = st.floats(-1e9, 1e9)


@given(numbers, numbers)
def test_the_slider_reaches_from_the_lowest_value_to_the_highest_in_even_steps(one: float, other: float) -> None:
    low, high = sorted((one, other))
    if 0.0 < high - low < 1e-6 * max(abs(low), abs(high)):
        return
    stops = between(low, high)
    assert list(stops) == sorted(set(stops))
    assert 20 <= len(stops) <= 60
    if low < high:
        assert (stops[0], stops[-1]) == (low, high)


def test_the_stops_are_short_numbers() -> None:
    assert between(-0.93, 0.96)[:4] == (-0.93, -0.9, -0.85, -0.8)
    assert between(0.0, 100.0)[1:4] == (5.0, 10.0, 15.0)
    assert between(2.0, 2.0)[0] == pytest.approx(1.0)
