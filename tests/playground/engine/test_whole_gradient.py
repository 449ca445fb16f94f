"""The gradient of a whole network, against the same network written once more for autograd, row by row."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine import regularizers
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec
from playground.engine.trace import Tracer

SLOPE, ALPHA = 0.07, 1.6
SMOOTH = ("linear", "tanh", "sigmoid", "softplus", "gelu", "silu", "sine")
EVERY = (*SMOOTH, "relu", "leaky_relu", "elu", "maxout")


def sigma(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + anp.tanh(0.5 * z))


FUNCTIONS: dict[str, Callable] = {
    "linear": lambda z: z,
    "tanh": lambda z: anp.tanh(z),
    "sigmoid": sigma,
    "softplus": lambda z: anp.logaddexp(0.0, z),
    "gelu": lambda z: 0.5 * z * (1.0 + anp.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z * sigma(z),
    "sine": lambda z: anp.sin(z),
    "relu": lambda z: anp.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: anp.where(z > 0, z, SLOPE * z),
    "elu": lambda z: anp.where(z > 0, z, ALPHA * (anp.exp(anp.where(z > 0, 0.0, z)) - 1.0)),
}


@dataclass(frozen=True)
class Problem:
    """A network, its data as rows, and its settings."""

    spec: NetworkSpec
    training: TrainingSpec
    parameters: np.ndarray
    inputs: np.ndarray
    targets: np.ndarray

    @property
    def layers(self) -> tuple[LayerSpec, ...]:
        output = LayerSpec(width=self.spec.n_outputs, activation=self.spec.output_activation)
        return (*self.spec.hidden, output)

    def matrices(self, flat: np.ndarray) -> list:
        """Cut the flat vector as it is documented: layer after layer, row after row, bias last."""
        made, n_in, start = [], self.spec.n_inputs, 0
        for layer in self.layers:
            rows = layer.width * (layer.pieces if layer.activation == "maxout" else 1)
            size = rows * (n_in + 1)
            made.append(anp.reshape(flat[start : start + size], (rows, n_in + 1)))
            n_in, start = layer.width, start + size
        assert start == len(flat)
        return made

    def scores(self, flat: np.ndarray, inputs: np.ndarray) -> np.ndarray:
        """Y = X·W + b and its activation, layer by layer; rows are examples."""
        values = inputs
        for layer, matrix in zip(self.layers, self.matrices(flat), strict=True):
            z = anp.dot(values, matrix[:, :-1].T) + matrix[:, -1]
            if layer.activation == "maxout":
                pieces = anp.reshape(z, (len(inputs), layer.pieces, layer.width))
                values = anp.max(pieces, axis=1)
            else:
                values = FUNCTIONS[layer.activation](z)
        return values

    def losses(self, flat: np.ndarray, inputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Lᵢ of each row."""
        s, name = self.scores(flat, inputs), self.training.loss
        if name == "softmax":
            return anp.log(anp.sum(anp.exp(s), axis=1)) - anp.sum(s * targets, axis=1)
        if name == "hinge":
            right = anp.sum(s * targets, axis=1, keepdims=True)
            return anp.sum(anp.maximum(0.0, s - right + 1.0) * (1.0 - targets), axis=1)
        if name == "squared":
            return 0.5 * anp.sum((s - targets) ** 2, axis=1)
        return anp.sum(anp.logaddexp(0.0, s) - targets * s, axis=1)

    def full_loss(self, flat: np.ndarray) -> np.ndarray:
        """L = (1/N) Σ Lᵢ + λ Σ R(W), biases left out."""
        mean = anp.mean(self.losses(flat, self.inputs, self.targets))
        ratio = {"none": None, "l2": 0.0, "l1": 1.0, "elastic_net": self.training.l1_ratio}[self.training.regularizer]
        if ratio is None:
            return mean
        weights = [matrix[:, :-1] for matrix in self.matrices(flat)]
        penalty = sum(ratio * anp.sum(anp.abs(w)) + (1.0 - ratio) * anp.sum(w * w) for w in weights)
        return mean + self.training.penalty * penalty


@st.composite
def problems(draw: st.DrawFn, activations: tuple[str, ...] = EVERY, losses: tuple[str, ...] = tuple(LOSSES)) -> Problem:
    hidden = tuple(
        LayerSpec(
            width=draw(st.integers(1, 5)),
            activation=draw(st.sampled_from(activations)),
            slope=SLOPE,
            alpha=ALPHA,
            pieces=draw(st.integers(2, 4)),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    loss, n_classes = draw(st.sampled_from(losses)), draw(st.integers(2, 5))
    output = draw(st.sampled_from(("linear", "tanh", "sine"))) if loss == "squared" else "linear"
    regularizer = draw(st.sampled_from(("none", "l2", "l1", "elastic_net")))
    spec = NetworkSpec(draw(st.integers(1, 4)), hidden, LOSSES[loss].outputs(n_classes), output)
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n_samples = draw(st.integers(1, 6))
    labels = rng.integers(0, n_classes, n_samples)
    return Problem(
        spec,
        TrainingSpec(loss=loss, regularizer=regularizer, penalty=0.03, l1_ratio=0.3),
        rng.normal(0.0, 0.8, Network(spec).n_parameters),
        rng.normal(0.0, 1.0, (n_samples, spec.n_inputs)),
        np.ascontiguousarray(LOSSES[loss].encode(labels, n_classes).T),
    )


def gradient(problem: Problem) -> tuple[np.ndarray, Pass]:
    """∂L/∂(all parameters) of the full loss by backpropagation, and the pass that made it."""
    network = Network(problem.spec)
    gradients = np.full(network.n_parameters, np.nan)
    work = Pass(
        network, problem.training.loss, len(problem.inputs), problem.parameters, gradients, input_gradients=True
    )
    work.inputs[:-1] = problem.inputs.T
    work.targets[:] = problem.targets.T
    work.forward()
    work.backward()
    add = regularizers.bind(problem.parameters, gradients, network.weight_mask, problem.training)
    if add is not None:
        add()
    return gradients, work


@given(problem=problems())
@settings(max_examples=150)
def test_backprop_equals_autograd_for_any_network_loss_and_regularizer(problem: Problem) -> None:
    computed, work = gradient(problem)
    np.testing.assert_allclose(
        work.scores.T, problem.scores(problem.parameters, problem.inputs), rtol=1e-10, atol=1e-12
    )
    np.testing.assert_allclose(computed, grad(problem.full_loss)(problem.parameters), rtol=1e-8, atol=1e-11)


@given(problem=problems(SMOOTH, ("softmax", "squared", "logistic")))
@settings(max_examples=40)
def test_backprop_equals_central_differences_of_the_full_loss(problem: Problem) -> None:
    computed, _ = gradient(problem)
    rng, step = np.random.default_rng(1), 1e-5
    for index in rng.permutation(len(computed))[:12]:
        move = np.zeros_like(computed)
        move[index] = step
        up, down = (problem.full_loss(problem.parameters + sign * move) for sign in (1.0, -1.0))
        assert computed[index] == pytest.approx((up - down) / (2 * step), rel=1e-5, abs=1e-7)


@given(problem=problems())
@settings(max_examples=40)
def test_the_gradient_of_the_inputs_equals_the_one_autograd_finds(problem: Problem) -> None:
    _, work = gradient(problem)
    expected = grad(lambda x: anp.mean(problem.losses(problem.parameters, x, problem.targets)))(problem.inputs)
    np.testing.assert_allclose(work.input_gradient.T, expected, rtol=1e-8, atol=1e-11)


@given(problem=problems())
@settings(max_examples=80)
def test_a_trace_is_the_gradient_of_one_example_with_every_factor_on_the_way(problem: Problem) -> None:
    x, y = problem.inputs[0], problem.targets[0]
    trace = Tracer(Network(problem.spec), problem.training.loss).trace(problem.parameters, x, y)

    def own_loss(flat: np.ndarray, inputs: np.ndarray) -> np.ndarray:
        return problem.losses(flat, inputs[None, :], y[None, :])[0]

    close = {"rtol": 1e-8, "atol": 1e-11}
    assert trace.example_loss == pytest.approx(own_loss(problem.parameters, x), rel=1e-9, abs=1e-11)
    np.testing.assert_allclose(trace.gradient(), grad(own_loss, 0)(problem.parameters, x), **close)
    np.testing.assert_allclose(trace.input_gradient, grad(own_loss, 1)(problem.parameters, x), **close)
    np.testing.assert_allclose(trace.layers[0].input_terms.sum(axis=0), trace.input_gradient, **close)
    for layer, matrix in zip(trace.layers, problem.matrices(problem.parameters), strict=True):
        pieces = layer.layout.pieces
        np.testing.assert_allclose(np.tile(layer.upstream, pieces) * layer.local, layer.downstream, **close)
        np.testing.assert_allclose(layer.weight_gradients[:, :-1], np.outer(layer.downstream, layer.inputs), **close)
        np.testing.assert_allclose(layer.weight_gradients[:, -1], layer.downstream, **close)
        np.testing.assert_allclose(layer.input_terms, matrix[:, :-1] * layer.downstream[:, None], **close)
        np.testing.assert_allclose(layer.z, matrix[:, :-1] @ layer.inputs + matrix[:, -1], **close)
    for layer, after in zip(trace.layers, trace.layers[1:], strict=False):
        np.testing.assert_allclose(layer.upstream_terms.sum(axis=1), layer.upstream, **close)
        np.testing.assert_array_equal(layer.upstream_terms, after.input_terms.T)
        np.testing.assert_array_equal(after.inputs, layer.a)


def test_the_lecture_example_with_two_relus_has_its_numbers() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"),), 1, "relu")
    trace = Tracer(Network(spec), "squared").trace(np.array([2.0, 0.0, 3.0, 1.0]), np.array([1.0]), np.array([5.0]))
    hidden, output = trace.layers
    assert [hidden.z[0], hidden.a[0], output.z[0], output.a[0], trace.example_loss] == [2.0, 2.0, 7.0, 7.0, 2.0]
    assert output.upstream[0] == 2.0
    np.testing.assert_array_equal(output.weight_gradients, [[4.0, 2.0]])
    assert hidden.upstream[0] == 6.0
    np.testing.assert_array_equal(hidden.weight_gradients, [[6.0, 6.0]])
    assert trace.input_gradient[0] == 12.0


@pytest.mark.parametrize("pieces", [2, 3])
def test_equal_maxout_pieces_send_the_whole_gradient_to_the_first(pieces: int) -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "maxout", pieces=pieces),), 1)
    parameters = np.array([0.5, 0.25] * pieces + [3.0, 0.0])
    trace = Tracer(Network(spec), "squared").trace(parameters, np.array([2.0]), np.array([0.0]))
    np.testing.assert_array_equal(trace.layers[0].local, [1.0] + [0.0] * (pieces - 1))
    np.testing.assert_array_equal(trace.layers[0].downstream, [11.25] + [0.0] * (pieces - 1))
    assert trace.layers[0].winners[0] == 0


@given(problem=problems())
@settings(max_examples=20)
def test_dropout_scales_values_and_gradients_by_its_mask(problem: Problem) -> None:
    hidden = tuple(
        LayerSpec(layer.width, layer.activation, SLOPE, ALPHA, layer.pieces, dropout=0.5)
        for layer in problem.spec.hidden
    )
    spec = NetworkSpec(problem.spec.n_inputs, hidden, problem.spec.n_outputs, problem.spec.output_activation)
    network, rng = Network(spec), np.random.default_rng(3)
    gradients = np.empty(network.n_parameters)
    n = len(problem.inputs)
    work = Pass(network, problem.training.loss, n, problem.parameters, gradients, dropout=True)
    masks = []
    for layer in work.layers[:-1]:
        assert layer.mask is not None
        layer.mask[:] = rng.choice([0.0, 2.0], layer.mask.shape)
        masks.append(layer.mask.T.copy())
    work.inputs[:-1], work.targets[:] = problem.inputs.T, problem.targets.T
    work.forward()
    work.backward()

    class Dropped(Problem):
        def scores(self, flat: np.ndarray, inputs: np.ndarray) -> np.ndarray:
            values = inputs
            for index, (layer, matrix) in enumerate(zip(self.layers, self.matrices(flat), strict=True)):
                z = anp.dot(values, matrix[:, :-1].T) + matrix[:, -1]
                if layer.activation == "maxout":
                    values = anp.max(anp.reshape(z, (len(inputs), layer.pieces, layer.width)), axis=1)
                else:
                    values = FUNCTIONS[layer.activation](z)
                values = values * masks[index] if index < len(masks) else values
            return values

    training = TrainingSpec(loss=problem.training.loss)
    dropped = Dropped(problem.spec, training, problem.parameters, problem.inputs, problem.targets)
    np.testing.assert_allclose(gradients, grad(dropped.full_loss)(problem.parameters), rtol=1e-8, atol=1e-11)
