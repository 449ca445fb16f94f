"""Flow ↔ session: gradient norms and update-to-weight ratios of every layer, a few times a second."""

from __future__ import annotations

from playground.app.views.flow.reading import rows
from playground.app.views.health.watch import HealthWatch
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.plots.flow_plot import FlowPlot


class FlowPresenter:
    """Shows what flows back through the layers."""

    def __init__(
        self, session: Session, scheduler: Scheduler, slow_motion: SlowMotion, plot: FlowPlot, health: HealthWatch
    ) -> None:
        """Show `session` in `plot`; `health` knows of dead and saturated units, `slow_motion` what is computed yet."""
        self._session, self._slow, self._plot, self._health = session, slow_motion, plot, health
        self._shown = session.run.generation, 0
        view = scheduler.add(plot, self.show_rows, READINGS, times=10)
        slow_motion.moved.connect(view.refresh)
        slow_motion.ended.connect(view.refresh)

    def show_rows(self, _changed: Aspect) -> None:
        """Show the norms of the pending step; another run, or going back, begins a scale of its own."""
        was, self._shown = self._shown, (self._session.run.generation, self._session.run.iteration)
        if was[0] != self._shown[0] or was[1] > self._shown[1]:
            self._plot.forget_scale()
        self._plot.set_rows(rows(self._session.snapshot(), self._health.badges, self._slow.cursor))
