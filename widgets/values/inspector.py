"""Frozen values of the inspector's rooms: circuits, quizzes, tensors, the Jacobian, the gradient check.

Presenters make them, widgets show them. Matrices read as in the lecture: examples are rows, X is
(n_samples, n_in), W is (n_in, n_out). Numbers are at full precision; widgets shorten them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widgets.values.keys import Floats

TensorKind = Literal["value", "gradient"]


# ---- circuits ----------------------------------------------------------------------------------


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

    ``column`` is None where the trouble is a gate's (log of a negative number), not a letter's.
    """

    message: str
    column: int | None = None
    length: int = 1


@dataclass(frozen=True, slots=True)
class CircuitProgress:
    """Where the walk through both passes stands: `position` of `total` steps, and what the step does."""

    position: int
    total: int
    text: str
    can_back: bool = True
    can_forward: bool = True


@dataclass(frozen=True, slots=True)
class NudgeReading:
    """f(x + ε) − f(x) beside gradient × ε for one input.

    ``errors`` are pairs (ε, |difference/ε − gradient|) over many ε: the error shrinks with ε, then
    grows again where the subtraction loses its digits.
    """

    name: str
    epsilon: float
    value: float
    nudged: float
    difference: float
    gradient: float
    predicted: float
    error: float
    errors: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DerivativeCount:
    """How many local derivatives one backward pass took, and how many one input at a time would take."""

    backward: int
    one_at_a_time: int
    n_inputs: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a prediction: right or wrong, and the derivation that shows why."""

    gate: int
    which: str
    typed: str
    right: bool
    derivation: str


@dataclass(frozen=True, slots=True)
class QuizState:
    """A running quiz: how many numbers were asked, how many are right, what was said last."""

    asked: int
    right: int
    wrong: int = 0
    verdict: Verdict | None = None


# ---- tensors -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TensorBrick:
    """One layer as a brick with forward() and backward(): its formulas and the tensors it touches."""

    key: str
    title: str
    forward: str
    backward: tuple[str, ...]
    shape_in: tuple[int, ...]
    shape_out: tuple[int, ...]
    tensors: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TensorMatrix:
    """One tensor of the current batch: its name, its numbers (rows, columns) and what they stand for.

    ``shape_of`` names the variable whose shape a gradient must have, and ``shape_expected`` that shape.
    ``row_names`` and ``column_names`` are for tooltips; with ``is_under`` it stands under the tensor before it.
    """

    key: str
    name: str
    values: Floats
    kind: TensorKind = "value"
    formula: str = ""
    row_label: str = "example"
    column_label: str = "unit"
    shape_of: str = ""
    shape_expected: tuple[int, int] | None = None
    row_names: tuple[str, ...] = ()
    column_names: tuple[str, ...] = ()
    is_under: bool = False


@dataclass(frozen=True, slots=True)
class DotTerm:
    """One product of a dot product: the two factors with their names, and their product."""

    left_name: str
    left: float
    right_name: str
    right: float
    product: float


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell of a tensor and where it came from: a row of `left` times a column of `right`.

    ``left`` and ``right`` are (tensor key, "row" or "column", index); empty for cells that were not
    made by a product, where ``formula`` says what made them. Of a long sum only the first terms need
    be given: ``n_terms`` counts them all.
    """

    tensor: str
    row: int
    column: int
    value: float
    formula: str
    left: tuple[str, Literal["row", "column"], int] | None = None
    right: tuple[str, Literal["row", "column"], int] | None = None
    terms: tuple[DotTerm, ...] = ()
    note: str = ""
    n_terms: int = 0


@dataclass(frozen=True, slots=True)
class TensorReading:
    """The whole network as bricks with the tensors of one batch."""

    bricks: tuple[TensorBrick, ...]
    tensors: tuple[TensorMatrix, ...]
    title: str = ""


# ---- Jacobian ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class JacobianReading:
    """The matrix ∂out/∂in at one example: rows are outputs, columns inputs; ``sparsity`` is 0…1, the share of zeros."""

    title: str
    matrix: Floats
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    sparsity: float
    n_nonzero: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class JacobianSize:
    """An element-wise layer of n units: n² entries in its Jacobian, of which only n can differ from zero."""

    n: int

    @property
    def entries(self) -> int:
        """The number of entries, n²."""
        return self.n * self.n

    @property
    def kept(self) -> int:
        """The number of entries on the diagonal, n."""
        return self.n

    @property
    def sparsity(self) -> float:
        """The share of entries that are zero, 1 − 1/n."""
        return 1.0 - 1.0 / self.n

    @property
    def megabytes(self) -> float:
        """What the full matrix takes in float64, 8·n² / 10⁶."""
        return 8.0 * self.entries / 1e6


# ---- gradient check ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheckReading:
    """Central differences beside backprop, one entry per checked parameter; all arrays are (n_checked,)."""

    labels: tuple[str, ...]
    backprop: Floats
    numeric: Floats
    errors: Floats
    epsilon: float
    max_error: float
    tolerance: float
    parameters: int
    forward_passes_numeric: int
    seconds_numeric: float
    seconds_backprop: float
    notes: tuple[str, ...] = ()
    broken: str = ""
