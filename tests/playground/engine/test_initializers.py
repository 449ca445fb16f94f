"""The initializers: spread, bounds, symmetry and seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from playground.engine.initializers import INITIALIZERS, fill

RANDOM = ["xavier", "he", "normal", "uniform"]


def weights(name: str, seed: int = 1, scale: float = 0.3) -> np.ndarray:
    return fill(name, 200, 100, (100, 200), np.random.default_rng(seed), scale)


@pytest.mark.parametrize(
    ("name", "deviation"),
    [
        ("xavier", math.sqrt(2.0 / 300)),
        ("he", math.sqrt(2.0 / 200)),
        ("normal", 0.3),
        ("uniform", 0.3 / math.sqrt(3.0)),
    ],
)
def test_random_weights_have_mean_0_and_the_spread_of_the_formula(name: str, deviation: float) -> None:
    w = weights(name)
    assert w.shape == (100, 200)
    assert abs(w.mean()) < 4 * deviation / math.sqrt(w.size)
    assert w.std() == pytest.approx(deviation, rel=0.02)


@pytest.mark.parametrize(("name", "bound"), [("xavier", math.sqrt(6.0 / 300)), ("uniform", 0.3)])
def test_uniform_weights_fill_their_interval_and_stay_inside(name: str, bound: float) -> None:
    w = weights(name)
    assert np.abs(w).max() <= bound
    assert w.max() > 0.99 * bound
    assert w.min() < -0.99 * bound


@pytest.mark.parametrize(("name", "value"), [("zeros", 0.0), ("constant", 0.3)])
def test_equal_weights_are_all_the_same_number(name: str, value: float) -> None:
    np.testing.assert_array_equal(weights(name), np.full((100, 200), value))


@pytest.mark.parametrize("name", RANDOM)
def test_the_same_seed_gives_the_same_weights_and_another_seed_others(name: str) -> None:
    np.testing.assert_array_equal(weights(name, 5), weights(name, 5))
    assert not np.array_equal(weights(name, 5), weights(name, 6))


@pytest.mark.parametrize("name", ["normal", "uniform", "constant"])
def test_a_negative_scale_mirrors_the_weights(name: str) -> None:
    np.testing.assert_array_equal(weights(name, scale=-0.3), -weights(name))


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_weights_are_float64_of_the_asked_shape(name: str) -> None:
    w = fill(name, 3, 4, (8, 3), np.random.default_rng(0))
    assert w.shape == (8, 3)
    assert w.dtype == np.float64


def test_what_does_not_fit_is_refused_with_the_cure() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"initializer: expected one of xavier, he, .*; got 'ones'"):
        fill("ones", 1, 1, (1, 1), rng)
    with pytest.raises(ValueError, match="initializer: expected fans of at least 1, got 0 and 1"):
        fill("he", 0, 1, (1, 0), rng)
    with pytest.raises(ValueError, match="initializer: expected fans of at least 1, got 1 and 0"):
        fill("he", 1, 0, (0, 1), rng)


def test_every_entry_says_its_formula_and_that_biases_start_at_0() -> None:
    for name, entry in INITIALIZERS.items():
        assert entry.name == name
        assert entry.formula.startswith("w ")
        assert entry.formula.endswith("b = 0")
        assert entry.label
        assert entry.trait
