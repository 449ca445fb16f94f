"""What the network view and the line under the phases show during slow motion: what has been computed so far."""

from __future__ import annotations

from dataclasses import replace

from playground.app.views.names import edge_label
from playground.app.views.network import reading
from playground.circuits.numerals import equation
from playground.document.selection import Example, Selection
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.notation import EXAMPLE_LOSS
from playground.engine.optimizers import OPTIMIZERS
from playground.training.step_cursor import StepCursor
from widgets.plane.plane_canvas import MOST_HALOS
from widgets.style import numbers
from widgets.values import NetworkFrame, NetworkNumbers


def frame(cursor: StepCursor, example: Example) -> NetworkFrame:
    """Return the network as far as the phases have come: the phase decides what edges and neurons show.

    All is of the example: forward, neurons show activations layer by layer; backward, they show ∂Lᵢ/∂z and edges
    ∂Lᵢ/∂w, from the output on. At the update, edges show Δw, which the whole batch makes. The loss is Lᵢ.
    """
    snapshot, lowest = cursor.snapshot, cursor.known_backward
    edge_kind = "weight" if lowest is None else "update" if cursor.is_update_known else "example"
    whole = reading.frame(snapshot, example, edge_kind, "activation" if lowest is None else "downstream", loss=0.0)
    first = 0 if lowest is None or lowest == 1 else lowest
    return replace(
        whole,
        known_layers=range(first, (cursor.known_forward if lowest is None else cursor.n_layers) + 1),
        loss=snapshot.trace(example).example_loss if cursor.is_loss_known else None,
        loss_label=f"{EXAMPLE_LOSS} of this example",
        loss_formula=LOSSES[snapshot.document.training.loss].formula,
        is_choice=False,
    )


def written(cursor: StepCursor, example: Example) -> NetworkNumbers:
    """Return the numbers that the phases up to this one have computed of the example, and at the update w′.

    Forward, a stands in each neuron; backward, δ below it and ∂Lᵢ/∂w below each weight.
    """
    snapshot, lowest = cursor.snapshot, cursor.known_backward
    values = reading.neuron_values(snapshot, example, "activation")
    forward = tuple(a if layer <= cursor.known_forward else None for layer, a in enumerate(values))
    weights = reading.shaped(snapshot, snapshot.state.parameters)
    if lowest is None:
        return NetworkNumbers(forward, weights)
    gradients = reading.neuron_values(snapshot, example, "downstream")
    flat = cursor.record.next_parameters if cursor.is_update_known else snapshot.trace(example).gradient()
    first = lowest if lowest > 1 else 0
    return NetworkNumbers(
        forward,
        weights,
        tuple(d if layer >= first else None for layer, d in enumerate(gradients)),
        tuple(g if layer >= lowest else None for layer, g in enumerate(reading.shaped(snapshot, flat), 1)),
        below_kind="next" if cursor.is_update_known else "gradient",
    )


def caption(cursor: StepCursor, selection: Selection) -> str:
    """Return one line that says what the present phase computes, with its numbers."""
    snapshot, record, phase = cursor.snapshot, cursor.record, cursor.phase
    n = len(record.indices)
    if phase.kind == "batch":
        marked = "marked in the output view" if n <= MOST_HALOS else "too many to mark in the output view"
        examples = numbers.plural(n, "the next example", "the next {count} examples")
        return f"Batch: {examples} of epoch {snapshot.state.epoch}, {marked}"
    if phase.kind == "loss":
        loss = LOSSES[snapshot.document.training.loss]
        return (
            f"Loss: data loss L_B {equation(record.data_loss)} (mean over {n}; {loss.formula}) "
            f"+ regularization loss λR {equation(record.regularization_loss)}"
        )
    if phase.kind == "forward":
        layout = snapshot.network.layers[phase.layer - 1]
        entry = LAYER_ACTIVATIONS[layout.activation]
        examples = numbers.plural(n, "{count} example", "{count} examples")
        units = numbers.plural(layout.units, "{count} unit", "{count} units")
        return f"Forward {phase.layer}: z = W·x + b, then {entry.formula}, for {examples} and {units}"
    if phase.kind == "backward":
        layout = snapshot.network.layers[phase.layer - 1]
        entry = LAYER_ACTIVATIONS[layout.activation]
        return (
            f"Backward {phase.layer}: δ = ∂Lᵢ/∂a · ∂a/∂z ({entry.derivative}), "
            f"∂Lᵢ/∂W = δ·xᵀ, ∂Lᵢ/∂x = Wᵀ·δ; edges show g of the batch"
        )
    return _update_caption(cursor, selection)


def _update_caption(cursor: StepCursor, selection: Selection) -> str:
    snapshot = cursor.snapshot
    rule = OPTIMIZERS[snapshot.document.training.optimizer.name].formula
    if selection.edge is None:
        return f"Update: w ← w + Δw, {rule}; edges show Δw. Click an edge to see its numbers"
    update = cursor.update_of(selection.edge)
    training = snapshot.document.training
    clipped = "clipped " if training.clip_norm is not None or training.clip_value is not None else ""
    parts = [
        f"{edge_label(snapshot, selection.edge)}: w + Δw = {_n(update.w)} + ({_n(update.delta)}) ≈ {_n(update.next_w)}",
        f"g = ∂L_B/∂w + λ·∂R/∂w ≈ {_n(update.data_gradient)} + {numbers.bracketed(update.regularization_gradient)}",
        f"−η·{clipped}g ≈ {_n(update.plain)}, η = {_n(update.rate)}",
    ]
    parts += [f"{symbol}: {_n(before)} → {_n(after)}" for symbol, before, after in update.slots]
    return " · ".join(parts)


def _n(value: float) -> str:
    return numbers.four(value)
