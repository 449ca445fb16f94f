"""Drills on networks: a neuron, two layers, a loss, an update, and a batch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.circuits.numerals import numeral
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.notation import entry, unit_symbol
from playground.engine.spec import LayerSpec, NetworkSpec, OptimizerSpec, TrainingSpec
from playground.engine.trace import GradientTrace, Tracer
from playground.lessons.drills.draw import Generator, friendly, given, one_of, small
from playground.lessons.drills.task import Draft
from playground.lessons.misconceptions import of_training
from playground.lessons.misconceptions.exercise import Exercise
from playground.lessons.misconceptions.of_layer import BIAS, Neuron, input_gradient
from playground.lessons.misconceptions.of_loss import loss_gradient, loss_value, probability

_RATES = (0.1, 0.5, 0.2, 0.01)


def neuron(rng: Generator, level: int) -> Draft:
    """Draw one neuron with squared error: forward, δ, and the gradients of its weights."""
    curve = one_of(rng, *(("linear", "relu"), ("relu", "tanh"), ("tanh", "sigmoid"), ("tanh", "sigmoid"))[level - 1])
    trace, lines = _network(rng, level, (2, 1), curve, curve)
    last = _neuron(trace, 1)
    steps = [last.pre_activation(), *_curve(last, curve), *_way_back(trace, last)]
    steps += [last.gradient(BIAS), last.gradient(0), last.gradient(1)]
    steps += [input_gradient(trace, 0)] if level > 2 else []
    return Draft(f"A neuron: {last.entry.label}, squared error", lines, tuple(steps))


def layers(rng: Generator, level: int) -> Draft:
    """Draw two layers: the way back through the weight between them."""
    curve = ("relu", "tanh", "sigmoid", "tanh")[level - 1]
    widths = (1, 1, 1) if level < 3 else (2, 2, 1)
    trace, lines = _network(rng, level, widths, curve, "linear")
    last, first = _neuron(trace, 2), [_neuron(trace, 1, unit) for unit in range(widths[1])]
    steps = [step for one in first for step in (one.pre_activation(), *_curve(one, curve))]
    steps += [last.pre_activation(), *_way_back(trace, last)]
    steps += [last.gradient(source) for source in (BIAS, *range(widths[1]))]
    for one in first:
        steps += [one.upstream_gradient(), one.downstream(), one.gradient(BIAS), one.gradient(0)]
    steps.append(input_gradient(trace, 0))
    return Draft(f"Two layers: {first[0].entry.label}, then linear, squared error", lines, tuple(steps))


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
    right = f"t = {numeral(float(targets[0]))}" if n == 1 else f"right class y = {int(targets.argmax()) + 1}"
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
        lines.append(f"example {k + 1}: {given({'x₁': x, 't': t})}")
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
    lines = [given({entry("x", k): value for k, value in enumerate(x)} | {"t": t})]
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


def _curve(one: Neuron, name: str) -> list[Exercise]:
    return [] if name == "linear" else [one.value()]


def _way_back(trace: GradientTrace, last: Neuron) -> list[Exercise]:
    """Return the loss, its gradient, and δ where the output has a curve."""
    begin = [loss_value("squared", trace.scores, trace.target), loss_gradient("squared", trace.scores, trace.target, 0)]
    return begin + ([] if last.here.layout.activation == "linear" else [last.downstream()])
