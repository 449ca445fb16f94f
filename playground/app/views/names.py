"""The names of nodes, edges and examples, everywhere the same."""

from __future__ import annotations

from functools import partial

from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine import features, notation
from playground.engine.losses import LOSSES
from playground.engine.messages import message
from playground.training.quantities import title_of
from playground.training.snapshot import Snapshot
from widgets.style import numbers


def node_label(snapshot: Snapshot, node: Node) -> str:
    """Return ``x₁``, ``a₂⁽¹⁾``, ``s₁``, ``ŷ`` or ``loss L``."""
    if node == LOSS:
        return "loss L"
    if node.layer == 0:
        return features.feature(snapshot.document.features[node.unit], snapshot.data.sample.points.shape[1]).label
    if node.layer <= snapshot.network.depth:
        return notation.unit_symbol("a", node.layer, node.unit)
    is_score = LOSSES[snapshot.document.training.loss].takes_scores
    return notation.output_symbol(node.unit, snapshot.network.spec.n_outputs, is_score=is_score)


def class_of(snapshot: Snapshot, node: Node) -> str:
    """Return the class that an output stands for: ``class 1``, ``setosa``; empty for every other node."""
    sample, network = snapshot.data.sample, snapshot.network
    is_output = node != LOSS and node.layer > network.depth
    if not is_output or network.spec.n_outputs == 1 or sample.is_regression:
        return ""
    return class_text(sample.class_names[node.unit])


def named_label(snapshot: Snapshot, node: Node) -> str:
    """Return the label of a node, of an output with its class: ``s₁ setosa``."""
    return f"{node_label(snapshot, node)} {class_of(snapshot, node)}".rstrip()


def named_labels(snapshot: Snapshot, layer: int) -> tuple[str, ...]:
    """Return the labels of the nodes of `layer`, of outputs with their classes."""
    return tuple(named_label(snapshot, Node(layer, unit)) for unit in range(len(layer_labels(snapshot, layer))))


def named_rows(snapshot: Snapshot, layer: int) -> tuple[str, ...]:
    """Return the names of the rows of a weight matrix, of outputs with their classes."""
    return named_labels(snapshot, layer) if layer > snapshot.network.depth else row_labels(snapshot, layer)


def layer_labels(snapshot: Snapshot, layer: int) -> tuple[str, ...]:
    """Return the labels of the nodes of `layer`."""
    n = snapshot.network.layers[layer - 1].units if layer else snapshot.network.spec.n_inputs
    return tuple(node_label(snapshot, Node(layer, unit)) for unit in range(n))


def layer_titles(snapshot: Snapshot, layer: int) -> tuple[str, ...]:
    """Return the names of the nodes of `layer` in words."""
    return tuple(node_title(snapshot, Node(layer, unit)) for unit in range(len(layer_labels(snapshot, layer))))


def row_labels(snapshot: Snapshot, layer: int) -> tuple[str, ...]:
    """Return the names of the rows of a weight matrix: the units, of Maxout each piece."""
    return tuple(row_label(snapshot, layer, row) for row in range(snapshot.network.layers[layer - 1].rows))


def node_title(snapshot: Snapshot, node: Node) -> str:
    """Return the name in words: ``input x₁``, ``neuron 2 of hidden layer 1``, ``output ŷ``, ``output s₁ (setosa)``."""
    if node == LOSS:
        return "loss L"
    if 0 < node.layer <= snapshot.network.depth:
        return notation.node_in_words(node.layer, node.unit, snapshot.network.depth)
    if name := class_of(snapshot, node):
        return message("output {label} ({name})", label=node_label(snapshot, node), name=name)
    return message("output {label}" if node.layer else "input {label}", label=node_label(snapshot, node))


def quantity_title(snapshot: Snapshot, quantity: Quantity) -> str:
    """Return a quantity in words, of an output with its class: ``upstream gradient of output s₁ (setosa)``."""
    return title_of(quantity, snapshot.network.depth, partial(node_title, snapshot))


def row_label(snapshot: Snapshot, layer: int, row: int) -> str:
    """Return the name of a row of a weight matrix: its unit, and its piece where there are several."""
    layout = snapshot.network.layers[layer - 1]
    unit, piece = row % layout.units, row // layout.units
    return notation.piece_of(node_label(snapshot, Node(layer, unit)), piece, layout.pieces)


def edge_label(snapshot: Snapshot, edge: Edge) -> str:
    """Return ``x₁ → a₂⁽¹⁾`` or ``bias of a₂⁽¹⁾``, with the piece of a Maxout unit."""
    layout = snapshot.network.layers[edge.layer - 1]
    target = row_label(snapshot, edge.layer, layout.row(edge.target, edge.piece))
    if edge.source < 0:
        return message("bias of {target}", target=target)
    return f"{node_label(snapshot, Node(edge.layer - 1, edge.source))} → {target}"


def example_text(snapshot: Snapshot, example: Example) -> str:
    """Return the example with its coordinates and its target."""
    sample = snapshot.data.sample
    if example.index is None:
        names = _probe_names(snapshot, example)
        place = ", ".join(_coordinate(name, value) for name, value in zip(names, example.probe, strict=False))
        target = numbers.four(float(snapshot.trace(example).target[0]))
        template = "probe ({place}), with the target of the nearest point ({target})"
        return message(template, place=place, target=target)
    point = sample.points[example.index]
    shown = [_coordinate(notation.entry("x", i), float(value)) for i, value in enumerate(point[:2])]
    if len(point) > 2:
        shown.append("…")
    goal = (
        message("value {number}", number=numbers.four(float(sample.values[example.index])))
        if sample.is_regression
        else class_text(sample.class_names[sample.labels[example.index]])
    )
    return message("example {index} ({place}, {goal})", index=example.index, place=", ".join(shown), goal=goal)


def class_text(name: str) -> str:
    """Return the name of a class as it can stand among numbers: ``class 1`` where the name is a number."""
    return message("class {name}", name=name) if name.lstrip("+-").isdecimal() else name


def _probe_names(snapshot: Snapshot, example: Example) -> list[str]:
    """Return the names of the probe's coordinates: the columns', or the axes of the plane that it lies on."""
    sample = snapshot.data.sample
    if len(example.probe) == 2 and sample.projection is not None:
        return [name.partition(" ")[0] for name in sample.axis_names]
    return [notation.entry("x", i) for i in range(min(len(example.probe), sample.points.shape[1]))]


def _coordinate(name: str, value: float) -> str:
    return f"{name} = {numbers.four(value)}"
