"""The derivative table of the activations: values, slopes, kinks, extremes and memory."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.engine.activations import ACTIVATIONS, MAXOUT, constants, largest_local, local, value
from playground.engine.spec import LayerSpec

NAMES = sorted(ACTIVATIONS)
LAYER = LayerSpec(slope=0.07, alpha=1.6)
KINKED = {"relu", "leaky_relu", "elu", "step"}

# The definitions once more, in another library and in another form where there is one.
ORACLES: dict[str, Callable] = {
    "linear": lambda z: 1.0 * z,
    "relu": lambda z: anp.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: anp.where(z > 0, z, LAYER.slope * z),
    "elu": lambda z: anp.where(z > 0, z, LAYER.alpha * (anp.exp(anp.where(z > 0, 0.0, z)) - 1.0)),
    "tanh": lambda z: anp.tanh(z),
    "sigmoid": lambda z: 0.5 * (1.0 + anp.tanh(0.5 * z)),
    "softplus": lambda z: anp.logaddexp(0.0, z),
    "gelu": lambda z: 0.5 * z * (1.0 + anp.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: 0.5 * z * (1.0 + anp.tanh(0.5 * z)),
    "sine": lambda z: anp.sin(z),
    "step": lambda z: anp.where(z > 0, 1.0, 0.0) + 0.0 * z,
}


def away_from_the_kink(name: str, z: np.ndarray) -> np.ndarray:
    return np.where(np.abs(z) < 1e-3, 1e-3, z) if name in KINKED else z


def test_the_table_holds_every_element_wise_activation_of_the_lecture() -> None:
    assert set(ACTIVATIONS) == set(ORACLES)
    assert all(name == entry.name for name, entry in ACTIVATIONS.items())


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_says_its_formula_its_derivative_and_its_traits(name: str) -> None:
    entry = ACTIVATIONS[name]
    assert entry.formula.startswith("a = ")
    assert entry.derivative.startswith("∂a/∂z = ")
    assert entry.traits
    assert entry.label


@pytest.mark.parametrize("name", NAMES)
@given(z=arrays(np.float64, st.integers(1, 12), elements=st.floats(-30, 30)))
@settings(max_examples=40, deadline=None)
def test_the_value_equals_an_independent_definition(name: str, z: np.ndarray) -> None:
    np.testing.assert_allclose(value(name, z, LAYER), ORACLES[name](z), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", NAMES)
@given(z=arrays(np.float64, st.integers(1, 12), elements=st.floats(-12, 12)))
@settings(max_examples=40, deadline=None)
def test_the_derivative_equals_the_one_autograd_finds(name: str, z: np.ndarray) -> None:
    z = away_from_the_kink(name, z)
    np.testing.assert_allclose(local(name, z, LAYER), elementwise_grad(ORACLES[name])(z), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", NAMES)
@given(z=arrays(np.float64, st.integers(1, 12), elements=st.floats(-6, 6)))
@settings(max_examples=40, deadline=None)
def test_the_derivative_equals_central_differences(name: str, z: np.ndarray) -> None:
    z, step = away_from_the_kink(name, z), 1e-5
    slope = (value(name, z + step, LAYER) - value(name, z - step, LAYER)) / (2 * step)
    np.testing.assert_allclose(local(name, z, LAYER), slope, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_extreme_inputs_give_finite_values_and_slopes_without_a_warning(name: str, dtype: type) -> None:
    z = np.array([-1e4, -750.0, -90.0, -40.0, -1e-300, 0.0, 1e-300, 40.0, 90.0, 750.0, 1e4], dtype=dtype)
    entry, c = ACTIVATIONS[name], constants(LAYER, dtype)
    a, out, work = np.empty_like(z), np.empty_like(z), np.empty_like(z)
    with np.errstate(divide="raise", over="raise", invalid="raise"):
        entry.forward(z, a, work, c)
        entry.local(z, a, out, work, c)
    assert np.all(np.isfinite(a))
    assert np.all(np.isfinite(out))


@pytest.mark.parametrize(
    ("name", "low", "high", "slope_low", "slope_high"),
    [
        ("relu", 0.0, 1e4, 0.0, 1.0),
        ("leaky_relu", -700.0, 1e4, 0.07, 1.0),
        ("elu", -1.6, 1e4, 0.0, 1.0),
        ("tanh", -1.0, 1.0, 0.0, 0.0),
        ("sigmoid", 0.0, 1.0, 0.0, 0.0),
        ("softplus", 0.0, 1e4, 0.0, 1.0),
        ("gelu", 0.0, 1e4, 0.0, 1.0),
        ("silu", 0.0, 1e4, 0.0, 1.0),
        ("step", 0.0, 1.0, 0.0, 0.0),
    ],
)
def test_the_far_ends_are_the_limits_of_the_formula(
    name: str, low: float, high: float, slope_low: float, slope_high: float
) -> None:
    np.testing.assert_allclose(value(name, [-1e4, 1e4], LAYER), [low, high], rtol=1e-15, atol=1e-300)
    np.testing.assert_allclose(local(name, [-1e4, 1e4], LAYER), [slope_low, slope_high], rtol=1e-15, atol=1e-300)


def test_the_derivative_at_exactly_zero_is_the_one_the_card_announces() -> None:
    assert local("relu", 0.0) == 0.0
    assert local("relu", -0.0) == 0.0
    assert local("leaky_relu", 0.0, LAYER) == LAYER.slope
    assert local("elu", 0.0, LAYER) == LAYER.alpha


@pytest.mark.parametrize("slope", [0.0, 0.01, 1.0])
def test_leaky_relu_takes_its_slope_from_the_layer(slope: float) -> None:
    layer = LayerSpec(slope=slope)
    np.testing.assert_array_equal(value("leaky_relu", [-2.0, 3.0], layer), [-2.0 * slope, 3.0])
    np.testing.assert_array_equal(local("leaky_relu", [-2.0, 3.0], layer), [slope, 1.0])


@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0, 10.0])
def test_elu_takes_its_alpha_from_the_layer_and_its_slope_above_zero_is_exactly_1(alpha: float) -> None:
    layer = LayerSpec(alpha=alpha)
    np.testing.assert_allclose(value("elu", [-2.0, 3.0], layer), [alpha * math.expm1(-2.0), 3.0], rtol=1e-15)
    np.testing.assert_allclose(local("elu", [-2.0, 3.0], layer), [alpha * math.exp(-2.0), 1.0], rtol=1e-14)
    assert local("elu", 1e-9, layer) == 1.0


def test_the_sigmoid_neuron_of_the_lecture_has_its_numbers() -> None:
    assert float(value("sigmoid", 1.0)) == pytest.approx(0.7310585786300049, rel=1e-15)
    assert float(local("sigmoid", 1.0)) == pytest.approx(0.19661193324148185, rel=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_a_nan_stays_a_nan_so_that_trouble_is_not_hidden(name: str) -> None:
    assert np.isnan(value(name, np.nan, LAYER))
    if name != "linear":
        assert np.isnan(local(name, np.nan, LAYER))


@pytest.mark.parametrize("name", NAMES)
def test_forward_may_overwrite_z_when_the_derivative_needs_only_a(name: str) -> None:
    entry, c = ACTIVATIONS[name], constants(LAYER)
    z = np.linspace(-3, 3, 15)
    expected = value(name, z, LAYER)
    if entry.needs_z:
        pytest.skip("its derivative reads z, so its forward must leave z alone")
    entry.forward(z, z, np.empty_like(z), c)
    np.testing.assert_array_equal(z, expected)


@pytest.mark.parametrize("name", NAMES)
def test_only_what_an_entry_asks_for_is_read_and_only_out_is_written(name: str) -> None:
    entry, c = ACTIVATIONS[name], constants(LAYER)
    z = np.linspace(-3, 3, 15)
    a = value(name, z, LAYER)
    given_z = z.copy() if entry.needs_z else np.full_like(z, np.nan)
    work = np.full_like(z, np.nan) if entry.needs_work else np.empty(0)
    kept, out = (given_z.copy(), a.copy()), np.full_like(z, np.nan)
    entry.forward(z, out, work, c)
    np.testing.assert_array_equal(out, a)
    np.testing.assert_array_equal(z, np.linspace(-3, 3, 15))
    entry.local(given_z, a, out, work, c)
    np.testing.assert_array_equal(out, local(name, z, LAYER))
    np.testing.assert_array_equal(given_z, kept[0])
    np.testing.assert_array_equal(a, kept[1])


@pytest.mark.parametrize("name", NAMES)
def test_forward_and_local_allocate_nothing(name: str) -> None:
    entry, c = ACTIVATIONS[name], constants(LAYER)
    z = np.linspace(-3, 3, 200_000)
    a, out, work = np.empty_like(z), np.empty_like(z), np.empty_like(z)
    tracemalloc.start()
    try:
        entry.forward(z, a, work, c)
        entry.local(z, a, out, work, c)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < z.nbytes / 8


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_slope_is_the_largest_on_a_fine_grid(name: str) -> None:
    for layer in (LayerSpec(), LAYER):
        grid = np.abs(local(name, np.linspace(-12, 12, 240_001), layer)).max()
        assert largest_local(name, layer) == pytest.approx(grid, abs=1e-4)


def test_maxout_is_described_but_is_no_element_wise_function() -> None:
    assert MAXOUT.name == "maxout"
    assert MAXOUT.formula.startswith("a = max")
    assert largest_local("maxout", LayerSpec()) == 1.0
    with pytest.raises(ValueError, match="activation: expected one of linear, relu"):
        value("maxout", 1.0)


def test_every_range_holds_the_function_and_is_reached_or_approached() -> None:
    z = np.linspace(-40, 40, 8_001)
    for name, entry in ACTIVATIONS.items():
        a, (low, high) = value(name, z, LAYER), entry.range
        assert (a >= low).all(), name
        assert (a <= high).all(), name
        assert np.isinf(low) or a.min() == pytest.approx(low, abs=1e-6), name
        assert np.isinf(high) or a.max() == pytest.approx(high, abs=1e-6), name


@pytest.mark.parametrize(
    "read", [lambda: local("cube", 0.0), lambda: value("cube", 0.0), lambda: largest_local("cube", LayerSpec())]
)
def test_an_unknown_name_is_refused_with_the_known_ones(read: Callable) -> None:
    with pytest.raises(ValueError, match=r"activation: expected one of linear, .*sine.*; got 'cube'"):
        read()


def test_constants_are_made_once_and_nobody_changes_them() -> None:
    kept = constants(LAYER, np.float32)
    assert constants(replace(LAYER, width=7), np.float32) is kept
    assert constants(LAYER) is not kept
    with pytest.raises(ValueError, match="read-only"):
        kept.one[...] = 2.0
