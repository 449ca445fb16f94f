"""Statistics ↔ session: per layer over time; recorded while it is seen, and filled in from the kept states."""

from __future__ import annotations

from collections.abc import Generator
from weakref import ref

from playground.analysis.maps import NeuronMaps
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.app.views.statistics import reading
from playground.document.prepared_data import PreparedData
from playground.engine.network import Network
from playground.session.jobs import Job
from playground.session.session import Session
from playground.training.flow_history import FlowHistory
from playground.training.snapshot import Snapshot
from widgets.plots.statistics_plot import StatisticsPlot


class StatisticsPresenter:
    """Keeps a bounded history of the run's layers and shows it."""

    def __init__(self, session: Session, scheduler: Scheduler, plot: StatisticsPlot) -> None:
        """Connect `plot` to `session`."""
        self._session, self._plot = session, plot
        self._history: FlowHistory | None = None
        self._maps: NeuronMaps | None = None
        self._of: tuple[Network, ref[PreparedData]] | None = None
        self._last = -1
        self._job: Job | None = None
        scheduler.add(plot, self.show_frame, READINGS, times=8)

    def show_frame(self, _changed: Aspect) -> None:
        """Record the current state and show what is known."""
        snapshot = self._session.snapshot()
        if self._of is None or self._of[0] is not snapshot.network or self._of[1]() is not snapshot.data:
            self._of = snapshot.network, ref(snapshot.data)  # which a hidden view must not keep
            self._history, self._maps = reading.history_for(snapshot), reading.activation_maps(snapshot)
        assert self._history is not None
        assert self._maps is not None
        now = snapshot.state.iteration
        self._history.cut(now)
        gone_on = now - self._last
        self._last = now
        if self._history.is_due(now):
            reading.record(self._history, snapshot, self._maps)
        if gone_on < 0 or len(self._history) <= 1 or gone_on > 50 * self._history.gap:
            self._fill_in(snapshot)
        self._show()

    def _show(self) -> None:
        assert self._history is not None
        self._plot.set_tracks(reading.layer_tracks(self._history), reading.activation_tracks(self._history))

    def _fill_in(self, snapshot: Snapshot) -> None:
        """Compute what was not seen from the states that the timeline keeps, between frames."""
        if self._job is not None:
            self._job.cancel()
        self._job = Job(self._past(snapshot), "Reading the past", self._plot)
        self._job.finished.connect(lambda _result: self._show())
        self._job.start()

    def _past(self, snapshot: Snapshot) -> Generator[float, None, None]:
        history, maps = self._history, self._maps
        assert history is not None
        assert maps is not None
        marks = self._session.run.timeline.marks
        for i, mark in enumerate(marks):
            fits = len(mark.state.parameters) == snapshot.network.n_parameters
            if fits and mark.iteration <= snapshot.state.iteration and history.is_due(mark.iteration):
                reading.record(history, snapshot, maps, mark)
            yield (i + 1) / len(marks)
