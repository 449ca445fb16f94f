"""What the network view shows during slow motion: what has been computed so far."""

from __future__ import annotations

from dataclasses import replace

from playground.app.views.network import reading
from playground.document.selection import Example
from playground.engine.losses import LOSSES
from playground.engine.notation import EXAMPLE_LOSS
from playground.training.step_cursor import StepCursor
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
