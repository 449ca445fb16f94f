"""The history of layers: bounded, in order, and never losing what a histogram counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.training.flow_history import BINS, CAPACITY, FlowHistory


def add(history: FlowHistory, iteration: int, *values: float) -> None:
    row = np.array([float(iteration), 2.0 * iteration])
    history.record(iteration, row, row / 10.0, [np.array(values or (0.5,))])


def test_a_row_holds_what_was_recorded() -> None:
    history = FlowHistory(2, (False,))
    add(history, 7, -0.9, 0.9, 0.95, 0.0)
    assert history.iterations.tolist() == [7]
    assert history.gradient_norms.tolist() == [[7.0, 14.0]]
    assert history.update_ratios.tolist() == [[pytest.approx(0.7), pytest.approx(1.4)]]
    share = history.shares[0, 0]
    assert share.sum() == pytest.approx(1.0)
    assert share[-2:].sum() == pytest.approx(0.5)
    assert share[1] == pytest.approx(0.25)


def test_rows_that_come_late_stand_in_their_place() -> None:
    history = FlowHistory(2, (False,))
    for iteration in (10, 30, 20, 0):
        add(history, iteration)
    assert history.iterations.tolist() == [0, 10, 20, 30]
    assert history.gradient_norms[:, 0].tolist() == [0, 10, 20, 30]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60, unique=True))
def test_what_is_due_is_never_nearer_than_the_gap(iterations: list[int]) -> None:
    history = FlowHistory(2, (False,))
    history.gap = 100
    for iteration in iterations:
        if history.is_due(iteration):
            add(history, iteration)
    assert (np.diff(history.iterations) >= 100).all()


def test_memory_is_bounded_however_long_the_run_is() -> None:
    history = FlowHistory(2, (False,))
    recorded = 0
    for iteration in range(0, 40_000, 5):
        if history.is_due(iteration):
            add(history, iteration)
            recorded += 1
    assert len(history) <= CAPACITY
    assert recorded < 3000
    assert history.iterations[0] == 0
    assert (np.diff(history.iterations) > 0).all()


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=20), st.floats(100, 5000), st.booleans())
def test_a_wider_range_keeps_every_count(values: list[float], larger: float, from_zero: bool) -> None:
    values = [abs(v) for v in values] if from_zero else values
    history = FlowHistory(2, (from_zero,))
    add(history, 0, *values)
    add(history, 1, larger)
    assert history.highs[0] >= larger
    assert history.shares[0].sum() == pytest.approx(1.0, abs=1e-5)
    edges = np.linspace(history.low(0), history.highs[0], BINS + 1)
    at = np.average((edges[:-1] + edges[1:]) / 2.0, weights=history.shares[0, 0])
    assert at == pytest.approx(float(np.mean(values)), abs=edges[1] - edges[0])


def test_going_back_forgets_what_came_after() -> None:
    history = FlowHistory(2, (False,))
    for iteration in range(5):
        add(history, iteration)
    history.cut(2)
    assert history.iterations.tolist() == [0, 1, 2]
    history.clear()
    assert len(history) == 0


def test_numbers_that_are_not_finite_do_not_widen_the_range() -> None:
    history = FlowHistory(2, (False,))
    add(history, 0, np.nan, np.inf, 0.5)
    assert history.highs[0] == 1.0
    assert history.shares[0].sum() == pytest.approx(1 / 3)
