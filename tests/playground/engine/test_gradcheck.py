from __future__ import annotations

from collections.abc import Generator
from itertools import count
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from playground.engine.gradcheck import GradientCheck, check_gradients
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec
from playground.engine.trainer import TrainingData
from tests.playground.engine.cases import EVERY_ACTIVATION, Case, cases, xor_case


def finished(job: Generator[float, None, GradientCheck]) -> tuple[list[float], GradientCheck]:
    shares = []
    while True:
        try:
            shares.append(next(job))
        except StopIteration as end:
            return shares, end.value


def check(case: Case, parameters: np.ndarray | None = None, **options: Any) -> GradientCheck:
    flat = case.parameters() if parameters is None else parameters
    return finished(check_gradients(case.network, case.training, case.data, flat, **options))[1]


@given(cases())
@settings(max_examples=60)
def test_backprop_agrees_with_central_differences_for_random_networks(case: Case) -> None:
    found = check(case)
    assert found.passed, (found.max_relative_error, found.notes)
    assert len(found.errors) == case.network.n_parameters


@pytest.mark.parametrize("initializer", ["zeros", "constant", "xavier"])
@pytest.mark.parametrize("activation", EVERY_ACTIVATION)
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_it_passes_from_every_start_even_with_every_unit_on_its_kink(
    loss: str, activation: str, initializer: str
) -> None:
    hidden = (LayerSpec(width=3, activation=activation), LayerSpec(width=2, activation=activation, pieces=3))
    case = xor_case(hidden, n=20, loss=loss, initializer=initializer, regularizer="elastic_net", penalty=0.1)
    found = check(case, case.network.initial(case.training, 3))
    assert found.passed, (found.max_relative_error, found.notes)


def test_it_costs_two_forward_passes_a_parameter_and_says_nothing_on_a_smooth_network() -> None:
    case = xor_case()
    found = check(case)
    assert found.forward_passes_numeric == 2 * case.network.n_parameters
    assert found.notes == ()
    assert (found.kinks, found.refined, len(found.indices)) == (0, 0, found.parameters)
    assert found.parameters == case.network.n_parameters


def test_kinks_are_stepped_around_and_said() -> None:
    case = xor_case((LayerSpec(width=3, activation="relu"),), initializer="zeros")
    found = check(case, np.zeros(case.network.n_parameters))
    assert found.kinks > 0
    assert any("stepped around" in note for note in found.notes)
    assert found.passed


def test_kinks_on_both_sides_make_epsilon_smaller_and_are_said() -> None:
    # Two units whose kinks lie at −0.9 ε and +0.9 ε of the one bias that feeds both.
    deep = Network(NetworkSpec(1, (LayerSpec(width=1, activation="linear"), LayerSpec(width=2, activation="relu")), 1))
    flat = np.array([0.0, 0.0, 1.0, 0.9e-5, 1.0, -0.9e-5, 1.0, 1.0, 0.5])
    data = TrainingData(np.ones((1, 1)), np.array([[3.0]]))
    found = finished(check_gradients(deep, TrainingSpec(loss="squared"), data, flat))[1]
    assert found.passed
    assert found.kinks >= 1


def test_a_kink_too_close_on_both_sides_is_admitted() -> None:
    deep = Network(NetworkSpec(1, (LayerSpec(width=1, activation="linear"), LayerSpec(width=2, activation="relu")), 1))
    flat = np.array([0.0, 0.0, 1.0, 1e-12, 1.0, -1e-12, 1.0, 1.0, 0.5])
    data = TrainingData(np.ones((1, 1)), np.array([[3.0]]))
    found = finished(check_gradients(deep, TrainingSpec(loss="squared"), data, flat))[1]
    assert any("both sides" in note for note in found.notes)


@pytest.mark.parametrize("layer", [1, 2, 3])
@pytest.mark.parametrize("activation", ["tanh", "linear", "maxout"])
def test_a_derivative_broken_on_purpose_is_found_at_its_layer_and_below(activation: str, layer: int) -> None:
    case = xor_case((LayerSpec(activation=activation), LayerSpec(activation=activation)))
    found = check(case, broken_layer=layer)
    assert not found.passed
    bad = found.errors > 1e-5
    for layout in case.network.layers:
        assert bad[layout.slice].any() == (layout.index <= layer)
    assert f"layer {layer} has the wrong sign, on purpose" in found.notes[-1]
    assert found.errors[found.worst] == found.max_relative_error


def test_beyond_the_limit_a_seeded_sample_is_checked_and_said() -> None:
    case = xor_case((LayerSpec(width=8),))
    found, same, other = (check(case, limit=10, seed=seed) for seed in (1, 1, 2))
    assert len(found.indices) < found.parameters
    assert len(set(found.indices)) == 10
    assert found.indices.tolist() == same.indices.tolist() != other.indices.tolist()
    assert "sample of 10 of the 42 parameters" in found.notes[0]
    np.testing.assert_array_equal(found.backprop, check(case).backprop[found.indices])


def test_it_yields_its_progress_and_the_clock_runs_only_while_it_works() -> None:
    case = xor_case((LayerSpec(width=8),))
    ticks = count()
    job = check_gradients(case.network, case.training, case.data, case.parameters(), clock=lambda: float(next(ticks)))
    shares, found = finished(job)
    assert shares == [16 / 42, 32 / 42]
    assert found.seconds_backprop == 1.0
    assert found.seconds_numeric == 3.0  # one tick for each of the three slices


def test_the_check_leaves_the_parameters_alone() -> None:
    case = xor_case()
    flat = case.parameters()
    check(case, flat)
    assert flat.tobytes() == case.parameters().tobytes()


def test_a_coarse_epsilon_is_measured_again_unless_one_wants_to_see_what_it_does() -> None:
    case = xor_case((LayerSpec(activation="sine"),), loss="squared")
    rough = check(case, 3.0 * case.parameters(), epsilon=0.1, refine=False)
    assert not rough.passed
    fine = check(case, 3.0 * case.parameters(), epsilon=0.1)
    assert fine.passed
    assert fine.refined > 0
    assert any("five points" in note for note in fine.notes)


def test_a_doubt_beside_a_kink_is_not_measured_across_it() -> None:
    network = Network(NetworkSpec(1, (LayerSpec(width=1, activation="relu"),), 1, "sine"))
    flat = np.array([1.0, 1e-3, 1.0, 0.3])
    data = TrainingData(np.zeros((1, 1)), np.array([[3.0]]))
    job = check_gradients(network, TrainingSpec(loss="squared"), data, flat, epsilon=9e-4)
    assert finished(job)[1].refined < network.n_parameters


def test_a_gradient_that_is_no_number_fails() -> None:
    case = xor_case(loss="squared")
    flat = case.parameters()
    flat[0] = np.nan
    found = check(case, flat)
    assert found.max_relative_error == np.inf
    assert not found.passed


def test_options_outside_their_range_are_refused() -> None:
    with pytest.raises(ValueError, match="broken layer: expected 1 to 2, got 3"):
        check(xor_case(), broken_layer=3)
    with pytest.raises(ValueError, match="epsilon"):
        check(xor_case(), epsilon=0.0)
