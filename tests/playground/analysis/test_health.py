from __future__ import annotations

import math

import numpy as np
import pytest

from playground.analysis import health
from playground.analysis.health import Examination, layer_health, unit_health
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec
from playground.engine.trainer import TrainingData
from tests.playground.engine.cases import set_parameters, xor_case


def one_layer(activation: str, biases: list[float], n: int = 100) -> tuple[Network, np.ndarray, TrainingData]:
    """Units z = x + b over x from −1 to 1."""
    network = Network(NetworkSpec(1, (LayerSpec(width=len(biases), activation=activation),), 1))
    flat = np.zeros(network.n_parameters)
    matrix = network.matrices(flat)[0]
    matrix[:, 0], matrix[: len(biases), 1] = 1.0, biases
    x = np.linspace(-1.0, 1.0, n)[:, None]
    return network, flat, TrainingData(x, np.zeros((1, n)))


def test_a_relu_that_no_example_switches_on_is_dead_and_not_called_saturated() -> None:
    (found,) = unit_health(*one_layer("relu", [-2.0, 0.0, 2.0]))
    assert found.dead.tolist() == [True, False, False]
    assert found.saturated.tolist() == [False, False, False]
    np.testing.assert_allclose(found.zero_share, [1.0, 0.5, 0.0])


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_unit_far_out_on_its_curve_is_saturated(activation: str) -> None:
    (found,) = unit_health(*one_layer(activation, [0.0, 9.0, -9.0]))
    assert found.saturated.tolist() == [False, True, True]
    assert not found.dead.any()


def test_95_per_cent_is_not_yet_saturated() -> None:
    (found,) = unit_health(*one_layer("leaky_relu", [0.9, 0.89]))
    assert not found.saturated.any()
    # A ReLU is exactly flat at z ≤ 0: x ≤ 0.9 is 95 of 100 examples, x ≤ 0.94 is 97.
    (found,) = unit_health(*one_layer("relu", [-0.9, -0.94]))
    np.testing.assert_allclose(found.flat_share, [0.95, 0.97])
    assert found.saturated.tolist() == [False, True]


def test_maxout_units_neither_die_nor_saturate() -> None:
    network = Network(NetworkSpec(1, (LayerSpec(width=2, activation="maxout"),), 1))
    data = TrainingData(np.zeros((5, 1)), np.zeros((1, 5)))
    (found,) = unit_health(network, np.zeros(network.n_parameters), data)
    assert not found.dead.any()
    assert not found.saturated.any()


def test_the_shares_are_over_all_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = one_layer("relu", [0.3])
    (whole,) = unit_health(*arguments)
    monkeypatch.setattr(health, "_CHUNK", 7)
    (cut,) = unit_health(*arguments)
    np.testing.assert_allclose(cut.zero_share, whole.zero_share)


@pytest.mark.parametrize("chunk", [2048, 7])
def test_to_look_again_and_again_is_to_look_afresh(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(health, "_CHUNK", chunk)
    case = xor_case((LayerSpec(width=3), LayerSpec(width=3, activation="maxout")), n=50, batch_size=50)
    trainer, kept = case.trainer(), Examination(case.network, case.training.loss, case.data)
    for _ in range(3):
        units, gradient = kept.look(trainer.parameters)
        fresh, _ = Examination(case.network, None, case.data).look(trainer.parameters)
        for mine, other in zip(units, fresh, strict=True):
            for name in ("zero_share", "flat_share", "lowest", "highest"):
                np.testing.assert_array_equal(getattr(mine, name), getattr(other, name))
        np.testing.assert_allclose(gradient, trainer.record().data_gradient, rtol=1e-12, atol=1e-15)
        trainer.step()


def test_no_examples_give_no_verdict() -> None:
    network, flat, _ = one_layer("relu", [0.0])
    (found,) = unit_health(network, flat, TrainingData(np.zeros((0, 1)), np.zeros((1, 0))))
    assert np.isnan(found.zero_share).all()
    assert not found.dead.any()
    assert not found.saturated.any()


def test_layers_tell_their_gradient_norm_and_update_ratio() -> None:
    case = xor_case((LayerSpec(width=3), LayerSpec(width=3)))
    record = case.trainer().record()
    found = layer_health(case.network, record)
    for layer, gradient, weights, update in zip(
        found,
        case.network.matrices(record.gradient),
        case.network.matrices(record.before.parameters),
        case.network.matrices(record.delta),
        strict=True,
    ):
        assert layer.gradient_norm == pytest.approx(math.sqrt((gradient[:, :-1] ** 2).sum()))
        expected = math.sqrt((update[:, :-1] ** 2).sum() / (weights[:, :-1] ** 2).sum())
        assert layer.update_ratio == pytest.approx(expected)
        assert layer.verdict == ""
    assert found[-1].gradient_ratio == 1.0


def test_eight_sigmoid_layers_vanish_and_large_linear_ones_explode() -> None:
    deep = xor_case((LayerSpec(activation="sigmoid"),) * 8)
    assert layer_health(deep.network, deep.trainer().record())[0].verdict == "vanishing"
    large = xor_case((LayerSpec(activation="linear"),) * 3, initializer="constant", initial_scale=50.0)
    trainer = large.trainer()
    flat = trainer.state().parameters
    large.network.matrices(flat)[-1][:] *= [[1.0], [-1.0]]
    large.network.matrices(flat)[0][:] *= 1e-9
    set_parameters(trainer, flat)
    assert layer_health(large.network, trainer.record())[0].verdict == "exploding"


def test_zero_weights_have_no_finite_update_ratio() -> None:
    case = xor_case(initializer="zeros", loss="squared")
    trainer = case.trainer()
    hidden, output = layer_health(case.network, trainer.record())
    assert hidden.update_ratio == output.update_ratio == 0.0
    flat = trainer.state().parameters
    case.network.matrices(flat)[0][:] = 0.7
    set_parameters(trainer, flat)
    assert layer_health(case.network, trainer.record())[1].update_ratio == math.inf


def test_without_any_gradient_there_is_no_ratio() -> None:
    case = xor_case((LayerSpec(activation="relu"),), loss="hinge", initializer="zeros")
    trainer = case.trainer()
    flat = trainer.state().parameters
    case.network.matrices(flat)[-1][:, -1] = [5.0, -5.0]
    set_parameters(trainer, flat)
    record = trainer.record()
    only_first = record.losses == 0.0
    found = layer_health(case.network, record)
    if only_first.all():
        assert math.isnan(found[0].gradient_ratio)
    assert found[0].verdict in {"", "vanishing"}
