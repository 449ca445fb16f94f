"""Slow motion through gates: how far a circuit is computed at each phase of an iteration.

Phases are numbered as on the strip: batch, forward 1…n, loss, backward n…1, update.
"""

from __future__ import annotations

from collections.abc import Mapping

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.document.document import LOSS


def reach(
    shown: OpenCircuit, place: Place, drill_downs: Mapping[int, Place], phase: int, n_layers: int
) -> tuple[int, int]:
    """Return how many steps are done as `phase` begins and as it ends; equal if nothing happens here."""
    return _done(shown, place, drill_downs, phase - 1, n_layers), _done(shown, place, drill_downs, phase, n_layers)


def _done(shown: OpenCircuit, place: Place, drill_downs: Mapping[int, Place], phase: int, n_layers: int) -> int:
    """Return how many steps are done at the end of `phase`."""
    if shown.sweep is None or phase < 0:
        return 0
    forward = min(phase, n_layers)
    back = phase - n_layers - 1
    lowest = max(1, n_layers + 1 - back) if back >= 1 else n_layers + 2
    if phase > n_layers:
        forward = n_layers + 1
    if place == NETWORK:
        return _done_in_network(shown, drill_downs, forward, lowest, n_layers)
    layer = n_layers + 1 if place == PENALTY or place.node == LOSS else place.node.layer
    if lowest <= max(layer, 1):
        return shown.total
    return shown.sweep.n_forward if forward >= layer else 0


def _done_in_network(
    shown: OpenCircuit, drill_downs: Mapping[int, Place], forward: int, lowest: int, n_layers: int
) -> int:
    """Count the steps of whole layers: gates come layer after layer, and go back in the reverse order."""
    assert shown.sweep is not None
    ahead = shown.sweep.n_forward
    if lowest == 1:
        return shown.total
    if lowest <= n_layers:
        last = _last_gate(drill_downs, lowest - 1)
        return ahead + sum(step.node > last for step in shown.sweep.steps[ahead:])
    if forward > n_layers:
        return ahead
    last = _last_gate(drill_downs, forward)
    return sum(step.node <= last for step in shown.sweep.steps[:ahead])


def _last_gate(drill_downs: Mapping[int, Place], layer: int) -> int:
    return max(i for i, place in drill_downs.items() if place.node.layer == layer)
