"""Where one cell of a tensor came from: the row and the column that made it, and the dot product in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from playground.app.views.tensors.reading import BrickKey, Letter, Read, layer_name, letters, tensor_key
from playground.engine import activations
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.losses import LOSSES
from playground.engine.notation import entry
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values.tensors import CellReading, DotTerm
from widgets.values.veil import HIDDEN_TEXT, UNKNOWN

MOST_TERMS = 64

Axis = Literal["row", "column"]
Letters = Mapping[str, Letter]
Line = tuple[str, Axis, int]


def cell(snapshot: Snapshot, tensor: str, row: int, column: int, read: Read = letters) -> CellReading | None:
    """Return what made cell (row, column) of `tensor`; None when that cell no longer exists.

    `read` returns the tensors of a brick; a hidden number among them is left open.
    """
    brick, name = tensor.split(":")
    key = BrickKey.parse(brick)
    if key.layer > len(snapshot.network.layers):
        return None
    if key.kind == "dropout" and snapshot.pending.layers[key.layer - 1].dropped is None:
        return None
    found = {letter.name: letter for letter in read(snapshot, key)}
    if name not in found:
        return None
    rows, columns = found[name].values.shape
    if row >= rows or column >= columns:
        return None
    return _Cell(snapshot, key, found, name, row, column).reading()


class _Cell:
    """One cell: finds the product that made it, and puts it into words."""

    def __init__(self, snapshot: Snapshot, key: BrickKey, found: Letters, name: str, row: int, column: int) -> None:
        self._snapshot, self._key, self._found = snapshot, key, found
        self._name, self._row, self._column = name, row, column

    def reading(self) -> CellReading:
        """Return what made it."""
        return _MADE_BY.get((self._key.kind, self._name), _Cell._given)(self)

    def _reading(
        self,
        formula: str,
        terms: tuple[DotTerm, ...] = (),
        left: Line | None = None,
        right: Line | None = None,
        note: str = "",
        n_terms: int = 0,
    ) -> CellReading:
        name = entry(self._name, self._row, self._column)
        return CellReading(
            tensor=tensor_key(self._key, self._name),
            row=self._row,
            column=self._column,
            value=self._number(self._name, self._row, self._column),
            formula=f"{name} = {formula}" if formula else name,
            left=None if left is None else (tensor_key(self._key, left[0]), left[1], left[2]),
            right=None if right is None else (tensor_key(self._key, right[0]), right[1], right[2]),
            terms=terms,
            note=" · ".join(part for part in (self._who(), note) if part),
            n_terms=max(n_terms, len(terms)),
        )

    def _who(self) -> str:
        letter = self._found[self._name]
        row = letter.rows[self._row] if letter.rows else f"row {self._row + 1}"
        return f"{self._name}[{row}, {letter.columns[self._column]}]"

    def _number(self, name: str, row: int, column: int) -> float:
        is_hidden = (row, column) in self._found[name].blanks
        return UNKNOWN if is_hidden else float(self._found[name].values[row, column])

    def _product(self, left: tuple[str, int, int], right: tuple[str, int, int]) -> DotTerm:
        return _term(self._number(*left), self._number(*right))

    def _part(self) -> tuple[str, int]:
        """Return a note where only a part of the batch is shown, and how many terms the sum has."""
        kept, count = len(self._snapshot.pending.inputs), len(self._snapshot.pending.indices)
        note = (
            ""
            if kept == count
            else f"the sum runs over all {numbers.grouped(count)} examples, of which {numbers.grouped(kept)} are shown"
        )
        return note, count

    # ---- linear --------------------------------------------------------------------------------

    def _y(self) -> CellReading:
        i, j = self._row, self._column
        n_in = self._found["W"].values.shape[0]
        bias = self._number("b", 0, j)
        terms = tuple(self._product(("X", i, k), ("W", k, j)) for k in range(n_in))
        one = DotTerm(1.0, bias, bias)
        return self._reading(
            f"Σₖ {entry('X', i, 'ₖ')}·{entry('W', 'ₖ', j)} + {entry('b', j)}",
            (*terms, one),
            ("X", "row", i),
            ("W", "column", j),
            "the last product is 1·b",
        )

    def _dx(self) -> CellReading:
        i, k = self._row, self._column
        units = self._found["W"].values.shape[1]
        terms = tuple(self._product(("dY", i, j), ("W", k, j)) for j in range(units))
        return self._reading(f"Σⱼ {entry('dY', i, 'ⱼ')}·{entry('W', k, 'ⱼ')}", terms, ("dY", "row", i), ("W", "row", k))

    def _dw(self) -> CellReading:
        k, j = self._row, self._column
        n = self._found["X"].values.shape[0]
        terms = tuple(self._product(("X", i, k), ("dY", i, j)) for i in range(min(n, MOST_TERMS)))
        return self._reading(
            f"Σᵢ {entry('X', 'ᵢ', k)}·{entry('dY', 'ᵢ', j)}",
            terms,
            ("X", "column", k),
            ("dY", "column", j),
            *self._part(),
        )

    def _db(self) -> CellReading:
        j, n = self._column, self._found["dY"].values.shape[0]
        terms = tuple(
            DotTerm(1.0, self._number("dY", i, j), self._number("dY", i, j)) for i in range(min(n, MOST_TERMS))
        )
        return self._reading(f"Σᵢ {entry('dY', 'ᵢ', j)}", terms, None, ("dY", "column", j), *self._part())

    def _x(self) -> CellReading:
        layer = self._key.layer
        came = (
            "an input feature of the example" if layer == 1 else f"put out by {layer_name(self._snapshot, layer - 1)}"
        )
        return self._reading("", note=came)

    # ---- element-wise --------------------------------------------------------------------------

    def _a(self) -> CellReading:
        i, j = self._row, self._column
        layout = self._snapshot.network.layers[self._key.layer - 1]
        if layout.is_maxout:
            pieces = [self._number("Y", i, layout.row(j, piece)) for piece in range(layout.pieces)]
            inside = ", ".join(_four(piece) for piece in pieces)
            return self._reading(f"max({inside})", note=MAXOUT.formula)
        activation = ACTIVATIONS[layout.activation]
        z = _four(self._number("Y", i, j))
        return self._reading(
            f"f({entry('Y', i, j)}) = f({z})", left=("Y", "row", i), right=("Y", "column", j), note=activation.formula
        )

    def _dy(self) -> CellReading:
        i, j = self._row, self._column
        layout = self._snapshot.network.layers[self._key.layer - 1]
        unit = j % layout.units
        upstream = self._number("dA", i, unit)
        if layout.is_maxout:
            won = self._piece_of_winner(i, unit) == j // layout.units
            local, note = (1.0 if won else 0.0), f"piece {j // layout.units + 1} {'wins' if won else 'does not win'}"
        else:
            local = float(activations.local(layout.activation, [self._number("Y", i, j)], layout.spec)[0])
            note = ACTIVATIONS[layout.activation].derivative
        term = _term(upstream, local)
        return self._reading("upstream × local", (term,), ("dA", "row", i), ("dA", "column", unit), note)

    def _piece_of_winner(self, example: int, unit: int) -> int:
        layout = self._snapshot.network.layers[self._key.layer - 1]
        pieces = [self._number("Y", example, layout.row(unit, piece)) for piece in range(layout.pieces)]
        return pieces.index(max(pieces))

    def _masked(self) -> CellReading:
        i, j = self._row, self._column
        source = "A" if self._name == "D" else "dD"
        term = self._product((source, i, j), ("M", i, j))
        dropped = "dropped for this example" if term.right == 0.0 else "kept, and scaled by 1 / (1 − p)"
        return self._reading(f"{entry(source, i, j)}·{entry('M', i, j)}", (term,), note=dropped)

    # ---- loss ----------------------------------------------------------------------------------

    def _ds(self) -> CellReading:
        i, j = self._row, self._column
        count = len(self._snapshot.pending.indices)
        value = self._number("dS", i, j)
        term = DotTerm(1.0 / count, value if value is UNKNOWN else value * count, value)
        loss = LOSSES[self._snapshot.document.training.loss]
        return self._reading(
            f"(1/N)·∂Lᵢ/∂{loss.output_symbol}",
            (term,),
            ("S", "row", i),
            ("T", "row", i),
            f"N = {count}; {loss.derivative}",
        )

    def _l(self) -> CellReading:
        loss = LOSSES[self._snapshot.document.training.loss]
        return self._reading("", left=("S", "row", self._row), right=("T", "row", self._row), note=loss.formula)

    def _given(self) -> CellReading:
        return self._reading("", note=self._found[self._name].formula)


def _term(left: float, right: float) -> DotTerm:
    return DotTerm(left, right, UNKNOWN if UNKNOWN in (left, right) else left * right)


def _four(x: float) -> str:
    return HIDDEN_TEXT if x is UNKNOWN else numbers.four(x)


_MADE_BY: dict[tuple[str, str], Callable[[_Cell], CellReading]] = {
    ("linear", "X"): _Cell._x,
    ("linear", "Y"): _Cell._y,
    ("linear", "dX"): _Cell._dx,
    ("linear", "dW"): _Cell._dw,
    ("linear", "db"): _Cell._db,
    ("activation", "A"): _Cell._a,
    ("activation", "dY"): _Cell._dy,
    ("dropout", "D"): _Cell._masked,
    ("dropout", "dA"): _Cell._masked,
    ("loss", "dS"): _Cell._ds,
    ("loss", "L"): _Cell._l,
}
