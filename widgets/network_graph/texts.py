"""Names and tooltips of nodes and edges."""

from __future__ import annotations

from collections.abc import Mapping

from widgets.network_graph import kinds, navigation
from widgets.network_graph.edges import value_of
from widgets.network_graph.labels import LAYER
from widgets.style import numbers
from widgets.values import BIAS, LOSS, Choice, EdgeKey, NetworkDiagram, NetworkFrame, NodeKey

Choices = Mapping[str, Choice]
_ROLES = {"input": "input", "hidden": "neuron", "output": "output"}
_UNKNOWN = "not yet computed"
_HIDDEN = "hidden: predict it"
_EXCLUDED = {
    "frozen": "frozen: training leaves it as it is",
    "pruned": "pruned: kept at 0 until it is revived",
}


def label(diagram: NetworkDiagram, key: NodeKey) -> str:
    """Return the name of a node: ``a₂⁽¹⁾``."""
    return "loss" if key == LOSS else diagram.columns[key.layer].labels[key.unit]


def activation_label(diagram: NetworkDiagram, layer: int, choices: Choices) -> str:
    """Return the label of the activation of `layer`."""
    name = diagram.columns[layer].activation
    return choices[name].label if name in choices else name.replace("_", " ")


def node_name(diagram: NetworkDiagram, frame: NetworkFrame | None, key: NodeKey, choices: Choices) -> str:
    """Return one line for a screen reader: ``neuron 2 of hidden layer 1, tanh, activation 0.83``."""
    if key == LOSS:
        if frame is None or frame.loss is None:
            return "loss" if frame is None else frame.loss_label
        return f"{frame.loss_label} = {numbers.four(frame.loss)}"
    column = diagram.columns[key.layer]
    parts = [column.names[key.unit] if column.names else f"{_ROLES[column.kind]} {label(diagram, key)}"]
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
    if frame is None or frame.neuron_values is None or not 0 <= key.layer < len(frame.neuron_values):
        return ""
    if not frame.knows(key.layer):
        return _UNKNOWN
    values, kind = frame.neuron_values[key.layer], kinds.NEURON_KINDS[frame.neuron_kind]
    if (key, "node") in frame.hidden:
        return f"{kind.noun if key.layer else kind.input_noun} {_HIDDEN}"
    return f"{kind.noun if key.layer else kind.input_noun} {numbers.four(float(values[key.unit]))}"


def edge_title(diagram: NetworkDiagram, key: EdgeKey) -> str:
    """Return ``weight from x₁ to a₂⁽¹⁾``, or ``bias of a₂⁽¹⁾``, with the piece of a Maxout unit."""
    target = label(diagram, NodeKey(key.layer, key.target))
    piece = f", piece {key.piece + 1}" if diagram.columns[key.layer].pieces > 1 else ""
    if key.source == BIAS:
        return f"bias of {target}{piece}"
    return f"weight from {label(diagram, NodeKey(key.layer - 1, key.source))} to {target}{piece}"


def edge_name(diagram: NetworkDiagram, frame: NetworkFrame | None, key: EdgeKey) -> str:
    """Return one line for a screen reader: ``weight from x₁ to a₂⁽¹⁾, −0.4213``."""
    parts = [edge_title(diagram, key), _short_number(frame, key), excluded_word(frame, key)]
    return ", ".join(part for part in parts if part)


def edge_value(frame: NetworkFrame | None, key: EdgeKey) -> float | None:
    """Return the number that edge `key` shows, None where there is none or it is not yet computed."""
    if frame is None or not (frame.edge_kind == "weight" or frame.knows(key.layer)) or (key, "edge") in frame.hidden:
        return None
    return value_of(frame.edges, key)


def _short_number(frame: NetworkFrame | None, key: EdgeKey) -> str:
    value = edge_value(frame, key)
    if frame is None or value is None:
        return _unknown(frame, key)
    kind = kinds.EDGE_KINDS[frame.edge_kind]
    return numbers.four(value) if frame.edge_kind == "weight" else f"{kind.noun} {numbers.four(value)}"


def _unknown(frame: NetworkFrame | None, key: EdgeKey) -> str:
    if frame is None:
        return ""
    return f"{kinds.EDGE_KINDS[frame.edge_kind].noun} {_HIDDEN if (key, 'edge') in frame.hidden else _UNKNOWN}"


def excluded_word(frame: NetworkFrame | None, key: EdgeKey) -> str:
    """Return ``frozen`` or ``pruned`` where training does not move `key`."""
    if frame is None:
        return ""
    return "pruned" if key in frame.pruned else "frozen" if key in frame.frozen else ""


def node_tooltip(diagram: NetworkDiagram, frame: NetworkFrame | None, key: NodeKey, choices: Choices) -> str:
    """Return the lines of a node's tooltip: its name, its formula, its live number, its warning."""
    if key == LOSS:
        formula = "" if frame is None else frame.loss_formula
        return _lines(node_name(diagram, frame, key, choices), formula, "click to see how it is made")
    column = diagram.columns[key.layer]
    lines = [node_name(diagram, frame, key, choices)]
    if column.kind == "input":
        lines += ["an input feature: computed from the point, never trained", "click to inspect"]
    else:
        choice = choices.get(column.activation)
        formula = "" if choice is None else choice.formula or choice.tooltip
        fan_in = len(diagram.columns[key.layer - 1].labels)
        lines += [f"z = Σ w·x + b over {fan_in} input" if fan_in == 1 else f"z = Σ w·x + b over {fan_in} inputs"]
        lines += [formula, "click to inspect"]
    if frame is not None:
        if key in frame.badges:
            lines += frame.badges[key].sentences
        layer = frame.badges.get(NodeKey(key.layer, LAYER))
        if layer is not None:
            lines += layer.sentences
    return _lines(*lines)


def edge_tooltip(diagram: NetworkDiagram, frame: NetworkFrame | None, key: EdgeKey) -> str:
    """Return the lines of an edge's tooltip: its name, its number in full, its formula, how to edit it."""
    excluded = _EXCLUDED.get(excluded_word(frame, key), "")
    slow = frame is not None and frame.known_layers is not None
    how = "" if slow else "drag up or down, or double-click to type a value · right-click for more"
    return _lines(edge_title(diagram, key), *_full_number(frame, key), excluded, how)


def _full_number(frame: NetworkFrame | None, key: EdgeKey) -> tuple[str, ...]:
    """Return the lines about the number that an edge shows: rounded, in full, its formula."""
    if frame is None:
        return ()
    kind, value = kinds.EDGE_KINDS[frame.edge_kind], edge_value(frame, key)
    noun, formula = (kind.bias_noun, kind.bias_formula) if key.source == BIAS else (kind.noun, kind.formula)
    if value is None:
        return _unknown(frame, key), formula
    exact = "" if numbers.is_exact(value) else f"exactly {numbers.full(value)}"
    return f"{noun} {numbers.approximately(value)}", exact, formula


def _is_whole(diagram: NetworkDiagram, keys: frozenset[EdgeKey], key: NodeKey) -> bool:
    return bool(keys) and key.layer > 0 and keys.issuperset(navigation.edges_into(diagram, key))


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
