"""Drills on networks: a neuron, two layers, a loss, an update, and a batch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.circuits.numerals import numeral
from playground.circuits.quiz import Key
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.notation import entry, unit_symbol
from playground.engine.spec import LayerSpec, NetworkSpec, OptimizerSpec, TrainingSpec
from playground.engine.trace import GradientTrace, Tracer
from playground.lessons.drills.draw import Generator, friendly, given, one_of, small
from playground.lessons.drills.drawing import NetworkDrawing
from playground.lessons.drills.task import Draft
from playground.lessons.misconceptions import of_training
from playground.lessons.misconceptions.exercise import Exercise
from playground.lessons.misconceptions.of_layer import BIAS, Neuron, input_gradient
from playground.lessons.misconceptions.of_loss import loss_gradient, loss_value, probability

Steps = dict[Key, Exercise]
"""What is worked out, in its order, by the number of the drawn circuit that it is."""
_RATES = (0.1, 0.5, 0.2, 0.01)


def neuron(rng: Generator, level: int) -> Draft:
    """Draw one neuron with squared error: forward, δ, and the gradients of its weights."""
    curve = one_of(rng, *(("linear", "relu"), ("relu", "tanh"), ("tanh", "sigmoid"), ("tanh", "sigmoid"))[level - 1])
    trace, lines = _network(rng, level, (2, 1), curve, curve)
    last, at = _neuron(trace, 1), NetworkDrawing(trace)
    steps = {**_forward(last, at), **_way_back(trace, last, at), **_parameters(last, at, (BIAS, 0, 1))}
    steps |= {at.a(0, 0, "gradient"): input_gradient(trace, 0)} if level > 2 else {}
    return _drawn(f"A neuron: {last.entry.label}, squared error", lines, steps, at)


def layers(rng: Generator, level: int) -> Draft:
    """Draw two layers: the way back through the weight between them."""
    curve = ("relu", "tanh", "sigmoid", "tanh")[level - 1]
    widths = (1, 1, 1) if level < 3 else (2, 2, 1)
    trace, lines = _network(rng, level, widths, curve, "linear")
    last, first = _neuron(trace, 2), [_neuron(trace, 1, unit) for unit in range(widths[1])]
    at = NetworkDrawing(trace)
    steps: Steps = {}
    for one in (*first, last):
        steps |= _forward(one, at)
    steps |= {**_way_back(trace, last, at), **_parameters(last, at, (BIAS, *range(widths[1])))}
    for one in first:
        steps[at.a(1, one.unit, "gradient")] = one.upstream_gradient()
        steps[at.z(1, one.unit, "gradient")] = one.downstream()
        steps |= _parameters(one, at, (BIAS, 0))
    steps[at.a(0, 0, "gradient")] = input_gradient(trace, 0)
    return _drawn(f"Two layers: {first[0].entry.label}, then linear, squared error", lines, steps, at)


def loss(rng: Generator, level: int) -> Draft:
    """Draw a loss and the gradient that it sends back."""
    kind = one_of(rng, *(("squared",), ("hinge", "squared"), ("logistic", "hinge"), ("softmax",))[level - 1])
    n = 1 if kind in ("squared", "logistic") else 3
    scores, targets = small(rng, n), np.zeros(n)
    targets[int(rng.integers(n))] = 1.0
    if kind in ("squared", "hinge"):
        *scores, target = friendly(rng, level, n + 1)
        targets = np.array([target]) if kind == "squared" else targets
    elif kind == "logistic":
        targets[0] = float(rng.integers(2))
    steps = [probability(scores, k) for k in range(n)] if kind == "softmax" else []
    steps.append(loss_value(kind, scores, targets))
    steps += [loss_gradient(kind, scores, targets, k) for k in range(n)]
    symbol = LOSSES[kind].output_symbol
    shown = given({symbol if n == 1 else entry(symbol, k): score for k, score in enumerate(scores)})
    right = f"target t = {numeral(float(targets[0]))}" if n == 1 else f"right class y = {int(targets.argmax()) + 1}"
    return Draft(LOSSES[kind].label, (LOSSES[kind].formula, shown, right), tuple(steps))


def update(rng: Generator, level: int) -> Draft:
    """Draw a gradient and what becomes of the weight."""
    w, g, v = friendly(rng, min(level, 3), 3)
    rate, penalty = float(rng.choice(_RATES)), 0.1
    lines = [given({"w": w, "η": rate}), f"gradient of the data loss: {numeral(g)}"]
    steps: list[Exercise] = []
    if level in (2, 4):
        steps.append(of_training.regularized(w, g, TrainingSpec(regularizer="l2", penalty=penalty)))
        g = steps[0].right
        lines.append(f"L2 with λ = {numeral(penalty)}: R = w²")
    spec = OptimizerSpec(name="momentum" if level > 2 else "sgd", momentum=0.9 if level > 3 else 0.5)
    slots = (v,) if level > 2 else ()
    if slots:
        steps.append(of_training.velocity(g, rate, spec, v))
        lines.append(f"momentum with μ = {numeral(spec.momentum)}: v ← μ·v + g, until now v = {numeral(v)}")
    steps.append(of_training.update(w, g, rate, spec, slots))
    steps.append(of_training.next_weight(w, steps[-1].right, g, rate))
    return Draft("An update", tuple(lines), tuple(steps))


def batch(rng: Generator, level: int) -> Draft:
    """Draw a batch of two or three examples through one linear neuron."""
    n = 2 if level < 4 else 3
    w, *numbers = friendly(rng, min(level, 2), 1 + 2 * n)
    rate = float(rng.choice(_RATES))
    tracer = Tracer(Network(NetworkSpec(n_inputs=1, hidden=(), n_outputs=1)), "squared")
    lines, terms = [f"ŷ = w·x₁, squared error, {given({'w': w, 'η': rate})}"], []
    steps: list[Exercise] = []
    for k, (x, t) in enumerate(zip(numbers[::2], numbers[1::2], strict=True)):
        trace = tracer.trace(np.array([w, 0.0]), np.array([x]), np.array([t]))
        lines.append(f"example {k + 1}: {given({'x₁': x, 'target t': t})}")
        gradient = replace(_neuron(trace, 1).gradient(0), symbol=f"∂{entry('L', k)}/∂w")
        begin = loss_gradient("squared", trace.scores, trace.target, 0)
        steps += [replace(begin, symbol=f"∂{entry('L', k)}/∂ŷ"), gradient]
        terms.append(gradient.right)
    steps.append(of_training.batch_gradient("∂L_B/∂w", terms))
    g = steps[-1].right
    steps.append(of_training.update(w, g, rate))
    steps.append(of_training.next_weight(w, steps[-1].right, g, rate))
    return Draft(f"A batch of {n}", tuple(lines), tuple(steps))


def _network(
    rng: Generator, level: int, widths: tuple[int, ...], hidden: str, output: str
) -> tuple[GradientTrace, tuple[str, ...]]:
    """Draw a network with squared error and an example, and say in lines what they are."""
    spec = NetworkSpec(
        n_inputs=widths[0],
        hidden=tuple(LayerSpec(width=width, activation=hidden) for width in widths[1:-1]),
        n_outputs=1,
        output_activation=output,
    )
    network = Network(spec)
    count = network.n_parameters + widths[0] + 1
    is_curved = {hidden, output} - {"linear", "relu"}
    tracer, trace = Tracer(network, "squared"), None
    while trace is None or not _is_alive(trace):
        numbers = small(rng, count) if is_curved else friendly(rng, min(level, 2), count)
        flat, x, t = np.array(numbers[: network.n_parameters]), numbers[network.n_parameters : -1], numbers[-1]
        trace = tracer.trace(flat, np.array(x), np.array([t]))
    lines = [given({entry("x", k): value for k, value in enumerate(x)} | {"target t": t})]
    for layer, weights in enumerate(network.matrices(flat), start=1):
        for unit, row in enumerate(weights):
            named = {unit_symbol("w", layer, unit, k): float(w) for k, w in enumerate(row[:-1])}
            lines.append(given(named | {unit_symbol("b", layer, unit): float(row[-1])}))
    return trace, tuple(lines)


def _is_alive(trace: GradientTrace) -> bool:
    """Return whether a gradient reaches the inputs, and no unit stands on a kink."""
    return bool(trace.input_gradient.any()) and all(bool(layer.z.all()) for layer in trace.layers)


def _neuron(trace: GradientTrace, layer: int, unit: int = 0) -> Neuron:
    return Neuron(trace, layer, unit, takes_scores=False)


def _forward(one: Neuron, at: NetworkDrawing) -> Steps:
    """Return z, and a where the neuron has a curve."""
    steps = {at.z(one.layer, one.unit, "value"): one.pre_activation()}
    if one.here.layout.activation != "linear":
        steps[at.a(one.layer, one.unit, "value")] = one.value()
    return steps


def _way_back(trace: GradientTrace, last: Neuron, at: NetworkDrawing) -> Steps:
    """Return the loss, its gradient, and δ where the output has a curve."""
    steps = {
        at.loss: loss_value("squared", trace.scores, trace.target),
        at.a(last.layer, 0, "gradient"): loss_gradient("squared", trace.scores, trace.target, 0),
    }
    if last.here.layout.activation != "linear":
        steps[at.z(last.layer, 0, "gradient")] = last.downstream()
    return steps


def _parameters(one: Neuron, at: NetworkDrawing, sources: tuple[int, ...]) -> Steps:
    """Return the gradients of weights, by their sources, and of the bias."""
    return {at.parameter(one.layer, one.unit, source): one.gradient(source) for source in sources}


def _drawn(title: str, lines: tuple[str, ...], steps: Steps, at: NetworkDrawing) -> Draft:
    return Draft(title, lines, tuple(steps.values()), at.drawing(tuple(steps)))
