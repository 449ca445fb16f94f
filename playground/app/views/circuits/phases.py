"""Slow motion through gates: how far a circuit is computed at each phase of an iteration.

Phases are numbered as on the strip: batch, forward 1…n, loss, backward n…1, update.
"""

from __future__ import annotations

from collections.abc import Mapping

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.document.document import LOSS


def reach(desk: OpenCircuit, place: Place, walks: Mapping[int, Place], phase: int, n_layers: int) -> tuple[int, int]:
    """Return how many steps of the walk are done as `phase` begins and as it ends; equal if nothing happens here."""
    return _done(desk, place, walks, phase - 1, n_layers), _done(desk, place, walks, phase, n_layers)


def _done(desk: OpenCircuit, place: Place, walks: Mapping[int, Place], phase: int, n_layers: int) -> int:
    """Return how many steps of the walk are done at the end of `phase`."""
    if desk.sweep is None or phase < 0:
        return 0
    forward = min(phase, n_layers)
    back = phase - n_layers - 1
    lowest = max(1, n_layers + 1 - back) if back >= 1 else n_layers + 2
    if phase > n_layers:
        forward = n_layers + 1
    if place == NETWORK:
        return _done_in_network(desk, walks, forward, lowest, n_layers)
    layer = n_layers + 1 if place == PENALTY or place.node == LOSS else place.node.layer
    if lowest <= max(layer, 1):
        return desk.total
    return desk.sweep.n_forward if forward >= layer else 0


def _done_in_network(desk: OpenCircuit, walks: Mapping[int, Place], forward: int, lowest: int, n_layers: int) -> int:
    """Count the steps of whole layers: gates come layer after layer, and go back in the reverse order."""
    assert desk.sweep is not None
    ahead = desk.sweep.n_forward
    if lowest == 1:
        return desk.total
    if lowest <= n_layers:
        last = _last_gate(walks, lowest - 1)
        return ahead + sum(step.node > last for step in desk.sweep.steps[ahead:])
    if forward > n_layers:
        return ahead
    last = _last_gate(walks, forward)
    return sum(step.node <= last for step in desk.sweep.steps[:ahead])


def _last_gate(walks: Mapping[int, Place], layer: int) -> int:
    return max(i for i, place in walks.items() if place.node.layer == layer)
