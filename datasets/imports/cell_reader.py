"""Reads the chosen columns of a table of cells, slice by slice, and names the cells that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Protocol

import numpy as np

from datasets.checks import printable, require
from datasets.dataset import Floats
from datasets.imports.columns import DATES, TableColumn, flagged, reader
from datasets.imports.dialect import Row
from datasets.imports.imported import LISTED, BadCellsError, Imported, Reading, assembled, with_skipped
from datasets.imports.number_cells import NumberFormat
from datasets.imports.preview import MAX_CELL, MAX_ROWS, ImportChoice, Preview
from datasets.messages import message

SLICE_CELLS = 4_000


class Cells(Protocol):
    """The table that is read: its rows, and how its cells are written."""

    preview: Preview
    numbers: NumberFormat

    @property
    def size(self) -> int:
        """Number of characters, about."""

    @property
    def width(self) -> int:
        """Number of columns."""

    def body(self) -> Iterator[Row]:
        """Return the rows below the header."""

    def is_missing(self, cell: str, column: TableColumn) -> bool:
        """Return whether `cell` stands for no value."""


class CellReader:
    """One import: collects numbers, words and target cells slice by slice, and the faults of the others."""

    def __init__(self, table: Cells, choice: ImportChoice) -> None:
        self._table, self._choice = table, choice
        self._columns = columns = table.preview.columns
        self._target = columns[choice.target]
        wanted = [i for i in choice.features if columns[i].kind != "text"]
        if choice.task == "regression":
            wanted.append(choice.target)
        self._readers: list[tuple[int, Callable[[str], float]]] = [
            (i, reader(columns[i], table.numbers)) for i in wanted
        ]
        self._text = [i for i in choice.features if columns[i].kind == "text"]
        self._numbers: list[list[float]] = []
        self._parts: list[Floats] = []
        self._words: dict[int, list[str]] = {i: [] for i in self._text}
        self._labels: list[str] = []
        self._bad: list[str] = []
        self._n_bad = 0
        self._n_good = 0

    def run(self) -> Reading:
        """Yield the share of the table that has been read; return the result."""
        body = self._table.body()
        slice_rows = max(1, SLICE_CELLS // max(1, self._table.width))
        seen, size = 0, max(1, self._table.size)
        yield 0.0
        while piece := list(islice(body, slice_rows)):
            for row, cells in piece:
                seen += sum(map(len, cells)) + len(cells)
                if any(map(str.strip, cells)):
                    self._take(row, cells)
            self._close_slice()
            yield min(seen / size, 1.0)
        if self._bad and not self._choice.skip_bad:
            raise BadCellsError(tuple(self._bad), self._n_bad)
        require(self._n_good >= 2, "table: only {n} good rows; at least two are needed", n=self._n_good)
        return self._made()

    def _take(self, row: int, cells: list[str]) -> None:
        table = self._table
        try:
            numbers = [read(cells[i]) for i, read in self._readers]
            words = [cells[i].strip() for i in self._text]
            label = self._label(cells)
            good = not any(table.is_missing(word, self._columns[i]) for i, word in zip(self._text, words, strict=True))
            good = good and not table.is_missing(label, self._target) and not any(cells[table.width :])
            good = good and max(map(len, cells)) <= MAX_CELL
        except (ValueError, IndexError):
            good = False
        if good:
            self._numbers.append(numbers)
            self._labels.append(label)
            for i, word in zip(self._text, words, strict=True):
                self._words[i].append(word)
            return
        self._n_bad += 1
        if len(self._bad) < LISTED:
            self._bad.append(self._fault(row, cells))

    def _label(self, cells: list[str]) -> str:
        return flagged(self._target, cells) if self._target.members else cells[self._choice.target].strip()

    def _fault(self, row: int, cells: list[str]) -> str:
        """Return the first thing that is wrong with a row."""
        n, choice = self._table.width, self._choice
        used = (*choice.features, *(self._target.members or (choice.target,)))
        if len(cells) < n and max(used) >= len(cells):
            return message(
                "row {row:,}: expected {n} cells, got {got}; add the missing ones", row=row, n=n, got=len(cells)
            )
        if any(cells[n:]):
            return message(
                "row {row:,}: expected {n} cells, got {got}; check its delimiters", row=row, n=n, got=len(cells)
            )
        for column, cell in zip(self._columns, cells, strict=False):
            if len(cell) > MAX_CELL:
                template = 'row {row:,}, column "{name}": {n:,} characters are more than {most:,}; shorten it'
                return message(template, row=row, name=column.name, n=len(cell), most=MAX_CELL)
        for i, read in self._readers:
            try:
                read(cells[i])
            except ValueError:
                return _bad_cell(row, self._columns[i], cells[i], _EXPECTED.get(self._columns[i].kind, "a number"))
        for i in self._text:
            if self._table.is_missing(cells[i].strip(), self._columns[i]):
                return _bad_cell(row, self._columns[i], cells[i], "a word")
        if self._target.members:
            template = 'row {row:,}, columns of "{name}": expected one 1 and zeros'
            return message(template, row=row, name=self._target.name)
        return _bad_cell(row, self._target, cells[choice.target], "a class")

    def _close_slice(self) -> None:
        self._n_good += len(self._numbers)
        require(self._n_good <= MAX_ROWS, "table: more than {most:,} rows; leave some out", most=MAX_ROWS)
        if self._numbers:
            self._parts.append(np.array(self._numbers, dtype=np.float64))
            self._numbers = []

    def _made(self) -> Imported:
        numbers = np.concatenate(self._parts)
        found = {i: numbers[:, k] for k, (i, _) in enumerate(self._readers)}
        made = assembled(self._table.preview, self._choice, found, self._words, self._labels, self._table.numbers)
        return with_skipped(made, self._bad, self._n_bad)


_EXPECTED = {"boolean": "true or false", "number": "a number"}


def _bad_cell(row: int, column: TableColumn, cell: str, expected: str) -> str:
    got = printable(cell)
    expected = "a time" if column.form == "time" else "a date" if column.form in DATES else expected
    template = 'row {row:,}, column "{name}": expected {expected}, got "{got}"'
    if not got:
        template = 'row {row:,}, column "{name}": expected {expected}, the cell is empty'
    return message(template, row=row, name=column.name, expected=message(expected), got=got)
