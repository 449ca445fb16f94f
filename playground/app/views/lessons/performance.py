"""Performance: actions of a lesson that are carried out so that they can be watched."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.app.views.lessons.stage import LessonStage, Work
from playground.lessons.lesson import Action
from playground.session.jobs import Job
from playground.session.session import Session


class Performance(QObject):
    """Carries out one thing at a time between the events of the window."""

    changed = Signal()  # something begins or has ended

    def __init__(self, session: Session, stage: LessonStage, parent: QObject) -> None:
        """Carry out nothing yet."""
        super().__init__(parent)
        self._session, self._stage = session, stage
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether something is being carried out."""
        return self._job is not None

    def run(self, actions: tuple[Action, ...], then: Callable[[], object] = lambda: None) -> None:
        """Carry out `actions`; then do `then`."""
        self.start(self._stage.carry_out(actions) if actions else _nothing(), lambda _result: then())

    def start(self, work: Generator[float, None, object], then: Callable[[Any], object]) -> None:
        """Do `work`; then call `then` with its result, or with None when it fails."""
        job = self._job = Job(work, parent=self)
        job.finished.connect(lambda result: self._on_ended(lambda: then(result)))
        job.failed.connect(lambda fault: self._on_ended(lambda: then(None), fault))
        job.cancelled.connect(self._on_ended)
        self.changed.emit()
        job.start()

    def finish(self) -> None:
        """Carry out the rest at once."""
        if self._job is not None:
            self._job.finish()

    def cancel(self) -> None:
        """Leave out the rest."""
        if self._job is not None:
            self._job.cancel()

    def _on_ended(self, then: Callable[[], object] = lambda: None, fault: str = "") -> None:
        self._job = None
        if fault:
            self._session.note(fault)
        then()
        self.changed.emit()


def _nothing() -> Work:
    yield 1.0
