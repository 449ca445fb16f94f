"""Values of what is hidden until it is predicted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

UNKNOWN = math.nan
"""Stands in a reading for a number that is hidden: it is not given to any widget."""
HIDDEN_TEXT = "?"

Place = tuple[str, int]
"""A number of a reading: the name of its field, and its row (0 where there is one alone)."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A number that is hidden: its name in words, and whether an answer is taken for it, now or later."""

    name: str
    is_asked: bool = False
    is_next: bool = False

    @property
    def words(self) -> str:
        """Say what is hidden and what to do."""
        if self.is_asked:
            return f"{self.name} is hidden: press Enter and type your answer."
        return f"{self.name} waits: it is computed from a number that is hidden."


Blanks = Mapping[Place, Blank]


@dataclass(frozen=True, slots=True)
class PredictState:
    """What the line of questions shows; without a question nothing is hidden.

    ``reply`` is what became of the last answer, ``tone`` how it is meant; ``waits`` says why the number cannot be
    answered yet.
    """

    question: str = ""
    number: int = 0  # which question it is, counted from 1
    count: int = 0
    reply: str = ""
    tone: str = "plain"  # "right", "wrong" or "plain"
    waits: str = ""
