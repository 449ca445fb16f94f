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
    SHOWN_ROWS,
    ImportChoice,
    Preview,
    describe,
    suggest,
    unique_names,
)
from datasets.standardization import Standardization, standardization

SLICE_CELLS = 20_000
LISTED = 20
_MISSING = ("", "na", "n/a", "nan", "null", "none", "?", "-")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came out of a file.

    Attributes
    ----------
    dataset : Dataset
        In the units of the file.
    target_name : str
    standardization : Standardization or None
        How the inputs are to be shown and used.
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
        more = f" (and {n_rows - 1:,} more rows)" if n_rows > 2 else " (and one more row)" if n_rows == 2 else ""
        super().__init__(cells[0] + more)
        self.cells, self.n_rows = cells, n_rows


Reading = Generator[float, None, Imported]
"""Yields the share done, 0 … 1, and returns what was read; close it to cancel."""


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
        require(n_columns <= MAX_COLUMNS, f"table: {n_columns:,} columns are more than {MAX_COLUMNS:,}; leave some out")
        names = unique_names((header + [""] * n_columns)[:n_columns])
        columns = describe(names, body, decimal)
        form = f"{found.encoding}, {self.dialect.label}, {'with' if self.has_header else 'no'} header"
        notes = (found.note,) if found.note else ()
        shown = tuple(tuple(cell[:MAX_CELL] for cell in row) for row in body[:SHOWN_ROWS])
        self.preview = Preview(columns, shown, form, suggest(columns), notes)

    def read(self, choice: ImportChoice) -> Reading:
        """Read the columns of `choice`, slice by slice.

        Raises
        ------
        BadCellsError
            When cells are no numbers and their rows are not to be left out.
        ValueError
            When the choice, the number of rows or the classes are impossible.
        """
        self.preview.check(choice)
        return _Reader(self._text, self.dialect, self.has_header, self.preview, choice).run()


class _Reader:
    """One reading: collects numbers and target cells slice by slice, and what is wrong with the others."""

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
        """Yield the share of the text that is read; return what it says."""
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
        require(self._n_good >= 2, f"table: only {self._n_good} good rows; at least two are needed")
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
            self._bad.append(f"row {row:,}{self._fault(cells)}")

    def _fault(self, cells: list[str]) -> str:
        """Say what is wrong with a row, from the column on."""
        if len(cells) < len(self._names) and max(*self._wanted, self._choice.target) >= len(cells):
            return f": expected {len(self._names)} cells, got {len(cells)}; add the missing ones"
        if any(cells[len(self._names) :]):
            return f": expected {len(self._names)} cells, got {len(cells)}; check its delimiters"
        for i, cell in enumerate(cells):
            if len(cell) > MAX_CELL:
                return f', column "{self._names[i]}": {len(cell):,} characters are more than {MAX_CELL:,}; shorten it'
        for i in self._wanted:
            if not is_number(cells[i], self._dialect.decimal):
                got = f'got "{printable(cells[i])}"' if cells[i].strip() else "the cell is empty"
                return f', column "{self._names[i]}": expected a number, {got}'
        got = cells[self._choice.target].strip()
        return f', column "{self._names[self._choice.target]}": expected a class, ' + (
            f'got "{printable(got)}"' if got else "the cell is empty"
        )

    def _close_slice(self) -> None:
        self._n_good += len(self._numbers)
        require(self._n_good <= MAX_ROWS, f"table: more than {MAX_ROWS:,} rows; leave some out")
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


def _has_header(head: list[list[str]], decimal: str) -> bool:
    """Tell whether the first row names columns: text over numbers, or nothing but different texts over texts."""
    first, body = head[0], head[1:]
    if not body:
        return not any(is_number(cell, decimal) for cell in first)
    columns = describe([""] * len(first), body, decimal)
    over_numbers = [cell for cell, column in zip(first, columns, strict=True) if column.kind == "number"]
    if over_numbers:
        return any(cell.strip() and not is_number(cell, decimal) for cell in over_numbers)
    return len(set(first)) == len(first) and not any(is_number(cell, decimal) for cell in first)
