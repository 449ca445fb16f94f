"""Values of the Jacobian tab: the matrix ∂out/∂in of one example, and the size of an element-wise layer's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from widgets.values.keys import Floats
from widgets.values.veil import Blank


@dataclass(frozen=True, slots=True, eq=False)
class JacobianReading:
    """The matrix ∂out/∂in at one example: rows are outputs, columns inputs; ``sparsity`` is 0…1, the share of zeros.

    ``row_names`` stand beside the rows where they say more than the symbols of formulas: ``s₁ setosa``.
    """

    title: str
    matrix: Floats
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    sparsity: float
    n_nonzero: int
    note: str = ""
    row_names: tuple[str, ...] = ()
    blanks: Mapping[tuple[int, int], Blank] = field(default_factory=dict)  # the entries whose number is hidden


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
