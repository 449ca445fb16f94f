"""What nodes, edges and examples are called, everywhere the same."""

from __future__ import annotations

from playground.document.document import LOSS, Edge, Node
from playground.document.selection import Example
from playground.engine import features
from playground.training.snapshot import Snapshot
from widgets.style import numbers

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def layer_symbol(snapshot: Snapshot, layer: int) -> str:
    """Return ``h₁`` for a hidden layer, ``s`` for scores, ``a`` where the output is no score."""
    if layer <= snapshot.network.depth:
        return "h" + str(layer).translate(_SUBSCRIPTS)
    return "a" if snapshot.document.training.loss == "squared" else "s"


def node_label(snapshot: Snapshot, node: Node) -> str:
    """Return ``x₁``, ``h₁[2]``, ``s[0]`` or ``loss L``."""
    if node == LOSS:
        return "loss L"
    if node.layer == 0:
        return features.feature(snapshot.document.features[node.unit], snapshot.data.sample.points.shape[1]).label
    return f"{layer_symbol(snapshot, node.layer)}[{node.unit}]"


def node_title(snapshot: Snapshot, node: Node) -> str:
    """Return the name with its kind: ``neuron h₁[2]``."""
    kind = "input" if node.layer == 0 else "output" if node.layer > snapshot.network.depth else "neuron"
    return f"{kind} {node_label(snapshot, node)}" if node != LOSS else "loss L"


def row_label(snapshot: Snapshot, layer: int, row: int) -> str:
    """Return the name of a row of a weight matrix: its unit, and its piece where there are several."""
    layout = snapshot.network.layers[layer - 1]
    unit, piece = row % layout.units, row // layout.units
    label = node_label(snapshot, Node(layer, unit))
    return f"{label} piece {piece}" if layout.pieces > 1 else label


def edge_label(snapshot: Snapshot, edge: Edge) -> str:
    """Return ``x₁ → h₁[2]`` or ``bias of h₁[2]``."""
    target = node_label(snapshot, Node(edge.layer, edge.target))
    if edge.source < 0:
        return f"bias of {target}"
    return f"{node_label(snapshot, Node(edge.layer - 1, edge.source))} → {target}"


def example_text(snapshot: Snapshot, example: Example) -> str:
    """Return which point is read, its coordinates and what it should be."""
    sample = snapshot.data.sample
    if example.index is None:
        names = _probe_names(snapshot, example)
        place = ", ".join(_coordinate(name, value) for name, value in zip(names, example.probe, strict=False))
        target = snapshot.trace(example).target
        return f"probe ({place}), with the target of the nearest point ({numbers.four(float(target[0]))})"
    point = sample.points[example.index]
    shown = [_coordinate(_numbered(i), float(value)) for i, value in enumerate(point[:2])]
    if len(point) > 2:
        shown.append("…")
    goal = (
        f"value {numbers.four(float(sample.values[example.index]))}"
        if sample.is_regression
        else sample.class_names[sample.labels[example.index]]
    )
    return f"example {example.index} ({', '.join(shown)}, {goal})"


def _probe_names(snapshot: Snapshot, example: Example) -> list[str]:
    """Return what the coordinates of the probe are called: the columns', or those of the plane that it lies on."""
    sample = snapshot.data.sample
    if len(example.probe) == 2 and sample.projection is not None:
        return [name.partition(" ")[0] for name in sample.axis_names]
    return [_numbered(i) for i in range(min(len(example.probe), sample.points.shape[1]))]


def _numbered(index: int) -> str:
    return f"x{index + 1}".translate(_SUBSCRIPTS)


def _coordinate(name: str, value: float) -> str:
    return f"{name} = {numbers.four(value)}"
