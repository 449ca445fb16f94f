"""Weight transfer: the state that training made of one document, as another document can use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from playground.document.document import Document
from playground.document.prepared_data import prepare
from playground.engine.adapt import transfer
from playground.engine.network import Network
from playground.engine.state import RunState
from playground.training.setup import fresh_slots, initial_state, network_of, with_pruned_at_zero

TrainedDocument = tuple[Document, RunState]
"""A document, and a state that training made of it."""


def adapt_state(state: RunState, before: Document, after: Document, network: Network) -> RunState:
    """Return `state`, trained under `before`, for the optimizer and the number of examples of `after`.

    `network` is that of `after`, and has the shape of the state. Another optimizer starts with fresh slots, another
    number of examples with a new epoch; everything else stays.
    """
    if before.training.optimizer.name != after.training.optimizer.name:
        state = replace(state, slots=fresh_slots(after, network), updates=0)
    if state.position and prepare(before).train.n_samples != prepare(after).train.n_samples:
        state = replace(state, epoch=state.epoch + 1, position=0)
    return with_pruned_at_zero(state, after, network)


def transfer_state(sources: Sequence[TrainedDocument], document: Document, network: Network) -> RunState:
    """Return the state of the first of `sources` in the shape of `network`, the network of `document`.

    A weight that the first does not have comes from the next, and at last from the initializer. Input
    features are matched by name.
    """
    start = initial_state(document, network)
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
    """Return what decides whether weights keep their indices: the features and the shapes of the matrices."""
    return document.features, tuple((layer.units, layer.pieces) for layer in network.layers)


def changes_start(before: Document, after: Document) -> bool:
    """Return whether an edit asks for other start weights: by the seed or the initializer."""
    old, new = before.training, after.training
    return (before.seed, old.initializer, old.initial_scale) != (after.seed, new.initializer, new.initial_scale)
