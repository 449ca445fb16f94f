"""Check that the parts of a file belong together; every error names the place in the file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.document import catalogue
from playground.document.document import Document, Edge
from playground.document.own_data import OWN
from playground.document.prepared_data import prepare
from playground.engine.features import feature
from playground.engine.messages import grouped
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import MAX_DEPTH
from playground.engine.state import RunState
from playground.files.error_messages import DocumentError, got, within
from playground.training.setup import network_of
from playground.training.weight_transfer import shape_of

MAX_COUNT = 2**53
MAX_MOMENTS = 65_536
LONGEST_WAY = 500_000
LONGEST_WAY_FLOPS = 2e10


def check_document(document: Document) -> None:
    """Refuse data, features and edges that cannot be made; a document itself refuses unknown names and limits."""
    if document.data.name != OWN:
        name, known = document.data.name, catalogue.GENERATORS
        if name not in known:
            raise DocumentError(
                "$.data.name: expected one of {names}, got {found}", names=", ".join(known), found=got(name)
            )
        _check_features(document, known[name].n_features)
    try:
        sample = prepare(document).sample
    except ValueError as error:
        raise within("$.data", error) from None
    _check_features(document, sample.points.shape[1])
    if not len(sample.train):
        raise DocumentError("$.data.train_fraction: no point is left to train on; raise it")
    for index, start in enumerate(document.start_weights):
        _check_edge(f"$.network.start_weights[{index}].edge", start.edge)
    for index, pruned in enumerate(document.pruned):
        _check_edge(f"$.network.pruned[{index}].edge", pruned.edge)
    for index, edge in enumerate(document.frozen):
        _check_edge(f"$.network.frozen[{index}]", edge)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a state of a run must have: so many parameters and slots, and a place within the training examples."""

    n_parameters: int
    optimizer: str
    n_train: int
    batch: int
    shape: tuple[object, ...]

    @property
    def longest_way(self) -> int:
        """Return how many iterations may lie between two kept states, so that a replay takes seconds."""
        return max(1, min(LONGEST_WAY, int(LONGEST_WAY_FLOPS / (6 * self.n_parameters * self.batch))))

    @property
    def n_slots(self) -> int:
        """Return how many arrays the optimizer remembers."""
        return len(OPTIMIZERS[self.optimizer].slots)


def needs_of(document: Document) -> Needs:
    """Return what the states of a run of `document`, a checked one, must have."""
    network = network_of(document)
    n_train = prepare(document).train.n_samples
    training, shape = document.training, shape_of(document, network)
    return Needs(network.n_parameters, training.optimizer.name, n_train, min(training.batch_size, n_train), shape)


def check_state(state: RunState, needs: Needs, place: str) -> None:
    """Refuse a state at `place` that no run with `needs` has."""
    n, optimizer = needs.n_parameters, needs.optimizer
    if state.parameters.shape != (n,):
        size = _size(state.parameters)
        raise DocumentError(
            "{place}.parameters: expected {n:,} numbers for this network, got {size}", place=place, n=n, size=size
        )
    if len(state.slots) != needs.n_slots:
        raise DocumentError(
            "{place}.slots: expected {n_slots} for {optimizer}, got {count}",
            place=place,
            n_slots=needs.n_slots,
            optimizer=optimizer,
            count=len(state.slots),
        )
    for index, slot in enumerate(state.slots):
        if slot.shape != (n,):
            raise DocumentError(
                "{place}.slots[{index}]: expected {n:,} numbers for this network, got {slot}",
                place=place,
                index=index,
                n=n,
                slot=_size(slot),
            )
    for name, most in (
        ("iteration", MAX_COUNT),
        ("epoch", MAX_COUNT),
        ("position", needs.n_train - 1),
        ("updates", MAX_COUNT),
    ):
        count = getattr(state, name)
        if not 0 <= count <= most:
            raise DocumentError(
                "{place}.{name}: expected an integer from 0 to {most:,}, got {count:,}",
                place=place,
                name=name,
                most=most,
                count=count,
            )


def _check_edge(place: str, edge: Edge) -> None:
    """Refuse an edge that no network has; one that this network has no place for is kept for later."""
    if not (1 <= edge.layer <= MAX_DEPTH + 1 and edge.source >= -1 and edge.target >= 0 and edge.piece >= 0):
        raise DocumentError(
            "{place}: expected [layer from 1, source from −1, target, piece], got {edge}", place=place, edge=list(edge)
        )


def _check_features(document: Document, n_columns: int) -> None:
    for index, name in enumerate(document.features):
        try:
            feature(name, n_columns)
        except ValueError as error:
            raise DocumentError(
                "$.network.features[{index}]: {reason}", index=index, reason=str(error).removeprefix("features: ")
            ) from None


def _size(array: NDArray[np.float64]) -> str:
    return f"{grouped(array.size)}" if array.ndim == 1 else f"shape {array.shape}"
