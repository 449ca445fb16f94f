"""Notebook: what the learner has done on the steps of the lesson that is taken, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from playground.app.views.lessons.drill import DrillRun
from playground.app.views.lessons.step_state import StepState, answer_of
from playground.app.views.lessons.visit import Visit
from playground.files.lesson_progress import LessonProgress


class Notebook(QObject):
    """Writes down what is done on the present step; a step that is done is kept with the progress."""

    changed = Signal()

    def __init__(self, progress: LessonProgress, parent: QObject) -> None:
        """Start without a lesson."""
        super().__init__(parent)
        self.progress = progress
        self.visit: Visit | None = None

    def update(self, **values: object) -> None:
        """Write down some `values` of the step's state."""
        if self.visit is not None:
            self.set_state(replace(self.visit.state, **values))  # type: ignore[arg-type]

    def set_state(self, state: StepState) -> None:
        """Write down the whole `state` of the step."""
        visit = self.visit
        assert visit is not None
        was_done = visit.state.is_done
        visit.states[visit.index] = state
        if state.is_done and not was_done and visit.keeps_progress:
            answer = answer_of(visit.step.question, state)
            self.progress.settle(visit.lesson, visit.index, answer, is_shown=state.is_shown)
        self.changed.emit()

    def set_drill(self, run: DrillRun) -> None:
        """Write down how far the step's drill is."""
        visit = self.visit
        assert visit is not None
        visit.drill = run
        self.progress.stand(run.task.kind, run.standing)
        self.update(is_done=visit.state.is_done or run.is_over)
