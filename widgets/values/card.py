"""Values of the gradient card: what a neuron, an input and the loss say of one example."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from widgets.values.keys import EdgeKey
from widgets.values.veil import Blanks

Stage = Literal["given", "inputs", "forward", "loss", "upstream", "backward", "update"]
"""What a number of a card needs; in slow motion what a phase has not computed is blank."""
EVERYTHING: frozenset[Stage] = frozenset(("given", "inputs", "forward", "loss", "upstream", "backward", "update"))


@dataclass(frozen=True, slots=True)
class UpstreamTerm:
    """One row of the upstream's sum: δₖ · wₖ of the next neuron k, or of piece k where the next layer is Maxout."""

    label: str
    delta: float
    weight: float
    product: float
    is_piece: bool = False


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One incoming edge: of the example x, w, ∂Lᵢ/∂w, ∂Lᵢ/∂x; of the pending batch its mean gradient.

    ``input_gradient`` is None for the bias.
    """

    key: EdgeKey
    label: str
    x: float
    weight: float
    weight_gradient: float
    input_gradient: float | None
    update_gradient: float
    next_weight: float


@dataclass(frozen=True, slots=True)
class NeuronReading:
    """Everything the card shows of one neuron at one example.

    ``upstream`` × ``local`` = ``downstream`` at full precision. ``upstream_terms`` is empty at an
    output, where ``upstream_note`` says how the loss makes the upstream.
    """

    title: str
    example: str
    activation: str
    local_formula: str
    local_note: str
    z: float
    a: float
    upstream: float
    local: float
    downstream: float
    upstream_terms: tuple[UpstreamTerm, ...]
    upstream_note: str
    edges: tuple[EdgeRow, ...]
    update_note: str
    known: frozenset[Stage] = EVERYTHING
    blanks: Blanks = field(default_factory=dict)  # by the names of fields and their rows


@dataclass(frozen=True, slots=True)
class MeanTerm:
    """One example of a batch and its share of a gradient: ∂Lᵢ/∂w = δᵢ · xᵢ."""

    example: int
    delta: float
    x: float
    gradient: float


@dataclass(frozen=True, slots=True)
class UpdateStep:
    """One line of an update, a formula with its numbers: with four digits, and with all of them on two lines.

    It ends in the quantity `of` (empty where it is none); `origin` says where its number came from, and with
    `has_earlier` the update before this one shows it.
    """

    rounded: str
    full: str
    of: str = ""
    origin: str = ""
    has_earlier: bool = False


@dataclass(frozen=True, slots=True)
class MeanReading:
    """What a batch gradient is made of: `mean` + `regularization` = `gradient`; `total` is the sum of all terms.

    Examples beyond the `terms` share one row, whose sum is `rest`; `chosen` is the selected example. `given_note` says
    what becomes of the gradient; where it is clipped, `given` is what the optimizer takes.
    """

    key: EdgeKey
    title: str
    batch: str
    count: int
    terms: tuple[MeanTerm, ...]
    rest: float | None
    total: float
    mean: float
    regularization: float
    penalty: str
    gradient: float
    given_note: str
    given: float | None
    rule: str
    steps: tuple[UpdateStep, ...]
    has_dropout: bool
    chosen: int | None
    known: frozenset[Stage] = EVERYTHING
    blanks: Blanks = field(default_factory=dict)  # by the names of fields and their rows


@dataclass(frozen=True, slots=True)
class InputReading:
    """An input node: its value and ∂Lᵢ/∂x with its sum; inputs are not updated."""

    title: str
    example: str
    formula: str
    value: float
    gradient: float
    terms: tuple[UpstreamTerm, ...]
    known: frozenset[Stage] = EVERYTHING
    blanks: Blanks = field(default_factory=dict)  # by the names of fields and their rows


@dataclass(frozen=True, slots=True)
class LossRow:
    """One output at the loss node: s or ŷ, target t, what the loss makes of it, its gradient."""

    label: str
    score: float
    target: float
    middle: float
    gradient: float


@dataclass(frozen=True, slots=True)
class LossReading:
    """The loss node at one example, and the full loss of the training set in its two parts."""

    title: str
    example: str
    formula: str
    middle_label: str
    rows: tuple[LossRow, ...]
    example_loss: float
    data_loss: float
    regularization_loss: float
    regularization_formula: str
    regularizer_formula: str  # what R(W) is
    output_symbol: str = "s"  # s for scores, ŷ where squared error compares outputs
    known: frozenset[Stage] = EVERYTHING
    blanks: Blanks = field(default_factory=dict)  # by the names of fields and their rows
