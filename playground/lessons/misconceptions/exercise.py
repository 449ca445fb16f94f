"""Exercise: one number to work out, and what each classic mistake would give for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playground.circuits.numerals import equation
from playground.lessons.misconceptions.closeness import are_apart, could_be_rounded, rounding
from playground.lessons.misconceptions.facts import Facts, Value
from playground.lessons.misconceptions.law import WrongLaw
from playground.lessons.misconceptions.table import laws_of, question

DIGITS = 3
FAIR = 3
"""How many mistakes an exercise must tell apart from the right answer and from each other."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a wrong law gives in this exercise."""

    law: WrongLaw
    value: float


@dataclass(frozen=True, slots=True)
class Exercise:
    """A number to work out.

    Attributes
    ----------
    question : str
        What is asked, a key of the table: it names the right law.
    symbol : str
        The number as it is written: ``∂Lᵢ/∂z₂⁽¹⁾``.
    facts : Facts
        The quantities that the right law and the wrong ones are made of.
    right : float
        The answer, as the engine or a circuit computes it.
    digits : int
        How many significant digits an answer needs.
    slack : float
        How far off an answer may be that is computed from the digits on the screen.
    mistakes : tuple of Mistake
        Every wrong law that gives another number than the right one.
    """

    question: str
    symbol: str
    facts: Facts
    right: float
    digits: int
    slack: float
    mistakes: tuple[Mistake, ...]

    @property
    def told_apart(self) -> tuple[Mistake, ...]:
        """The mistakes whose numbers differ from all others."""
        return tuple(
            one
            for one in self.mistakes
            if all(other is one or are_apart(one.value, other.value, self.digits) for other in self.mistakes)
        )

    @property
    def is_fair(self) -> bool:
        """Whether at least three mistakes can be named for certain."""
        return len(self.told_apart) >= FAIR

    @property
    def working(self) -> str:
        """The right law with the numbers plugged in, without the result."""
        return self.facts.sentence(question(self.question).formula)

    @property
    def solution(self) -> str:
        """The right law with the numbers plugged in, and the result."""
        working, result = self.working, equation(self.right)
        if f"= {working}".endswith(f"= {result[2:]}"):
            return f"{self.symbol} = {working}"
        return f"{self.symbol} = {working} {result}"

    @property
    def hint(self) -> str:
        """Where to look, without the answer and without a guess at the mistake."""
        return self.facts.sentence(question(self.question).hint)


def exercise(
    asked: str, symbol: str, right: float, facts: Mapping[str, Value], digits: int = DIGITS, seen: Iterable[float] = ()
) -> Exercise:
    """Return the exercise of a question of the table.

    Parameters
    ----------
    asked, symbol : str
        The key of the question; the number as it is written.
    right : float
        The answer.
    facts : mapping
        Numbers, tuples of numbers and names; ``right`` is one of them without being given.
    seen : iterable of float
        What is added or subtracted, as the screen shows it with four digits.
    """
    known, slack = Facts({**facts, "right": right}), rounding(seen)
    found = ((law, law.value(known)) for law in laws_of(asked))
    mistakes = tuple(
        Mistake(law, value)
        for law, value in found
        if value is not None
        and are_apart(value, right, digits)
        and not could_be_rounded(value, right, digits)
        and abs(value - right) > 2.0 * slack
    )
    return Exercise(asked, symbol, known, known.right, digits, slack, mistakes)
