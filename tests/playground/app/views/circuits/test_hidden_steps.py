"""A circuit of the network stands where the hidden numbers begin."""

from __future__ import annotations

import pytest

from playground.app.views.circuits.hidden_steps import steps_shown
from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.unrolled import NETWORK, Place, opened
from playground.document.document import LOSS, Node
from playground.document.quantity import Quantity
from playground.session.session import Session

NEURON, OUTPUT, COST = Place("node", Node(1, 1)), Place("node", Node(2, 0)), Place("node", LOSS)


@pytest.mark.parametrize(
    ("place", "of", "at", "stands"),
    [
        (NEURON, "downstream", "h1.2", "forward"),
        (NEURON, "gradient", "x1-h1.2", "forward"),
        (NEURON, "local", "h1.2", "start"),
        (NEURON, "value", "h1.2", "start"),
        (NEURON, "weight", "x1-h1.2", "nowhere"),
        (NEURON, "value", "x1", "nowhere"),
        (NEURON, "downstream", "h1.1", "end"),
        (OUTPUT, "value", "h1.2", "nowhere"),
        (OUTPUT, "downstream", "h1.2", "end"),
        (COST, "value", "out.1", "nowhere"),
        (COST, "loss", "loss", "start"),
        (COST, "upstream", "out.1", "start"),
        (NETWORK, "downstream", "h1.2", "forward"),
        (NETWORK, "value", "h1.2", "start"),
        (NETWORK, "weight", "x1-h1.2", "nowhere"),
        (NETWORK, "next_weight", "x1-h1.2", "end"),
    ],
    ids=lambda value: f"{value.kind} {value.node.layer}" if isinstance(value, Place) else None,
)
def test_the_circuit_goes_as_far_as_nothing_hidden_is_shown(
    qapp: object, place: Place, of: str, at: str, stands: str
) -> None:
    session = Session()
    session.prediction.ask([Quantity(of, at)])
    found = opened(session.snapshot(), place, session.selection.example)
    shown = OpenCircuit(found.circuit, found.inputs, found.upstream)
    assert shown.sweep is not None
    steps = {"nowhere": None, "start": 0, "forward": shown.sweep.n_forward, "end": shown.total}
    assert steps_shown(shown, place, session.run.network, session.prediction.hidden()) == steps[stands]
