"""CSV and TSV: a preview first, then the chosen columns, in slices that can be cancelled.

Rows are counted as a spreadsheet counts them: the first line is row 1, header, comments and blank
lines included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.checks import printable, require
from datasets.dataset import Dataset, Floats
from datasets.imports import labels
from datasets.imports.dialect import Dialect, detect, first_rows, is_number, read_number, rows
from datasets.imports.encoding import decode
from datasets.imports.preview import (
    KIND_ROWS,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    ImportChoice,
    Preview,
    describe,
    preview_of,
)
from datasets.messages import message
from datasets.standardization import Standardization, standardization

SLICE_CELLS = 20_000
LISTED = 20
_NOT_A_NUMBER = (
    'row {row:,}, column "{name}": expected a number, got "{got}"',
    'row {row:,}, column "{name}": expected a number, the cell is empty',
)
_NOT_A_CLASS = (
    'row {row:,}, column "{name}": expected a class, got "{got}"',
    'row {row:,}, column "{name}": expected a class, the cell is empty',
)
_MISSING = ("", "na", "n/a", "nan", "null", "none", "?", "-")


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import.

    Attributes
    ----------
    dataset : Dataset
        In the units of the file.
    target_name : str
    standardization : Standardization or None
        How the inputs are shown and used.
    skipped : tuple of str
        One line for each bad cell whose row was left out; the first 20.
    n_skipped : int
        Rows left out.
    """

    dataset: Dataset
    target_name: str
    standardization: Standardization | None = None
    skipped: tuple[str, ...] = ()
    n_skipped: int = 0


class BadCellsError(ValueError):
    """The cells that cannot be read: the first one is the message.

    Attributes
    ----------
    cells : tuple of str
        One line each, the first 20.
    n_rows : int
        Rows with a bad cell.
    """

    def __init__(self, cells: tuple[str, ...], n_rows: int) -> None:
        templates = {1: "{cell}", 2: "{cell} (and one more row)"}
        template = templates.get(n_rows, "{cell} (and {n:,} more rows)")
        super().__init__(message(template, cell=cells[0], n=n_rows - 1))
        self.cells, self.n_rows = cells, n_rows


Reading = Generator[float, None, Imported]
"""Yields the share done, 0 … 1, and returns the result; close it to cancel."""


class TextTable:
    """A CSV or TSV file.

    Parameters
    ----------
    data : bytes
        The whole file.

    Attributes
    ----------
    preview : Preview

    Raises
    ------
    ValueError
        When there is no table in it.
    """

    def __init__(self, data: bytes) -> None:
        found = decode(data)
        self._text = found.text
        self.dialect = detect(found.text)
        head = first_rows(found.text, self.dialect, KIND_ROWS + 1)
        require(len(head) > 0, "table: there is no row; choose a file with a row per example")
        decimal = self.dialect.decimal
        self.has_header = _has_header(head, decimal)
        body = head[self.has_header :]
        require(len(body) > 0, "table: there is a header but no row under it")
        header = head[0] if self.has_header else []
        # The commonest width: a row with a cell too many is a mistake to be named, not a column.
        n_columns = max(len(header), Counter(map(len, body)).most_common(1)[0][0])
        require(n_columns >= 2, "table: only one column was found; separate cells by comma, semicolon or tab")
        require(
            n_columns <= MAX_COLUMNS,
            "table: {n:,} columns are more than {most:,}; leave some out",
            n=n_columns,
            most=MAX_COLUMNS,
        )
        titles = (header + [""] * n_columns)[:n_columns]
        template = "{encoding}, {dialect}, with header" if self.has_header else "{encoding}, {dialect}, no header"
        form = message(template, encoding=found.encoding, dialect=self.dialect.label)
        notes = (found.note,) if found.note else ()
        self.preview = preview_of(titles, body, form, decimal, notes)

    def read(self, choice: ImportChoice) -> Reading:
        """Read the columns of `choice`, slice by slice.

        Raises
        ------
        BadCellsError
            When cells are not numbers and their rows must not be left out.
        ValueError
            When the choice, the number of rows or the classes are impossible.
        """
        self.preview.check(choice)
        return _Reader(self._text, self.dialect, self.has_header, self.preview, choice).run()


class _Reader:
    """One import: collects numbers and target cells slice by slice, and the faults of the others."""

    def __init__(self, text: str, dialect: Dialect, has_header: bool, preview: Preview, choice: ImportChoice) -> None:
        self._text, self._dialect, self._choice = text, dialect, choice
        self._skips_header = has_header
        self._names = [column.name for column in preview.columns]
        self._wanted = (*choice.features, choice.target) if choice.task == "regression" else choice.features
        self._numbers: list[list[float]] = []
        self._parts: list[Floats] = []
        self._labels: list[str] = []
        self._bad: list[str] = []
        self._n_bad = 0
        self._n_good = 0

    def run(self) -> Reading:
        """Yield the share of the text that has been read; return the result."""
        body = enumerate(rows(self._text, self._dialect), self._dialect.comments + 1)
        slice_rows = max(1, SLICE_CELLS // len(self._names))
        seen = 0
        yield 0.0
        while piece := list(islice(body, slice_rows)):
            for row, cells in piece:
                seen += sum(map(len, cells)) + len(cells)
                if any(map(str.strip, cells)):
                    self._take(row, cells)
            self._close_slice()
            yield min(seen / len(self._text), 1.0)
        if self._bad and not self._choice.skip_bad:
            raise BadCellsError(tuple(self._bad), self._n_bad)
        require(self._n_good >= 2, "table: only {n} good rows; at least two are needed", n=self._n_good)
        return self._made()

    def _take(self, row: int, cells: list[str]) -> None:
        if self._skips_header:
            self._skips_header = False
            return
        try:
            numbers = [read_number(cells[i], self._dialect.decimal) for i in self._wanted]
            label = cells[self._choice.target].strip()
            good = label.casefold() not in _MISSING and not any(cells[len(self._names) :])
            good = good and max(map(len, cells)) <= MAX_CELL
        except (ValueError, IndexError):
            good = False
        if good:
            self._numbers.append(numbers)
            self._labels.append(label)
            return
        self._n_bad += 1
        if len(self._bad) < LISTED:
            self._bad.append(self._fault(row, cells))

    def _fault(self, row: int, cells: list[str]) -> str:
        """Return the first thing that is wrong with a row."""
        n, target = len(self._names), self._choice.target
        if len(cells) < n and max(*self._wanted, target) >= len(cells):
            return message(
                "row {row:,}: expected {n} cells, got {got}; add the missing ones", row=row, n=n, got=len(cells)
            )
        if any(cells[n:]):
            return message(
                "row {row:,}: expected {n} cells, got {got}; check its delimiters", row=row, n=n, got=len(cells)
            )
        for name, cell in zip(self._names, cells, strict=False):
            if len(cell) > MAX_CELL:
                template = 'row {row:,}, column "{name}": {n:,} characters are more than {most:,}; shorten it'
                return message(template, row=row, name=name, n=len(cell), most=MAX_CELL)
        for i in self._wanted:
            if not is_number(cells[i], self._dialect.decimal):
                return _bad_cell(row, self._names[i], cells[i], _NOT_A_NUMBER)
        return _bad_cell(row, self._names[target], cells[target], _NOT_A_CLASS)

    def _close_slice(self) -> None:
        self._n_good += len(self._numbers)
        require(self._n_good <= MAX_ROWS, "table: more than {most:,} rows; leave some out", most=MAX_ROWS)
        if self._numbers:
            self._parts.append(np.array(self._numbers, dtype=np.float64))
            self._numbers = []

    def _made(self) -> Imported:
        numbers = np.concatenate(self._parts)
        name = self._names[self._choice.target]
        targets: NDArray[Any]
        class_names: tuple[str, ...] = ()
        if self._choice.task == "regression":
            targets = numbers[:, -1]
        else:
            targets, class_names = labels.classes(self._labels, f'column "{name}"', self._dialect.decimal)
        points = numbers[:, : len(self._choice.features)]
        names = tuple(self._names[i] for i in self._choice.features)
        made = imported(points, targets, class_names, names, name, self._choice.standardize)
        return replace(made, skipped=tuple(self._bad), n_skipped=self._n_bad)


def imported(
    points: Floats,
    targets: NDArray[Any],
    class_names: tuple[str, ...],
    feature_names: tuple[str, ...],
    target_name: str,
    standardize: bool,
) -> Imported:
    """Return columns as a data set; without class names they are a regression."""
    dataset = Dataset(points, targets, len(class_names), feature_names, class_names=class_names)
    scaling = None
    if standardize:
        scaling = standardization(dataset.points, None if class_names else dataset.targets)
    return Imported(dataset, target_name, scaling)


def _bad_cell(row: int, name: str, cell: str, templates: tuple[str, str]) -> str:
    """Return the second of `templates` for an empty cell, else the first."""
    got = printable(cell)
    return message(templates[0 if got else 1], row=row, name=name, got=got)


def _has_header(head: list[list[str]], decimal: str) -> bool:
    """Return whether the first row names columns: text over numbers, or nothing but different texts over texts."""
    first, body = head[0], head[1:]
    if not body:
        return not any(is_number(cell, decimal) for cell in first)
    columns = describe([""] * len(first), body, decimal)
    over_numbers = [cell for cell, column in zip(first, columns, strict=True) if column.kind == "number"]
    if over_numbers:
        return any(cell.strip() and not is_number(cell, decimal) for cell in over_numbers)
    return len(set(first)) == len(first) and not any(is_number(cell, decimal) for cell in first)
