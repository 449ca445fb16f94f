"""Pace: what a person cannot read sixty times a second need not be written sixty times a second."""

from __future__ import annotations

from time import perf_counter

from playground.session.session import Session


class Pace:
    """Lets a presenter skip frames while training plays; a step or a pause always shows.

    Parameters
    ----------
    session : Session
    times : float
        How often a second at most.
    """

    def __init__(self, session: Session, times: float) -> None:
        """Start due."""
        self._session = session
        self._pause = 1.0 / times
        self._next = 0.0

    def is_due(self) -> bool:
        """Tell whether to show this frame; a yes starts the pause to the next."""
        now = perf_counter()
        if self._session.is_playing and now < self._next:
            return False
        self._next = now + self._pause
        return True
