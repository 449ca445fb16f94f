"""The reply to a typed number: right, which mistake gives it, or only that it is not right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playground.circuits.numerals import numeral
from playground.engine.messages import message
from playground.lessons.misconceptions import typed as answers
from playground.lessons.misconceptions.closeness import is_rough, is_short, stands_for
from playground.lessons.misconceptions.exercise import Exercise
from playground.lessons.misconceptions.law import WrongLaw
from playground.lessons.misconceptions.typed import Typed

_COUNTING = "123456789"
Kind = Literal["right", "wrong_law", "wrong", "rough", "unreadable"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to an answer.

    Attributes
    ----------
    kind : str
        ``rough`` has too few digits to be judged; it counts as no try, as ``unreadable`` does not.
    law : WrongLaw or None
        The mistake that gives the typed number, where there is only one; the sentence names all of several.
    """

    kind: Kind
    sentence: str
    law: WrongLaw | None = None


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What to say of a number that mistakes give."""

    law: WrongLaw | None  # None where several give it
    sentence: str


def reply_to(exercise: Exercise, typed: str) -> Reply:
    """Judge what was `typed`: a right answer is never accused, and no mistake is guessed where two give the number."""
    try:
        answer = answers.read(typed)
    except ValueError as error:
        return Reply("unreadable", message("That is not read as a number: {error}.", error=error))
    return reply(exercise, answer)


def mistake_of(exercise: Exercise, guess: float, called: str = "") -> Mistaken | None:
    """Return the mistakes that give `guess`, which is known to be wrong; None where no known mistake does.

    `called` stands for the number where a sentence has just said it.
    """
    return _mistake(exercise, Typed(called or numeral(guess), guess))


def explanation(exercise: Exercise, guess: float) -> str:
    """Return what to say about `guess`, which is known to be wrong: the mistake, or a neutral hint."""
    found = mistake_of(exercise, guess)
    return exercise.hint if found is None else found.sentence


def reply(exercise: Exercise, answer: Typed) -> Reply:
    """Judge an answer that could be read."""
    if stands_for(answer, exercise.right, exercise.digits, exercise.slack):
        return Reply("right", message("Yes: {solution}.", solution=exercise.solution))
    found = _mistake(exercise, answer)
    if not (found and is_short(exercise.right)) and is_rough(answer, exercise.right, exercise.digits):
        template = "{typed} has too few digits to be judged: type {digits} digits, such as {one} or {other}."
        one = f"0.{_COUNTING[: exercise.digits]}"
        other = f"−{_COUNTING[3]}.{_COUNTING[4 : exercise.digits + 3]}".removesuffix(".")
        return Reply("rough", message(template, typed=answer.text, digits=exercise.digits, one=one, other=other))
    if found:
        kind: Kind = "wrong_law" if found.law else "wrong"
        return Reply(kind, message("Not yet. {sentence}", sentence=found.sentence), found.law)
    template = "Not yet: {typed} is not {symbol}. {hint}"
    return Reply("wrong", message(template, typed=answer.text, symbol=exercise.symbol, hint=exercise.hint))


def _mistake(exercise: Exercise, answer: Typed) -> Mistaken | None:
    found = [one.law for one in exercise.mistakes if stands_for(answer, one.value, exercise.digits)]
    if not found:
        return None
    if len(found) == 1:
        return Mistaken(found[0], exercise.facts.sentence(found[0].sentence, typed=answer.text))
    said = (exercise.facts.sentence(law.sentence, typed=message("it")) for law in found)
    each = message("; or ").join(one.partition(". ")[0].removesuffix(".") for one in said)
    template = "{typed} comes from more than one mistake here: {each}. {hint}"
    return Mistaken(None, message(template, typed=answer.text, each=each, hint=exercise.hint))
