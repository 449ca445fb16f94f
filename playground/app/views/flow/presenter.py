"""Flow ↔ session: gradient norms and update-to-weight ratios of every layer, a few times a second."""

from __future__ import annotations

from playground.app.views.flow.reading import rows
from playground.app.views.health.watch import HealthWatch
from playground.app.views.scheduling import Throttle
from playground.session.session import Session
from widgets.plots.flow_plot import FlowPlot


class FlowPresenter:
    """Shows what flows back through the layers."""

    def __init__(self, session: Session, plot: FlowPlot, health: HealthWatch) -> None:
        """Connect `plot` to `session`; `health` knows of dead and saturated units."""
        self._session, self._plot, self._health = session, plot, health
        self._throttle = Throttle(session, 10)
        session.refresh_requested.connect(self.show_rows)

    def show_rows(self) -> None:
        """Show the pending step's norms, not more than ten times a second while playing."""
        if self._plot.isVisible() and self._throttle.is_due():
            self._plot.set_rows(rows(self._session.snapshot(), self._health.health()))
