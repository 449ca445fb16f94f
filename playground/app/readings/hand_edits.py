"""What can be done by hand with an edge, a unit or a layer, in words; and which edges training does not move."""

from __future__ import annotations

from dataclasses import replace

from playground.app.readings.names import edge_label, node_label
from playground.session.document import Edge, Node
from playground.session.snapshot import Snapshot
from playground.session.weight_edits import LARGEST_SCALE, edges_of
from widgets.values import EdgeKey, NetworkFrame, NodeKey, NumberField

SET_ALL = NumberField(
    "value", "Value", "What every one of these weights becomes.", (0.0,), 0.0, -1e12, 1e12,
)  # fmt: skip
PERTURB = (
    NumberField("scale", "Scale", "Standard deviation of what is added: w ← w + scale · n, n ~ N(0, 1).",
                (0.1,), 0.1, 0.0, LARGEST_SCALE),
    NumberField("seed", "Seed", "The same seed adds the same numbers.", (1.0,), 1.0, 0.0, 2.0**31 - 1, integer=True),
)  # fmt: skip


def with_held(frame: NetworkFrame, snapshot: Snapshot) -> NetworkFrame:
    """Return `frame` with the edges that a person froze or pruned, where there are any."""
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
    """Return what the menu of `key` is about."""
    if isinstance(key, EdgeKey):
        label = edge_label(snapshot, Edge(*key))
        return label if key.source < 0 else f"weight {label}"
    n = len(edges_at(snapshot, key))
    what = "weights" if key.layer == 0 else "weights and biases"
    if key.unit < 0:
        return f"{layer_name(snapshot, key.layer)}: its {n} {what}"
    if key.layer == 0:
        return f"{node_label(snapshot, Node(*key))}: the {n} weights that leave it"
    return f"{node_label(snapshot, Node(*key))}: its {n} {what}"


def layer_name(snapshot: Snapshot, layer: int) -> str:
    """Return ``Hidden 1``, ``Output`` or ``Input``."""
    return "Input" if layer == 0 else f"Hidden {layer}" if layer <= snapshot.network.depth else "Output"
