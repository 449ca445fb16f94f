"""A preview of a table before it is read: how it is written, its columns and first rows, and what to learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from datasets.checks import require
from datasets.imports.columns import MOST_WORDS, TableColumn, flagged, named, one_hot_columns
from datasets.imports.suggestion import no_input, suggest
from datasets.imports.table_format import GUESSED, TableFormat

Task = Literal["classes", "regression"]

MAX_ROWS = 1_000_000
MAX_FEATURES = 1_024
MAX_COLUMNS = MAX_FEATURES + 1
MAX_CELL = 1_000
SHOWN_ROWS = 20


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
        Those of the file, and columns of words that stand for one-hot columns.
    rows : tuple of tuple of str
        The first 20 rows as they are written, without the header.
    form : str
        Encoding and dialect in words.
    notes : tuple of str
        What the user should know, one sentence each.
    suggested : ImportChoice
        A first guess.
    reasons : dict of int to str
        Why a column is left out of it.
    format : TableFormat
        How the table is written, guesses filled in.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    form: str
    suggested: ImportChoice
    notes: tuple[str, ...] = ()
    reasons: dict[int, str] = field(default_factory=dict)
    format: TableFormat = GUESSED

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
        target = self.columns[choice.target]
        require(
            choice.target not in choice.features,
            'target: "{name}" is an input, too; choose another or untick it',
            name=target.name,
        )
        for i in choice.features:
            column = self.columns[i]
            require(
                i not in target.members,
                'inputs: column "{column}" is part of the target; untick it',
                column=column.name,
            )
            require(
                not column.members,
                'inputs: "{column}" stands for other columns; tick those',
                column=column.name,
            )
            require(column.kind != "empty", 'inputs: column "{column}" is empty; untick it', column=column.name)
            require(
                column.could_be_input,
                'inputs: column "{column}" has more than {most} different words; untick it',
                column=column.name,
                most=MOST_WORDS,
            )
        require(
            target.kind == "number" or choice.task == "classes",
            'target: "{name}" is not a number; choose classes or another column',
            name=target.name,
        )


def preview_of(
    columns: tuple[TableColumn, ...],
    table: Sequence[Sequence[str]],
    form: str,
    format_: TableFormat = GUESSED,
    notes: Sequence[str] = (),
    roles: Sequence[str] = (),
    *,
    has_header: bool = True,
) -> Preview:
    """Return what there is to choose from in the first rows of a `table` of `columns`, all cells as text."""
    names = [column.name for column in columns]
    groups = tuple(named(group, names) for group in one_hot_columns(columns, table))
    found = suggest((*columns, *groups), table, roles, has_header=has_header, row_names=bool(format_.row_names))
    choice = ImportChoice(found.features, found.target, "classes" if found.is_classes else "regression")
    rows = tuple(_shown(row, len(columns), groups) for row in table[:SHOWN_ROWS])
    told = (*notes, *(group.note(columns) for group in groups), *no_input((*columns, *groups), found))
    return Preview((*columns, *groups), rows, form, choice, told, found.reasons, format_)


def _shown(row: Sequence[str], width: int, groups: Sequence[TableColumn]) -> tuple[str, ...]:
    cells = [cell[:MAX_CELL] for cell in row]
    if not groups:
        return tuple(cells)
    return tuple([*(cells + [""] * width)[:width], *(flagged(group, row) for group in groups)])
