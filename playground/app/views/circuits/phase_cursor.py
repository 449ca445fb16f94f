"""Slow motion through gates: how many gates of the present phase are done."""

from __future__ import annotations

from collections.abc import Mapping

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.phases import reach
from playground.app.views.circuits.unrolled import Place
from playground.session.slow_motion import SlowMotion


class PhaseCursor:
    """Counts the gates that are done in the present phase of `slow`; a phase entered from behind is complete."""

    def __init__(self, slow: SlowMotion) -> None:
        self._slow = slow
        self._done, self._goes_back = 0, False

    def reach(self, shown: OpenCircuit, place: Place, drill_downs: Mapping[int, Place]) -> tuple[int, int] | None:
        """Return how many steps are done as the present phase begins and ends; None outside slow motion."""
        cursor = self._slow.cursor
        return None if cursor is None else reach(shown, place, drill_downs, cursor)

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
