"""The network of a document, its trainer and the state that it starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.document.document import Document, Edge
from playground.document.prepared_data import prepare
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.state import RunState
from playground.engine.trainer import Trainer


def network_of(document: Document) -> Network:
    """Return the network of `document` on its data."""
    return Network(document.network_spec(prepare(document).sample.n_classes))


def trainer_of(document: Document, network: Network) -> Trainer:
    """Return a trainer of `network`, the network of `document`; frozen and pruned weights do not move."""
    trainer = Trainer(network, document.training, prepare(document).train, document.seed)
    trainer.set_frozen(frozen_flags(document, network))
    return trainer


def initial_state(document: Document, network: Network) -> RunState:
    """Return iteration 0: the initializer's weights, except those set by hand."""
    parameters = network.initial(document.training, document.seed)
    for start in document.start_weights:
        index = index_of(network, start.edge)
        if index is not None:  # the document keeps the weight until the network has its edge again
            parameters[index] = start.value
    return with_pruned_at_zero(RunState(parameters, fresh_slots(document, network)), document, network)


def with_pruned_at_zero(state: RunState, document: Document, network: Network) -> RunState:
    """Return `state` with the weights that `document` has pruned at 0."""
    pruned = flags_of(network, (weight.edge for weight in document.pruned))
    if pruned is None or not state.parameters[pruned].any():
        return state
    return replace(state, parameters=np.where(pruned, 0.0, state.parameters))


def fresh_slots(document: Document, network: Network) -> tuple[NDArray[np.float64], ...]:
    """Return the optimizer's slots before its first update."""
    return OPTIMIZERS[document.training.optimizer.name].fresh_slots(network.n_parameters)


def index_of(network: Network, edge: Edge) -> int | None:
    """Return the index of `edge` in the parameter vector, or None when `network` has no such edge."""
    if not 1 <= edge.layer <= len(network.layers):
        return None
    try:
        return network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)
    except ValueError:
        return None


def frozen_flags(document: Document, network: Network) -> NDArray[np.bool_] | None:
    """Return a flag per parameter, True where it is frozen or pruned; None when all parameters train."""
    return flags_of(network, (*document.frozen, *(weight.edge for weight in document.pruned)))


def flags_of(network: Network, edges: Iterable[Edge]) -> NDArray[np.bool_] | None:
    """Return a flag per parameter, True at `edges`; None when `network` has none of them."""
    indices = [index for index in (index_of(network, edge) for edge in edges) if index is not None]
    if not indices:
        return None
    flags = np.zeros(network.n_parameters, dtype=np.bool_)
    flags[indices] = True
    return flags
