"""Loss slice ↔ session: measures in slices between frames, shows the path live, and can be cancelled."""

from __future__ import annotations

from typing import Any
from weakref import ref

import numpy as np

from playground.analysis.loss_slice import Plane, losses_over
from playground.app.views.loss_slice import reading
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.document.document import Edge
from playground.document.prepared_data import PreparedData
from playground.engine.network import Network
from playground.session.jobs import Job
from playground.session.session import Session
from widgets.plots.loss_slice_canvas import NO_PATH
from widgets.plots.loss_slice_plot import LossSlicePlot

HIDDEN = "A weight on an axis is hidden: predict it first, or reveal it (F7)."


class LossSlicePresenter:
    """Measures the loss over a plane when asked, and keeps the path on it."""

    def __init__(self, session: Session, scheduler: Scheduler, plot: LossSlicePlot) -> None:
        """Connect `plot` to `session`."""
        self._session, self._plot = session, plot
        self._kind = reading.WEIGHTS
        self._pair = (0, 1)
        self._seed = 0
        self._offered: list[Edge] = []
        self._plane: Plane | None = None
        self._was_hidden = False
        self._job: Job | None = None
        self._of: tuple[Network, ref[PreparedData]] | None = None
        plot.kind_picked.connect(self._on_kind_picked)
        plot.weights_picked.connect(self._on_weights_picked)
        plot.measure_clicked.connect(self._on_measure_clicked)
        plot.cancel_clicked.connect(self.cancel)
        plot.set_progress(None)
        scheduler.add(plot, self.show_frame, READINGS, times=10)

    def show_frame(self, _changed: Aspect) -> None:
        """Keep the path up to date; another network or other data are measured again."""
        snapshot = self._session.snapshot()
        if self._of is None or self._of[0] is not snapshot.network or self._of[1]() is not snapshot.data:
            self._of = snapshot.network, ref(snapshot.data)  # which a hidden view must not keep
            self._offered = reading.edges(snapshot)
            self._pair = self._first_pair()
            self._plane = None
            self._plot.set_surface(None)
            self._plot.set_path(NO_PATH)
            self.measure()
        elif self._was_hidden != self._is_hidden():
            self.measure()
        elif self._plane is not None:
            states = reading.states(self._session.run.timeline, snapshot)
            self._plot.set_path(self._plane.coordinates(states))

    def measure(self) -> None:
        """Begin to measure about the present parameters; what was being measured is dropped."""
        self.cancel()
        self._was_hidden = self._is_hidden()
        if self._was_hidden:
            self._plane = None
            self._plot.set_surface(None, HIDDEN)
            self._plot.set_path(NO_PATH)
            return
        snapshot = self._session.snapshot()
        self._offer()
        states = reading.states(self._session.run.timeline, snapshot)
        first, second = (self._offered[i] for i in self._pair)
        try:
            plane = reading.make_plane(snapshot, self._kind, (first, second), self._seed, states)
            box = reading.box_of(plane, self._kind, plane.coordinates(states))
        except ValueError as error:
            self._plane = None
            self._plot.set_surface(None, f"{str(error)[0].upper()}{str(error)[1:]}.")
            self._plot.set_path(NO_PATH)
            return
        evaluator = reading.evaluator(snapshot)
        examples = evaluator.n_samples, snapshot.data.train.n_samples
        labels = reading.labels(snapshot, [first, second])
        kind, iteration = self._kind, snapshot.state.iteration

        def show(values: Any) -> None:
            self._plane = plane
            names = labels[0], labels[1]
            self._plot.set_surface(reading.surface(np.asarray(values), box, kind, names, iteration, examples))
            now = reading.states(self._session.run.timeline, self._session.snapshot())
            if now.shape[1] == len(plane.origin):
                self._plot.set_path(plane.coordinates(now))

        self._start(Job(losses_over(plane, evaluator, box, reading.SIZE), "Measuring the loss", self._plot), show)

    def _is_hidden(self) -> bool:
        """Return whether the axes would tell a weight that is to be predicted."""
        pair = [self._offered[i] for i in self._pair] if self._kind == reading.WEIGHTS else []
        hidden = self._session.prediction.hidden()
        return any(hidden.hides("weight", edge) for edge in pair)

    def cancel(self) -> None:
        """Stop measuring; what was shown stays."""
        if self._job is not None:
            self._job.cancel()

    def _start(self, job: Job, show: Any) -> None:
        self._job = job
        job.progressed.connect(self._plot.set_progress)
        job.finished.connect(show)
        job.failed.connect(self._session.note)
        job.ended.connect(lambda: self._on_ended(job))
        self._plot.set_progress(0.0)
        job.start()

    def _on_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._plot.set_progress(None)

    def _first_pair(self) -> tuple[int, int]:
        """Return the first two weights into the selected neuron, or into the first one."""
        node = self._session.selection.node
        mine = [
            i for i, edge in enumerate(self._offered) if node and (edge.layer, edge.target) == (node.layer, node.unit)
        ]
        return (mine[0], mine[1]) if len(mine) > 1 else (0, 1)

    def _offer(self) -> None:
        snapshot = self._session.snapshot()
        names = reading.labels(snapshot, self._offered)
        self._plot.set_choices(reading.KINDS, self._kind, names, self._pair if self._kind == reading.WEIGHTS else None)

    def _on_kind_picked(self, kind: str) -> None:
        self._kind = kind
        self.measure()

    def _on_weights_picked(self, first: int, second: int) -> None:
        self._pair = first, second
        self.measure()

    def _on_measure_clicked(self) -> None:
        if self._kind == reading.RANDOM:
            self._seed += 1
        self.measure()
