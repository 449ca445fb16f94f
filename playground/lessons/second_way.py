"""Second way: a quantity computed again by a circuit of scalar gates, by central differences, or by a step taken."""

from __future__ import annotations

import numpy as np

from playground.circuits import unroll
from playground.circuits.graph import CircuitError
from playground.circuits.layer_gates import LayerValues
from playground.circuits.passes import evaluate
from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine.gradcheck import check_gradients
from playground.engine.slices import finish
from playground.engine.trace import LayerTrace
from playground.engine.trainer import TrainingData
from playground.training.quantities import example_of, place_of
from playground.training.run import Run
from playground.training.snapshot import Snapshot

RELATIVE = 1e-5
"""How far the two ways may be apart, of numbers of about 1 and more as a share."""


def second_way(run: Run, quantity: Quantity, selected: Example) -> float | None:
    """Return the number that `quantity` names in `run`, without the trace that lessons read it from.

    None where there is no second way: a network too large for a circuit, a batch with dropout.
    """
    snapshot = run.snapshot()
    place, example = place_of(quantity, snapshot.network), example_of(quantity, selected)
    if quantity.of in ("update", "next_weight"):
        assert isinstance(place, Edge)
        return _by_a_step(run, place, is_update=quantity.of == "update")
    if quantity.of == "batch_gradient":
        assert isinstance(place, Edge)
        return _by_differences(run, place)
    try:
        if quantity.of == "local":
            assert isinstance(place, Node)
            return _local(snapshot.trace(example).layer(place.layer), place.unit)
        return _by_gates(snapshot, quantity.of, place, example)
    except (CircuitError, ValueError):
        return None


def agree(first: float, second: float) -> bool:
    """Return whether two numbers are the same but for rounding."""
    return bool(abs(first - second) <= RELATIVE * max(1.0, abs(first), abs(second)))


def _values(layer: LayerTrace) -> LayerValues:
    layout = layer.layout
    return LayerValues(layer.weights, layout.activation, layout.pieces, layout.spec.slope, layout.spec.alpha)


def _by_gates(snapshot: Snapshot, of: str, place: Node | Edge, example: Example) -> float:
    """Return a number of the circuit of the whole network with the loss of `example`."""
    trace = snapshot.trace(example)
    layers = [_values(layer) for layer in trace.layers]
    made = unroll.network(layers, trace.inputs, snapshot.document.training.loss, trace.target)
    found = evaluate(made.circuit, made.inputs)
    if place == LOSS:
        return found.values[made.circuit.output]

    def gradient(node: int | None) -> float:
        slope = 0.0 if node is None else found.gradients[node]  # what does not reach the loss is left out
        if slope is None:
            raise ValueError("at a kink there is no derivative")
        return slope

    if isinstance(place, Edge):
        parameter = made.parameters.get((place.layer, place.target, place.piece, place.source))
        if of == "input_gradient":
            below = gradient(made.pre_activations.get((place.layer, place.target, place.piece)))
            return below * (0.0 if parameter is None else found.values[parameter])
        if of == "weight":
            return made.inputs[made.circuit.nodes[parameter].name] if parameter is not None else 0.0
        return gradient(parameter)
    if of in ("value", "upstream", "input_gradient"):
        node = made.activations.get((place.layer, place.unit))
        return gradient(node) if of != "value" else found.values[_present(node)]
    winner = int(trace.layer(place.layer).winners[place.unit])
    node = made.pre_activations.get((place.layer, place.unit, winner))
    return gradient(node) if of == "downstream" else found.values[_present(node)]


def _present(node: int | None) -> int:
    if node is None:
        raise ValueError("the circuit leaves it out: it does not reach the loss")
    return node


def _local(layer: LayerTrace, unit: int) -> float | None:
    """Return ∂a/∂z of the gates of one neuron."""
    layout, values = layer.layout, _values(layer)
    rows = [layout.row(unit, piece) for piece in range(layout.pieces)]
    made = unroll.neuron(layer.weights[rows], layer.inputs, values.activation, slope=values.slope, alpha=values.alpha)
    return evaluate(made.circuit, made.inputs).gradients[made.pre_activations[1, 0, int(layer.winners[unit])]]


def _by_differences(run: Run, edge: Edge) -> float | None:
    """Return the central difference of the loss of the pending batch, regularization included."""
    if any(layer.dropout for layer in run.document.hidden):
        return None
    train, chosen = run.data.train, run.snapshot().pending.indices
    batch = TrainingData(train.inputs[chosen], np.ascontiguousarray(train.targets[:, chosen]))
    state = run.trainer.state()
    check = finish(check_gradients(run.network, run.document.training, batch, state.parameters, seed=run.document.seed))
    at = np.flatnonzero(check.indices == run.index_of(edge))
    return float(check.numeric[at[0]]) if len(at) else None


def _by_a_step(run: Run, edge: Edge, *, is_update: bool) -> float:
    """Return what a step of a copy of `run` makes of one weight."""
    other = Run(run.document)
    other.resume(run.document, run.trainer.state())
    at, before = run.index_of(edge), float(run.trainer.parameters[run.index_of(edge)])
    other.train(1)
    after = float(other.trainer.parameters[at])
    return after - before if is_update else after
