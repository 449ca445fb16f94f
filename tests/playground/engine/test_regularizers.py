"""The regularizers: λ Σ R(W) over weights and never over biases, and its gradient."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine.regularizers import REGULARIZERS, bind, gradient, penalty
from playground.engine.spec import TrainingSpec

NAMES = sorted(REGULARIZERS)


def spec(name: str, penalty: float = 0.3, l1_ratio: float = 0.25) -> TrainingSpec:
    return TrainingSpec(regularizer=name, penalty=penalty, l1_ratio=l1_ratio)


def parameters(seed: int, n: int = 12) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 2, n)
    values = np.where(np.abs(values) < 1e-3, 1e-3, values)
    mask = (rng.random(n) < 0.7).astype(np.float64)
    mask[0] = 1.0
    return values, mask


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none", 0.0),
        ("l2", 0.3 * (4.0 + 9.0)),
        ("l1", 0.3 * (2.0 + 3.0)),
        ("elastic_net", 0.3 * (0.25 * 5.0 + 0.75 * 13.0)),
    ],
)
def test_the_penalty_is_lambda_times_the_formula_over_the_weights_only(name: str, expected: float) -> None:
    result = penalty(np.array([2.0, -3.0, 100.0]), np.array([1.0, 1.0, 0.0]), spec(name))
    assert result == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none", [0.0, 0.0, 0.0, 0.0]),
        ("l2", [0.3 * 4.0, 0.3 * -6.0, 0.0, 0.0]),
        ("l1", [0.3, -0.3, 0.0, 0.0]),
        ("elastic_net", [0.3 * (0.25 + 0.75 * 4.0), 0.3 * (-0.25 - 0.75 * 6.0), 0.0, 0.0]),
    ],
)
def test_the_gradient_is_that_of_the_formula_and_0_at_biases(name: str, expected: list) -> None:
    result = gradient(np.array([2.0, -3.0, 0.0, 100.0]), np.array([1.0, 1.0, 1.0, 0.0]), spec(name))
    np.testing.assert_allclose(result, expected, rtol=1e-15)


@pytest.mark.parametrize("name", NAMES)
@given(seed=st.integers(0, 10**6), rate=st.floats(0, 3), ratio=st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_the_gradient_equals_central_differences_of_the_penalty(
    name: str, seed: int, rate: float, ratio: float
) -> None:
    values, mask = parameters(seed)
    settings_of_run, step = spec(name, rate, ratio), 1e-5
    numeric = []
    for index in range(len(values)):
        move = np.zeros_like(values)
        move[index] = step
        up, down = (penalty(values + sign * move, mask, settings_of_run) for sign in (1.0, -1.0))
        numeric.append((up - down) / (2 * step))
    np.testing.assert_allclose(gradient(values, mask, settings_of_run), numeric, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", ["l2", "l1", "elastic_net"])
def test_a_bound_regularizer_adds_to_what_is_there_and_follows_the_weights(name: str) -> None:
    values, mask = parameters(5)
    gradients = np.full_like(values, 7.0)
    add = bind(values, gradients, mask, spec(name))
    assert add is not None
    values *= -2.0
    add()
    np.testing.assert_allclose(gradients - 7.0, gradient(values, mask, spec(name)), rtol=1e-13, atol=1e-14)
    np.testing.assert_array_equal(gradients[mask == 0.0], 7.0)


@pytest.mark.parametrize("nothing", [spec("none"), spec("l2", penalty=0.0), spec("elastic_net", penalty=0.0)])
def test_with_nothing_to_add_there_is_no_call_at_all(nothing: TrainingSpec) -> None:
    values, mask = parameters(6)
    assert bind(values, np.zeros_like(values), mask, nothing) is None
    assert penalty(values, mask, nothing) == 0.0


@pytest.mark.parametrize(("ratio", "alone"), [(1.0, "l1"), (0.0, "l2")])
def test_an_elastic_net_of_one_kind_is_that_kind(ratio: float, alone: str) -> None:
    values, mask = parameters(7)
    mixed = spec("elastic_net", l1_ratio=ratio)
    assert penalty(values, mask, mixed) == penalty(values, mask, spec(alone))
    np.testing.assert_array_equal(gradient(values, mask, mixed), gradient(values, mask, spec(alone)))


def test_l1_lets_a_weight_leave_zero_again() -> None:
    values, gradients = np.zeros(2), np.array([-1.0, 0.0])
    add = bind(values, gradients, np.ones(2), spec("l1"))
    assert add is not None
    add()
    np.testing.assert_array_equal(gradients, [-1.0, 0.0])


@pytest.mark.parametrize("name", ["l2", "l1", "elastic_net"])
def test_adding_allocates_nothing(name: str) -> None:
    values, mask = parameters(8, 200_000)
    add = bind(values, np.zeros_like(values), mask, spec(name))
    assert add is not None
    tracemalloc.start()
    try:
        add()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < values.nbytes / 8


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    values, mask = parameters(9)
    for call in (
        lambda: penalty(values, mask, spec("l3")),
        lambda: bind(values, np.zeros_like(values), mask, spec("l3")),
    ):
        with pytest.raises(ValueError, match="regularizer: expected one of none, l2, l1, elastic_net; got 'l3'"):
            call()


def test_every_entry_says_its_formula_and_its_derivative() -> None:
    for name, entry in REGULARIZERS.items():
        assert entry.name == name
        assert entry.formula.startswith("R(W) = ")
        assert "∂R/∂w = " in entry.derivative
        assert entry.trait
        assert entry.label
