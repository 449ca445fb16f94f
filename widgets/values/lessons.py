"""Values of the lesson panel: one page at a time, the chips of a goal, the card of the first start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widgets.values.keys import Choice

ReplyTone = Literal["right", "wrong", "note"]


_NEXT = Choice("next", "Next")


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """Where a learner is in a lesson."""

    title: str
    step: int  # from 0
    done: tuple[bool, ...]  # one for each step
    minutes_left: int | None = None  # None where nobody counts


@dataclass(frozen=True, slots=True)
class LessonQuestion:
    """What a step asks: to choose, to type a number or to mark a side of the plane.

    ``is_frozen`` keeps the answer from being changed, and it can be given once it ``is_ready``; ``button`` is what
    answering is called.
    """

    ask: str
    button: Choice
    choices: tuple[str, ...] = ()
    chosen: int | None = None
    takes_number: bool = False
    typed: str = ""
    is_frozen: bool = False
    is_ready: bool = True


@dataclass(frozen=True, slots=True)
class LessonReply:
    """What the lesson says to an answer; its title is said first, and never by colour alone."""

    tone: ReplyTone
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LessonPrediction:
    """The learner's prediction beside what happened; an empty ``outcome`` has not happened yet."""

    predicted: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class LessonGoal:
    """What is to be reached, and why it is not yet."""

    text: str
    conditions: tuple[tuple[bool, str], ...]  # each with whether it holds now
    reason: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A card to recall: its answer is shown when the learner has tried."""

    ask: str
    answer: str
    is_open: bool = False
    judged: bool | None = None  # whether the learner knew it


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One step as the panel shows it."""

    place: LessonPlace
    heading: str
    lead: str = ""  # Markdown
    question: LessonQuestion | None = None
    prediction: LessonPrediction | None = None
    reply: LessonReply | None = None
    goal: LessonGoal | None = None
    cards: tuple[LessonCard, ...] = ()
    steps: tuple[str, ...] = ()  # worked steps of an exercise; those to be found are blank
    hint: str = ""  # once asked for
    why: str = ""  # once asked for
    tail: str = ""  # Markdown, read after the question is settled
    helps: tuple[Choice, ...] = ()  # of hint, show and why, those that the step has
    back: bool = False
    next: Choice = _NEXT  # its word, from the start
    can_go_on: bool = False  # whether the step is done
    fault: str = ""  # why the file that is being written cannot be shown; the page is the last good one


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson of the list: its key, its name, and minutes and progress in words."""

    key: str
    title: str
    detail: str
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class LessonList:
    """What the panel shows while no lesson is open."""

    heading: str
    lead: str
    rows: tuple[LessonRow, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class GoalChip:
    """The goal beside the transport: in a few words, and in full in its tooltip."""

    text: str
    tooltip: str
    is_reached: bool = False


@dataclass(frozen=True, slots=True)
class GuideCard:
    """A quiet card over the network: a bold word, a sentence, its answers, and what of a row is done."""

    word: str
    text: str
    answers: tuple[Choice, ...]
    done: tuple[bool, ...] = ()
