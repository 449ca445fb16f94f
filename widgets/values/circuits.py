"""Values of the circuit tab: inputs, the step through both passes, nudges, quizzes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CircuitInput:
    """One named input of a circuit: its value now and the range of its slider."""

    name: str
    value: float
    minimum: float = -10.0
    maximum: float = 10.0

    def __post_init__(self) -> None:
        if not self.minimum < self.maximum:
            raise ValueError(
                f"input {self.name}: the slider needs minimum < maximum, got {self.minimum} and {self.maximum}"
            )


@dataclass(frozen=True, slots=True)
class ExpressionError:
    """What is wrong with a typed expression: the message, and the first column (from 1) it is about.

    ``column`` is None where the error is a gate's (log of a negative number), not a letter's.
    """

    message: str
    column: int | None = None
    length: int = 1


@dataclass(frozen=True, slots=True)
class CircuitProgress:
    """How far the step through both passes has come: `position` of `total` steps, and what the step does."""

    position: int
    total: int
    text: str
    can_back: bool = True
    can_forward: bool = True


@dataclass(frozen=True, slots=True)
class NudgeReading:
    """f(x + ε) − f(x) beside gradient × ε for one input.

    ``error`` is |difference − predicted|. ``errors`` are pairs (ε, |difference/ε − gradient|) over many ε: the error
    shrinks with ε, then grows again where the subtraction loses its digits.
    """

    epsilon: float
    difference: float
    predicted: float
    error: float
    errors: tuple[tuple[float, float], ...] = ()
    result: str = "f"  # what the result is called, and the input
    name: str = "x"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a prediction: right or wrong, and the derivation that shows why."""

    typed: str
    right: bool
    derivation: str


@dataclass(frozen=True, slots=True)
class QuestionState:
    """A question in words, number `number` of `count`: what to choose from, and once one was chosen why it is right."""

    text: str
    options: tuple[str, ...]
    number: int
    count: int
    score: int = 0  # how many were answered right
    chosen: int | None = None
    right: int | None = None  # which option is; None until one was chosen
    why: str = ""


@dataclass(frozen=True, slots=True)
class QuizState:
    """A running quiz: how many numbers were asked, how many are right, what was said last."""

    asked: int
    right: int
    wrong: int = 0
    verdict: Verdict | None = None
