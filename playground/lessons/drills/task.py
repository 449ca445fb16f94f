"""Task: something to work out in steps, of which the last are blank; its name is enough to make it again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground.document.document import MAX_SEED
from playground.engine.messages import message
from playground.lessons.drills.drawing import Drawing
from playground.lessons.misconceptions.exercise import Exercise

LEVELS = 4
_NAME = re.compile(r"([a-z]+)-(\d{1,3})-(\d{1,10})")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a kind of drill draws: a task before it is known what of it is blank.

    Attributes
    ----------
    title : str
    given : tuple of str
        What is known, a line each.
    steps : tuple of Exercise
        The whole way, in the order in which it is worked out.
    drawing : Drawing or None
        The circuit to show; None where there is none.
    """

    title: str
    given: tuple[str, ...]
    steps: tuple[Exercise, ...]
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A draft with its last `blanks` steps asked; the steps before them are shown."""

    kind: str
    level: int
    seed: int
    draft: Draft
    blanks: int

    @property
    def name(self) -> str:
        """The text that makes this task again: ``gates-2-4711``."""
        return f"{self.kind}-{self.level}-{self.seed}"

    @property
    def worked(self) -> tuple[Exercise, ...]:
        """The steps that are shown with their results."""
        return self.draft.steps[: len(self.draft.steps) - self.blanks]

    @property
    def asked(self) -> tuple[Exercise, ...]:
        """The steps that are blank, in their order."""
        return self.draft.steps[len(self.draft.steps) - self.blanks :]


def blanks_of(level: int, n_steps: int) -> int:
    """Return how many of the last steps are blank: one at level 1, at the highest level all."""
    return min(n_steps, max(level, n_steps * (level - 1) // (LEVELS - 1)))


def read_task_name(text: str, kinds: tuple[str, ...]) -> tuple[str, int, int]:
    """Return kind, level and seed of a task's name; the inverse of ``Task.name``.

    Raises
    ------
    ValueError
        If `text` names no task; the message says what would.
    """
    found = _NAME.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(message("task: expected a name such as {kind}-1-7, got {text!r}", kind=kinds[0], text=text))
    name = found[1], int(found[2]), int(found[3])
    check_task(*name, kinds)
    return name


def check_task(kind: str, level: int, seed: int, kinds: tuple[str, ...]) -> None:
    """Raise a ValueError where one of the three does not exist."""
    if kind not in kinds:
        raise ValueError(message("kind: expected one of {kinds}, got {kind}", kinds=", ".join(kinds), kind=kind))
    if not 1 <= level <= LEVELS:
        raise ValueError(message("level: expected 1 to {levels}, got {level}", levels=LEVELS, level=level))
    if not 0 <= seed <= MAX_SEED:
        raise ValueError(message("seed: expected 0 to {most}, got {seed}", most=MAX_SEED, seed=seed))
