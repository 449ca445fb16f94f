"""Slow motion through gates: how far a circuit is computed at each phase of an iteration."""

from __future__ import annotations

from collections.abc import Mapping

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.document.document import LOSS
from playground.session.slow_motion import SlowMotion
from playground.training.step_cursor import StepCursor


class PhaseCursor:
    """Counts the gates that are done in the present phase of `slow`; a phase entered from behind is complete."""

    def __init__(self, slow: SlowMotion) -> None:
        self._slow = slow
        self._done, self._goes_back = 0, False

    def reach(self, shown: OpenCircuit, place: Place, drill_downs: Mapping[int, Place]) -> tuple[int, int] | None:
        """Return how many steps are done as the present phase begins and ends; None outside slow motion."""
        cursor = self._slow.cursor
        if cursor is None:
            return None
        begun = _done(shown, place, drill_downs, cursor.at(cursor.index - 1)) if cursor.index else 0
        return begun, _done(shown, place, drill_downs, cursor)

    def applied_to(self, shown: OpenCircuit, reached: tuple[int, int] | None) -> OpenCircuit:
        """Return `shown` as far as slow motion has come; with everything known outside slow motion."""
        if reached is None:
            return shown.at(shown.total) if shown.position is not None else shown
        self._done = min(self._done, reached[1] - reached[0])
        return shown.at(reached[0] + self._done)

    def move(self, by: int, reached: tuple[int, int] | None) -> bool:
        """Go `by` gates on within the phase; False where nothing is left in it."""
        if reached is None or not 0 <= self._done + by <= reached[1] - reached[0]:
            self._goes_back = by < 0
            return False
        self._done += by
        return True

    def enter_phase(self, reached: tuple[int, int] | None) -> None:
        """Begin at the first gate of a phase, or stand at its last one when it is entered from behind."""
        self._done = 0 if reached is None or not self._goes_back else reached[1] - reached[0]
        self._goes_back = False

    def reset(self) -> None:
        """Stand at no gate."""
        self._done = 0


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
