"""LessonPlayer: takes a learner through a lesson, and gives the own document back exactly when it is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from playground.app.views.lessons.answers import Answers
from playground.app.views.lessons.notebook import Notebook
from playground.app.views.lessons.performance import Performance
from playground.app.views.lessons.practice import is_practice
from playground.app.views.lessons.scenes import Scenes, first_document, have_other_scenes
from playground.app.views.lessons.stage import LessonStage
from playground.app.views.lessons.step_state import with_answer
from playground.app.views.lessons.visit import Visit
from playground.files.lesson_progress import LessonProgress
from playground.files.saved import Saved
from playground.lessons.lesson import Lesson
from playground.session.session import Session

if TYPE_CHECKING:
    from playground.app.views.lessons.circuit_desk import CircuitDesk


class OwnDocument(Protocol):
    """What puts the user's own document aside, and brings it back."""

    leaving: SignalInstance  # the document is about to be left for another
    closing: SignalInstance  # the window asks whether it may close

    def visit(self, saved: Saved, name: str, moved: Callable[[bool], object]) -> None:
        """Put the document aside for `saved`, called `name`; `moved` hears of Undo and Redo of that."""

    def come_home(self) -> None:
        """Bring it back exactly."""


class LessonPlayer(QObject):
    """Plays one lesson at a time in the window of a session."""

    changed = Signal()  # the step, or what has been done on it, is another
    begun = Signal()  # a lesson is about to show its first scene
    step_entered = Signal()  # another step, or none
    ended = Signal(object)  # the learner left a lesson, this one
    finished = Signal(object)  # its last step is done; it has been left by now
    progress_changed = Signal()  # what the list of lessons shows is another

    def __init__(
        self,
        session: Session,
        files: OwnDocument,
        stage: LessonStage,
        progress: LessonProgress,
        new_seed: Callable[[], int],
    ) -> None:
        """Play nothing yet; drills ask `new_seed` for their next task."""
        super().__init__(session)
        self._session, self._files, self._stage = session, files, stage
        self.progress = progress
        self._notebook = Notebook(progress, self)
        self._performance = Performance(session, stage, self)
        self._scenes = Scenes(session, stage)
        self.answers = Answers(session, stage, self._notebook, self._performance, new_seed)
        self._is_inside = False  # whether the own document is put aside
        files.leaving.connect(self.leave)
        files.closing.connect(lambda: self.leave(for_now=True))
        self._notebook.changed.connect(self.changed)
        self._performance.changed.connect(self.changed)

    @property
    def visit(self) -> Visit | None:
        """The lesson that is taken."""
        return self._notebook.visit

    @property
    def open_desk(self) -> CircuitDesk | None:
        """What shows a circuit where the network was; None while the network is in sight."""
        return self._stage.open_desk

    @property
    def is_running(self) -> bool:
        """Whether actions are being carried out."""
        return self._performance.is_running

    def finish_running(self) -> None:
        """Carry out the rest at once."""
        self._performance.finish()

    # ---- from step to step ---------------------------------------------------------------------

    def open(self, lesson: Lesson, folder: Path | None = None, at: int | None = None) -> None:
        """Take `lesson`, at step `at` or where the learner left it.

        Raises
        ------
        ValueError
            When its first scene cannot be shown; nothing has changed then.
        """
        visit = Visit(lesson, folder=folder)
        visit.index = self.progress.step_of(lesson) if at is None else at
        visit.keeps_progress = not is_practice(lesson.name)
        answers, shown = self.progress.answers_of(lesson), self.progress.shown_of(lesson)
        visit.states = {
            index: with_answer(lesson.steps[index].question, answers.get(index, ""), is_shown=index in shown)
            for index in self.progress.done_of(lesson)
        }
        first = first_document(visit) if visit.has_scenes else None
        self.leave()
        self.begun.emit()
        with self._session.refreshing():  # once, what the learner meets: not the way there
            self._notebook.visit = visit
            if first is not None:
                self._is_inside = True
                self._files.visit(first, lesson.title, lambda inside: self._on_moved(visit, inside))
                self.progress.hide(self._stage.hide(lesson.hide))
            self._scenes.prepare(visit)
        self._enter(visit)

    def reload(self, lesson: Lesson) -> None:
        """Show another version of the lesson at its step."""
        visit = self.visit
        if visit is None:
            return
        is_new_scene = have_other_scenes(visit.lesson, lesson)
        visit.lesson, visit.index = lesson, min(visit.index, len(lesson.steps) - 1)
        visit.states = {index: state for index, state in visit.states.items() if index < visit.index}
        if is_new_scene and self._is_inside:
            self._scenes.prepare(visit)
        self._enter(visit)

    def next(self) -> None:
        """Go on; after the last step the lesson is finished."""
        visit = self.visit
        if visit is None or self.is_running or not self.can_go_on:
            return
        self._notebook.update(is_done=True)
        if visit.index + 1 == len(visit.lesson.steps):
            if visit.keeps_progress:
                self.progress.finish(visit.lesson)
            self.leave()
            if visit.keeps_progress:
                self.finished.emit(visit.lesson)
            return
        visit.index += 1
        self._close_step()
        self._scenes.enter(visit)
        self._enter(visit)

    def back(self) -> None:
        """Show the step before, as it was when the learner came to it or, if it is done, as it was left."""
        visit = self.visit
        if visit is None or visit.index == 0:
            return
        self._performance.cancel()
        visit.index -= 1
        self._close_step()
        self._scenes.prepare(visit)
        self._enter(visit)

    def leave(self, *, for_now: bool = False) -> None:
        """End the lesson; the own document comes back. A lesson left `for_now` goes on at the next start."""
        visit = self.visit
        if visit is None:
            return
        self._performance.cancel()
        self._close_step()
        self._stage.clear()
        self._notebook.visit = None
        if self._is_inside:
            self._is_inside = False
            self._files.come_home()
        if not for_now:
            self.progress.close()
        self.step_entered.emit()
        self.changed.emit()
        self.ended.emit(visit.lesson)

    @property
    def can_go_on(self) -> bool:
        """Whether the step lets the learner go on."""
        visit = self.visit
        return visit is not None and not self.is_running and (visit.step.kind == "read" or visit.state.is_done)

    def forget(self) -> None:
        """Forget all progress."""
        self.progress.forget()
        self.progress_changed.emit()

    # ---- inside --------------------------------------------------------------------------------

    def _enter(self, visit: Visit) -> None:
        """Begin what the present step waits for."""
        if visit.keeps_progress:
            self.progress.reach(visit.lesson, visit.index)
        self.answers.begin(visit)
        self.step_entered.emit()
        self.changed.emit()

    def _close_step(self) -> None:
        self._session.prediction.end()
        self._stage.end_asking()
        self._stage.ring.clear()

    def _on_moved(self, visit: Visit, inside: bool) -> None:
        """Follow Undo out of the lesson, and Redo into it."""
        if inside == self._is_inside:
            return
        self._is_inside = inside
        if inside:
            self._notebook.visit = visit
            self.begun.emit()
            self.progress.hide(self._stage.hide(visit.lesson.hide))
            self._enter(visit)
        else:
            self._performance.cancel()
            self._close_step()
            self._stage.clear()
            self._notebook.visit = None
            self.progress.close()
            self.step_entered.emit()
            self.changed.emit()
            self.ended.emit(visit.lesson)
