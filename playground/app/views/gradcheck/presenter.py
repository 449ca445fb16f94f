"""Gradient check tab ↔ session: a job in slices, with progress and cancel; a parameter leads to its edge."""

from __future__ import annotations

from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any

from playground.analysis.cost_sweep import Cost, cost_sweep
from playground.app.views.gradcheck import outdated
from playground.app.views.gradcheck import reading as reading_of
from playground.app.views.scheduling import READOUTS, Aspect, Scheduler
from playground.document.document import Node
from playground.engine.gradcheck import GradientCheck, check_gradients
from playground.engine.network import Network
from playground.session.jobs import Job
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from widgets.matrices.gradcheck_view import EPSILON, GradientCheckView


class GradientCheckPresenter:
    """Checks the gradients of the session's network when the user asks for it, and whenever ε or the break changes."""

    def __init__(self, session: Session, scheduler: Scheduler, view: GradientCheckView) -> None:
        """Connect `view` to `session`."""
        self._session, self._view = session, view
        self._epsilon, self._broken = EPSILON.default, ""
        self._job: Job | None = None
        self._checked: Network | None = None
        self._places: list[int] = []
        self._outdated: outdated.Outdated | None = None  # of what is shown
        view.check_requested.connect(self.check)
        view.sweep_requested.connect(self.sweep)
        view.cancel_requested.connect(self.cancel)
        view.epsilon_changed.connect(self._on_epsilon_changed)
        view.epsilon_released.connect(self._check_again)
        view.broken_picked.connect(self._on_broken_picked)
        view.parameter_clicked.connect(self._on_parameter_clicked)
        session.document_changed.connect(lambda _before, _after: self._on_document_changed())
        view.set_epsilon(self._epsilon)
        self._choices = scheduler.add(view, self._show_choices, Aspect.DOCUMENT)
        self._head = scheduler.add(view, self._show_head, Aspect.RUN | Aspect.DOCUMENT, times=READOUTS, light=True)

    def check(self) -> None:
        """Start a check of the current parameters; cancel a running one."""
        self.cancel()
        snapshot = self._session.snapshot()
        data = reading_of.examples(snapshot)
        broken = int(self._broken) if self._broken else None
        work = check_gradients(
            snapshot.network,
            snapshot.document.training,
            data,
            snapshot.state.parameters,
            epsilon=self._epsilon,
            seed=snapshot.document.seed,
            refine=self._epsilon == reading_of.CAREFUL_EPSILON,
            broken_layer=broken,
            clock=perf_counter,
        )
        self._start(work, "Gradient check", lambda check: self._on_finished(snapshot, check, data.n_samples, broken))

    def sweep(self) -> None:
        """Measure what both ways cost for networks of other widths; cancel what runs."""
        self.cancel()
        snapshot = self._session.snapshot()
        data = reading_of.examples(snapshot)
        work = cost_sweep(snapshot.network.spec, snapshot.document.training.loss, data, perf_counter)
        self._start(work, "Width sweep", lambda costs: self._on_swept(snapshot, costs, data.n_samples))

    def _start(self, work: Generator[float, None, object], title: str, finished: Callable[[Any], None]) -> None:
        job = Job(work, title, self._view)
        job.progressed.connect(self._view.set_progress)
        job.finished.connect(finished)
        job.failed.connect(self._session.note)
        job.ended.connect(lambda: self._on_ended(job))
        self._job = job
        self._view.set_progress(0.0)
        job.start()

    def cancel(self) -> None:
        """Give a running check up; the last result stays."""
        if self._job is not None:
            self._job.cancel()

    def _on_finished(self, snapshot: Snapshot, check: GradientCheck, n_examples: int, broken: int | None) -> None:
        self._checked, self._places = snapshot.network, check.indices.tolist()
        self._view.set_reading(reading_of.reading(snapshot, check, n_examples, broken))
        self._outdated = outdated.check_of(snapshot)
        self._head.refresh()

    def _on_swept(self, snapshot: Snapshot, costs: tuple[Cost, ...], n_examples: int) -> None:
        self._checked, self._places = None, []
        self._view.set_sweep(reading_of.sweep(snapshot, costs, n_examples))
        self._outdated = outdated.sweep_of(snapshot)
        self._head.refresh()

    def _on_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._view.set_progress(None)

    def _check_again(self) -> None:
        if self._job is not None or self._checked is not None:
            self.check()

    def _on_epsilon_changed(self, epsilon: float) -> None:
        self._epsilon = epsilon

    def _on_broken_picked(self, key: str) -> None:
        self._broken = key
        self._choices.refresh()
        self._check_again()

    def _on_parameter_clicked(self, place: int) -> None:
        if self._checked is self._session.run.network and place < len(self._places):
            edge = reading_of.edge_at(self._checked, self._places[place])
            self._session.select(node=Node(edge.layer, edge.target), edge=edge)

    def _on_document_changed(self) -> None:
        """Let go of what was said of another network."""
        network = self._session.run.network
        if self._broken and int(self._broken) > len(network.layers):
            self._broken = ""
        if self._checked is not None and self._checked.spec != network.spec:
            self.cancel()
            self._checked, self._places, self._outdated = None, [], None
            self._view.set_reading(None)
        elif self._checked is not None:
            self._checked = network

    def _show_head(self, _changed: Aspect) -> None:
        self._view.set_outdated(self._outdated(self._session.snapshot()) if self._outdated is not None else "")

    def _show_choices(self, _changed: Aspect) -> None:
        self._view.set_work(reading_of.work(self._session.run.network))
        self._view.set_broken(reading_of.breakable(self._session.run.network), self._broken)
