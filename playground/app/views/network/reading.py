"""The network view's values: its structure, and the numbers of one frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis import plane
from playground.app.views.names import layer_symbol, node_label
from playground.document.document import Node
from playground.document.selection import Selection
from playground.engine import features
from playground.engine.activations import ACTIVATIONS, MAXOUT, Activation, MaxoutText
from playground.engine.network import LayerLayout
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values import Badge, Choice, MapKind, NetworkColumn, NetworkDiagram, NetworkFrame, NodeKey

MAP_SIZE = 32
_TILE = 8
_BOUNDED = frozenset({"tanh", "sigmoid", "sine"})


def activation_choices() -> tuple[Choice, ...]:
    """Return what a hidden layer may be, with formula and traits."""
    return (*(_choice(entry) for entry in ACTIVATIONS.values()), _choice(MAXOUT))


def _choice(entry: Activation | MaxoutText) -> Choice:
    traits = "; ".join(entry.traits)
    return Choice(entry.name, entry.label, f"{entry.formula}\n{entry.derivative}\n{traits}", entry.formula)


def diagram(snapshot: Snapshot) -> NetworkDiagram:
    """Return the structure."""
    document, network = snapshot.document, snapshot.network
    labels = tuple(node_label(snapshot, Node(0, i)) for i in range(network.spec.n_inputs))
    columns = [NetworkColumn("input", "Input", labels)]
    for layout in network.layers:
        is_output = layout.index > network.depth
        columns.append(
            NetworkColumn(
                "output" if is_output else "hidden",
                "Output" if is_output else f"Hidden {layout.index}",
                tuple(f"{layer_symbol(snapshot, layout.index)}[{i}]" for i in range(layout.units)),
                layout.activation,
                layout.pieces,
            )
        )
    known = features.available(snapshot.data.sample.points.shape[1])
    choices = tuple(Choice(f.name, f.label, f"{f.label} = {f.formula}", f.formula) for f in known)
    return NetworkDiagram(tuple(columns), choices, document.features)


def frame(
    snapshot: Snapshot,
    selection: Selection,
    badges: dict[NodeKey, Badge] | None = None,
    *,
    loss: float | None = None,
    in_words: bool = True,
) -> NetworkFrame:
    """Return the numbers of this moment with its warnings; `in_words` adds the text of every node, for tooltips.

    `loss` is what the loss node says where it is written less often than the frame; None computes it.
    """
    if loss is None:
        loss = snapshot.losses.train + snapshot.losses.regularization
    kind = selection.neuron_kind
    edges, edge_kind = _edges(snapshot, selection.edge_kind)
    weights = None if selection.edge_kind == "weight" else shaped(snapshot, snapshot.state.parameters)
    return NetworkFrame(
        maps=_activation_maps(snapshot) if kind == "activation" else _gradient_tiles(snapshot, selection),
        edges=edges,
        edge_scale=edge_scale(edges, selection.edge_kind),
        map_kind="value" if kind == "activation" else "gradient",
        edge_kind=edge_kind,
        loss=loss,
        node_texts=_texts(snapshot, selection) if in_words else None,
        badges=badges or {},
        dropped=_dropped(snapshot),
        weights=weights,
    )


def map_scale(layout: LayerLayout | None, values: NDArray[np.float32]) -> float:
    """Return the value that is drawn in full colour: 1 where f is bounded, else a steady power of two."""
    if layout is not None and layout.activation in _BOUNDED:
        return 1.0
    return plane.steady_scale(float(np.abs(values).max()) if values.size else 1.0)


def _activation_maps(snapshot: Snapshot) -> tuple[NDArray[np.uint8], ...]:
    columns = snapshot.pictures(MAP_SIZE)
    layouts = (None, *snapshot.network.layers)
    return tuple(plane.levels(c, map_scale(layout, c)) for layout, c in zip(layouts, columns, strict=True))


def _gradient_tiles(snapshot: Snapshot, selection: Selection) -> tuple[NDArray[np.uint8], ...]:
    """Fill every tile with the gradient of its node at the example."""
    trace = snapshot.trace(selection.example)
    columns = [trace.input_gradient]
    for layer in trace.layers:
        if selection.neuron_kind == "upstream":
            columns.append(layer.upstream)
        else:
            columns.append(layer.downstream.reshape(layer.layout.pieces, layer.layout.units).sum(axis=0))
    largest = max(float(np.abs(c).max()) for c in columns)
    scale = plane.steady_scale(largest, 1e-12)
    return tuple(tiles(plane.levels(column, scale)) for column in columns)


def tiles(indices: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return one evenly coloured tile per index."""
    return np.ascontiguousarray(np.broadcast_to(indices[:, None, None], (len(indices), _TILE, _TILE)))


def _edges(snapshot: Snapshot, kind: str) -> tuple[tuple[NDArray[np.float64], ...], MapKind]:
    if kind == "gradient":
        return shaped(snapshot, snapshot.pending.gradient), "gradient"
    if kind == "update":
        return shaped(snapshot, snapshot.pending.delta), "gradient"
    return shaped(snapshot, snapshot.state.parameters), "value"


def shaped(snapshot: Snapshot, flat: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return matrices with one row per unit; a Maxout layer's with its pieces between."""
    shaped = []
    for layout, matrix in zip(snapshot.network.layers, snapshot.network.matrices(flat), strict=True):
        if layout.pieces > 1:
            shaped.append(np.ascontiguousarray(matrix.reshape(layout.pieces, layout.units, -1).transpose(1, 0, 2)))
        else:
            shaped.append(matrix)
    return tuple(shaped)


def edge_scale(edges: tuple[NDArray[np.float64], ...], kind: str) -> float:
    """Return the number that an edge of full width shows: a steady power of two."""
    largest = max(float(np.abs(matrix).max()) for matrix in edges)
    return plane.steady_scale(largest, 1.0 if kind == "weight" else 1e-12)


def _texts(snapshot: Snapshot, selection: Selection) -> tuple[tuple[str, ...], ...]:
    """Say each node's number at the example."""
    trace = snapshot.trace(selection.example)
    kind = selection.neuron_kind
    columns: list[NDArray[np.float64]] = [trace.inputs if kind == "activation" else trace.input_gradient]
    for layer in trace.layers:
        columns.append(layer.a if kind == "activation" else layer.upstream if kind == "upstream" else layer.downstream)
    word = {"activation": "activation", "upstream": "upstream gradient", "downstream": "downstream gradient"}[kind]
    first = "value" if kind == "activation" else "gradient ∂Lᵢ/∂x"
    return tuple(
        tuple(f"{word if i else first} {numbers.four(float(v))}" for v in column) for i, column in enumerate(columns)
    )


def _dropped(snapshot: Snapshot) -> frozenset[NodeKey]:
    """Return the units that the pending batch drops for its first example."""
    if not any(layer.dropout for layer in snapshot.network.spec.hidden):
        return frozenset()
    return frozenset(
        NodeKey(i, int(unit))
        for i, layer in enumerate(snapshot.pending.layers, 1)
        if layer.dropped is not None
        for unit in np.flatnonzero(layer.dropped[0])
    )
