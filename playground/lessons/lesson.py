"""Lesson: what a lesson file says, frozen: steps of text, scenes and one question each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playground.document.own_data import Table
from playground.document.quantity import Quantity

Kind = Literal["read", "predict", "goal", "compute", "drill", "recall"]

PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison that holds or does not: ``test_loss <= 0.08``, ``successes >= 8 of 10 seeds``."""

    metric: str  # a key of ``METRICS``, ``SUCCESSES``, ``SELECTED``, or a kind of quantity
    comparison: str  # a key of ``COMPARISONS``
    value: float
    at: str = ""  # of a quantity: the node or edge; of ``SELECTED`` what is to be selected
    seeds: int = 0  # of how many seeds, for ``SUCCESSES``
    most: int = 0  # iterations in which it must hold; 0: no limit


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done: a verb of ``VERBS`` and what follows it, already checked."""

    verb: str
    arguments: tuple[object, ...]  # as the verb's row in ``VERBS`` says
    text: str  # as it stands in the file
    line: int = 0


@dataclass(frozen=True, slots=True)
class Expression:
    """A typed expression, with a value for each of its inputs."""

    text: str
    inputs: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class CircuitQuantity:
    """A number of the circuit of an expression."""

    of: str  # "value" or "gradient": ∂f/∂ of the input or named value
    at: str  # its name
    expression: Expression


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, lists and tables: Markdown without headings, links, images and HTML."""

    markdown: str
    line: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What the window shows from here on."""

    words: tuple[tuple[str, object], ...]  # words of the command line, in the order of the file
    document: str  # "": the words alone · ``PREVIOUS``: the words change the present one · the name of a file
    table: Table | None  # the examples that are written out, in place of generated ones
    circuit: Expression | None  # what the Circuits view shows, in place of a network
    actions: tuple[Action, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Predict:
    """A question that is answered before anything runs; exactly one of `choices`, `quantity` and `side` is there."""

    ask: str
    choices: tuple[str, ...]
    right: int  # index into `choices`
    replies: tuple[str, ...]  # one for each choice; for the others (right, wrong), or none
    run: tuple[Action, ...]  # what shows the answer
    quantity: Quantity | CircuitQuantity | None
    digits: int | None  # significant digits that are asked for; None: about three
    side: int | None  # the class whose side of the plane is to be clicked
    hint: str
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A condition to reach by one's own means."""

    reach: Condition
    within: tuple[Condition, ...]
    each: Condition | None  # what a run must reach to be a success, where successes are counted
    hint: str
    why: str
    show: tuple[Action, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Compute:
    """A number to be computed by hand."""

    quantity: Quantity | CircuitQuantity
    digits: int | None  # significant digits that are asked for; None: about three
    ask: str  # "": made from the quantity
    hint: str
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Drill:
    """Generated tasks of one kind."""

    kind: str
    level: int
    count: int
    seed: int | None  # None: others each time
    line: int


@dataclass(frozen=True, slots=True)
class Recall:
    """A card that comes back after some days."""

    ask: str
    answer: str
    line: int


Question = Predict | Goal | Compute | Drill | Recall
Part = Text | Scene | Question


@dataclass(frozen=True, slots=True)
class Step:
    """What stands on one page: a heading and what follows it; one question, or several cards to recall."""

    heading: str
    parts: tuple[Part, ...]
    notes: str  # for the teacher
    solution: tuple[Action, ...]
    line: int

    @property
    def question(self) -> Question | None:
        """The question, or the first card where there is no other; None for a step to read."""
        asked = [part for part in self.parts if not isinstance(part, Text | Scene)]
        return min(asked, key=lambda part: isinstance(part, Recall), default=None)

    @property
    def kind(self) -> Kind:
        """What the step asks for."""
        question = self.question
        return "read" if question is None else KINDS[type(question)]


KINDS: dict[type, Kind] = {
    Predict: "predict",
    Goal: "goal",
    Compute: "compute",
    Drill: "drill",
    Recall: "recall",
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole file."""

    name: str  # of the file, without its ending: what `needs` of other lessons call it
    title: str
    minutes: int
    rows: tuple[int, ...]  # of the lecture
    needs: tuple[str, ...]  # names of lessons that come before
    hide: tuple[str, ...]  # keys of ``PLACES`` that are out of sight
    kind: str  # "lesson"; "lecture" is reserved
    version: int
    steps: tuple[Step, ...]


def has_cards(lesson: Lesson) -> bool:
    """Return whether cards of `lesson` come back."""
    return any(isinstance(part, Recall) for step in lesson.steps for part in step.parts)
