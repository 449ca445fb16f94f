"""Flow ↔ session: gradient norms and update-to-weight ratios of every layer, a few times a second."""

from __future__ import annotations

from playground.app.views.flow.reading import rows
from playground.app.views.health.watch import HealthWatch
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.session.session import Session
from widgets.plots.flow_plot import FlowPlot


class FlowPresenter:
    """Shows what flows back through the layers."""

    def __init__(self, session: Session, scheduler: Scheduler, plot: FlowPlot, health: HealthWatch) -> None:
        """Show `session` in `plot`; `health` knows of dead and saturated units."""
        self._session, self._plot, self._health = session, plot, health
        scheduler.add(plot, self.show_rows, READINGS, times=10)

    def show_rows(self, _changed: Aspect) -> None:
        """Show the norms of the pending step."""
        self._plot.set_rows(rows(self._session.snapshot(), self._health.health))
