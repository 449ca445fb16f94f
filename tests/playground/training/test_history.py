from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.training.history import CAPACITY, History, Losses


def losses(value: float = 1.0) -> Losses:
    return Losses(value, value + 1, 0.5, 0.75, None, 0.1)


def recorded(last: int) -> History:
    history = History()
    iteration = 0
    while iteration <= last:
        history.record(iteration, losses(float(iteration)))
        iteration = history.next_due(iteration)
    return history


@pytest.mark.parametrize("last", [10, CAPACITY, 5 * CAPACITY, 100 * CAPACITY])
def test_the_curves_are_bounded_however_long_the_run(last: int) -> None:
    history = recorded(last)
    assert len(history) <= CAPACITY
    assert len(history) > min(last, CAPACITY // 2 - 1)
    x, y = history.column("train")
    assert np.array_equal(x, y)
    assert np.array_equal(x, np.arange(0, last + 1, history.stride))


def test_columns_are_called_by_name() -> None:
    history = recorded(3)
    assert list(history.column("test")[1]) == [1.0, 2.0, 3.0, 4.0]
    assert list(history.column("rate")[1]) == [0.1] * 4
    assert np.isnan(history.column("test_accuracy")[1]).all()
    with pytest.raises(ValueError, match="not in tuple"):
        history.column("wrong")


@given(st.integers(0, 5000), st.integers(0, 6000))
def test_a_cut_forgets_what_came_later_and_no_more(last: int, at: int) -> None:
    history = recorded(last)
    before = history.column("train")[0]
    history.cut(at)
    assert np.array_equal(history.column("train")[0], before[before <= at])


def test_a_cut_after_the_end_changes_nothing() -> None:
    history = recorded(5)
    version = history.version
    history.cut(5)
    assert history.version == version


def test_an_edit_replaces_the_point_of_its_iteration_only() -> None:
    history = recorded(5)
    history.amend(5, losses(40.0))
    history.amend(4, losses(50.0))
    assert list(history.column("train")[1]) == [0, 1, 2, 3, 4, 40]


def test_an_edit_to_an_infinite_loss_leaves_no_point() -> None:
    history = recorded(5)
    history.amend(5, losses(float("inf")))
    assert list(history.column("train")[0]) == [0, 1, 2, 3, 4]


def test_a_loss_that_is_not_finite_is_not_recorded() -> None:
    history = recorded(2)
    history.record(3, losses(float("nan")))
    assert history.is_broken
    assert history.last == 2
    history.cut(2)
    assert not history.is_broken


def test_a_test_loss_of_no_points_is_no_trouble() -> None:
    assert Losses(1.0, float("nan"), 0.0, None, None).are_finite
    assert not Losses(1.0, 1.0, float("inf"), None, None).are_finite


def test_what_is_put_away_is_put_back() -> None:
    history = recorded(3000)
    curve, stride = history.copy(), history.stride
    assert history.copy() is curve
    before = history.column("train")
    history.clear()
    assert len(history) == 0
    assert history.last == -1
    history.restore(curve)
    assert history.stride == stride
    assert np.array_equal(history.column("train")[1], before[1])


def test_what_is_given_out_does_not_change_later() -> None:
    history = recorded(5)
    x, y = history.column("train")
    curve = history.copy()
    history.amend(5, losses(40.0))
    assert y[-1] == 5
    assert curve.table[-1, 1] == 5
    x[:] = 0
    assert history.last == 5


def test_due_iterations_are_multiples_of_the_stride() -> None:
    history = recorded(CAPACITY + 5)
    assert history.stride == 2
    assert history.next_due(10) == 12
    assert not history.is_due(CAPACITY + 7)
    assert history.is_due(CAPACITY + 8)
    assert not history.is_due(4)
