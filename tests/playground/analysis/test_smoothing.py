"""Moving means: centred, gentle at the ends, and blind to gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from playground.analysis.smoothing import moving_mean

values = arrays(np.float64, st.integers(1, 60), elements=st.floats(-1e3, 1e3))


@given(values, st.integers(0, 40))
def test_each_value_is_the_mean_of_a_window_as_wide_as_fits(y: np.ndarray, reach: int) -> None:
    n = len(y)
    near = [min(reach, i, n - 1 - i) for i in range(n)]
    assert_allclose(moving_mean(y, reach), [y[i - k : i + k + 1].mean() for i, k in enumerate(near)], atol=1e-9)


@given(st.floats(-10, 10), st.floats(-10, 10), st.integers(1, 30))
def test_a_straight_line_stays_straight_to_its_ends(slope: float, start: float, reach: int) -> None:
    y = start + slope * np.arange(50.0)
    assert_allclose(moving_mean(y, reach), y, atol=1e-9)


def test_a_gap_stays_a_gap_and_counts_for_nothing() -> None:
    smooth = moving_mean(np.array([1.0, 3.0, np.nan, 5.0, 7.0]), 1)
    assert np.isnan(smooth[2])
    assert_allclose(smooth[[0, 1, 3, 4]], [1.0, 2.0, 6.0, 7.0])


def test_tiny_losses_after_huge_ones_keep_their_digits() -> None:
    y = np.concatenate((np.full(5, 1e6), np.full(400, 1e-6)))
    assert_allclose(moving_mean(y, 4)[50:], 1e-6, rtol=1e-2)


def test_a_negative_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="reach of 0 or more"):
        moving_mean(np.zeros(3), -1)
