"""Reading time: how long the words of a lesson take, at a stated pace."""

from __future__ import annotations

from playground.lessons.lesson import Compute, Goal, Lesson, Part, Predict, Recall, Text

WORDS_A_MINUTE = 150
"""Technical English with formulas, read to be understood."""


def minutes_to_read(lesson: Lesson) -> float:
    """Return the minutes that a learner reads, who sees the longest reply and no hint."""
    words = sum(len(text.split()) for step in lesson.steps for text in (step.heading, *map(_read, step.parts)))
    return words / WORDS_A_MINUTE


def _read(part: Part) -> str:
    """Return what is read of `part`."""
    if isinstance(part, Text):
        return part.markdown
    if isinstance(part, Predict):
        return " ".join((part.ask, *part.choices, max(part.replies, key=len, default=""), part.why))
    if isinstance(part, Compute):
        return f"{part.ask} {part.why}"
    if isinstance(part, Goal):
        return part.why
    return f"{part.ask} {part.answer}" if isinstance(part, Recall) else ""
