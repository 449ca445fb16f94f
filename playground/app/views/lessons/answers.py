"""Answers: what the learner does on a step of a lesson: predicts, works out, practises, turns cards, asks for help."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

from playground.app.views.lessons import drill, replies
from playground.app.views.lessons.asked_number import AskedNumber
from playground.app.views.lessons.drill import DrillRun
from playground.app.views.lessons.notebook import Notebook
from playground.app.views.lessons.performance import Performance
from playground.app.views.lessons.stage import LessonStage
from playground.app.views.lessons.visit import Visit
from playground.lessons.lesson import Compute, Drill, Goal, Predict, Recall
from playground.lessons.playing import count_successes
from playground.session.session import Session
from widgets.style import numbers


class Answers:
    """Takes what the learner does on the present step, and writes it into the notebook."""

    def __init__(
        self,
        session: Session,
        stage: LessonStage,
        notebook: Notebook,
        performance: Performance,
        new_seed: Callable[[], int],
    ) -> None:
        """Take nothing yet; drills ask `new_seed` for their next task."""
        self._session, self._stage = session, stage
        self._notebook, self._performance, self._new_seed = notebook, performance, new_seed
        self.asked_number = AskedNumber(session, stage, notebook)
        stage.solved = self._on_solved_in_circuit
        session.selection_changed.connect(self._on_selection_changed)

    def begin(self, visit: Visit) -> None:
        """Ask what the present step asks."""
        question = visit.step.question
        visit.drill = None
        if isinstance(question, Compute):
            self.asked_number.begin(question, visit)
        if isinstance(question, Drill):
            self._begin_drill(question, visit)
        if isinstance(question, Predict) and visit.state.is_frozen and not visit.state.outcome:
            self._compare(question)  # answered at an earlier start

    def choose(self, index: int) -> None:
        """Pick a choice; it is not an answer yet."""
        visit = self._notebook.visit
        if visit is not None and not visit.state.is_frozen:
            self._notebook.update(chosen=index)

    def answer(self, typed: str) -> None:
        """Answer the question of the step."""
        visit = self._notebook.visit
        if visit is None or self._performance.is_running:
            return
        question = visit.step.question
        if isinstance(question, Predict):
            self._predict(question, visit, typed)
        elif isinstance(question, Compute):
            self.asked_number.answer(question, typed)
        elif isinstance(question, Drill) and visit.drill is not None:
            self._answer_drill(visit.drill, typed)

    def open_card(self, index: int) -> None:
        """Show the answer of a card."""
        visit = self._notebook.visit
        if visit is not None:
            self._notebook.update(opened=visit.state.opened | {index})

    def judge_card(self, index: int, knew: bool) -> None:
        """Take the learner's word for a card."""
        visit = self._notebook.visit
        if visit is None or visit.state.knew(index) is not None:
            return
        cards = [part for part in visit.step.parts if isinstance(part, Recall)]
        self._notebook.progress.judge(cards[index], knew=knew)
        self._notebook.set_state(visit.state.with_judged(index, knew, len(cards)))

    def reach(self) -> None:
        """Take the goal of the step for reached."""
        visit = self._notebook.visit
        if visit is not None and not visit.state.is_done and not self._performance.is_running:
            self._stage.ring.clear()
            self._notebook.update(is_done=True)

    def help(self, key: str) -> None:
        """Give a hint, do it for the learner, or say why."""
        visit = self._notebook.visit
        if visit is None or self._performance.is_running:
            return
        question = visit.step.question
        if visit.drill is not None:
            self._go_on_drilling(visit.drill.with_hint() if key == "hint" else visit.drill.shown())
        elif key == "count" and isinstance(question, Goal):
            self._count(question)
        elif key == "hint":
            self._notebook.update(is_hint_shown=True)
            if isinstance(question, Goal):
                self._performance.run(question.show)
        elif key == "why":
            self._notebook.update(is_why_shown=True)
        elif isinstance(question, Compute):
            self.asked_number.reveal(question)
        else:
            self._performance.run(visit.step.solution, lambda: self._notebook.update(is_done=True))

    # ---- predictions ---------------------------------------------------------------------------

    def _predict(self, question: Predict, visit: Visit, typed: str) -> None:
        state = visit.state
        if (
            state.is_frozen
            or (question.choices and state.chosen is None)
            or (question.side is not None and not state.point)
        ):
            return
        if question.quantity is not None and (fault := replies.unreadable(typed)) is not None:
            self._notebook.update(typed=typed, reply=fault)
            return
        self._notebook.update(typed=typed, is_frozen=True, reply=None)
        self._performance.run(question.run, lambda: self._compare(question))

    def _compare(self, question: Predict) -> None:
        visit = self._notebook.visit
        assert visit is not None
        outcome, reply = replies.of_prediction(
            question, visit.state, self._session.snapshot(), self._session.selection.example
        )
        self._notebook.update(outcome=outcome, reply=reply, is_done=True)

    def _on_selection_changed(self, _selection: object) -> None:
        """Take the point that was marked on the plane."""
        visit = self._notebook.visit
        question = visit.step.question if visit else None
        if visit is None or not isinstance(question, Predict) or question.side is None or visit.state.is_frozen:
            return
        point = replies.point_of(self._session.snapshot(), self._session.selection.example)
        if point and point != visit.state.point and not self._performance.is_running:
            self._notebook.update(point=point)

    # ---- drills and seeds ------------------------------------------------------------------------

    def _begin_drill(self, asked: Drill, visit: Visit) -> None:
        standing = self._notebook.progress.standing_of(asked.kind)
        level = max(asked.level, standing.level) if asked.seed is None else asked.level
        seed = self._new_seed() if asked.seed is None else asked.seed
        try:
            visit.drill = drill.begin(asked.kind, replace(standing, level=level), asked.count, seed)
        except ValueError as error:
            self._notebook.update(reply=replies.impossible(error), is_done=True)
            return
        self._draw(visit.drill)

    def _answer_drill(self, run: DrillRun, typed: str) -> None:
        self._go_on_drilling(run.with_next_task(self._new_seed()) if run.exercise is None else run.answered(typed))

    def _go_on_drilling(self, run: DrillRun) -> None:
        self._notebook.set_drill(run)
        self._draw(run)

    def _draw(self, run: DrillRun) -> None:
        """Show the circuit of the task as far as it is known."""
        if run.task.draft.drawing is not None:
            self._session.pause()  # what is no longer seen does not go on
        self._stage.show_task(run.task.draft.drawing, run.known)

    def _on_solved_in_circuit(self) -> None:
        """Take the number that was typed into the circuit."""
        visit = self._notebook.visit
        if visit is None:
            return
        if visit.drill is None:
            self.asked_number.on_solved_in_circuit()
        elif visit.drill.exercise is not None:
            self._go_on_drilling(visit.drill.answered(numbers.full(visit.drill.exercise.right)))

    def _count(self, goal: Goal) -> None:
        """Train with each of the seeds, and count how many reach what the goal asks of each."""
        assert goal.each is not None
        seeds = goal.reach.seeds
        work = count_successes(self._session.document, goal.each, seeds)
        self._performance.start(_shares(work, seeds), lambda count: self._notebook.update(successes=count))


def _shares(work: Generator[int, None, int], seeds: int) -> Generator[float, None, int]:
    while True:
        try:
            yield next(work) / seeds
        except StopIteration as end:
            return int(end.value)
