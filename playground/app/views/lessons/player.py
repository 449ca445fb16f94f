"""LessonPlayer: takes a learner through a lesson, and gives the own document back exactly when it is left."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from playground.app.views.lessons import drill, replies
from playground.app.views.lessons.drill import DrillRun
from playground.app.views.lessons.practice import is_practice
from playground.app.views.lessons.stage import LessonStage, Work
from playground.app.views.lessons.step_state import StepState, answer_of, with_answer
from playground.document import veil
from playground.document.quantity import Quantity
from playground.files import document_file
from playground.files.lesson_progress import LessonProgress
from playground.files.saved import Saved
from playground.lessons.exercises import exercise_of
from playground.lessons.lesson import (
    PREVIOUS,
    Action,
    CircuitQuantity,
    Compute,
    Drill,
    Goal,
    Lesson,
    Predict,
    Recall,
    Scene,
    Step,
)
from playground.lessons.playing import count_successes
from playground.lessons.scenes import document_of_scene
from playground.session.jobs import Job
from playground.session.prediction import Reply
from playground.session.saving import open_saved
from playground.session.session import Session
from playground.training.quantities import value_of
from widgets.style import numbers

_PASSING = ("ring", "show", "circuit", "slow_motion")
"""Verbs whose effect ends with their step."""


@dataclass(slots=True)
class Visit:
    """A lesson that is being taken."""

    lesson: Lesson
    index: int = 0
    folder: Path | None = None  # of the file, with the documents that its scenes name
    states: dict[int, StepState] = field(default_factory=dict)
    drill: DrillRun | None = None  # of the present step
    keeps_progress: bool = True

    @property
    def step(self) -> Step:
        """The present step."""
        return self.lesson.steps[self.index]

    @property
    def state(self) -> StepState:
        """What the learner has done on it."""
        return self.states.get(self.index, StepState())

    @property
    def has_scenes(self) -> bool:
        """Whether the lesson shows documents of its own."""
        return any(isinstance(part, Scene | Goal | Compute) for step in self.lesson.steps for part in step.parts)


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
    step_entered = Signal()  # another step, or none
    ended = Signal(object)  # the learner left a lesson, this one
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
        self.progress, self._new_seed = progress, new_seed
        self.visit: Visit | None = None
        self._job: Job | None = None
        self._is_inside = False  # whether the own document is put aside
        files.leaving.connect(self.leave)
        files.closing.connect(lambda: self.leave(for_now=True))
        session.prediction.replied.connect(self._on_replied)
        session.selection_changed.connect(self._on_selection_changed)
        stage.solved = self._on_solved_in_circuit

    def number(self, wanted: Quantity | CircuitQuantity) -> float:
        """Return the number that a step asks for."""
        if isinstance(wanted, Quantity):
            return value_of(self._session.snapshot(), wanted, self._session.selection.example)
        return self._stage.desk.number(wanted.of, wanted.at)

    @property
    def is_running(self) -> bool:
        """Whether actions are being carried out."""
        return self._job is not None

    def finish_running(self) -> None:
        """Carry out the rest at once."""
        if self._job is not None:
            self._job.finish()

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
        answers = self.progress.answers_of(lesson)
        visit.states = {
            index: with_answer(lesson.steps[index].question, answers.get(index, ""))
            for index in self.progress.done_of(lesson)
        }
        first = self._document(visit, 0, visit.index) if visit.has_scenes else None
        self.leave()
        self.visit = visit
        if first is not None:
            self._is_inside = True
            self._files.visit(first, lesson.title, lambda inside: self._on_moved(visit, inside))
            self.progress.hide(self._stage.hide(lesson.hide))
        self._prepare()
        self._enter()

    def reload(self, lesson: Lesson) -> None:
        """Show another version of the lesson at its step."""
        visit = self.visit
        if visit is None:
            return
        is_new_scene = _scenes(visit.lesson) != _scenes(lesson)
        visit.lesson, visit.index = lesson, min(visit.index, len(lesson.steps) - 1)
        visit.states = {index: state for index, state in visit.states.items() if index < visit.index}
        if is_new_scene and visit.has_scenes and self._is_inside:
            self._prepare()
        self._enter()

    def next(self) -> None:
        """Go on; after the last step the lesson is finished."""
        visit = self.visit
        if visit is None or self.is_running or not self.can_go_on:
            return
        self._update(is_done=True)
        if visit.index + 1 == len(visit.lesson.steps):
            if visit.keeps_progress:
                self.progress.finish(visit.lesson)
            self.leave()
            return
        visit.index += 1
        self._close_step()
        self._finish(self._scene_work(visit.step))
        self._enter()

    def back(self) -> None:
        """Show the step before, as it was when the learner came to it or, if it is done, as it was left."""
        visit = self.visit
        if visit is None or visit.index == 0:
            return
        self._cancel()
        visit.index -= 1
        self._close_step()
        if visit.has_scenes:
            self._prepare()
        self._enter()

    def leave(self, *, for_now: bool = False) -> None:
        """End the lesson; the own document comes back. A lesson left `for_now` goes on at the next start."""
        visit = self.visit
        if visit is None:
            return
        self._cancel()
        self._close_step()
        self._stage.clear()
        self.visit = None
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

    # ---- answers -------------------------------------------------------------------------------

    def choose(self, index: int) -> None:
        """Pick a choice; it is not an answer yet."""
        if self.visit is not None and not self.visit.state.is_frozen:
            self._update(chosen=index)

    def answer(self, typed: str) -> None:
        """Answer the question of the step."""
        visit = self.visit
        if visit is None or self.is_running:
            return
        question = visit.step.question
        if isinstance(question, Predict):
            self._predict(question, typed)
        elif isinstance(question, Compute):
            self._answer_number(question, typed)
        elif isinstance(question, Drill) and visit.drill is not None:
            self._answer_drill(visit.drill, typed)

    def open_card(self, index: int) -> None:
        """Show the answer of a card."""
        if self.visit is not None:
            self._update(opened=self.visit.state.opened | {index})

    def judge_card(self, index: int, knew: bool) -> None:
        """Take the learner's word for a card."""
        visit = self.visit
        if visit is None or visit.state.knew(index) is not None:
            return
        cards = [part for part in visit.step.parts if isinstance(part, Recall)]
        self.progress.judge(cards[index], knew=knew)
        self._set_state(visit.state.with_judged(index, knew, len(cards)))

    def reach(self) -> None:
        """Take the goal of the step for reached."""
        if self.visit is not None and not self.visit.state.is_done and not self.is_running:
            self._stage.ring.clear()
            self._update(is_done=True)

    def help(self, key: str) -> None:
        """Give a hint, do it for the learner, or say why."""
        visit = self.visit
        if visit is None or self.is_running:
            return
        question = visit.step.question
        if visit.drill is not None:
            self._set_drill(visit.drill.with_hint() if key == "hint" else visit.drill.shown())
        elif key == "count" and isinstance(question, Goal):
            self._count(question)
        elif key == "hint":
            self._update(is_hint_shown=True)
            if isinstance(question, Goal):
                self._run(question.show)
        elif key == "why":
            self._update(is_why_shown=True)
        elif isinstance(question, Compute):
            self._reveal(question.quantity)
        else:
            self._run(visit.step.solution, lambda: self._update(is_done=True))

    # ---- predictions ---------------------------------------------------------------------------

    def _predict(self, question: Predict, typed: str) -> None:
        visit = self.visit
        assert visit is not None
        state = visit.state
        if (
            state.is_frozen
            or (question.choices and state.chosen is None)
            or (question.side is not None and not state.point)
        ):
            return
        if question.quantity is not None and (fault := replies.unreadable(typed)) is not None:
            self._update(typed=typed, reply=fault)
            return
        self._update(typed=typed, is_frozen=True, reply=None)
        self._run(question.run, lambda: self._compare(question))

    def _compare(self, question: Predict) -> None:
        assert self.visit is not None
        outcome, reply = replies.of_prediction(question, self.visit.state, self._session.snapshot())
        self._update(outcome=outcome, reply=reply, is_done=True)

    # ---- numbers -------------------------------------------------------------------------------

    def _answer_number(self, question: Compute, typed: str) -> None:
        wanted = question.quantity
        session = self._session
        if isinstance(wanted, Quantity) and wanted not in session.prediction.veil.hidden:
            self._update(typed=typed, reply=replies.CHANGED)
            return
        exercise = exercise_of(wanted, session.snapshot(), session.selection.example, question.digits)
        if exercise is None and isinstance(wanted, Quantity):  # a number that nobody works out
            session.prediction.answer(wanted, typed)
            return
        reply = replies.to_number(exercise, self.number(wanted), question.digits, typed)
        is_right = reply.tone == "right"
        if is_right and isinstance(wanted, Quantity):
            session.prediction.answer(wanted, numbers.full(self.number(wanted)))
        elif is_right:
            self._stage.desk.take_answer()
        tries = self.visit.state.tries + (reply.tone != "note") if self.visit else 0
        self._update(typed=typed, reply=reply, is_done=is_right, is_frozen=is_right, tries=tries)

    def _reveal(self, wanted: Quantity | CircuitQuantity) -> None:
        if isinstance(wanted, Quantity):
            if self._session.prediction.reveal(wanted) is None:
                self._update(reply=replies.CHANGED)
            return
        self._stage.desk.reveal()
        value = replies.shown(self.number(wanted))
        self._update(typed=value, reply=replies.revealed(value), is_done=True, is_frozen=True)

    def _solution(self, question: Compute) -> str:
        """Return the right law with the numbers plugged in; empty where nothing is worked out."""
        session = self._session
        found = exercise_of(question.quantity, session.snapshot(), session.selection.example, question.digits)
        return found.solution if found else ""

    def _on_solved_in_circuit(self) -> None:
        """Take the number that was typed into the circuit."""
        visit = self.visit
        question = visit.step.question if visit else None
        if isinstance(question, Compute) and isinstance(question.quantity, CircuitQuantity):
            value = replies.shown(self.number(question.quantity))
            self._update(typed=value, reply=replies.ANSWERED, is_done=True, is_frozen=True)

    def _on_replied(self, reply: Reply) -> None:
        """Show in the panel what was answered there or in the card."""
        visit = self.visit
        question = visit.step.question if visit else None
        if visit is None or not isinstance(question, Compute) or reply.quantity != question.quantity:
            return
        is_over = reply.value is not None
        typed = reply.typed or (replies.shown(reply.value) if reply.value is not None else "")
        said = replies.of_answer(reply, self._solution(question) if is_over else "")
        tries = visit.state.tries + bool(reply.typed)
        self._update(typed=typed, reply=said, is_done=is_over, is_frozen=is_over, tries=tries)

    def _on_selection_changed(self, _selection: object) -> None:
        """Take the point that was marked on the plane."""
        visit = self.visit
        question = visit.step.question if visit else None
        if visit is None or not isinstance(question, Predict) or question.side is None or visit.state.is_frozen:
            return
        point = replies.point_of(self._session.snapshot(), self._session.selection.example)
        if point and point != visit.state.point and not self.is_running:
            self._update(point=point)

    # ---- drills and seeds ------------------------------------------------------------------------

    def _answer_drill(self, run: DrillRun, typed: str) -> None:
        self._set_drill(run.with_next_task(self._new_seed()) if run.exercise is None else run.answered(typed))

    def _set_drill(self, run: DrillRun) -> None:
        visit = self.visit
        assert visit is not None
        visit.drill = run
        self.progress.stand(run.task.kind, run.standing)
        self._update(is_done=visit.state.is_done or run.is_over)

    def _count(self, goal: Goal) -> None:
        """Train with each of the seeds, and count how many reach what the goal asks of each."""
        assert goal.each is not None
        seeds = goal.reach.seeds
        work = count_successes(self._session.document, goal.each, seeds)
        self._start(_shares(work, seeds), lambda count: self._update(successes=count))

    # ---- scenes --------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Show the window as the learner meets it at the present step; what went before is done again."""
        visit = self.visit
        assert visit is not None
        if visit.has_scenes:
            self._finish(self._work_to(visit))

    def _work_to(self, visit: Visit) -> Work:
        steps = visit.lesson.steps[: visit.index + 1]
        start = max((i for i, step in enumerate(steps) if _begins(step)), default=0)
        for index, step in enumerate(steps[start:], start=start):
            is_past = index < visit.index
            yield from self._scene_work(step, is_past=is_past)
            question = step.question
            if isinstance(question, Predict) and (is_past or visit.state.is_done):
                yield from self._stage.carry_out(_lasting(question.run))
            if isinstance(question, Goal) and (is_past or visit.state.is_done):
                yield from self._stage.carry_out(_lasting(step.solution))

    def _scene_work(self, step: Step, *, is_past: bool = False) -> Work:
        for part in step.parts:
            if isinstance(part, Scene):
                self._load(part, step.heading)
                yield from self._stage.carry_out(_lasting(part.actions) if is_past else part.actions)

    def _load(self, scene: Scene, text: str) -> None:
        visit = self.visit
        assert visit is not None
        if scene.circuit is not None:
            self._stage.desk.open(scene.circuit.text, dict(scene.circuit.inputs))
            return
        self._stage.close_circuit()
        self._session.pause()
        if scene.document == PREVIOUS:
            self._session.change(lambda before: document_of_scene(scene, before), text)
        else:
            open_saved(self._session, _saved(scene, visit.folder), text, always=True)

    def _document(self, visit: Visit, first: int, last: int) -> Saved:
        """Return what the first scene up to `last` shows; the program's own document where there is none."""
        for step in visit.lesson.steps[first : last + 1]:
            for part in step.parts:
                if isinstance(part, Scene) and part.circuit is None:
                    return _saved(part, visit.folder)
        return Saved()

    # ---- inside --------------------------------------------------------------------------------

    def _enter(self) -> None:
        """Begin what the present step waits for."""
        visit = self.visit
        assert visit is not None
        if visit.keeps_progress:
            self.progress.reach(visit.lesson, visit.index)
        question = visit.step.question
        visit.drill = None
        if isinstance(question, Compute) and not visit.state.is_done:
            self._ask(question)
        if isinstance(question, Drill):
            self._begin_drill(question)
        if isinstance(question, Predict) and visit.state.is_frozen and not visit.state.outcome:
            self._compare(question)  # answered at an earlier start
        self.step_entered.emit()
        self.changed.emit()

    def _begin_drill(self, asked: Drill) -> None:
        standing = self.progress.standing_of(asked.kind)
        level = max(asked.level, standing.level) if asked.seed is None else asked.level
        seed = self._new_seed() if asked.seed is None else asked.seed
        visit = self.visit
        assert visit is not None
        try:
            visit.drill = drill.begin(asked.kind, replace(standing, level=level), asked.count, seed)
        except ValueError as error:
            self._update(reply=replies.impossible(error), is_done=True)

    def _ask(self, question: Compute) -> None:
        wanted = question.quantity
        try:
            if isinstance(wanted, CircuitQuantity):
                self._stage.desk.ask(wanted.of, wanted.at, self._asked_later())
            else:
                self._session.prediction.ask([veil.Question(wanted, question.digits)])
                self._stage.look_at(wanted)
        except ValueError as error:
            self._update(reply=replies.impossible(error), is_done=True)

    def _asked_later(self) -> tuple[CircuitQuantity, ...]:
        """Return what the steps after this one ask of the same circuit."""
        assert self.visit is not None
        following = self.visit.lesson.steps[self.visit.index + 1 :]
        same = takewhile(lambda step: not any(isinstance(part, Scene) for part in step.parts), following)
        asked = (step.question.quantity for step in same if isinstance(step.question, Compute))
        return tuple(one for one in asked if isinstance(one, CircuitQuantity))

    def _close_step(self) -> None:
        self._session.prediction.end()
        self._stage.end_asking()
        self._stage.ring.clear()

    def _run(self, actions: tuple[Action, ...], then: Callable[[], object] = lambda: None) -> None:
        """Carry out `actions` so that they can be watched; then do `then`."""
        self._start(self._stage.carry_out(actions) if actions else _nothing(), lambda _result: then())

    def _start(self, work: Generator[float, None, object], then: Callable[[Any], object]) -> None:
        job = self._job = Job(work, parent=self)
        job.finished.connect(lambda result: self._on_run(lambda: then(result)))
        job.failed.connect(lambda fault: self._on_run(lambda: then(None), fault))
        job.cancelled.connect(self._on_run)
        self.changed.emit()
        job.start()

    def _on_run(self, then: Callable[[], object] = lambda: None, fault: str = "") -> None:
        self._job = None
        if fault:
            self._session.note(fault)
        then()
        self.changed.emit()

    def _finish(self, work: Generator[float, None, None]) -> None:
        try:
            for _ in work:
                pass
        except ValueError as error:
            self._session.note(str(error))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _update(self, **values: object) -> None:
        if self.visit is not None:
            self._set_state(replace(self.visit.state, **values))  # type: ignore[arg-type]

    def _set_state(self, state: StepState) -> None:
        visit = self.visit
        assert visit is not None
        was_done = visit.state.is_done
        visit.states[visit.index] = state
        if state.is_done and not was_done and visit.keeps_progress:
            self.progress.settle(visit.lesson, visit.index, answer_of(visit.step.question, state))
        self.changed.emit()

    def _on_moved(self, visit: Visit, inside: bool) -> None:
        """Follow Undo out of the lesson, and Redo into it."""
        if inside == self._is_inside:
            return
        self._is_inside = inside
        if inside:
            self.visit = visit
            self.progress.hide(self._stage.hide(visit.lesson.hide))
            self._enter()
        else:
            self._cancel()
            self._close_step()
            self._stage.clear()
            self.visit = None
            self.progress.close()
            self.step_entered.emit()
            self.changed.emit()
            self.ended.emit(visit.lesson)


def _shares(work: Generator[int, None, int], seeds: int) -> Generator[float, None, int]:
    while True:
        try:
            yield next(work) / seeds
        except StopIteration as end:
            return int(end.value)


def _saved(scene: Scene, folder: Path | None) -> Saved:
    if scene.document:
        if folder is None:
            raise ValueError(f"{scene.document}: a lesson that is in no folder has no documents beside it")
        return document_file.load(folder / scene.document)
    return Saved(document_of_scene(scene))


def _begins(step: Step) -> bool:
    """Return whether a scene of `step` does not build on what went before."""
    return any(isinstance(part, Scene) and part.document != PREVIOUS for part in step.parts)


def _scenes(lesson: Lesson) -> list[tuple[object, ...]]:
    scenes = [part for step in lesson.steps for part in step.parts if isinstance(part, Scene)]
    return [(scene.words, scene.document, scene.actions) for scene in scenes]


def _lasting(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(action for action in actions if action.verb not in _PASSING)


def _nothing() -> Work:
    yield 1.0
