"""A wrong law: what a classic mistake computes from the quantities of an exercise, and what to say of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.lessons.misconceptions.facts import Facts, MissingFactError


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of number that can be asked for, and its right law in words.

    Attributes
    ----------
    key : str
        Its name; ``wire.max`` is a kind of ``wire``.
    formula : str
        The right law with places for the quantities: ``{upstream:p} × {local:p}``.
    hint : str
        Where to look, without the answer and without a guess at the mistake.
    """

    key: str
    formula: str
    hint: str


@dataclass(frozen=True, slots=True)
class WrongLaw:
    """One misconception.

    Attributes
    ----------
    key, family : str
        Its name; which kind of mistake it is.
    of : tuple of str
        The questions that it belongs to; ``wire`` means each kind of it, too.
    sentence : str
        What the typed number is, what went wrong and where to look; ``{typed}`` and the quantities are its places.
    """

    key: str
    family: str
    of: tuple[str, ...]
    wrong: Callable[[Facts], float | None] = field(repr=False)  # None where the mistake makes no difference to see
    sentence: str

    def belongs_to(self, question: str) -> bool:
        """Return whether the mistake can be made at `question`."""
        return any(question == one or question.startswith(one + ".") for one in self.of)

    def value(self, facts: Facts) -> float | None:
        """Return what the mistake gives; None where it needs a quantity that is not there, or gives no number."""
        try:
            found = self.wrong(facts)
        except (MissingFactError, ZeroDivisionError, OverflowError, ValueError):
            return None
        return float(found) if found is not None and math.isfinite(found) else None
