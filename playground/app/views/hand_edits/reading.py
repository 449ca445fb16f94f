"""The menus of an edge, a unit or a layer in words; and which edges training does not move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from playground.app.views.names import edge_label, node_label
from playground.document.document import Edge, Node
from playground.engine.messages import message, plural
from playground.session.weight_edits import LARGEST_SCALE, edges_of
from playground.training.snapshot import Snapshot
from playground.training.what_if import WhatIf
from widgets.style import numbers
from widgets.values import Badge, EdgeKey, NetworkFrame, NodeKey, NumberField

SET_ALL = NumberField(
    "value", "Value", "The new value of each of these weights.", (0.0,), 0.0, -1e12, 1e12,
)  # fmt: skip
PERTURB = (
    NumberField("scale", "Scale", "Standard deviation of what is added: w ← w + scale · n, n ~ N(0, 1).",
                (0.1,), 0.1, 0.0, LARGEST_SCALE),
    NumberField("seed", "Seed", "The same seed adds the same numbers.", (1.0,), 1.0, 0.0, 2.0**31 - 1, integer=True),
)  # fmt: skip

WHAT_IF = NumberField(
    "activation", "Activation",
    "Everything downstream follows this number: maps, boundary, card, loss. Training does not.",
    (0.0,), 0.0, -1e6, 1e6,
)  # fmt: skip


def what_if_badges(what_if: WhatIf | None) -> dict[NodeKey, Badge]:
    """Return the mark on the unit whose activation is clamped."""
    if what_if is None:
        return {}
    advice = "Its activation is clamped for reading only; training is not affected. Esc ends the what-if."
    return {NodeKey(*what_if.node): Badge("what-if", f"a = {numbers.four(what_if.value)}", (advice,))}


def what_if_title(snapshot: Snapshot) -> str:
    """Return ``what-if a₂⁽¹⁾ = 0``, empty without one."""
    if snapshot.clamped is None:
        return ""
    node, value = snapshot.clamped
    return f"what-if {node_label(snapshot, node)} = {numbers.four(value)}"


def without_what_if(snapshot: Snapshot) -> str:
    """Return ``without the what-if a₂⁽¹⁾ = 0``, the title of what ignores the what-if; empty without one."""
    title = what_if_title(snapshot)
    return title and f"without the {title}"


def with_locks(frame: NetworkFrame, snapshot: Snapshot) -> NetworkFrame:
    """Return `frame` with the edges that are frozen or pruned, where there are any."""
    document = snapshot.document
    if not document.frozen and not document.pruned:
        return frame
    return replace(
        frame,
        frozen=frozenset(EdgeKey(*edge) for edge in document.frozen),
        pruned=frozenset(EdgeKey(*weight.edge) for weight in document.pruned),
    )


def edges_at(snapshot: Snapshot, key: NodeKey | EdgeKey) -> tuple[Edge, ...]:
    """Return the edges that the menu of `key` is about: itself, those into a unit or layer, those out of an input."""
    if isinstance(key, EdgeKey):
        return (Edge(*key),)
    if key.layer > 0:
        return edges_of(snapshot.network, key.layer if key.unit < 0 else Node(*key))
    if key.layer < 0:
        return ()
    after = edges_of(snapshot.network, 1, biases=False)
    return tuple(edge for edge in after if key.unit < 0 or edge.source == key.unit)


def title(snapshot: Snapshot, key: NodeKey | EdgeKey) -> str:
    """Return the title of the menu of `key`."""
    if isinstance(key, EdgeKey):
        label = edge_label(snapshot, Edge(*key))
        return label if key.source < 0 else f"weight {label}"
    edges = edges_at(snapshot, key)
    if key.unit < 0:
        return message("{name}: its {weights}", name=layer_name(snapshot, key.layer), weights=_counted(edges))
    name = node_label(snapshot, Node(*key))
    if key.layer == 0:
        return plural(len(edges), "{name}: the weight that leaves it", "{name}: the {count:,} weights that leave it",
                      name=name)  # fmt: skip
    return message("{name}: its {weights}", name=name, weights=_counted(edges))


def _counted(edges: Sequence[Edge]) -> str:
    """Return ``2 weights and 1 bias``."""
    biases = sum(edge.source < 0 for edge in edges)
    said = plural(len(edges) - biases, "{count} weight", "{count:,} weights")
    return f"{said} and {plural(biases, '{count} bias', '{count:,} biases')}" if biases else said


def layer_name(snapshot: Snapshot, layer: int) -> str:
    """Return ``Hidden 1``, ``Output`` or ``Input``."""
    return "Input" if layer == 0 else f"Hidden {layer}" if layer <= snapshot.network.depth else "Output"
