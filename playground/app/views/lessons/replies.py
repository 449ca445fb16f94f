"""Replies: what a lesson says to an answer, and what happened after a prediction."""

from __future__ import annotations

import numpy as np

from playground.app.views.lessons.step_state import StepState
from playground.app.views.names import class_text
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine.messages import message
from playground.lessons.exercises import exercise_of
from playground.lessons.expressions import value_in_circuit
from playground.lessons.lesson import Predict
from playground.lessons.misconceptions.exercise import Exercise
from playground.lessons.misconceptions.reply import Reply as Said
from playground.lessons.misconceptions.reply import mistake_of, reply_to
from playground.lessons.sides import classes_at
from playground.session.prediction import Reply
from playground.training.answers import is_right, read_answer
from playground.training.quantities import value_of
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values.lessons import LessonReply, ReplyTone

RIGHT, WRONG, NOT_SO, NOT_YET = "Right.", "It came out otherwise.", "That is not it.", "Not yet."
CHANGED = LessonReply(
    "note",
    "The network has become another one.",
    "Undo that with Ctrl+Z, or go Back and then Next: the step starts again.",
)
ANSWERED = LessonReply("right", RIGHT)


def shown(value: float) -> str:
    """Return a number as an answer shows it."""
    return numbers.four(value)


def unreadable(typed: str) -> LessonReply | None:
    """Return why `typed` is not a number; None where it is one."""
    try:
        read_answer(typed)
    except ValueError as error:
        return LessonReply("note", "That is not a number.", str(error))
    return None


def impossible(error: Exception) -> LessonReply:
    """Return why a number cannot be asked for here."""
    return LessonReply("note", "This cannot be asked here.", str(error))


def of_answer(reply: Reply, solution: str) -> LessonReply:
    """Return what is said to an answer in the panel or in the card; once it is known, with its `solution`."""
    worked = f"`{solution}`" if solution else ""
    if reply.judgement == "right":
        return LessonReply("right", RIGHT, worked or reply.explanation)
    if reply.judgement == "unreadable":
        return LessonReply("note", "That is not a number.", reply.explanation)
    if reply.value is not None:
        return LessonReply("note", message("It is {number}.", number=shown(reply.value)), worked)
    title = message("Not yet: {typed} is not it.", typed=reply.typed)
    return LessonReply("wrong", title, reply.explanation.removeprefix(NOT_YET).strip())


def revealed(value: str, solution: str) -> LessonReply:
    """Return what is said of a number that the program shows, with the `solution` that leads to it."""
    return LessonReply("note", message("It is {number}.", number=value), f"`{solution}`" if solution else "")


def to_number(exercise: Exercise | None, value: float, digits: int | None, typed: str) -> LessonReply:
    """Return what is said to a number that was typed for `value`, which is that of `exercise`."""
    if exercise is not None:
        return of_exercise(reply_to(exercise, typed))
    if (fault := unreadable(typed)) is not None:
        return fault
    if is_right(read_answer(typed), value, digits):
        return ANSWERED
    return LessonReply("wrong", message("Not yet: {typed} is not it.", typed=typed))


def of_exercise(reply: Said) -> LessonReply:
    """Return the reply to an exercise; its first sentence is its title."""
    tone: ReplyTone = {"right": "right", "wrong_law": "wrong", "wrong": "wrong"}.get(reply.kind, "note")  # type: ignore[assignment]
    head, dot, rest = reply.sentence.partition(". ")
    if tone == "right" or not rest:
        return LessonReply(tone, reply.sentence)
    return LessonReply(tone, f"{head}{dot}".strip(), rest)


def of_prediction(asked: Predict, state: StepState, snapshot: Snapshot, selected: Example) -> tuple[str, LessonReply]:
    """Return what happened, and the reply to what was predicted; `selected` is the example that is read."""
    now = readouts(snapshot)
    if asked.choices:
        is_hit = state.chosen == asked.right
        said = asked.replies[state.chosen] if asked.replies and state.chosen is not None else ""
        happened = asked.choices[asked.right]
        outcome = f"{happened} · {now}" if asked.run and now else happened
        missed = WRONG if asked.run else NOT_SO
        return outcome, LessonReply("right" if is_hit else "wrong", RIGHT if is_hit else missed, said)
    worked = ""
    if asked.quantity is not None:
        of = asked.quantity
        value = value_of(snapshot, of, selected) if isinstance(of, Quantity) else value_in_circuit(of)
        is_hit, outcome = is_right(read_answer(state.typed), value, asked.digits), numbers.approximately(value)
        worked = _worked(exercise_of(of, snapshot, selected, asked.digits), state.typed, is_hit=is_hit)
    else:
        found = int(classes_at(snapshot, np.array([state.point[:2]]))[0])
        is_hit = found == asked.side
        outcome = message("the network says {found} there", found=class_text(snapshot.data.sample.class_names[found]))
    said = asked.replies[0 if is_hit else 1] if asked.replies else worked
    return outcome, LessonReply("right" if is_hit else "wrong", RIGHT if is_hit else WRONG, said)


def _worked(exercise: Exercise | None, typed: str, *, is_hit: bool) -> str:
    """Return how a predicted number is worked out, and before that which mistake gives the one that was typed."""
    if exercise is None:
        return ""
    mistaken = None if is_hit else mistake_of(exercise, read_answer(typed), typed)
    return "\n\n".join(([mistaken.sentence] if mistaken else []) + [f"`{exercise.solution}`"])


def predicted_text(asked: Predict, state: StepState) -> str:
    """Return what the learner predicted."""
    if asked.choices:
        return asked.choices[state.chosen] if state.chosen is not None else ""
    return state.typed if asked.quantity is not None else point_text(state.point)


def readouts(snapshot: Snapshot) -> str:
    """Return where training is, in a few words; empty at the start."""
    if snapshot.state.iteration == 0:
        return ""
    losses = snapshot.losses
    accuracy, loss = losses.test_accuracy, numbers.significant(losses.test, 3)
    at = message("iteration {count:,}", count=snapshot.state.iteration)
    if accuracy is None:
        return message("test loss {loss} at {at}", loss=loss, at=at)
    percent = numbers.significant(100.0 * accuracy, 3)
    return message("test accuracy {percent}\u00a0%, test loss {loss} at {at}", percent=percent, loss=loss, at=at)


def point_of(snapshot: Snapshot, example: Example) -> tuple[float, ...]:
    """Return where an example lies."""
    if example.index is None:
        return tuple(example.probe)
    return tuple(float(value) for value in snapshot.data.sample.points[example.index])


def point_text(point: tuple[float, ...]) -> str:
    """Return a point of the plane in words."""
    return "(" + ", ".join(numbers.four(value) for value in point) + ")" if point else ""
