"""Exercises of every kind, drawn with a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.circuits.quiz import backward_quiz
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec, OptimizerSpec, TrainingSpec
from playground.engine.trace import Tracer
from playground.lessons.misconceptions import of_matrices, of_training
from playground.lessons.misconceptions.exercise import Exercise
from playground.lessons.misconceptions.of_circuit import of_circuit
from playground.lessons.misconceptions.of_layer import BIAS, Neuron, input_gradient
from playground.lessons.misconceptions.of_loss import loss_gradient, loss_value, probability

EXPRESSIONS = (
    "(x + y) * z", "x * y - z / x", "max(x, y) * 2 + x", "min(x * y, z) + y", "-x * (y + z)", "x * x * y",
    "sigmoid(w * x + b) * c", "tanh(x + y) * z", "relu(x * y + z)", "relu(-x * x - y * y)", "x ** 3 + y ** 2",
    "log(x * x + 1) * y", "exp(x / 4) - y", "sqrt(x * x + y * y)", "abs(x) * y", "sum(x, y, z, w) * v",
    "leaky_relu(x * y)", "elu(x) + softplus(y)", "gelu(x) * silu(y)", "sin(x) * cos(y)", "1 / (1 + exp(-(w * x + b)))",
    "step(x) * y", "(w * x - t) ** 2 / 2", "q = x + y; q * q + q * z", "(x - y) / (2 * z)",
)  # fmt: skip


def _circuits(rng: np.random.Generator) -> Iterator[Exercise]:
    expression = EXPRESSIONS[int(rng.integers(len(EXPRESSIONS)))]
    circuit = parse(expression)
    values = {name: round(float(rng.uniform(-3, 3)), 2) or 1.0 for name in circuit.inputs}
    numbers = evaluate(circuit, values, round(float(rng.uniform(0.5, 3)), 1))
    keys = [(i, "value") for i, node in enumerate(circuit.nodes) if node.is_gate]
    keys += backward_quiz(circuit, numbers).asked
    keys += [(i, f"local_{k}") for i, node in enumerate(circuit.nodes) for k in range(len(node.inputs))
             if numbers.locals[i][k] is not None]  # fmt: skip
    for key in keys:
        found = of_circuit(circuit, numbers, *key)
        if found is not None:
            yield found


def _networks(rng: np.random.Generator) -> Iterator[Exercise]:
    loss = tuple(LOSSES)[int(rng.integers(len(LOSSES)))]
    names = tuple(LAYER_ACTIVATIONS)
    hidden = tuple(LayerSpec(width=3, activation=names[int(rng.integers(len(names)))]) for _ in range(2))
    output = ("linear", "tanh", "sigmoid", "relu")[int(rng.integers(4))] if loss == "squared" else "linear"
    n_outputs = 1 if loss in ("squared", "logistic") else 3
    network = Network(NetworkSpec(n_inputs=2, hidden=hidden, n_outputs=n_outputs, output_activation=output))
    flat = rng.normal(size=network.n_parameters)
    target = np.zeros(n_outputs)
    target[int(rng.integers(n_outputs))] = float(rng.integers(2)) if loss == "logistic" else 1.0
    trace = Tracer(network, loss).trace(flat, rng.normal(size=2), target)
    yield loss_value(loss, trace.scores, trace.target)
    yield loss_value("squared", (0.3, -1.2), (1.0, -1.0))
    for k in range(n_outputs):
        yield loss_gradient(loss, trace.scores, trace.target, k)
        yield probability((*trace.scores, 0.3), k)
    after = network.matrices(flat - 0.1 * trace.gradient())
    for layer in (1, 2, 3):
        neuron = Neuron(trace, layer, 0, takes_scores=LOSSES[loss].takes_scores)
        yield from (neuron.pre_activation(), neuron.value(), neuron.local_gradient(), neuron.downstream())
        yield from (neuron.gradient(0), neuron.gradient(1), neuron.gradient(BIAS), neuron.sent_back(0))
        if layer < 3:
            yield neuron.upstream_gradient(after[layer])
    yield input_gradient(trace, 1)


def _training(rng: np.random.Generator) -> Iterator[Exercise]:
    w, g, v, eta = (float(x) for x in rng.uniform(0.05, 2, size=4) * rng.choice([-1, 1], size=4))
    rate = abs(eta)
    yield of_training.batch_gradient("∂L_B/∂w", rng.normal(size=int(rng.integers(2, 6))).tolist())
    for regularizer in ("l2", "l1", "elastic_net"):
        yield of_training.regularized(w, g, TrainingSpec(regularizer=regularizer, penalty=0.1))
    yield of_training.update(w, g, rate)
    yield of_training.update(w, g, rate, OptimizerSpec(name="momentum"), (v,))
    yield of_training.update(w, g, rate, OptimizerSpec(name="adam"), (v, v * v))
    yield of_training.velocity(g, rate, OptimizerSpec(name="momentum", momentum=0.5), v)
    yield of_training.next_weight(w, -rate * g, g, rate)


def _matrices(rng: np.random.Generator) -> Iterator[Exercise]:
    n, d, h = (int(size) for size in rng.permutation(np.arange(2, 12))[:3])
    for name in ("X", "W", "Y", "dX", "dW", "dY"):
        yield of_matrices.side(name, {"N": n, "D": d, "H": h}, int(rng.integers(2)))
    yield of_matrices.parameters((n, d, min(h, 10)))
    a, b, c = (np.round(rng.normal(size=(3, 3)), 1) for _ in range(3))
    yield of_matrices.weight_gradient_entry(a, b, 0, 1)
    yield of_matrices.input_gradient_entry(b, c, 1, 2)
    yield of_matrices.jacobian_size(n + 2, zeros=True)
    yield of_matrices.jacobian_size(n + 2, zeros=False)
    yield of_matrices.jacobian_entry(a, [0.3, 0.7, 0.9], 0, 1)
    yield of_matrices.jacobian_entry(a, [0.3, 0.7, 0.9], 2, 2)
    yield of_matrices.central(2.2, 1.9, 1.7, 0.1)
    yield of_matrices.passes(n * d)
    yield of_matrices.relative_error(*rng.uniform(1, 2, size=2).tolist())
    yield of_matrices.alive(np.round(rng.normal(size=7), 1).tolist())


ROOMS: dict[str, Callable[[np.random.Generator], Iterator[Exercise]]] = {
    "circuits": _circuits,
    "networks": _networks,
    "training": _training,
    "matrices": _matrices,
}


@pytest.fixture(scope="session")
def exercises() -> Callable[[str, int], list[Exercise]]:
    """Return the exercises of a room, drawn with a seed."""
    return lambda room, seed: list(ROOMS[room](np.random.default_rng(seed)))
