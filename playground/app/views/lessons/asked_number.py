"""AskedNumber: the number that a step asks for, typed in the panel, in the card or into the circuit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import TypeVar

from playground.app.views.lessons import replies
from playground.app.views.lessons.notebook import Notebook
from playground.app.views.lessons.stage import LessonStage
from playground.app.views.lessons.step_state import StepState
from playground.app.views.lessons.visit import Visit
from playground.document import veil
from playground.document.quantity import Quantity
from playground.lessons.exercises import exercise_of
from playground.lessons.lesson import CircuitQuantity, Compute, Goal, Predict, Scene, Step
from playground.session.prediction import Reply
from playground.session.session import Session
from playground.training.quantities import value_of
from widgets.style import numbers
from widgets.values.lessons import LessonReply


class AskedNumber:
    """Hides the number, takes the answers to it, and shows it."""

    def __init__(self, session: Session, stage: LessonStage, notebook: Notebook) -> None:
        """Ask for nothing yet; what is answered is written into `notebook`."""
        self._session, self._stage, self._notebook = session, stage, notebook
        session.prediction.replied.connect(self._on_replied)

    def number(self, wanted: Quantity | CircuitQuantity) -> float:
        """Return the number that a step asks for."""
        if isinstance(wanted, Quantity):
            return value_of(self._session.snapshot(), wanted, self._session.selection.example)
        return self._stage.desk.number(wanted.of, wanted.at)

    def begin(self, question: Compute, visit: Visit) -> None:
        """Hide the number until it is answered; where it has been, show again what was said to that."""
        wanted, state = question.quantity, visit.state
        try:
            if isinstance(wanted, CircuitQuantity):
                self._stage.desk.ask(
                    wanted.of, wanted.at, _later(visit, CircuitQuantity), _before(visit, CircuitQuantity)
                )
            else:
                if not state.is_done:
                    later = (veil.Question(one) for one in _later(visit, Quantity) if one != wanted)
                    self._session.prediction.ask([veil.Question(wanted, question.digits), *later])
                self._stage.look_at(wanted)
        except ValueError as error:
            self._notebook.update(reply=replies.impossible(error), is_done=True)
            return
        if state.is_done and isinstance(wanted, CircuitQuantity):
            self._stage.desk.take_answer()
        if state.is_done and state.reply is None and state.typed:  # answered at an earlier start
            self._notebook.update(reply=self._again(question, state))

    def answer(self, question: Compute, typed: str) -> None:
        """Take what was typed in the panel."""
        wanted = question.quantity
        session = self._session
        if isinstance(wanted, Quantity) and wanted not in session.prediction.veil.hidden:
            self._notebook.update(typed=typed, reply=replies.CHANGED)
            return
        exercise = exercise_of(wanted, session.snapshot(), session.selection.example, question.digits)
        if exercise is None and isinstance(wanted, Quantity):  # a number that nobody works out
            session.prediction.answer(wanted, typed)
            return
        reply = replies.to_number(exercise, self.number(wanted), question.digits, typed)
        is_right = reply.tone == "right"
        visit = self._notebook.visit
        tries = visit.state.tries + (reply.tone != "note") if visit else 0
        self._notebook.update(typed=typed, reply=reply, is_done=is_right, is_frozen=is_right, tries=tries)
        if is_right and isinstance(wanted, Quantity):
            session.prediction.answer(wanted, numbers.full(self.number(wanted)))
        elif is_right:
            self._stage.desk.take_answer()

    def reveal(self, question: Compute) -> None:
        """Show the number for the learner."""
        wanted = question.quantity
        if isinstance(wanted, Quantity):
            if self._session.prediction.reveal(wanted) is None:
                self._notebook.update(reply=replies.CHANGED)
            return
        self._stage.desk.reveal()
        value = replies.shown(self.number(wanted))
        said = replies.revealed(value, self._solution(question))
        self._notebook.update(typed=value, reply=said, is_done=True, is_frozen=True, is_shown=True)

    def on_solved_in_circuit(self) -> None:
        """Take the number that was typed into the circuit."""
        visit = self._notebook.visit
        question = visit.step.question if visit else None
        if isinstance(question, Compute) and isinstance(question.quantity, CircuitQuantity):
            value = replies.shown(self.number(question.quantity))
            self._notebook.update(typed=value, reply=replies.ANSWERED, is_done=True, is_frozen=True)

    # ---- inside --------------------------------------------------------------------------------

    def _solution(self, question: Compute) -> str:
        """Return the right law with the numbers plugged in; empty where nothing is worked out."""
        session = self._session
        found = exercise_of(question.quantity, session.snapshot(), session.selection.example, question.digits)
        return found.solution if found else ""

    def _on_replied(self, reply: Reply) -> None:
        """Show in the panel what was answered there or in the card."""
        visit = self._notebook.visit
        question = visit.step.question if visit else None
        if visit is None or not isinstance(question, Compute) or reply.quantity != question.quantity:
            return
        if visit.state.is_done:  # answered in the panel, which has said it
            return
        is_over = reply.value is not None
        typed = reply.typed or (replies.shown(reply.value) if reply.value is not None else "")
        said = replies.of_answer(reply, self._solution(question) if is_over else "")
        tries = visit.state.tries + bool(reply.typed)
        is_shown = is_over and not reply.typed
        self._notebook.update(
            typed=typed, reply=said, is_done=is_over, is_frozen=is_over, is_shown=is_shown, tries=tries
        )

    def _again(self, question: Compute, state: StepState) -> LessonReply:
        """Return what is said to the number that was typed, or shown, at an earlier start."""
        if state.is_shown:
            return replies.revealed(state.typed, self._solution(question))
        session, value = self._session, self.number(question.quantity)
        exercise = exercise_of(question.quantity, session.snapshot(), session.selection.example, question.digits)
        return replies.to_number(exercise, value, question.digits, state.typed)


Asked = TypeVar("Asked", Quantity, CircuitQuantity)


def _later(visit: Visit, kind: type[Asked]) -> tuple[Asked, ...]:
    """Return what the steps after the present one ask of the same scene."""
    following = visit.lesson.steps[visit.index + 1 :]
    return _asked_in(takewhile(lambda step: not _changes(step), following), kind)


def _before(visit: Visit, kind: type[Asked]) -> tuple[Asked, ...]:
    """Return what the steps before the present one have asked of the same scene."""
    steps = visit.lesson.steps[: visit.index + 1]
    start = max((index for index, step in enumerate(steps) if _changes(step)), default=0)
    return _asked_in(steps[start:-1], kind)


def _changes(step: Step) -> bool:
    """Return whether `step` shows something else, or lets it train."""
    asked = step.question
    has_scene = any(isinstance(part, Scene) for part in step.parts)
    return has_scene or isinstance(asked, Goal) or (isinstance(asked, Predict) and bool(asked.run))


def _asked_in(steps: Iterable[Step], kind: type[Asked]) -> tuple[Asked, ...]:
    asked = (step.question.quantity for step in steps if isinstance(step.question, Compute))
    return tuple(one for one in asked if isinstance(one, kind))
