"""The circuit of one part of the network: a neuron, an input feature, the loss, λ·R(W) or everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import numpy as np

from playground.app.views.names import node_label, node_title
from playground.circuits import unroll
from playground.circuits.graph import Builder, Circuit
from playground.circuits.layer_gates import LayerValues, Symbols
from playground.circuits.loss_circuits import add_loss, add_penalty, give
from playground.circuits.parser.expression import parse
from playground.document.document import LOSS, Node
from playground.document.selection import Example
from playground.engine.features import feature
from playground.engine.network import LayerLayout
from playground.engine.notation import EXAMPLE_LOSS as LOSS_SYMBOL
from playground.engine.notation import entry
from playground.training.snapshot import Snapshot, point_of
from widgets.style import numbers

MOST_WEIGHTS = 100
"""Limit of a network that is drawn whole, and of λ·R(W)."""

_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_NODE = Node(0, 0)


class Place(NamedTuple):
    """What is opened: a node (neuron, input or loss), λ·R(W), or the whole network."""

    kind: Literal["node", "penalty", "network"]
    node: Node = _NODE


PENALTY, NETWORK = Place("penalty"), Place("network")


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A circuit with its numbers at one example."""

    circuit: Circuit
    inputs: dict[str, float]
    upstream: float = 1.0  # the gradient that arrives at its output from the rest of the network
    # Ids of gates that stand for something that can be opened in turn.
    drill_downs: dict[int, Place] = field(default_factory=dict)


def opened(snapshot: Snapshot, place: Place, example: Example) -> Opened:
    """Open `place` at `example`.

    Raises
    ------
    ValueError
        If it is too large to be drawn, or has nothing to draw.
    """
    if place.kind == "network":
        return _network(snapshot, example)
    if place.kind == "penalty":
        return _penalty(snapshot)
    if place.node == LOSS:
        return _loss(snapshot, example)
    return _feature(snapshot, place.node, example) if place.node.layer == 0 else _neuron(snapshot, place.node, example)


def place_label(snapshot: Snapshot, place: Place) -> str:
    """Return what a breadcrumb calls `place`."""
    if place.kind == "node":
        return node_label(snapshot, place.node)
    return "λ·R(W)" if place.kind == "penalty" else "network"


def is_neuron(snapshot: Snapshot, place: Place) -> bool:
    """Return whether `place` is a unit of a hidden layer."""
    return place.kind == "node" and place.node != LOSS and 0 < place.node.layer <= snapshot.network.depth


def place_title(snapshot: Snapshot, place: Place) -> str:
    """Return the name of `place` in words: ``neuron 2 of hidden layer 1``."""
    if place.kind == "node":
        return node_title(snapshot, place.node)
    return "the regularization loss λ·R(W)" if place.kind == "penalty" else "the whole network"


def what_if_note(snapshot: Snapshot, place: Place) -> str:
    """Return what a what-if does to the circuit of `place`; empty without one."""
    if snapshot.clamped is None or place.kind == "penalty":
        return ""
    node, value = snapshot.clamped
    what_if = f"What-if {node_label(snapshot, node)} = {numbers.four(value)}"
    if place.node == node and place.kind == "node":
        return f"{what_if}: a leaf with that number; the gradient that arrives stops here."
    if place.kind == "node" and place.node != LOSS and place.node.layer <= node.layer:
        return f"{what_if}: no gradient comes back through it; its own gates are as they were."
    return f"{what_if}: a leaf with that number, and the gradient stops at it."


def too_large(snapshot: Snapshot) -> str:
    """Return why the network is not drawn whole; empty when it can be."""
    n = sum(layer.rows * layer.n_in for layer in snapshot.network.layers)
    if n <= MOST_WEIGHTS:
        return ""
    return (
        f"{numbers.grouped(n)} weights are too many to draw as scalar gates (at most {MOST_WEIGHTS}): "
        "open one neuron at a time."
    )


# ---- one node ----------------------------------------------------------------------------------


def _neuron(snapshot: Snapshot, node: Node, example: Example) -> Opened:
    trace = snapshot.trace(example).layer(node.layer)
    if snapshot.clamped is not None and snapshot.clamped[0] == node:
        builder, inputs = Builder(), dict[str, float]()
        give(builder, inputs, node_label(snapshot, node), snapshot.clamped[1])
        return Opened(builder.circuit(beyond=LOSS_SYMBOL), inputs, float(trace.upstream[node.unit]))
    layout = trace.layout
    rows = [layout.row(node.unit, piece) for piece in range(layout.pieces)]
    before = [Node(node.layer - 1, k) for k in range(layout.n_in)]
    made = unroll.neuron(
        trace.weights[rows],
        trace.inputs,
        layout.activation,
        names=[node_label(snapshot, source) for source in before],
        slope=layout.spec.slope,
        alpha=layout.spec.alpha,
    )
    drill_downs = {made.activations[0, k]: Place("node", source) for k, source in enumerate(before)}
    circuit = replace(made.circuit, beyond=LOSS_SYMBOL)
    return Opened(circuit, made.inputs, float(trace.upstream[node.unit]), drill_downs)


def _feature(snapshot: Snapshot, node: Node, example: Example) -> Opened:
    """Return the circuit of an input feature, x₁·x₁ for x₁²; nothing updates what goes in."""
    point = point_of(snapshot.data, example)
    formula = feature(snapshot.document.features[node.unit], len(point)).formula
    typed = parse(formula.partition(",")[0].translate(_DIGITS))
    symbols = {name: entry("x", int(name.removeprefix("x")) - 1) for name in typed.inputs}
    nodes = tuple(replace(part, name=symbols.get(part.name, part.name)) for part in typed.nodes)
    circuit = Circuit(nodes, typed.output, LOSS_SYMBOL)
    inputs = {symbols[name]: float(point[int(name.removeprefix("x")) - 1]) for name in typed.inputs}
    return Opened(circuit, inputs, float(snapshot.trace(example).input_gradient[node.unit]))


# ---- the loss ----------------------------------------------------------------------------------


def _loss(snapshot: Snapshot, example: Example) -> Opened:
    """Return Lᵢ of the outputs, + λ·R(W) as one number that can be opened."""
    trace, training = snapshot.trace(example), snapshot.document.training
    builder, inputs = Builder(), dict[str, float]()
    outputs = [Node(snapshot.network.depth + 1, k) for k in range(len(trace.scores))]
    scores = [
        give(builder, inputs, node_label(snapshot, node), score)
        for node, score in zip(outputs, trace.scores, strict=True)
    ]
    drill_downs = {i: Place("node", node) for i, node in zip(scores, outputs, strict=True)}
    data = add_loss(builder, inputs, training.loss, scores, trace.target)
    if _is_regularized(snapshot):
        added = give(builder, inputs, "λR", snapshot.losses.regularization)
        drill_downs[added] = PENALTY
        builder.gate("add", data, added)
    return Opened(builder.circuit(), inputs, 1.0, drill_downs)


def _penalty(snapshot: Snapshot) -> Opened:
    _refuse_too_many(snapshot)
    training = snapshot.document.training
    builder, inputs, weights = Builder(), dict[str, float](), []
    for layout, matrix in zip(snapshot.network.layers, snapshot.matrices(), strict=True):
        symbols = Symbols(layout.pieces, layout.index)
        for (row, source), weight in np.ndenumerate(matrix[:, :-1]):
            name = symbols.weight(row % layout.units, source, row // layout.units)
            weights.append(give(builder, inputs, name, weight))
    add_penalty(builder, weights, training.regularizer, training.penalty, training.l1_ratio)
    return Opened(builder.circuit(), inputs)


def _is_regularized(snapshot: Snapshot) -> bool:
    training = snapshot.document.training
    return training.regularizer != "none" and training.penalty > 0.0


# ---- everything --------------------------------------------------------------------------------


def _network(snapshot: Snapshot, example: Example) -> Opened:
    _refuse_too_many(snapshot)
    trace, training = snapshot.trace(example), snapshot.document.training
    made = unroll.network(
        [_layer_values(layer.layout, layer.weights) for layer in trace.layers],
        trace.inputs,
        training.loss,
        trace.target,
        regularizer=training.regularizer if _is_regularized(snapshot) else "none",
        penalty=training.penalty,
        l1_ratio=training.l1_ratio,
        names=[node_label(snapshot, Node(0, k)) for k in range(len(trace.inputs))],
        clamped=dict([snapshot.clamped]) if snapshot.clamped else None,
    )
    drill_downs = {i: Place("node", Node(*at)) for at, i in made.activations.items()}
    return Opened(made.circuit, made.inputs, 1.0, drill_downs)


def _layer_values(layout: LayerLayout, weights: np.ndarray) -> LayerValues:
    return LayerValues(weights, layout.activation, layout.pieces, layout.spec.slope, layout.spec.alpha)


def _refuse_too_many(snapshot: Snapshot) -> None:
    why = too_large(snapshot)
    if why:
        raise ValueError(why)


def renumbered(drill_downs: dict[int, Place], ids: Iterable[int | None]) -> dict[int, Place]:
    """Return `drill_downs` after folding: ``ids[old]`` is the new id, None for a gate inside a bundle."""
    return {new: drill_downs[old] for old, new in enumerate(ids) if new is not None and old in drill_downs}
