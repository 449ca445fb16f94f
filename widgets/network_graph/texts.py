"""What nodes and edges are called, and what a tooltip says of them."""

from __future__ import annotations

from collections.abc import Mapping

from widgets.network_graph import walk
from widgets.network_graph.edges import value_of
from widgets.network_graph.labels import LAYER
from widgets.style import numbers
from widgets.values import BIAS, LOSS, Choice, EdgeKey, NetworkDiagram, NetworkFrame, NodeKey

Choices = Mapping[str, Choice]
_ROLES = {"input": "input", "hidden": "neuron", "output": "output"}
_EDGE_FORMULAS = {
    "weight": "w, a summand of z = Σ w·x + b",
    "gradient": "∂L/∂w = ∂L/∂z · x",
    "update": "Δw, what the next update adds to w",
}
_BIAS_FORMULAS = {
    "weight": "b, the summand of z = Σ w·x + b that no input scales",
    "gradient": "∂L/∂b = ∂L/∂z",
    "update": "Δb, what the next update adds to b",
}
_HELD = {
    "frozen": "frozen: training leaves it as it is",
    "pruned": "pruned: held at 0 until it is revived",
}


def label(diagram: NetworkDiagram, key: NodeKey) -> str:
    """Return what a node is called: ``h₁[2]``."""
    return diagram.loss_label if key == LOSS else diagram.columns[key.layer].labels[key.unit]


def activation_label(diagram: NetworkDiagram, layer: int, choices: Choices) -> str:
    """Return what people call the activation of `layer`."""
    name = diagram.columns[layer].activation
    return choices[name].label if name in choices else name.replace("_", " ")


def node_name(diagram: NetworkDiagram, frame: NetworkFrame | None, key: NodeKey, choices: Choices) -> str:
    """Return one line for a reader: ``neuron h₁[2], tanh, activation 0.83``."""
    if key == LOSS:
        number = "" if frame is None or frame.loss is None else f" = {numbers.four(frame.loss)}"
        return f"{diagram.loss_label}{number}"
    column = diagram.columns[key.layer]
    parts = [f"{_ROLES[column.kind]} {label(diagram, key)}"]
    if column.kind != "input":
        parts.append(activation_label(diagram, key.layer, choices))
    parts.append(node_number(frame, key))
    if frame is not None and key in frame.badges:
        parts.append(f"{frame.badges[key].word} {frame.badges[key].number}")
    if frame is not None and _is_whole(diagram, frame.frozen, key):
        parts.append("frozen")
    if frame is not None and key in frame.dropped:
        parts.append("dropped for the first example of the pending batch")
    return ", ".join(part for part in parts if part)


def node_number(frame: NetworkFrame | None, key: NodeKey) -> str:
    """Return the live number of a node in words, empty where there is none or it is not yet known."""
    if frame is None or frame.node_texts is None or not 0 <= key.layer < len(frame.node_texts):
        return ""
    if frame.known_layers is not None and key.layer > frame.known_layers:
        return "not yet computed"
    texts = frame.node_texts[key.layer]
    return texts[key.unit] if key.unit < len(texts) else ""


def edge_title(diagram: NetworkDiagram, key: EdgeKey) -> str:
    """Return ``weight from x₁ to h₁[2]``, or ``bias of h₁[2]``, with the piece of a Maxout unit."""
    target = label(diagram, NodeKey(key.layer, key.target))
    piece = f", piece {key.piece}" if diagram.columns[key.layer].pieces > 1 else ""
    if key.source == BIAS:
        return f"bias of {target}{piece}"
    return f"weight from {label(diagram, NodeKey(key.layer - 1, key.source))} to {target}{piece}"


def edge_name(diagram: NetworkDiagram, frame: NetworkFrame | None, key: EdgeKey, kind: str) -> str:
    """Return one line for a reader: ``weight from x₁ to h₁[2], −0.4213``."""
    value = None if frame is None else value_of(frame.edges, key)
    shown = "" if value is None else f", {'' if kind == 'weight' else kind + ' '}{numbers.four(value)}"
    return edge_title(diagram, key) + shown + (f", {held_word(frame, key)}" if held_word(frame, key) else "")


def held_word(frame: NetworkFrame | None, key: EdgeKey) -> str:
    """Return ``frozen`` or ``pruned`` where training does not move `key`."""
    if frame is None:
        return ""
    return "pruned" if key in frame.pruned else "frozen" if key in frame.frozen else ""


def node_tooltip(diagram: NetworkDiagram, frame: NetworkFrame | None, key: NodeKey, choices: Choices) -> str:
    """Return the lines of a node's tooltip: its name, its formula, its live number, its warning."""
    if key == LOSS:
        return _lines(node_name(diagram, frame, key, choices), "L = mean Lᵢ + λ Σ R(W)", "click to see how it is made")
    column = diagram.columns[key.layer]
    lines = [node_name(diagram, frame, key, choices)]
    if column.kind == "input":
        lines += ["an input feature: computed from the point, never trained", "click to inspect"]
    else:
        choice = choices.get(column.activation)
        formula = "" if choice is None else choice.formula or choice.tooltip
        fan_in = len(diagram.columns[key.layer - 1].labels)
        lines += [f"z = Σ w·x + b over {fan_in} input{'' if fan_in == 1 else 's'}"]
        lines += [formula, "click to inspect"]
    if frame is not None:
        if key in frame.badges:
            lines.append(frame.badges[key].advice)
        layer = frame.badges.get(NodeKey(key.layer, LAYER))
        if layer is not None:
            lines += [f"this layer is {layer.word}: {layer.number}", layer.advice]
    return _lines(*lines)


def edge_tooltip(diagram: NetworkDiagram, frame: NetworkFrame | None, key: EdgeKey, kind: str) -> str:
    """Return the lines of an edge's tooltip: its name, its number in full, its formula, how to edit it."""
    formulas = _BIAS_FORMULAS if key.source == BIAS else _EDGE_FORMULAS
    value = None if frame is None else value_of(frame.edges, key)
    what = "bias" if kind == "weight" and key.source == BIAS else kind
    number = "" if value is None else f"{what} {numbers.approximately(value)}"
    exact = "" if value is None or numbers.is_exact(value) else f"exactly {numbers.full(value)}"
    held = _HELD.get(held_word(frame, key), "")
    how = "drag up or down, or double-click to type a value · right-click for more"
    return _lines(edge_title(diagram, key), number, exact, formulas.get(kind, ""), held, how)


def _is_whole(diagram: NetworkDiagram, keys: frozenset[EdgeKey], key: NodeKey) -> bool:
    return bool(keys) and key.layer > 0 and keys.issuperset(walk.edges_into(diagram, key))


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
