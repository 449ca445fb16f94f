"""Exercises on the network that is open: a named quantity, its right value and what the mistakes would give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.document.document import LOSS, Edge
from playground.document.quantity import KINDS, Quantity
from playground.document.selection import Example
from playground.engine.losses import LOSSES
from playground.lessons.misconceptions import of_training
from playground.lessons.misconceptions.exercise import DIGITS, Exercise
from playground.lessons.misconceptions.of_layer import Neuron, input_gradient
from playground.lessons.misconceptions.of_loss import loss_gradient, loss_value
from playground.lessons.misconceptions.reply import explanation
from playground.training.quantities import example_of, place_of, value_of
from playground.training.snapshot import Snapshot

Floats = NDArray[np.float64]


def exercise_for(
    snapshot: Snapshot, quantity: Quantity, selected: Example, digits: int | None = None
) -> Exercise | None:
    """Return the exercise for `quantity`; None for what nobody computes: an input, a weight.

    Parameters
    ----------
    selected : Example
        What is read where the quantity names no example.
    digits : int, optional
        How many significant digits an answer needs.

    Raises
    ------
    ValueError
        When the network has no such node or edge, or the data no such example.
    """
    value_of(snapshot, quantity, selected)  # refuses what is not there
    place, wanted = place_of(quantity, snapshot.network), digits or DIGITS
    if isinstance(place, Edge):
        return _of_edge(snapshot, quantity.of, place, example_of(quantity, selected), wanted)
    trace, loss = snapshot.trace(example_of(quantity, selected)), snapshot.document.training.loss
    if place == LOSS:
        return loss_value(loss, trace.scores, trace.target, wanted)
    if place.layer == 0:
        return input_gradient(trace, place.unit, wanted) if quantity.of == "input_gradient" else None
    if quantity.of == "upstream" and place.layer == len(trace.layers):
        return loss_gradient(loss, trace.scores, trace.target, place.unit, wanted)
    scores = LOSSES[loss].takes_scores
    neuron = Neuron(trace, place.layer, place.unit, takes_scores=scores, digits=wanted)
    if quantity.of == "upstream":
        after = snapshot.matrices(snapshot.pending.next_parameters)[place.layer]
        return neuron.upstream_gradient(after)
    asks = {
        "value": neuron.value,
        "pre_activation": neuron.pre_activation,
        "local": neuron.local_gradient,
        "downstream": neuron.downstream,
    }
    return asks[quantity.of]()


def explain(snapshot: Snapshot, quantity: Quantity, selected: Example, guess: float, digits: int | None = None) -> str:
    """Return what a wrong number mistook, as a sentence that does not say the right one; empty where nothing is known.

    Parameters are those of `exercise_for`, and the `guess`, which is not right.
    """
    found = exercise_for(snapshot, quantity, selected, digits)
    return "" if found is None else explanation(found, guess)


def _of_edge(snapshot: Snapshot, of: str, edge: Edge, example: Example, digits: int) -> Exercise | None:
    if of == "weight":
        return None
    if of in ("gradient", "input_gradient"):
        scores = LOSSES[snapshot.document.training.loss].takes_scores
        trace = snapshot.trace(example)
        neuron = Neuron(trace, edge.layer, edge.target, takes_scores=scores, piece=edge.piece, digits=digits)
        return neuron.gradient(edge.source) if of == "gradient" else neuron.sent_back(edge.source)
    record = snapshot.pending
    at = snapshot.network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)
    w, g, rate = float(record.before.parameters[at]), float(record.clipped[at]), record.rate
    if of == "batch_gradient":
        if record.regularization_gradient[at]:
            return of_training.regularized(w, float(record.data_gradient[at]), snapshot.document.training, digits)
        terms, symbol = _terms(snapshot, edge), KINDS[of].symbol
        return of_training.batch_gradient(symbol, terms, float(record.gradient[at]), digits)
    delta = float(record.delta[at])
    if of == "next_weight":
        return of_training.next_weight(w, delta, g, rate, right=float(record.next_parameters[at]), digits=digits)
    slots = [float(slot[at]) for slot in record.before.slots]
    spec = snapshot.document.training.optimizer
    return of_training.update(w, g, rate, spec, slots, right=delta, digits=digits)


def _terms(snapshot: Snapshot, edge: Edge) -> Floats:
    """Return ∂Lᵢ/∂w of every example of the pending batch that the record keeps."""
    record = snapshot.pending
    layout = snapshot.network.layers[edge.layer - 1]
    deltas = record.layers[edge.layer - 1].delta[:, layout.row(edge.target, edge.piece)] * len(record.indices)
    if edge.source < 0:
        return deltas
    reads = record.inputs if edge.layer == 1 else record.layers[edge.layer - 2].output
    return np.multiply(deltas, reads[:, edge.source])
