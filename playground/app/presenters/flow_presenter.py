"""Flow ↔ session: gradient norms and update-to-weight ratios of every layer, a few times a second."""

from __future__ import annotations

from time import perf_counter

from playground.app.readings.flow import rows
from playground.session.session import Session
from widgets.flow_plot import FlowPlot

_PAUSE_S = 0.1


class FlowPresenter:
    """Shows what flows back through the layers."""

    def __init__(self, session: Session, plot: FlowPlot) -> None:
        """Connect `plot` to `session`."""
        self._session, self._plot = session, plot
        self._next = 0.0
        session.stepped.connect(self.show_rows)

    def show_rows(self) -> None:
        """Show the pending step's norms, not more than ten times a second while playing."""
        now = perf_counter()
        if self._plot.isVisible() and (not self._session.is_playing or now >= self._next):
            self._next = now + _PAUSE_S
            self._plot.set_rows(rows(self._session.snapshot()))
