"""Values of the tensors tab: layers as bricks, the tensors of one batch, where a cell comes from.

Matrices read as in the lecture: examples are rows, X is (n_samples, n_in), W is (n_in, n_out).
Numbers are at full precision; widgets shorten them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from widgets.values.keys import Floats
from widgets.values.veil import Blank

TensorKind = Literal["value", "gradient"]


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


@dataclass(frozen=True, slots=True)
class BrickLine:
    """One line of a brick's code, and what it computes with its present numbers (empty for nothing)."""

    text: str
    numbers: str = ""
    kind: Literal["value", "gradient", "note"] = "note"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class BrickCode:
    """A brick as a class with forward() and backward(); `script` is the same as text that runs."""

    lines: tuple[BrickLine, ...]
    script: str


@dataclass(frozen=True, slots=True, eq=False)
class TensorMatrix:
    """One tensor of the current batch: its name, its numbers (rows, columns) and what they stand for.

    ``shape_of`` names the variable whose shape a gradient must have, and ``shape_expected`` that shape.
    ``row_names`` and ``column_names`` are for tooltips; with ``is_under`` it stands under the tensor before it.
    What slow motion has not computed yet is not ``is_known``.
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
    is_known: bool = True
    blanks: Mapping[tuple[int, int], Blank] = field(default_factory=dict)  # the cells whose number is hidden


@dataclass(frozen=True, slots=True)
class DotTerm:
    """One product of a dot product: the two factors and their product."""

    left: float
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
