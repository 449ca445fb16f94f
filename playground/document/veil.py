"""Veil: which quantities are asked, and which of them are hidden still. It knows names, no numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from playground.document.prepared_data import PreparedData
from playground.document.quantity import Quantity
from playground.engine.network import Network


@dataclass(frozen=True, slots=True)
class Question:
    """A quantity to predict; with `digits`, so many significant digits must be right, else about three."""

    quantity: Quantity
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Veil:
    """The questions in the order in which they can be worked out, and what became of them."""

    questions: tuple[Question, ...] = ()
    solved: frozenset[Quantity] = frozenset()
    revealed: frozenset[Quantity] = frozenset()
    wrong: int = 0  # how many answers were not right; each may be tried again

    @property
    def hidden(self) -> tuple[Quantity, ...]:
        """The quantities that are hidden still, the next one first."""
        known = self.solved | self.revealed
        return tuple(question.quantity for question in self.questions if question.quantity not in known)

    def question(self, quantity: Quantity) -> Question | None:
        """Return the question for a quantity that is hidden still."""
        if quantity not in self.hidden:
            return None
        return next(question for question in self.questions if question.quantity == quantity)

    def with_questions(self, questions: Iterable[Question]) -> Veil:
        """Return this veil with `questions` as well; one that was answered is asked again."""
        fresh = tuple(dict.fromkeys(questions))
        names = {question.quantity for question in fresh}
        kept = tuple(question for question in self.questions if question.quantity not in names)
        return replace(self, questions=(*kept, *fresh), solved=self.solved - names, revealed=self.revealed - names)

    def judged(self, quantity: Quantity, *, is_right: bool) -> Veil:
        """Return the veil after an answer."""
        if not is_right:
            return replace(self, wrong=self.wrong + 1)
        return replace(self, solved=self.solved | ({quantity} & set(self.hidden)))

    def with_revealed(self, quantity: Quantity) -> Veil:
        """Return the veil with `quantity` shown without an answer."""
        return replace(self, revealed=self.revealed | ({quantity} & set(self.hidden)))

    def within(self, network: Network, data: PreparedData) -> Veil:
        """Return this veil without questions about what `network` and `data` do not have."""
        kept = tuple(question for question in self.questions if question.quantity.is_in(network, data))
        return self if len(kept) == len(self.questions) else replace(self, questions=kept)
