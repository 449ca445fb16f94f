"""The network view's values: its structure, and the numbers of one frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis import plane
from playground.app.views.names import class_of, layer_labels, layer_titles, named_label
from playground.document.document import Node
from playground.document.selection import Example
from playground.engine import features
from playground.engine.activations import LAYER_ACTIVATIONS, LayerActivation
from playground.engine.network import LayerLayout
from playground.training.snapshot import Snapshot
from widgets.values import Badge, Choice, NetworkColumn, NetworkDiagram, NetworkFrame, NetworkNumbers, NodeKey

Maps = tuple[NDArray[np.uint8], ...]
"""The picture of every node over the plane, column by column."""

MAP_SIZE = 32
_TILE = 8


def activation_choices() -> tuple[Choice, ...]:
    """Return what a hidden layer may be, with formula and traits."""
    return tuple(_choice(entry) for entry in LAYER_ACTIVATIONS.values())


def _choice(entry: LayerActivation) -> Choice:
    traits = "; ".join(entry.traits)
    return Choice(entry.name, entry.label, f"{entry.formula}\n{entry.derivative}\n{traits}", entry.formula)


def diagram(snapshot: Snapshot) -> NetworkDiagram:
    """Return the structure."""
    document, network = snapshot.document, snapshot.network
    columns = [NetworkColumn("input", "Input", layer_labels(snapshot, 0), names=layer_titles(snapshot, 0))]
    for layout in network.layers:
        is_output = layout.index > network.depth
        columns.append(
            NetworkColumn(
                "output" if is_output else "hidden",
                "Output" if is_output else f"Hidden {layout.index}",
                layer_labels(snapshot, layout.index),
                layout.activation,
                layout.pieces,
                layer_titles(snapshot, layout.index),
                _captions(snapshot, layout.index) if is_output else (),
            )
        )
    known = features.available(snapshot.data.sample.points.shape[1])
    choices = tuple(Choice(f.name, f.label, f"{f.label} = {f.formula}", f.formula) for f in known)
    return NetworkDiagram(tuple(columns), choices, document.features)


def _captions(snapshot: Snapshot, layer: int) -> tuple[tuple[str, ...], ...]:
    """Return the ways to write each output with its class; where a number is its name, half of it says nothing."""
    ways = []
    for unit, label in enumerate(layer_labels(snapshot, layer)):
        node = Node(layer, unit)
        name = class_of(snapshot, node)
        ways.append((named_label(snapshot, node), name, *([label] if name.startswith("class ") else [])))
    return tuple(ways) if any(name for _, name, *_ in ways) else ()


def frame(
    snapshot: Snapshot,
    example: Example,
    edge_kind: str,
    neuron_kind: str,
    *,
    loss: float | None = None,
    badges: dict[NodeKey, Badge] | None = None,
    with_values: bool = True,
    maps: Maps | None = None,
) -> NetworkFrame:
    """Return what edges and neurons show of a snapshot: the numbers of these kinds.

    `loss` is what the loss node shows where it is written less often than the frame; None computes it.
    `with_values` adds every node's number, for tooltips. `maps` are the pictures of activations where they are made
    less often; None makes them.
    """
    if loss is None:
        loss = snapshot.losses.train + snapshot.losses.regularization
    is_map = neuron_kind == "activation"
    values = neuron_values(snapshot, example, neuron_kind) if with_values or not is_map else None
    weights = shaped(snapshot, snapshot.state.parameters)
    edges = weights if edge_kind == "weight" else shaped(snapshot, _edge_numbers(snapshot, example, edge_kind))
    return NetworkFrame(
        maps=(maps or activation_maps(snapshot)) if is_map or values is None else _tiles(values),
        edges=edges,
        edge_scale=_edge_scale(edges, edge_kind),
        edge_kind=edge_kind,
        neuron_kind=neuron_kind,
        loss=loss,
        neuron_values=values,
        badges=badges or {},
        dropped=_dropped(snapshot),
        weights=None if edge_kind == "weight" else weights,
    )


def written(snapshot: Snapshot, example: Example, edge_kind: str, neuron_kind: str) -> NetworkNumbers:
    """Return the numbers that are written on the network: those of the example, and what edges show of the batch."""
    below = None if edge_kind == "weight" else shaped(snapshot, _edge_numbers(snapshot, example, edge_kind))
    return NetworkNumbers(
        values=neuron_values(snapshot, example, "activation"),
        weights=shaped(snapshot, snapshot.state.parameters),
        gradients=() if neuron_kind == "activation" else neuron_values(snapshot, example, neuron_kind),
        below=below or (),
        gradient_symbol="∂" if neuron_kind == "upstream" else "δ",
        below_kind="update" if edge_kind == "update" else "gradient",
    )


def map_scale(layout: LayerLayout | None, values: NDArray[np.float32]) -> float:
    """Return the value that is drawn in full colour: 1 where f is bounded, else a steady power of two."""
    if layout is not None and np.isfinite(LAYER_ACTIVATIONS[layout.activation].range).all():
        return 1.0
    return plane.steady_scale(float(np.abs(values).max()) if values.size else 1.0)


def activation_maps(snapshot: Snapshot) -> Maps:
    """Return what every node computes over the plane, as levels of colour."""
    columns = snapshot.pictures(MAP_SIZE)
    layouts = (None, *snapshot.network.layers)
    return tuple(plane.levels(c, map_scale(layout, c)) for layout, c in zip(layouts, columns, strict=True))


def neuron_values(snapshot: Snapshot, example: Example, kind: str) -> tuple[NDArray[np.float64], ...]:
    """Return one number per node at the example, column by column; a Maxout unit's ∂Lᵢ/∂z is the sum of its pieces."""
    trace = snapshot.trace(example)
    if kind == "activation":
        return (trace.inputs, *(layer.a for layer in trace.layers))
    if kind == "upstream":
        return (trace.input_gradient, *(layer.upstream for layer in trace.layers))
    return (
        trace.input_gradient,
        *(layer.downstream.reshape(layer.layout.pieces, layer.layout.units).sum(axis=0) for layer in trace.layers),
    )


def _tiles(values: tuple[NDArray[np.float64], ...]) -> tuple[NDArray[np.uint8], ...]:
    """Fill every tile evenly with its node's number."""
    scale = plane.steady_scale(max(float(np.abs(column).max()) for column in values), 1e-12)
    return tuple(
        np.ascontiguousarray(np.broadcast_to(level[:, None, None], (len(level), _TILE, _TILE)))
        for level in (plane.levels(column, scale) for column in values)
    )


def _edge_numbers(snapshot: Snapshot, example: Example, kind: str) -> NDArray[np.float64]:
    if kind == "example":
        return snapshot.trace(example).gradient()
    return snapshot.pending.gradient if kind == "gradient" else snapshot.pending.delta


def shaped(snapshot: Snapshot, flat: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return matrices with one row per unit; a Maxout layer's with its pieces between."""
    shaped = []
    for layout, matrix in zip(snapshot.network.layers, snapshot.network.matrices(flat), strict=True):
        if layout.pieces > 1:
            shaped.append(np.ascontiguousarray(matrix.reshape(layout.pieces, layout.units, -1).transpose(1, 0, 2)))
        else:
            shaped.append(matrix)
    return tuple(shaped)


def _edge_scale(edges: tuple[NDArray[np.float64], ...], kind: str) -> float:
    """Return the number that an edge of full width shows: a steady power of two."""
    largest = max(float(max(matrix.max(), -matrix.min())) for matrix in edges)  # sooner than the sizes of all
    return plane.steady_scale(largest, 1.0 if kind == "weight" else 1e-12)


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
