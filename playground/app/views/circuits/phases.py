"""Slow motion through gates: how far a circuit is computed at each phase of an iteration."""

from __future__ import annotations

from collections.abc import Mapping

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.document.document import LOSS
from playground.training.step_cursor import StepCursor


def reach(shown: OpenCircuit, place: Place, drill_downs: Mapping[int, Place], cursor: StepCursor) -> tuple[int, int]:
    """Return how many steps are done as the phase of `cursor` begins and as it ends; equal if nothing happens here."""
    begun = _done(shown, place, drill_downs, cursor.at(cursor.index - 1)) if cursor.index else 0
    return begun, _done(shown, place, drill_downs, cursor)


def _done(shown: OpenCircuit, place: Place, drill_downs: Mapping[int, Place], cursor: StepCursor) -> int:
    """Return how many steps are done at the end of the phase of `cursor`."""
    if shown.sweep is None:
        return 0
    loss = cursor.n_layers + 1  # as the layer after the last
    forward = loss if cursor.is_loss_known else cursor.known_forward
    lowest = cursor.known_backward or loss + 1
    if place == NETWORK:
        return _done_in_network(shown, drill_downs, forward, lowest, loss)
    layer = loss if place == PENALTY or place.node == LOSS else place.node.layer
    if lowest <= max(layer, 1):
        return shown.total
    return shown.sweep.n_forward if forward >= layer else 0


def _done_in_network(shown: OpenCircuit, drill_downs: Mapping[int, Place], forward: int, lowest: int, loss: int) -> int:
    """Count the steps of whole layers: gates come layer after layer, and go back in the reverse order."""
    assert shown.sweep is not None
    ahead = shown.sweep.n_forward
    if lowest == 1:
        return shown.total
    if lowest < loss:
        last = _last_gate(drill_downs, lowest - 1)
        return ahead + sum(step.node > last for step in shown.sweep.steps[ahead:])
    if forward == loss:
        return ahead
    last = _last_gate(drill_downs, forward)
    return sum(step.node <= last for step in shown.sweep.steps[:ahead])


def _last_gate(drill_downs: Mapping[int, Place], layer: int) -> int:
    return max(i for i, place in drill_downs.items() if place.node.layer == layer)
