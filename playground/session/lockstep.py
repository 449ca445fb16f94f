"""Lockstep: keeps the companion of a session at the iteration of its run, whatever moves that."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from playground.session.clock import Ticker
from playground.session.companion import Companion
from playground.session.document import Document
from playground.session.training_run import Run, Watch

_SLICE_S = 0.008


class Lockstep(QObject):
    """The companion of a session, if there is one, and what it has to make up for.

    Attributes
    ----------
    companion : Companion or None
    changed : Signal()
        Another companion goes along, or none.
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
        self.companion: Companion | None = None
        self._run: Run | None = None
        self._ticker = Ticker(self._on_tick, self)

    def accompany(self, companion: Companion | None) -> None:
        """Let `companion` go along from now on, or nobody."""
        if companion is not self.companion:
            self.companion = companion
            self._ticker.stop()
            self.changed.emit()

    def follow(self, before: Document, run: Run, source: Document) -> None:
        """Take up another document of `run`; a companion that cannot be trained under it goes no further."""
        if self.companion is None:
            return
        try:
            self.companion.follow(before, run.document, source, run.iteration)
        except ValueError as error:
            self.noted.emit(f"The comparison ended: {error}")
            self.accompany(None)

    def reset(self) -> None:
        """Go to iteration 0."""
        if self.companion:
            self.companion.reset()

    def train_on(self, run: Run, steps: int) -> None:
        """Make the `steps` that `run` made."""
        companion = self.companion
        if companion:
            self._watched(run, lambda: companion.train(steps))

    def come_to(self, run: Run) -> None:
        """Stand at the iteration of `run`, which does not play, now or between the next events of the window."""
        companion = self.companion
        if companion is None:
            return
        if companion.run.iteration != run.iteration:
            self._watched(run, lambda: companion.come_to(run.iteration))
        if companion.owed:
            self._run = run
            self._ticker.start()

    def train(self, run: Run, seconds: float, most: int | None, watch: Watch) -> int:
        """Train `run` and its companion for about `seconds`, at most `most` iterations; return those of `run`."""
        begun = perf_counter()
        companion = self.companion
        self._ticker.stop()
        if companion is None:
            return run.train_until(lambda: perf_counter() >= begun + seconds, most, watch)
        if companion.owed and not companion.pay(seconds):
            return 0
        most = companion.together if most is None else min(most, companion.together)
        done = run.train_until(lambda: perf_counter() >= begun + seconds, most, watch)
        self._watched(run, lambda: companion.go_along(done, seconds, begun))
        return done

    def _on_tick(self) -> None:
        companion = self.companion
        if companion is None or self._run is None:
            self._ticker.stop()
            return
        self._watched(self._run, lambda: companion.pay(_SLICE_S))
        if not companion.owed:
            self._ticker.stop()
            self.caught_up.emit()

    def _watched(self, run: Run, move: Callable[[], object]) -> None:
        """Move the companion of `run`, and say so when its numbers stop being finite; `run` goes on without it."""
        companion = self.companion
        assert companion is not None
        known = companion.run.trouble
        move()
        trouble = companion.run.trouble
        if trouble is not None and trouble is not known:
            name, last = companion.names(run.document)[1], f"{trouble.iteration:,}"
            self.noted.emit(f"Run B ({name}) stopped at iteration {last}, its last finite one. A goes on.")
