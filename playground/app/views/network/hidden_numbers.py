"""The network view without the numbers that are hidden: neither in words nor as a colour or a width."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.app.views.prediction.shown_numbers import OF_EDGE, of_node
from playground.document.document import Edge, Node
from playground.engine.network import Network
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from widgets.values import EdgeKey, Floats, NetworkFrame, NetworkNumbers, NodeKey
from widgets.values.network import HiddenPart

NEUTRAL = 128
Parts = Set[tuple[NodeKey | EdgeKey, str]]


def without_hidden(frame: NetworkFrame, snapshot: Snapshot, hidden: Hidden) -> NetworkFrame:
    """Return `frame` without what is hidden; the picture of a neuron over the plane is no number and stays."""
    if frame.numbers is not None:
        frame = replace(frame, numbers=_veiled(frame.numbers, frame.edge_kind, snapshot, hidden))
    parts = frozenset(_hidden_parts(frame, snapshot, hidden))
    if not parts:
        return frame
    changed = replace(frame, hidden=parts)
    if frame.neuron_kind != "activation":
        changed = replace(changed, maps=tuple(_blanked(layer, tiles, parts) for layer, tiles in enumerate(frame.maps)))
    edges = tuple(_zeroed(layer, array, parts, "edge") for layer, array in enumerate(frame.edges, 1))
    weights = frame.weights and tuple(
        _zeroed(layer, array, parts, "weight") for layer, array in enumerate(frame.weights, 1)
    )
    return replace(changed, edges=edges, weights=weights)


def _hidden_parts(frame: NetworkFrame, snapshot: Snapshot, hidden: Hidden) -> list[HiddenPart]:
    found: list[HiddenPart] = []
    for node in _nodes(snapshot.network):
        if hidden.hides(of_node(frame.neuron_kind, node), node):
            found.append((NodeKey(*node), "node"))
    for edge in _edges(snapshot.network):
        if hidden.hides(OF_EDGE[frame.edge_kind], edge):
            found.append((EdgeKey(*edge), "edge"))
        if hidden.hides("weight", edge):
            found.append((EdgeKey(*edge), "weight"))
    return found


def _nodes(network: Network) -> Iterator[Node]:
    for layer, units in enumerate((network.spec.n_inputs, *(layout.units for layout in network.layers))):
        yield from (Node(layer, unit) for unit in range(units))


def _edges(network: Network) -> Iterator[Edge]:
    for layout in network.layers:
        for position in np.ndindex(layout.units, layout.pieces, layout.n_in + 1):
            target, piece, source = map(int, position)
            yield Edge(layout.index, -1 if source == layout.n_in else source, target, piece)


def _veiled(numbers: NetworkNumbers, edge_kind: str, snapshot: Snapshot, hidden: Hidden) -> NetworkNumbers:
    """Return what is written without the numbers that are hidden: a bar stands in the place of each."""
    gradient = "upstream" if numbers.gradient_symbol == "∂" else "downstream"
    below = "next_weight" if numbers.below_kind == "next" else OF_EDGE[edge_kind]
    found: set[tuple[NodeKey | EdgeKey, str]] = set()
    for node in _nodes(snapshot.network):
        for which, kind in (("value", "activation"), ("gradient", gradient)):
            if hidden.hides(of_node(kind, node), node):
                found.add((NodeKey(*node), which))
    for edge in _edges(snapshot.network):
        for which, of in (("weight", "weight"), ("below", below)):
            if hidden.hides(of, edge):
                found.add((EdgeKey(*edge), which))
    parts = frozenset(found)

    def of_nodes(columns: tuple[Floats | None, ...], which: str) -> tuple[Floats | None, ...]:
        return tuple(None if c is None else _zeroed_units(layer, c, parts, which) for layer, c in enumerate(columns))

    def of_edges(layers: tuple[Floats | None, ...], which: str) -> tuple[Floats | None, ...]:
        return tuple(None if a is None else _zeroed(layer, a, parts, which) for layer, a in enumerate(layers, 1))

    return replace(
        numbers,
        values=of_nodes(numbers.values, "value"),
        gradients=of_nodes(numbers.gradients, "gradient"),
        weights=of_edges(numbers.weights, "weight"),
        below=of_edges(numbers.below, "below"),
        veiled=parts,
    )


def _zeroed_units(layer: int, column: Floats, parts: Parts, which: str) -> Floats:
    zeroed = np.array(column)
    zeroed[[unit for unit in range(len(column)) if (NodeKey(layer, unit), which) in parts]] = 0.0
    return zeroed


def _blanked(layer: int, tiles: NDArray[np.uint8], parts: frozenset[HiddenPart]) -> NDArray[np.uint8]:
    units = [unit for unit in range(len(tiles)) if (NodeKey(layer, unit), "node") in parts]
    if not units:
        return tiles
    blanked = np.array(tiles)
    blanked[units] = NEUTRAL
    return blanked


def _zeroed(layer: int, array: Floats, parts: Parts, which: str) -> Floats:
    """Return the numbers of edges with 0 for what is hidden: its line has neither sign nor width."""
    keys = [key for key, part in parts if part == which and isinstance(key, EdgeKey) and key.layer == layer]
    if not keys:
        return array
    zeroed = np.array(array)
    for key in keys:
        at = (key.target, key.source) if zeroed.ndim == 2 else (key.target, key.piece, key.source)
        zeroed[at] = 0.0
    return zeroed
