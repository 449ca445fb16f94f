from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.circuits.bundles import expand_all
from playground.circuits.graph import Builder, Circuit
from playground.circuits.layer_gates import LayerValues
from playground.circuits.loss_circuits import add_loss, add_penalty, give
from playground.circuits.passes import evaluate, gradients
from playground.circuits.unroll import network, neuron
from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.regularizers import REGULARIZERS
from playground.engine.spec import LayerSpec, NetworkSpec
from playground.engine.trace import Tracer


class Node(NamedTuple):
    """A circuit, the values of its inputs, and the ids of its scores or weights."""

    circuit: Circuit
    inputs: dict[str, float]
    sources: list[int]


def loss_node(loss: str, scores: Iterable[float], targets: Iterable[float]) -> Node:
    builder, inputs = Builder(), dict[str, float]()
    sources = [give(builder, inputs, f"s{k}", score) for k, score in enumerate(scores, 1)]
    add_loss(builder, inputs, loss, sources, np.asarray(list(targets), dtype=np.float64))
    return Node(builder.circuit(), inputs, sources)


def penalty_node(regularizer: str, weights: Iterable[float], penalty: float, l1_ratio: float = 0.5) -> Node:
    builder, inputs = Builder(), dict[str, float]()
    sources = [give(builder, inputs, f"w{k}", weight) for k, weight in enumerate(weights, 1)]
    add_penalty(builder, sources, regularizer, penalty, l1_ratio)
    return Node(builder.circuit(), inputs, sources)


TIGHT = {"rel": 1e-12, "abs": 1e-12}


def test_the_one_one_one_network_of_the_lecture_is_the_circuit_of_the_lecture() -> None:
    layers = [LayerValues(np.array([[2.0, 0.0]]), "relu"), LayerValues(np.array([[3.0, 1.0]]), "relu")]
    unrolled = network(layers, [1.0], "squared", [5.0], names=("x",))
    numbers = evaluate(unrolled.circuit, unrolled.inputs)
    assert numbers.values[unrolled.circuit.output] == 2.0
    names = ("x", "w₁₁⁽¹⁾", "b₁⁽¹⁾", "w₁₁⁽²⁾", "b₁⁽²⁾", "t")
    assert unrolled.inputs == dict(zip(names, (1.0, 2.0, 0.0, 3.0, 1.0, 5.0), strict=True))
    assert gradients(unrolled.circuit, numbers) == dict(zip(names, (12.0, 6.0, 6.0, 4.0, 2.0, -2.0), strict=True))
    a1, a2 = unrolled.activations[1, 0], unrolled.activations[2, 0]
    assert (numbers.values[a1], numbers.gradients[a1]) == (2.0, 6.0)
    assert (numbers.values[a2], numbers.gradients[a2]) == (7.0, 2.0)
    assert unrolled.circuit.nodes[a1].op == "max"


def test_the_sigmoid_neuron_of_the_lecture() -> None:
    unrolled = neuron([2.0, -3.0, -3.0], [-1.0, -2.0], "sigmoid", names=("x0", "x1"))
    numbers = evaluate(unrolled.circuit, unrolled.inputs)
    assert numbers.values[unrolled.circuit.output] == pytest.approx(0.7310585786300049, rel=1e-15)
    found = gradients(unrolled.circuit, numbers)
    assert found["w₁"] == pytest.approx(-0.19661193324148185, rel=1e-14)
    assert found["x0"] == pytest.approx(0.3932238664829637, rel=1e-14)
    assert found["b"] == pytest.approx(0.19661193324148185, rel=1e-14)


@pytest.mark.parametrize("name", [*ACTIVATIONS, "maxout"])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), n_in=st.integers(1, 6))
def test_a_neuron_agrees_with_the_engine_at_every_gate(name: str, seed: int, n_in: int) -> None:
    rng = np.random.default_rng(seed)
    spec = NetworkSpec(n_in, (LayerSpec(3, name, slope=0.2, alpha=0.7, pieces=3),), 1)
    engine = Network(spec)
    flat = rng.normal(size=engine.n_parameters)
    x = rng.normal(size=n_in)
    trace = Tracer(engine, "squared").trace(flat, x, np.array([0.3])).layers[0]
    layout = engine.layers[0]
    unit = seed % 3
    rows = [layout.row(unit, piece) for piece in range(layout.pieces)]
    unrolled = neuron(trace.weights[rows], x, name, slope=0.2, alpha=0.7)
    numbers = evaluate(unrolled.circuit, unrolled.inputs, float(trace.upstream[unit]))
    assert numbers.values[unrolled.activations[1, 0]] == pytest.approx(trace.a[unit], **TIGHT)
    for piece, row in enumerate(rows):
        z = unrolled.pre_activations[1, 0, piece]
        assert numbers.values[z] == pytest.approx(trace.z[row], **TIGHT)
        assert numbers.gradients[z] == pytest.approx(trace.downstream[row], **TIGHT)
        for source in range(n_in):
            i = unrolled.parameters[1, 0, piece, source]
            assert numbers.gradients[i] == pytest.approx(trace.weight_gradients[row, source], **TIGHT)
        bias = unrolled.parameters[1, 0, piece, -1]
        assert numbers.gradients[bias] == pytest.approx(trace.weight_gradients[row, -1], **TIGHT)
    for source in range(n_in):
        wanted = trace.input_terms[rows, source].sum()
        assert numbers.gradients[unrolled.activations[0, source]] == pytest.approx(wanted, **TIGHT)


@st.composite
def networks(draw: st.DrawFn) -> tuple[NetworkSpec, str, int, str]:
    loss = draw(st.sampled_from(list(LOSSES)))
    n_classes = draw(st.integers(2, 4))
    hidden = tuple(
        LayerSpec(
            draw(st.integers(1, 3)),
            draw(st.sampled_from([*ACTIVATIONS, "maxout"])),
            slope=draw(st.sampled_from([0.01, 0.3])),
            alpha=draw(st.sampled_from([1.0, 0.5])),
            pieces=draw(st.integers(2, 3)),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    output = draw(st.sampled_from(["linear", "tanh", "relu", "sigmoid"])) if loss == "squared" else "linear"
    spec = NetworkSpec(draw(st.integers(1, 3)), hidden, LOSSES[loss].outputs(n_classes), output)
    return spec, loss, n_classes, draw(st.sampled_from(list(REGULARIZERS)))


def values_of(engine: Network, flat: np.ndarray) -> list[LayerValues]:
    return [
        LayerValues(matrix, layout.activation, layout.pieces, layout.spec.slope, layout.spec.alpha)
        for layout, matrix in zip(engine.layers, engine.matrices(flat), strict=True)
    ]


@settings(max_examples=150, deadline=None)
@given(networks(), st.integers(0, 10**6))
def test_a_small_networks_whole_circuit_agrees_with_the_engine(
    options: tuple[NetworkSpec, str, int, str], seed: int
) -> None:
    spec, loss, n_classes, regularizer = options
    rng = np.random.default_rng(seed)
    engine = Network(spec)
    flat, x = rng.normal(size=engine.n_parameters), rng.normal(size=spec.n_inputs)
    target = LOSSES[loss].encode(np.array([seed % n_classes]), n_classes)[:, 0]
    trace = Tracer(engine, loss).trace(flat, x, target)
    unrolled = network(values_of(engine, flat), x, loss, target, regularizer=regularizer, penalty=0.03, l1_ratio=0.25)
    numbers = evaluate(unrolled.circuit, unrolled.inputs)
    weights = flat[engine.weight_mask == 1.0]
    first, second = REGULARIZERS[regularizer].shares(0.25)
    penalty = 0.03 * (first * np.abs(weights).sum() + second * np.square(weights).sum())
    assert numbers.values[unrolled.circuit.output] == pytest.approx(trace.example_loss + penalty, **TIGHT)
    for (layer, unit), i in unrolled.activations.items():
        if layer:
            assert numbers.values[i] == pytest.approx(trace.layers[layer - 1].a[unit], **TIGHT)
            assert numbers.gradients[i] == pytest.approx(trace.layers[layer - 1].upstream[unit], **TIGHT)
        else:
            assert numbers.gradients[i] == pytest.approx(trace.input_gradient[unit], **TIGHT)
    for (layer, unit, piece), i in unrolled.pre_activations.items():
        row = engine.layers[layer - 1].row(unit, piece)
        assert numbers.values[i] == pytest.approx(trace.layers[layer - 1].z[row], **TIGHT)
        assert numbers.gradients[i] == pytest.approx(trace.layers[layer - 1].downstream[row], **TIGHT)
    for (layer, unit, piece, source), i in unrolled.parameters.items():
        row = engine.layers[layer - 1].row(unit, piece)
        wanted = trace.layers[layer - 1].weight_gradients[row, source]
        w = numbers.values[i]
        assert w == flat[engine.layers[layer - 1].position(unit, source, piece)]
        if source != -1:
            wanted += 0.03 * (first * np.sign(w) + second * 2.0 * w)
        assert numbers.gradients[i] == pytest.approx(wanted, **TIGHT)
    assert len(unrolled.parameters) == engine.n_parameters


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "elu", "maxout"])
def test_the_rules_at_exactly_zero_are_those_of_the_engine(name: str) -> None:
    engine = Network(NetworkSpec(1, (LayerSpec(1, name, slope=0.2, alpha=0.7),), 1))
    flat = np.zeros(engine.n_parameters)
    flat[-2] = 1.0
    trace = Tracer(engine, "squared").trace(flat, np.array([1.0]), np.array([5.0])).layers[0]
    unrolled = neuron(trace.weights, [1.0], name, slope=0.2, alpha=0.7)
    numbers = evaluate(unrolled.circuit, unrolled.inputs, float(trace.upstream[0]))
    found = [numbers.gradients[unrolled.parameters[1, 0, piece, -1]] for piece in range(len(trace.local))]
    assert found == pytest.approx((trace.upstream[0] * trace.local).tolist())
    assert found[0] == pytest.approx(-5.0 * {"relu": 0.0, "leaky_relu": 0.2, "elu": 0.7, "maxout": 1.0}[name])


def test_a_margin_of_exactly_zero_sends_nothing_back() -> None:
    node = loss_node("hinge", [2.0, 1.0], [1.0, 0.0])
    numbers = evaluate(node.circuit, node.inputs)
    assert gradients(node.circuit, numbers) == {"s1": 0.0, "s2": 0.0}


def test_two_two_one_xor_opens_with_readable_names() -> None:
    layers = [LayerValues(np.ones((2, 3)), "tanh"), LayerValues(np.ones((1, 3)))]
    unrolled = network(layers, [0.0, 1.0], "logistic", [1.0])
    assert set(unrolled.inputs) == {
        "x₁", "x₂", "w₁₁⁽¹⁾", "w₁₂⁽¹⁾", "w₂₁⁽¹⁾", "w₂₂⁽¹⁾", "b₁⁽¹⁾", "b₂⁽¹⁾", "w₁₁⁽²⁾", "w₁₂⁽²⁾", "b₁⁽²⁾", "t",
    }  # fmt: skip
    assert [unrolled.circuit.nodes[unrolled.activations[1, k]].name for k in range(2)] == ["a₁⁽¹⁾", "a₂⁽¹⁾"]


# ---- the loss node -----------------------------------------------------------------------------


@pytest.mark.parametrize("loss", LOSSES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), n_classes=st.integers(2, 6), scale=st.sampled_from([0.1, 1.0, 30.0]))
def test_the_loss_node_agrees_with_the_engine(loss: str, seed: int, n_classes: int, scale: float) -> None:
    entry = LOSSES[loss]
    scores = np.random.default_rng(seed).normal(scale=scale, size=(entry.outputs(n_classes), 1))
    targets = entry.encode(np.array([seed % n_classes]), n_classes)
    node = loss_node(loss, scores[:, 0], targets[:, 0])
    numbers = evaluate(node.circuit, node.inputs)
    out, work = np.empty_like(scores), np.empty((scores.shape[0] + 1, 1))
    entry.gradient(scores, targets, out, work)
    assert numbers.values[node.circuit.output] == pytest.approx(entry.per_example(scores, targets)[0], **TIGHT)
    assert [numbers.gradients[i] for i in node.sources] == pytest.approx(out[:, 0].tolist(), **TIGHT)


def test_the_softmax_node_opens_into_its_stages_with_the_same_gradients() -> None:
    node = loss_node("softmax", [3.2, 5.1, -1.7], [1.0, 0.0, 0.0])
    staged = expand_all(node.circuit).circuit
    assert [n.op for n in staged.nodes if n.is_gate] == ["exp", "exp", "exp", "sum", "log", "subtract"]
    one, other = evaluate(node.circuit, node.inputs), evaluate(staged, node.inputs)
    assert one.values[node.circuit.output] == pytest.approx(2.04035515280017, rel=1e-14)
    assert gradients(node.circuit, one) == pytest.approx(gradients(staged, other), rel=1e-13)


def test_huge_scores_do_not_break_the_softmax_node() -> None:
    node = loss_node("softmax", [1e4, -1e4], [0.0, 1.0])
    assert evaluate(node.circuit, node.inputs).values[node.circuit.output] == 2e4


def test_the_hinge_node_is_the_one_of_the_lecture() -> None:
    node = loss_node("hinge", [3.2, 5.1, -1.7], [1.0, 0.0, 0.0])
    numbers = evaluate(node.circuit, node.inputs)
    assert numbers.values[node.circuit.output] == pytest.approx(2.9, rel=1e-15)
    assert gradients(node.circuit, numbers) == {"s1": -1.0, "s2": 1.0, "s3": 0.0}


@pytest.mark.parametrize(("name", "value"), [("l2", 0.1 * 5.0), ("l1", 0.1 * 3.0), ("elastic_net", 0.1 * 4.0)])
def test_the_regularization_node_sums_over_the_weights(name: str, value: float) -> None:
    node = penalty_node(name, [1.0, -2.0], 0.1, 0.5)
    numbers = evaluate(node.circuit, node.inputs)
    assert numbers.values[node.circuit.output] == pytest.approx(value)
    pull = {"l2": (0.2, -0.4), "l1": (0.1, -0.1), "elastic_net": (0.15, -0.25)}[name]
    assert [numbers.gradients[i] for i in node.sources] == pytest.approx(pull)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: neuron([1.0, 2.0], [1.0, 2.0]), "2 inputs need 3 weights"),
        (lambda: neuron([1.0, 2.0], [1.0], "steps"), "activation: no circuit for 'steps'"),
        (lambda: neuron(np.ones((2, 2)), [1.0], "tanh"), "only maxout has several pieces"),
        (lambda: neuron([1.0, 2.0], [1.0], names=("a", "b")), "names: expected 1"),
        (lambda: neuron([1.0, 2.0], [1.0], names=("w₁",)), "'w₁' is used twice"),
        (lambda: network([LayerValues(np.ones((2, 2)))], [1.0]), "2 outputs need a loss"),
        (lambda: network([LayerValues(np.ones((1, 3)))], [1.0]), "layer 1: 1 inputs need 2 columns"),
        (lambda: network([LayerValues(np.ones((256, 257)))] * 2, np.ones(256)), "131584 parameters are more than"),
        (lambda: loss_node("mean", [1.0], [1.0]), "loss: expected one of"),
        (lambda: loss_node("softmax", [1.0, 2.0], [1.0]), "2 scores need as many targets"),
        (lambda: loss_node("softmax", [1.0, 2.0], [1.0, 1.0]), "expected a 1 at the right class"),
        (lambda: penalty_node("none", [1.0], 0.1), "none has no circuit"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(call: object, words: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=words):
        call()


def test_one_output_without_a_loss_is_a_circuit_of_the_score() -> None:
    unrolled = network([LayerValues(np.array([[1.0, 2.0, 3.0]]))], [4.0, 5.0])
    assert evaluate(unrolled.circuit, unrolled.inputs).values[unrolled.circuit.output] == 17.0


def test_the_saturated_neuron_stays_finite() -> None:
    unrolled = neuron([1e4, 0.0], [1.0], "sigmoid")
    assert math.isfinite(evaluate(unrolled.circuit, unrolled.inputs).values[unrolled.circuit.output])
