"""Lockstep: keeps the comparison run of a session at the iteration of its run, however that moves."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from playground.document.document import Document
from playground.engine.messages import grouped
from playground.session.clock import Ticker
from playground.training.comparison_run import ComparisonRun
from playground.training.run import Run
from playground.training.training_loop import Watch

_SLICE_S = 0.008


class Lockstep(QObject):
    """The comparison run of a session, if there is one."""

    changed = Signal()  # there is another comparison run, or none any more
    caught_up = Signal()  # it has reached the run's iteration after it was behind
    noted = Signal(str)  # it diverged, or it cannot be trained under the new document

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a comparison run."""
        super().__init__(parent)
        self.comparison_run: ComparisonRun | None = None
        self._run: Run | None = None
        self._ticker = Ticker(self._on_tick, self)

    def set_comparison_run(self, comparison_run: ComparisonRun | None) -> None:
        """Keep `comparison_run` in lock-step from now on, or none."""
        if comparison_run is not self.comparison_run:
            self.comparison_run = comparison_run
            self._ticker.stop()
            self.changed.emit()

    def follow(self, before: Document, run: Run, source: Document) -> None:
        """Apply the new document of `run`; end the comparison when that cannot be trained."""
        if self.comparison_run is None:
            return
        try:
            self.comparison_run.follow(before, run.document, source, run.iteration)
        except ValueError as error:
            self.noted.emit(f"The comparison ended: {error}")
            self.set_comparison_run(None)

    def reset(self) -> None:
        """Go to iteration 0."""
        if self.comparison_run:
            self.comparison_run.reset()

    def train_steps(self, run: Run, steps: int) -> None:
        """Train the `steps` that `run` trained."""
        comparison_run = self.comparison_run
        if comparison_run:
            self._watched(run, lambda: comparison_run.train(steps))

    def align(self, run: Run) -> None:
        """Put the comparison run at the iteration of `run`, which is paused, at once or between the next events."""
        comparison_run = self.comparison_run
        if comparison_run is None:
            return
        if comparison_run.run.iteration != run.iteration:
            self._watched(run, lambda: comparison_run.go_to(run.iteration))
        if comparison_run.behind:
            self._run = run
            self._ticker.start()

    def train(self, run: Run, seconds: float, most: int | None, watch: Watch) -> int:
        """Train `run` and its comparison run for about `seconds`, at most `most` iterations; return those of `run`."""
        begun = perf_counter()
        comparison_run = self.comparison_run
        self._ticker.stop()
        if comparison_run is None:
            return run.train_for(seconds, most, watch)
        if comparison_run.behind and not comparison_run.catch_up(seconds):
            return 0
        most = comparison_run.steps_per_slice if most is None else min(most, comparison_run.steps_per_slice)
        done = run.train_for(begun + seconds - perf_counter(), most, watch)
        self._watched(run, lambda: comparison_run.train_in_slice(done, seconds, begun))
        return done

    def _on_tick(self) -> None:
        comparison_run = self.comparison_run
        if comparison_run is None or self._run is None:
            self._ticker.stop()
            return
        self._watched(self._run, lambda: comparison_run.catch_up(_SLICE_S))
        if not comparison_run.behind:
            self._ticker.stop()
            self.caught_up.emit()

    def _watched(self, run: Run, move: Callable[[], object]) -> None:
        """Move the comparison run of `run`, and report when it diverges; `run` goes on without it."""
        comparison_run = self.comparison_run
        assert comparison_run is not None
        known = comparison_run.run.divergence
        move()
        divergence = comparison_run.run.divergence
        if divergence is not None and divergence is not known:
            name, last = comparison_run.names(run.document)[1], f"{grouped(divergence.iteration)}"
            self.noted.emit(f"Run B ({name}) stopped at iteration {last}, its last finite one. A goes on.")
