"""A preview of a table before it is read: its columns, its first rows, and a first guess at what to learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from datasets.checks import printable, require
from datasets.dataset import MAX_CLASSES
from datasets.imports.dialect import is_number

Kind = Literal["number", "text", "empty"]
Task = Literal["classes", "regression"]

MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_025
MAX_FEATURES = 1_024
MAX_CELL = 1_000
KIND_ROWS = 1_000
SHOWN_ROWS = 20
_TARGETS = ("class", "label", "target", "species", "digit", "category", "output", "y", "value")
_NUMBERING = ("", "id", "index", "row", "no", "nr", "unnamed: 0")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its name, the kind of its cells, and up to eleven different values of the first rows."""

    name: str
    kind: Kind
    values: tuple[str, ...] = ()

    @property
    def could_be_classes(self) -> bool:
        """Whether the first rows hold two to ten different values, whole numbers or text."""
        if not 2 <= len(self.values) <= MAX_CLASSES:
            return False
        return self.kind == "text" or all(float(value.replace(",", ".")).is_integer() for value in self.values)


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """What the user wants from a table.

    Attributes
    ----------
    features : tuple of int
        Columns to learn from, in the order of the inputs; at least one.
    target : int
        The column to learn.
    task : str
        ``"classes"`` (2 to 10, any text) or ``"regression"``.
    standardize : bool
        Whether inputs (and a regression's values) are shown and used as (x − mean) / standard deviation.
    skip_bad : bool
        Whether rows with a bad cell are left out instead of refused.
    """

    features: tuple[int, ...]
    target: int
    task: Task = "classes"
    standardize: bool = False
    skip_bad: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns and rows to choose from.

    Attributes
    ----------
    columns : tuple of TableColumn
    rows : tuple of tuple of str
        The first 20 rows as they are written, without the header.
    form : str
        Encoding and dialect in words.
    notes : tuple of str
        What the user should know, one sentence each.
    suggested : ImportChoice
        A first guess.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    form: str
    suggested: ImportChoice
    notes: tuple[str, ...] = ()

    def check(self, choice: ImportChoice) -> None:
        """Refuse a `choice` that this table cannot give, with the cure."""
        n = len(self.columns)
        require(len(choice.features) > 0, "inputs: choose at least one column to learn from")
        require(
            len(choice.features) <= MAX_FEATURES,
            "inputs: at most {most:,} columns can be learned from",
            most=MAX_FEATURES,
        )
        require(len(set(choice.features)) == len(choice.features), "inputs: choose each column once")
        require(
            all(0 <= i < n for i in (*choice.features, choice.target)), "columns: this table has {n}, from 0 on", n=n
        )
        name = self.columns[choice.target].name
        require(
            choice.target not in choice.features,
            'target: "{name}" is an input, too; choose another or untick it',
            name=name,
        )
        for i in choice.features:
            kind = self.columns[i].kind
            require(
                kind == "number",
                'inputs: column "{column}" is {kind}, not numbers; untick it',
                column=self.columns[i].name,
                kind=kind,
            )
        numeric = self.columns[choice.target].kind == "number"
        require(
            numeric or choice.task == "classes",
            'target: "{name}" is not a number; choose classes or another column',
            name=name,
        )


def preview_of(
    titles: Sequence[str], table: Sequence[Sequence[str]], form: str, decimal: str = ".", notes: tuple[str, ...] = ()
) -> Preview:
    """Return what there is to choose from in the first rows of a `table`, all cells as text."""
    columns = describe(unique_names(titles), table, decimal)
    rows = tuple(tuple(cell[:MAX_CELL] for cell in row) for row in table[:SHOWN_ROWS])
    return Preview(columns, rows, form, suggest(columns), notes)


def describe(names: Sequence[str], table: Sequence[Sequence[str]], decimal: str = ".") -> tuple[TableColumn, ...]:
    """Return the columns of the first rows of a `table`, all cells as text."""
    columns = []
    for i, name in enumerate(names):
        cells = [row[i].strip() for row in table[:KIND_ROWS] if i < len(row) and row[i].strip()]
        numeric = sum(is_number(cell, decimal) for cell in cells)
        # One bad cell among many numbers is a mistake to be named, not a column of text.
        kind: Kind = "empty" if not cells else "number" if 2 * numeric >= len(cells) else "text"
        kept = [cell for cell in cells if kind == "text" or is_number(cell, decimal)]
        columns.append(TableColumn(name, kind, tuple(dict.fromkeys(kept))[: MAX_CLASSES + 1]))
    return tuple(columns)


def suggest(columns: Sequence[TableColumn]) -> ImportChoice:
    """Return a first guess: the column called class, y, … or the last one is learned from the other numbers."""
    usable = [i for i, column in enumerate(columns) if column.kind != "empty"]
    require(bool(usable), "table: every column is empty; choose another file")
    named = [i for i in usable if columns[i].name.strip().casefold() in _TARGETS]
    texts = [i for i in usable if columns[i].kind == "text" and columns[i].could_be_classes]
    target = (named or texts[-1:] or usable)[-1]
    task: Task = "classes" if columns[target].kind == "text" or columns[target].could_be_classes else "regression"
    features = [i for i in usable if columns[i].kind == "number" and i != target]
    if len(features) > 1 and features[0] == 0 and columns[0].name.strip().casefold() in _NUMBERING:
        features = features[1:]
    return ImportChoice(tuple(features[:MAX_FEATURES]), target, task)


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return `names` with empty ones numbered and repeated ones distinguished: ``x, x (2), column 3``."""
    made: dict[str, None] = {}
    following: dict[
        str, int
    ] = {}  # the number to try next: without it, a thousand equal names need a thousand searches each
    for i, name in enumerate(names):
        base = printable(name, 60) or f"column {i + 1}"
        unique, k = base, following.get(base, 2)
        while unique in made:
            unique, k = f"{base} ({k})", k + 1
        following[base] = k
        made[unique] = None
    return tuple(made)
