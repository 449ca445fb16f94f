"""Lockstep: keeps the comparison run of a session at the iteration of its run, whatever moves that."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from playground.document.document import Document
from playground.session.clock import Ticker
from playground.training.comparison_run import ComparisonRun
from playground.training.run import Run, Watch

_SLICE_S = 0.008


class Lockstep(QObject):
    """The comparison run of a session, if there is one, and what it has to make up for.

    Attributes
    ----------
    comparison_run : ComparisonRun or None
    changed : Signal()
        Another comparison run goes along, or none.
    caught_up : Signal()
        It has come to the run's iteration after a long way.
    noted : Signal(str)
        Its numbers stopped being finite, or it cannot follow.
    """

    changed = Signal()
    caught_up = Signal()
    noted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Go alone."""
        super().__init__(parent)
        self.comparison_run: ComparisonRun | None = None
        self._run: Run | None = None
        self._ticker = Ticker(self._on_tick, self)

    def set_comparison_run(self, comparison_run: ComparisonRun | None) -> None:
        """Let `comparison_run` go along from now on, or none."""
        if comparison_run is not self.comparison_run:
            self.comparison_run = comparison_run
            self._ticker.stop()
            self.changed.emit()

    def follow(self, before: Document, run: Run, source: Document) -> None:
        """Take up another document of `run`; a comparison run that cannot be trained under it goes no further."""
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

    def train_on(self, run: Run, steps: int) -> None:
        """Make the `steps` that `run` made."""
        comparison_run = self.comparison_run
        if comparison_run:
            self._watched(run, lambda: comparison_run.train(steps))

    def come_to(self, run: Run) -> None:
        """Stand at the iteration of `run`, which does not play, now or between the next events of the window."""
        comparison_run = self.comparison_run
        if comparison_run is None:
            return
        if comparison_run.run.iteration != run.iteration:
            self._watched(run, lambda: comparison_run.come_to(run.iteration))
        if comparison_run.owed:
            self._run = run
            self._ticker.start()

    def train(self, run: Run, seconds: float, most: int | None, watch: Watch) -> int:
        """Train `run` and its comparison run for about `seconds`, at most `most` iterations; return those of `run`."""
        begun = perf_counter()
        comparison_run = self.comparison_run
        self._ticker.stop()
        if comparison_run is None:
            return run.train_until(lambda: perf_counter() >= begun + seconds, most, watch)
        if comparison_run.owed and not comparison_run.pay(seconds):
            return 0
        most = comparison_run.together if most is None else min(most, comparison_run.together)
        done = run.train_until(lambda: perf_counter() >= begun + seconds, most, watch)
        self._watched(run, lambda: comparison_run.go_along(done, seconds, begun))
        return done

    def _on_tick(self) -> None:
        comparison_run = self.comparison_run
        if comparison_run is None or self._run is None:
            self._ticker.stop()
            return
        self._watched(self._run, lambda: comparison_run.pay(_SLICE_S))
        if not comparison_run.owed:
            self._ticker.stop()
            self.caught_up.emit()

    def _watched(self, run: Run, move: Callable[[], object]) -> None:
        """Move the comparison run of `run`, and say so when its numbers stop being finite; `run` goes on without it."""
        comparison_run = self.comparison_run
        assert comparison_run is not None
        known = comparison_run.run.divergence
        move()
        divergence = comparison_run.run.divergence
        if divergence is not None and divergence is not known:
            name, last = comparison_run.names(run.document)[1], f"{divergence.iteration:,}"
            self.noted.emit(f"Run B ({name}) stopped at iteration {last}, its last finite one. A goes on.")
