"""Which quantity each cell of a tensor is, and the tensors without what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playground.app.views.prediction.blanks import Named, blank_of, blanked
from playground.app.views.tensors.reading import BrickKey, Letter, letters
from playground.document.document import LOSS, Edge, Node
from playground.document.selection import Example
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from widgets.values.veil import Blank

Cell = tuple[int, int]

_OF_UNIT = {"Y": "pre_activation", "A": "value", "D": "value", "S": "value", "dY": "downstream", "dA": "upstream"}
_OF_UNIT |= {"dD": "upstream", "dS": "upstream"}
_OF_WEIGHT = {"W": "weight", "b": "weight", "dW": "data_gradient", "db": "data_gradient"}


def named(snapshot: Snapshot, key: BrickKey, name: str, row: int, column: int) -> Named | None:
    """Return the quantity of a cell; None for a target, a mask and a sum over a layer before."""
    layout = snapshot.network.layers[key.layer - 1]
    unit, piece = column % layout.units, column // layout.units
    if name in _OF_WEIGHT:
        return _OF_WEIGHT[name], Edge(key.layer, -1 if name in ("b", "db") else row, unit, piece), None
    example = Example(int(snapshot.batch[row]))
    if name == "L":
        return "loss", LOSS, example
    if name in ("X", "dX"):
        before = Node(key.layer - 1, column)
        gradient = "upstream" if before.layer else "input_gradient"
        return gradient if name == "dX" else "value", before, example
    return (_OF_UNIT[name], Node(key.layer, unit), example) if name in _OF_UNIT else None


def share_of(snapshot: Snapshot, name: str) -> float:
    """Return which share of an example's number a cell shows: the gradients of a mean loss are 1/N of its own."""
    return 1.0 / len(snapshot.pending.indices) if name.startswith("d") and name not in ("dW", "db") else 1.0


def veiled_letters(snapshot: Snapshot, key: BrickKey, hidden: Hidden) -> tuple[Letter, ...]:
    """Return the tensors of a brick without the numbers that are hidden."""
    return tuple(_veiled(snapshot, key, letter, hidden) for letter in letters(snapshot, key))


def _veiled(snapshot: Snapshot, key: BrickKey, letter: Letter, hidden: Hidden) -> Letter:
    blanks: dict[Cell, Blank] = {}
    for row, column in _suspects(snapshot, letter, hidden):
        found = named(snapshot, key, letter.name, row, column)
        blank = None if found is None else blank_of(hidden, found, snapshot)
        if blank is not None:
            blanks[row, column] = blank
    return replace(letter, values=blanked(letter.values, blanks), blanks=blanks) if blanks else letter


def _suspects(snapshot: Snapshot, letter: Letter, hidden: Hidden) -> Iterator[Cell]:
    """Yield the cells of a tensor that may be hidden: all weights, else the rows of the examples that are asked."""
    rows, columns = letter.values.shape
    asked = list(range(rows))
    if letter.name not in _OF_WEIGHT:
        examples = hidden.examples
        asked = [row for row, index in enumerate(snapshot.batch[:rows].tolist()) if index in examples]
    yield from ((row, column) for row in asked for column in range(columns))
