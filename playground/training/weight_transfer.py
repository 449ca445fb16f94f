"""Carrying: the state that a document starts from, and the state of one document as another can take it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.document.document import Document, Edge
from playground.document.prepared_data import prepare
from playground.engine.adapt import transfer
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.state import RunState

Made = tuple[Document, RunState]
"""A document, and a state that training made of it."""


def network_of(document: Document) -> Network:
    """Return the network of `document` on its data."""
    return Network(document.network_spec(prepare(document).sample.n_classes))


def start_of(document: Document, network: Network) -> RunState:
    """Return iteration 0: the initializer's weights, and those set by hand in their places."""
    parameters = network.initial(document.training, document.seed)
    for start in document.start_weights:
        index = index_of(network, start.edge)
        if index is not None:  # its place may be gone for now; the document keeps it for the day it is back
            parameters[index] = start.value
    return held(RunState(parameters, _fresh_slots(document, network)), document, network)


def held(state: RunState, document: Document, network: Network) -> RunState:
    """Return `state` with the weights that `document` has pruned at 0."""
    pruned = flags_of(network, (weight.edge for weight in document.pruned))
    if pruned is None or not state.parameters[pruned].any():
        return state
    return replace(state, parameters=np.where(pruned, 0.0, state.parameters))


def fitting(state: RunState, before: Document, after: Document, network: Network) -> RunState:
    """Return `state`, made under `before`, as the optimizer and the number of examples of `after` take it.

    `network` is that of `after`, and of the state. Another optimizer starts with fresh slots, another number of
    examples with a new epoch; everything else stays.
    """
    if before.training.optimizer.name != after.training.optimizer.name:
        state = replace(state, slots=_fresh_slots(after, network), updates=0)
    if state.position and prepare(before).train.n_samples != prepare(after).train.n_samples:
        state = replace(state, epoch=state.epoch + 1, position=0)
    return held(state, after, network)


def carried(sources: Sequence[Made], document: Document, network: Network) -> RunState:
    """Return the state of the first of `sources` in the shape of `network`, the network of `document`.

    A weight without a place in the first comes from the next, and at last from the initializer. Input
    features are matched by name.
    """
    start = start_of(document, network)
    parameters, slots = start.parameters, [slot.copy() for slot in start.slots]
    for before, state in reversed(sources):
        source = network_of(before)
        columns = [before.features.index(name) if name in before.features else -1 for name in document.features]
        transfer(state.parameters, source, network, parameters, columns)
        if before.training.optimizer.name == document.training.optimizer.name:
            for slot, old in zip(slots, state.slots, strict=True):
                transfer(old, source, network, slot, columns)
    return replace(sources[0][1], parameters=parameters, slots=tuple(slots))


def shape_of(document: Document, network: Network) -> tuple[object, ...]:
    """Return what decides whether weights keep their places: the features and the shapes of the matrices."""
    return document.features, tuple((layer.units, layer.pieces) for layer in network.layers)


def asks_for_another_start(before: Document, after: Document) -> bool:
    """Tell whether an edit asks for other start weights: by the seed or the initializer."""
    old, new = before.training, after.training
    return (before.seed, old.initializer, old.initial_scale) != (after.seed, new.initializer, new.initial_scale)


def index_of(network: Network, edge: Edge) -> int | None:
    """Return the place of `edge` in the parameter vector, or None when `network` has no such edge."""
    if not 1 <= edge.layer <= len(network.layers):
        return None
    try:
        return network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)
    except ValueError:
        return None


def flags_of(network: Network, edges: Iterable[Edge]) -> NDArray[np.bool_] | None:
    """Return a flag per parameter, True at `edges`; None when none of them has a place."""
    places = [index for index in (index_of(network, edge) for edge in edges) if index is not None]
    if not places:
        return None
    flags = np.zeros(network.n_parameters, dtype=np.bool_)
    flags[places] = True
    return flags


def _fresh_slots(document: Document, network: Network) -> tuple[NDArray[np.float64], ...]:
    return OPTIMIZERS[document.training.optimizer.name].fresh_slots(network.n_parameters)
