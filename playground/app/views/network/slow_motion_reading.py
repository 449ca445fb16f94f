"""What the network view and the line under the phases show during slow motion: what has been computed so far."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis import plane
from playground.app.views.names import edge_label
from playground.app.views.network import reading as whole
from playground.document.selection import Selection
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.session.slow_motion import SlowMotion
from playground.training.snapshot import Snapshot
from widgets.plane.plane_canvas import MOST_HALOS
from widgets.style import numbers
from widgets.values import NetworkFrame

Floats = NDArray[np.float64]


def frame(slow: SlowMotion, selection: Selection) -> NetworkFrame:
    """Return the network as far as the walk has come.

    Forward, neurons light up layer by layer; backward, they show δ of the example and edges ∂L/∂w of the batch,
    from the output on; at the update, edges show Δw.
    """
    snapshot, record = slow.snapshot, slow.record
    assert snapshot is not None
    assert record is not None
    ordinary = whole.frame(snapshot, selection, loss=record.loss)
    backward = slow.known_backward
    if backward is None:
        return NetworkFrame(
            maps=ordinary.maps,
            edges=whole.shaped(snapshot, snapshot.state.parameters),
            edge_scale=whole.edge_scale(whole.shaped(snapshot, snapshot.state.parameters), "weight"),
            loss=record.loss if slow.is_loss_known else None,
            node_texts=ordinary.node_texts,
            known_layers=slow.known_forward,
            dropped=ordinary.dropped,
        )
    flat = record.delta if slow.is_update_known else record.gradient
    edges = tuple(
        matrix if layer >= backward else np.zeros_like(matrix)
        for layer, matrix in enumerate(whole.shaped(snapshot, flat), 1)
    )
    return NetworkFrame(
        maps=_delta_tiles(snapshot, selection, backward),
        map_kind="gradient",
        edges=edges,
        edge_kind="gradient",
        edge_scale=whole.edge_scale(edges, "gradient"),
        loss=record.loss,
        node_texts=ordinary.node_texts,
        dropped=ordinary.dropped,
        weights=whole.shaped(snapshot, snapshot.state.parameters),
    )


def caption(slow: SlowMotion, selection: Selection) -> str:
    """Return one line that says what the present phase computes, with its numbers."""
    snapshot, record, phase = slow.snapshot, slow.record, slow.phase
    assert snapshot is not None
    assert record is not None
    assert phase is not None
    n = len(record.indices)
    if phase.kind == "batch":
        marked = "marked in the output view" if n <= MOST_HALOS else "too many to mark in the output view"
        return f"Batch: the next {n} examples of epoch {snapshot.state.epoch}, {marked}"
    if phase.kind == "loss":
        loss = LOSSES[snapshot.document.training.loss]
        return (
            f"Loss: L = {numbers.approximately(record.data_loss)} (mean over {n}; {loss.formula}) "
            f"+ {numbers.approximately(record.regularization_loss)} (regularization)"
        )
    if phase.kind == "forward":
        layout = snapshot.network.layers[phase.layer - 1]
        entry = MAXOUT if layout.is_maxout else ACTIVATIONS[layout.activation]
        return f"Forward {phase.layer}: z = W·x + b, then {entry.formula}, for {n} examples and {layout.units} units"
    if phase.kind == "backward":
        layout = snapshot.network.layers[phase.layer - 1]
        entry = MAXOUT if layout.is_maxout else ACTIVATIONS[layout.activation]
        return (
            f"Backward {phase.layer}: δ = ∂L/∂a · ∂a/∂z ({entry.derivative}), "
            f"∂L/∂W = δ·xᵀ, ∂L/∂x = Wᵀ·δ; edges show ∂L/∂w"
        )
    return _update_caption(slow, selection)


def _update_caption(slow: SlowMotion, selection: Selection) -> str:
    snapshot = slow.snapshot
    assert snapshot is not None
    rule = OPTIMIZERS[snapshot.document.training.optimizer.name].formula
    if selection.edge is None:
        return f"Update: w ← w + Δw, {rule}; edges show Δw. Click an edge to see its numbers"
    update = slow.update_of(selection.edge)
    assert update is not None
    parts = [
        f"{edge_label(snapshot, selection.edge)}: w + Δw = {_n(update.w)} + ({_n(update.delta)}) ≈ {_n(update.next_w)}",
        f"∂L/∂w ≈ {_n(update.data_gradient)} (data) + {_n(update.regularization_gradient)} (regularization)",
        f"−η·∂L/∂w ≈ {_n(update.plain)}, η = {_n(update.rate)}",
    ]
    parts += [f"{symbol}: {_n(before)} → {_n(after)}" for symbol, before, after in update.slots]
    return " · ".join(parts)


def _n(value: float) -> str:
    return numbers.four(value)


def _delta_tiles(snapshot: Snapshot, selection: Selection, lowest: int) -> tuple[NDArray[np.uint8], ...]:
    """Fill the tiles of the layers from `lowest` on with δ of the example; the others stay blank."""
    trace = snapshot.trace(selection.example)
    inputs = trace.input_gradient if lowest == 1 else np.zeros_like(trace.input_gradient)
    columns: list[Floats] = [inputs]
    for number, layer in enumerate(trace.layers, 1):
        delta = layer.downstream.reshape(layer.layout.pieces, layer.layout.units).sum(axis=0)
        columns.append(delta if number >= lowest else np.zeros_like(delta))
    scale = plane.steady_scale(max(float(np.abs(c).max()) for c in columns), 1e-12)
    return tuple(whole.tiles(plane.levels(column, scale)) for column in columns)
