"""Reading of a lesson: the page of a step, and the list of lessons."""

from __future__ import annotations

from math import ceil

from playground.app.views.lessons import replies
from playground.app.views.lessons.drill import DrillRun
from playground.app.views.lessons.practice import is_practice
from playground.app.views.lessons.step_state import StepState
from playground.document.quantity import Quantity
from playground.engine.messages import message, plural
from playground.lessons.lesson import CircuitQuantity, Compute, Goal, Lesson, Predict, Recall, Step, Text
from playground.training.quantities import title_of
from widgets.values import Choice
from widgets.values.lessons import (
    LessonCard,
    LessonGoal,
    LessonPage,
    LessonPlace,
    LessonPrediction,
    LessonQuestion,
)

CHECK = Choice("check", "Check", "Check the answer (Enter).")
ANSWER = Choice("answer", "Answer", "Give this answer (Enter).")
PREDICT = Choice("predict", "Predict, then run", "Your prediction is kept; then it runs, and you can compare (Enter).")
HINT = Choice("hint", "Hint", "Where to look, without the answer.")
SHOW = Choice("show", "Show me", "Do it for me; Ctrl+Z takes it back.")
REVEAL = Choice("show", "Show me", "Show the number.")
COUNT = Choice("count", "Try the seeds", "Train this network with each seed, and count how many reach the goal.")
WHY = Choice("why", "Why?", "The reason behind it.")
NEXT = Choice("next", "Next", "To the next step (Ctrl+PgDown).")
LIST_LEAD = "Each lesson takes about ten minutes. Your own document is put aside, and comes back exactly as it was."
DONE = Choice("next", "Done", "Back to the list of lessons (Ctrl+PgDown).")
FINISH = Choice("next", "Finish", "The lesson is done; your own document comes back (Ctrl+PgDown).")


def page_of(
    lesson: Lesson,
    index: int,
    state: StepState,
    done: tuple[bool, ...],
    *,
    depth: int,
    can_go_on: bool,
    is_running: bool = False,
    goal: LessonGoal | None = None,
    drill: DrillRun | None = None,
    fault: str = "",
) -> LessonPage:
    """Return the page of step `index` of `lesson`; `drill` is that of the step."""
    step = lesson.steps[index]
    asked = step.question
    lead, tail = _texts(step)
    is_settled = step.kind == "read" or state.is_done
    return LessonPage(
        place=LessonPlace(lesson.title, index, done, _minutes_left(lesson, index)),
        heading=step.heading,
        lead="\n\n".join(filter(None, (lead, drill.lead if drill else ""))),
        question=drill.question if drill else _question(asked, state, depth, is_running=is_running),
        prediction=_prediction(asked, state),
        reply=(drill.reply if drill else None) or state.reply,
        goal=goal,
        cards=_cards(step, state),
        hint=drill.hint if drill else _help(asked, "hint") if state.is_hint_shown else "",
        why=_help(asked, "why") if state.is_why_shown else "",
        tail="\n\n".join(filter(None, (drill.worked if drill else "", tail if is_settled else ""))),
        helps=_helps(step, state, drill),
        back=index > 0 and not is_running,
        next=_next(lesson, index),
        can_go_on=can_go_on,
        fault=fault,
    )


def detail_of(lesson: Lesson, step: int, *, is_done: bool) -> str:
    """Return minutes and progress of a lesson."""
    minutes = message("{minutes} min", minutes=lesson.minutes)
    if is_done:
        return message("{minutes} · done", minutes=minutes)
    if step:
        return message("{minutes} · step {step} of {steps}", minutes=minutes, step=step + 1, steps=len(lesson.steps))
    return minutes


def count_text(count: int) -> str:
    """Return how many cards there are."""
    return plural(count, "{count} card", "{count} cards")


def _next(lesson: Lesson, index: int) -> Choice:
    if index + 1 < len(lesson.steps):
        return NEXT
    return DONE if is_practice(lesson.name) else FINISH


def _texts(step: Step) -> tuple[str, str]:
    """Return what is read before the question, and what after it."""
    asked = step.question
    texts = [part for part in step.parts if isinstance(part, Text)]
    before = [part.markdown for part in texts if asked is None or part.line < asked.line]
    return "\n\n".join(before), "\n\n".join(part.markdown for part in texts if part.markdown not in before)


def _minutes_left(lesson: Lesson, index: int) -> int | None:
    return ceil(lesson.minutes * (len(lesson.steps) - index) / len(lesson.steps)) if lesson.minutes else None


def _question(asked: object, state: StepState, depth: int, *, is_running: bool) -> LessonQuestion | None:
    is_frozen = state.is_frozen or state.is_done or is_running
    if isinstance(asked, Predict):
        ask = asked.ask
        if asked.side is not None:
            marked = replies.point_text(state.point)
            ask += "\n\n" + (
                message("You marked {point}.", point=marked)
                if marked
                else message("Mark the place on the plane of the panel *Output*: click there.")
            )
        button = PREDICT if asked.run else ANSWER
        is_ready = not is_frozen and (asked.side is None or bool(state.point))
        return LessonQuestion(
            ask, button, asked.choices, state.chosen, asked.quantity is not None, state.typed,
            is_frozen=is_frozen, is_ready=is_ready,
        )  # fmt: skip
    if isinstance(asked, Compute):
        ask = asked.ask or _ask_for(asked.quantity, depth)
        return LessonQuestion(ask, CHECK, takes_number=True, typed=state.typed, is_frozen=is_frozen)
    return None


def _ask_for(wanted: Quantity | CircuitQuantity, depth: int) -> str:
    if isinstance(wanted, Quantity):
        template = "How large is the {title}? Type it here, or where the ? stands."
        try:
            return message(template, title=title_of(wanted, depth))
        except ValueError:  # the network has become another one
            return message(template, title=f"{wanted.of} {wanted.at}")
    return message("How large is the {of} of {at}? Type it here, or where the ? stands.", of=wanted.of, at=wanted.at)


def _prediction(asked: object, state: StepState) -> LessonPrediction | None:
    if not isinstance(asked, Predict) or not state.is_frozen:
        return None
    template = "What happened: {outcome}" if asked.run else "The answer: {outcome}"
    outcome = message(template, outcome=state.outcome) if state.outcome else ""
    return LessonPrediction(replies.predicted_text(asked, state), outcome)


def _cards(step: Step, state: StepState) -> tuple[LessonCard, ...]:
    cards = [part for part in step.parts if isinstance(part, Recall)]
    return tuple(
        LessonCard(card.ask, card.answer, index in state.opened or state.is_done, state.knew(index))
        for index, card in enumerate(cards)
    )


def _help(asked: object, name: str) -> str:
    return str(getattr(asked, name, ""))


def _helps(step: Step, state: StepState, drill: DrillRun | None) -> tuple[Choice, ...]:
    """Return the help that the step has now: a reason is given once the learner has tried."""
    asked, found = step.question, []
    if not state.is_done:
        if _help(asked, "hint") or (isinstance(asked, Goal) and asked.show):
            found.append(HINT)
        if isinstance(asked, Goal) and step.solution:
            found.append(SHOW)
        if isinstance(asked, Compute):
            found.append(REVEAL)
        if isinstance(asked, Goal) and asked.reach.seeds:
            found.append(COUNT)
    if drill is not None and drill.exercise is not None:
        found += [HINT, REVEAL]
    if _help(asked, "why") and (state.is_done or state.tries or isinstance(asked, Goal)):
        found.append(WHY)
    return tuple(found)
