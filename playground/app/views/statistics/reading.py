"""The statistics view's values: what a row of the history is made of, and what is drawn of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis.health import layer_health
from playground.analysis.maps import NeuronMaps
from playground.app.views.health.reading import sample
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.notation import layer_symbol
from playground.engine.record import record_step
from playground.training.flow_history import FlowHistory
from playground.training.snapshot import Snapshot
from playground.training.timeline import Mark
from widgets.values.statistics import ActivationTrack, LayerTrack

MOST_EXAMPLES = 300
COLUMNS = 200


def history_for(snapshot: Snapshot) -> FlowHistory:
    """Return an empty history with a place for every layer."""
    hidden = snapshot.network.layers[:-1]
    return FlowHistory(
        len(snapshot.network.layers), tuple(LAYER_ACTIVATIONS[layer.activation].range[0] >= 0.0 for layer in hidden)
    )


def activation_maps(snapshot: Snapshot) -> NeuronMaps:
    """Return what computes the activations of the training examples, or of the first few of very many."""
    return NeuronMaps(snapshot.network, sample(snapshot).inputs[:MOST_EXAMPLES])


def record(history: FlowHistory, snapshot: Snapshot, maps: NeuronMaps, mark: Mark | None = None) -> None:
    """Add the current state to `history`, or that of an earlier `mark` of the same network."""
    state, step = snapshot.state, snapshot.pending
    if mark is not None:
        state, document = mark.state, mark.document
        step = record_step(snapshot.network, document.training, snapshot.data.train, document.seed, state)
    layers = layer_health(snapshot.network, step)
    norms = np.array([layer.gradient_norm for layer in layers])
    ratios = np.array([layer.update_ratio for layer in layers])
    activations: list[NDArray[np.float64]] = list(maps.compute(state.parameters)[1:-1])
    history.record(state.iteration, norms, ratios, activations)


def layer_tracks(history: FlowHistory) -> tuple[LayerTrack, ...]:
    """Return one line per layer for norms and ratios."""
    iterations = history.iterations.copy()
    return tuple(
        LayerTrack(
            layer_symbol("W", i + 1),
            iterations,
            history.gradient_norms[:, i].copy(),
            history.update_ratios[:, i].copy(),
        )
        for i in range(history.gradient_norms.shape[1])
    )


def activation_tracks(history: FlowHistory) -> tuple[ActivationTrack, ...]:
    """Return the histograms of each hidden layer, resampled to columns of equal spans of iterations."""
    if not len(history):
        return ()
    iterations = history.iterations
    wanted = np.linspace(iterations[0], iterations[-1], COLUMNS)
    nearest = np.clip(np.searchsorted(iterations, wanted), 0, len(iterations) - 1)
    return tuple(
        ActivationTrack(
            layer_symbol("a", i + 1),
            wanted,
            history.shares[nearest, i].astype(np.float64),
            history.low(i),
            float(history.highs[i]),
        )
        for i in range(len(history.from_zero))
    )
