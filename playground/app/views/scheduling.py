"""Pace: what a person cannot read sixty times a second need not be written sixty times a second."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject

from playground.session.session import Session

READOUTS = 20.0
"""How often a second the numbers of the transport, the loss node and the time line are written."""
_LATEST_S = 0.1


class Throttle:
    """Lets a presenter skip frames while training plays; a step or a pause always shows.

    Presenters take turns: while training plays only one of them shows in a frame, so that no frame is
    long. Who waited a tenth of a second shows anyway.

    Parameters
    ----------
    session : Session
    times : float
        How often a second at most.
    light : bool
        What takes so little time that it needs no turn. Light paces of the same `times` show in the same
        frames, so that numbers in different places are of one moment.
    """

    def __init__(self, session: Session, times: float, *, light: bool = False) -> None:
        """Start due."""
        self._session = session
        self._pause = 1.0 / times
        self._next = perf_counter()
        self._beat = _beat(session, times) if light else None
        self._turns = session.findChild(_Turns) or _Turns(session)

    def is_due(self) -> bool:
        """Tell whether to show this frame; a yes starts the pause to the next."""
        if not self._session.is_playing:
            self._next = perf_counter() + self._pause
            return True
        if self._beat is not None:
            return self._beat.is_now
        now = perf_counter()
        if now < self._next or not self._turns.take(urgent=now > self._next + _LATEST_S):
            return False
        self._next = now + self._pause
        return True


class _Beat(QObject):
    """The frames in which all light paces of one frequency show."""

    def __init__(self, session: Session, times: float) -> None:
        super().__init__(session)
        self.times, self.is_now = times, True
        self._next = perf_counter()
        session.refresh_requested.connect(self._on_refresh)

    def _on_refresh(self) -> None:
        now = perf_counter()
        self.is_now = now >= self._next
        if self.is_now:
            self._next = now + 1.0 / self.times


def _beat(session: Session, times: float) -> _Beat:
    return next((beat for beat in session.findChildren(_Beat) if beat.times == times), None) or _Beat(session, times)


class _Turns(QObject):
    """One turn a frame, for all paces of a session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._is_free = True
        session.refresh_requested.connect(self._on_refresh)

    def take(self, *, urgent: bool) -> bool:
        """Take the turn of this frame if it is free, or if it is `urgent`; tell whether."""
        free, self._is_free = self._is_free, False
        return free or urgent

    def _on_refresh(self) -> None:
        self._is_free = True
