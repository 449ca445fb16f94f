"""StepState: what a learner has done on one step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.lessons.lesson import Compute, Predict, Question, Recall
from playground.training.answers import read_answer
from widgets.values.lessons import LessonReply


@dataclass(frozen=True, slots=True)
class StepState:
    """Answers and help of one step; `is_done` lets the learner go on."""

    is_done: bool = False
    chosen: int | None = None  # a choice that is picked, or that was the answer
    typed: str = ""  # the number that was the answer
    point: tuple[float, ...] = ()  # where the plane was marked
    is_frozen: bool = False  # the prediction is made
    is_shown: bool = False  # the number was shown for the learner
    outcome: str = ""  # what happened
    reply: LessonReply | None = None
    is_hint_shown: bool = False
    is_why_shown: bool = False
    opened: frozenset[int] = frozenset()  # cards whose answer is shown
    judged: tuple[tuple[int, bool], ...] = ()  # cards, and whether the learner knew them
    tries: int = 0
    successes: int | None = None  # seeds that reach the goal, once they are counted

    def knew(self, card: int) -> bool | None:
        """Return whether the learner knew `card`; None before that is said."""
        return dict(self.judged).get(card)

    def with_judged(self, card: int, knew: bool, count: int) -> StepState:
        """Return the state after one of `count` cards was judged."""
        judged = (*self.judged, (card, knew))
        return replace(self, judged=judged, is_done=len(judged) == count)


def answer_of(asked: Question | None, state: StepState) -> str:
    """Return the answer as it is kept: the index of a choice, a typed number, the place on the plane, known cards."""
    if isinstance(asked, Recall):
        return " ".join(str(int(knew)) for _, knew in sorted(state.judged))
    if isinstance(asked, Predict) and asked.choices:
        return "" if state.chosen is None else str(state.chosen)
    return " ".join(map(repr, state.point)) if isinstance(asked, Predict) and asked.side is not None else state.typed


def with_answer(asked: Question | None, answer: str, *, is_shown: bool = False) -> StepState:
    """Return the state of a step that is done, with the answer that was kept; one that fits no more is let go."""
    done = StepState(is_done=True)
    try:
        if isinstance(asked, Compute):
            return replace(done, typed=answer, is_frozen=True, is_shown=is_shown)
        if isinstance(asked, Recall):
            return replace(done, judged=tuple((index, knew == "1") for index, knew in enumerate(answer.split())))
        if not isinstance(asked, Predict) or not answer:
            return done
        if asked.choices:
            return replace(done, is_frozen=True, chosen=range(len(asked.choices))[int(answer)])
        if asked.side is not None:
            return replace(done, is_frozen=True, point=tuple(map(float, answer.split())))
        read_answer(answer)
        return replace(done, is_frozen=True, typed=answer)
    except (ValueError, IndexError):
        return done
