"""Practice and review as lessons of one step: generated tasks of one kind, and the cards that are due."""

from __future__ import annotations

from collections.abc import Iterable

from playground.engine.messages import message, plural
from playground.lessons.drills.ladder import KINDS
from playground.lessons.lesson import Drill, Lesson, Recall, Step

PRACTICE, REVIEW = "practice-", "review"
"""Names of these lessons; that of practice goes on with its kind."""
TASKS = 5
"""Tasks of one practice; its end offers more."""


def practice_lesson(kind: str) -> Lesson:
    """Return a lesson of tasks of `kind`, at the level that the learner has reached."""
    title = message(KINDS[kind].label)
    step = Step(title, (Drill(kind, 1, TASKS, None, 1),), "", (), 1)
    return _lesson(f"{PRACTICE}{kind}", message("Practice"), step)


def review_lesson(cards: Iterable[tuple[str, str]]) -> Lesson:
    """Return a lesson of `cards`, each a question and its answer."""
    parts = tuple(Recall(ask, answer, line) for line, (ask, answer) in enumerate(cards, start=1))
    heading = plural(len(parts), "{count} card is due", "{count} cards are due")
    return _lesson(REVIEW, message("Review"), Step(heading, parts, "", (), 1))


def is_practice(name: str) -> bool:
    """Return whether `name` is that of practice or review, which keep no progress of their own."""
    return name == REVIEW or name.startswith(PRACTICE)


def _lesson(name: str, title: str, step: Step) -> Lesson:
    return Lesson(name, title, 0, (), (), (), "lesson", 1, (step,))
