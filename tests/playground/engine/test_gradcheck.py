from __future__ import annotations

from collections.abc import Generator
from itertools import count
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from playground.engine import regularizers
from playground.engine.activations import ACTIVATIONS, constants, local
from playground.engine.gradcheck import GradientCheck, check_gradients
from playground.engine.gradient_verdict import Finding
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec
from playground.engine.trainer import TrainingData
from tests.fuzz.gradients import change_of, checked, command_line
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
    assert found.count(Finding.AGREES) == case.network.n_parameters
    assert len(found.indices) == found.parameters
    assert found.parameters == case.network.n_parameters


def test_a_kink_within_epsilon_is_named_and_the_slope_on_its_own_side_taken() -> None:
    case = xor_case((LayerSpec(width=3, activation="relu"),), initializer="zeros")
    found = check(case, np.zeros(case.network.n_parameters))
    assert found.count(Finding.KINK) > 0
    assert any("a kink lies within ε; a complex step confirms backprop" in note for note in found.notes)
    assert found.passed


def two_kinks(offset: float) -> GradientCheck:
    """Check a bias that feeds two ReLUs, with kinks at +offset and at −offset of it."""
    deep = Network(NetworkSpec(1, (LayerSpec(width=1, activation="linear"), LayerSpec(width=2, activation="relu")), 1))
    flat = np.array([0.0, 0.0, 1.0, offset, 1.0, -offset, 1.0, 1.0, 0.5])
    data = TrainingData(np.ones((1, 1)), np.array([[3.0]]))
    return finished(check_gradients(deep, TrainingSpec(loss="squared"), data, flat))[1]


@pytest.mark.parametrize("offset", [0.9e-5, 1e-7, 1e-9, 1e-12, 1e-15])
def test_kinks_on_both_sides_however_near_leave_the_right_slope(offset: float) -> None:
    found = two_kinks(offset)
    assert found.passed
    assert found.count(Finding.KINK) >= 1
    assert found.errors[found.findings == Finding.KINK].max() <= 1e-12
    assert not found.undecided.any()


def test_an_example_on_two_kinks_at_once_is_left_out_and_that_is_said() -> None:
    deep = Network(NetworkSpec(1, (LayerSpec(width=1, activation="linear"), LayerSpec(width=2, activation="relu")), 1))
    flat = np.array([0.0, 0.0, 1.0, 0.0, -1.0, 0.0, 1.0, 1.0, 0.5])
    data = TrainingData(np.ones((1, 1)), np.array([[3.0]]))
    found = finished(check_gradients(deep, TrainingSpec(loss="squared"), data, flat))[1]
    assert found.passed
    assert found.undecided.any()
    assert any("to within rounding and were left out" in note for note in found.notes)


def test_a_difference_below_the_rounding_of_a_large_loss_is_named() -> None:
    network = Network(NetworkSpec(2, (), 1))
    flat = np.array([1.0, 1e-9, 1e7])  # a loss of 5e13 beside a slope that x₂ = 1e−3 makes small
    data = TrainingData(np.array([[1.0, 1e-3]]), np.zeros((1, 1)))
    found = finished(check_gradients(network, TrainingSpec(loss="squared"), data, flat, epsilon=1e-9))[1]
    assert found.passed
    assert found.count(Finding.ROUNDING) > 0
    assert any("below the rounding error of the loss" in note for note in found.notes)
    assert found.max_relative_error <= 1e-9


def test_a_saturated_unit_below_an_enormous_weight_is_not_called_wrong() -> None:
    # 1 − a² keeps no digit at z = 18.5, and 1e10 above makes that large; the true slope differs from it by rounding.
    network = Network(NetworkSpec(1, (LayerSpec(width=1, activation="tanh"),), 1))
    flat = np.array([18.5, 0.0, 1e10, -1e10])
    data = TrainingData(np.ones((1, 1)), np.array([[1.0]]))
    found = finished(check_gradients(network, TrainingSpec(loss="squared"), data, flat))[1]
    assert found.passed


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_takes_a_complex_step(name: str) -> None:
    layer, z = LayerSpec(activation=name, slope=0.3, alpha=0.7), np.array([-30.0, -2.0, -0.1, 0.1, 1.5, 30.0])
    out, work = np.empty(6, dtype=complex), np.empty(6, dtype=complex)
    ACTIVATIONS[name].forward(z + 1e-200j, out, work, constants(layer, np.complex128))
    np.testing.assert_allclose(out.imag / 1e-200, local(name, z, layer), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_takes_a_complex_step(name: str) -> None:
    loss = LOSSES[name]
    targets = loss.encode(np.array([0, 1, 2, 1]), 3)
    scores = np.random.default_rng(3).normal(0.0, 4.0, targets.shape)
    expected = np.empty_like(scores)
    loss.gradient(scores, targets, expected, np.empty((4, 4)))
    for row in range(3):
        moved = scores.astype(complex)
        moved[row] += 1e-200j
        slopes = loss.per_example(moved, targets.astype(complex)).imag / 1e-200
        np.testing.assert_allclose(slopes, expected[row], rtol=1e-10, atol=1e-12)


FALSE_NO = (
    "--dataset curve --points 401 --noise 0 --train-fraction 0.95 --seed 614928 --sample-seed 461694 "
    "--hidden 2,2,2,4,4,3,8 --activation leaky_relu --batch-size 10000000 --regularization elastic_net "
    "--initializer he",
    "--dataset sine --points 20 --noise 0 --train-fraction 0.95 --seed 183760 --sample-seed 464661 "
    "--hidden 1,3,4,3,8,3,24,8 --activation maxout --output-activation sine --batch-size 3 "
    "--regularization elastic_net --lambda 10.0 --initializer he --pieces 7",
    "--dataset k_blobs --points 50 --noise 0.1 --train-fraction 0.05 --seed 190626 --sample-seed 146651 "
    "--hidden 8,4,14,1,1,2,4,8 --activation sine,sigmoid,silu,relu,maxout,silu,elu,softplus --loss hinge "
    "--regularization l1 --lambda 10.0 --initializer xavier",
)


@pytest.mark.parametrize("words", FALSE_NO)
def test_kinks_rounding_and_curvature_do_not_make_backprop_wrong(words: str) -> None:
    found = checked(words.split(), limit=5000)
    assert found.passed
    assert found.count(Finding.KINK) + found.count(Finding.ROUNDING) + found.count(Finding.CURVATURE) > 0


@pytest.mark.slow
def test_backprop_is_called_wrong_in_none_of_some_hundred_random_settings() -> None:
    for seed in range(300):
        found = checked(command_line(seed), change_of(seed))
        assert not found.count(Finding.WRONG), (command_line(seed), change_of(seed), found.notes)


@pytest.mark.slow
def test_a_derivative_broken_on_purpose_is_found_in_random_settings() -> None:
    found = [checked(command_line(seed), broken_layer=1) for seed in range(60)]
    assert (
        sum(check.count(Finding.WRONG) > 0 for check in found) >= 30
    )  # the others have hardly a gradient there, or none behind a step


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


def test_a_coarse_epsilon_is_named_and_its_quotient_shown_where_one_wants_to_see_what_it_does() -> None:
    case = xor_case((LayerSpec(activation="sine"),), loss="squared")
    rough = check(case, 3.0 * case.parameters(), epsilon=0.1, refine=False)
    assert rough.passed
    assert rough.max_relative_error > 1e-5
    fine = check(case, 3.0 * case.parameters(), epsilon=0.1)
    assert fine.max_relative_error <= 1e-9
    for found in (rough, fine):
        assert found.count(Finding.CURVATURE) > 0
        assert any("ε is too large for the curvature of the loss" in note for note in found.notes)


def test_a_gradient_that_is_no_number_fails() -> None:
    case = xor_case(loss="squared")
    flat = case.parameters()
    flat[0] = np.nan
    found = check(case, flat)
    assert found.max_relative_error == np.inf
    assert not found.passed
    assert found.count(Finding.WRONG) == 0
    assert any("not a finite number" in note for note in found.notes)


def test_a_penalty_that_counts_biases_contradicts_a_gradient_that_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    right = regularizers.penalty
    monkeypatch.setattr(regularizers, "penalty", lambda flat, mask, spec: right(flat, np.ones_like(mask), spec))
    case = xor_case(regularizer="l2", penalty=0.1)
    found = check(case, case.parameters())
    assert found.count(Finding.WRONG) == sum(layout.units for layout in case.network.layers)


def test_options_outside_their_range_are_refused() -> None:
    with pytest.raises(ValueError, match="broken layer: expected 1 to 2, got 3"):
        check(xor_case(), broken_layer=3)
    with pytest.raises(ValueError, match="epsilon"):
        check(xor_case(), epsilon=0.0)
