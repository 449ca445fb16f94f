"""Prediction: quantities are hidden everywhere, asked one after another, and answered, revealed or given up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.document.veil import Question, Veil
from playground.session.view_model import ViewModel
from playground.training.answers import is_right, read_answer
from playground.training.hidden import Hidden
from playground.training.quantities import value_of
from playground.training.redaction import hidden_values, redacted
from playground.training.snapshot import Snapshot

Judgement = Literal["right", "not yet", "unreadable"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of an answer, or of a number that was revealed."""

    quantity: Quantity
    typed: str  # empty when the number was revealed
    judgement: Judgement
    value: float | None = None  # the number, once it may be shown
    explanation: str = ""  # what a wrong answer mistook, or what could not be read


class Prediction(QObject):
    """The questions of one window, and what is hidden because of them."""

    replied = Signal(object)  # an answer was judged, or a number revealed: a ``Reply``

    def __init__(self, looks: ViewModel, snapshot: Callable[[], Snapshot]) -> None:
        """Hide and ask what `looks` at `snapshot()`; nothing at first."""
        super().__init__(looks)
        self._looks, self._snapshot = looks, snapshot
        self._hidden: tuple[Snapshot, Veil, Example, Hidden] | None = None

    @property
    def veil(self) -> Veil:
        """The questions and what became of them."""
        return self._looks.view.veil

    def hidden(self) -> Hidden:
        """Return what may not be shown now."""
        key = (self._snapshot(), self.veil, self._looks.selection.example)
        if self._hidden is None or self._hidden[0] is not key[0] or self._hidden[1:3] != key[1:]:
            self._hidden = (*key, Hidden(key[0], self.veil.hidden, key[2]))
        return self._hidden[3]

    def ask(self, questions: Iterable[Question | Quantity]) -> None:
        """Hide the quantities and ask for them in this order, after those that are asked already.

        Raises
        ------
        ValueError
            When the network has no such node or edge, or the data no such example; nothing is hidden then.
        """
        asked = [one if isinstance(one, Question) else Question(one) for one in questions]
        for question in asked:
            self._value(question.quantity)
        self._looks.set_veil(self.veil.with_questions(asked))

    def answer(self, quantity: Quantity, typed: str, share: float = 1.0) -> Reply | None:
        """Judge what was typed for a hidden quantity; a right answer shows it. None when it is not hidden.

        Where only a `share` of the quantity is displayed, such as 1/N of it, that is what was typed.
        """
        question = self.veil.question(quantity)
        if question is None:
            return None
        value = self._value(quantity)
        try:
            guess = read_answer(typed) / share
        except ValueError as error:
            return self._reply(Reply(quantity, typed, "unreadable", explanation=str(error)))
        right = is_right(guess, value, question.digits)
        self._looks.set_veil(self.veil.judged(quantity, is_right=right))
        if right:
            return self._reply(Reply(quantity, typed, "right", value))
        return self._reply(Reply(quantity, typed, "not yet", explanation=self._explanation(question, guess)))

    def reveal(self, quantity: Quantity) -> Reply | None:
        """Show a hidden quantity without an answer; None when it is not hidden."""
        if self.veil.question(quantity) is None:
            return None
        value = self._value(quantity)
        self._looks.set_veil(self.veil.with_revealed(quantity))
        return self._reply(Reply(quantity, "", "not yet", value))

    def reveal_next(self) -> Reply | None:
        """Show the next hidden quantity; None when there is none."""
        return self.reveal(self.veil.hidden[0]) if self.veil.hidden else None

    def end(self) -> None:
        """Show everything and forget the questions."""
        self._looks.set_veil(Veil())

    def _explanation(self, question: Question, guess: float) -> str:
        """Return which mistake a wrong number is, without a number that is hidden."""
        # Not needed before somebody errs.
        from playground.lessons.misconceptions.of_run import explain

        snapshot, selected = self._snapshot(), self._looks.selection.example
        said = explain(snapshot, question.quantity, selected, guess, question.digits)
        return redacted(said, hidden_values(snapshot, self.hidden(), selected))

    def _value(self, quantity: Quantity) -> float:
        return value_of(self._snapshot(), quantity, self._looks.selection.example)

    def _reply(self, reply: Reply) -> Reply:
        self.replied.emit(reply)
        return reply
