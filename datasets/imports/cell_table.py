"""A table of cells: a preview first, then the chosen columns, in slices that can be cancelled.

Rows are counted as a spreadsheet counts them: the first line is row 1, header, comments and blank
lines included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from datasets.checks import printable, require
from datasets.imports.cell_reader import CellReader
from datasets.imports.columns import (
    KIND_ROWS,
    TableColumn,
    describe,
    is_missing,
    unique_names,
)
from datasets.imports.dialect import Row
from datasets.imports.imported import Reading
from datasets.imports.number_cells import NumberFormat, guess_format
from datasets.imports.preview import MAX_COLUMNS, ImportChoice, preview_of
from datasets.imports.source import Source
from datasets.imports.table_format import MISSING, TableFormat
from datasets.messages import message

_SAMPLE_CHARACTERS = 400_000


class CellTable:
    """The table in a `source`, written as `wanted` where that says something.

    Attributes
    ----------
    preview : Preview

    Raises
    ------
    ValueError
        When there is no table in it.
    """

    def __init__(self, source: Source, wanted: TableFormat, notes: tuple[str, ...] = ()) -> None:
        self._source = source
        if source.names is not None:
            self._require_width(len(source.names), least=0)
        head = _head(source)
        require(len(head) > 0, "table: there is no row; choose a file with a row per example")
        self._require_width(min(len(row) for _, row in head), least=0)
        cells = [cell for _, row in head for cell in row]
        format_ = source.format
        self.numbers, ambiguous = guess_format(
            cells, format_.delimiter or "",
            wanted.decimal if wanted.decimal is not None else format_.decimal,
            wanted.thousands if wanted.thousands is not None else format_.thousands,
        )  # fmt: skip
        self._missing = MISSING if wanted.missing is None else ("", *wanted.missing)
        self._chosen = wanted.missing is not None
        self.header_line, names, body, row_names = self._layout(head, wanted)
        self._first = max(source.first, self.header_line + 1, body[0][0] if body else 0)
        require(len(body) > 0, "table: there is a header but no row under it")
        rows = [row for _, row in body]
        columns = describe(names, rows, self.numbers, self._missing, source.kinds, self._chosen)
        self._width = len(names)
        form = replace(
            format_, decimal=self.numbers.decimal, thousands=self.numbers.thousands, header_line=self.header_line,
            row_names=row_names if source.names is None else None, missing=self._missing[1:],
        )  # fmt: skip
        label = ", ".join(part for part in (source.label, form.label) if part)
        told = (*notes, *source.notes, *self._notes(columns, ambiguous))
        has_header = bool(self.header_line or source.names)
        self.preview = preview_of(columns, rows, label, form, told, source.roles, has_header=has_header)

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
        return CellReader(self, choice).run()

    def body(self) -> Iterator[Row]:
        """Yield every row with data; header, comments and blank lines are empty rows."""
        for number, cells in self._source.rows():
            yield number, cells if number >= self._first else []

    def count_rows(self) -> int:
        """Return the number of rows with data."""
        return sum(any(map(str.strip, cells)) for _, cells in self.body())

    @property
    def size(self) -> int:
        """About how many characters there are to read."""
        return self._source.size

    @property
    def width(self) -> int:
        """The number of columns in the file."""
        return self._width

    def is_missing(self, cell: str, column: TableColumn) -> bool:
        """Return whether `cell` says that nothing is known."""
        return is_missing(cell, column.kind, self._missing, self._chosen)

    # ---- where the table begins ------------------------------------------------------------------

    def _layout(self, head: list[Row], wanted: TableFormat) -> tuple[int, tuple[str, ...], list[Row], bool]:
        """Return the header line, the names of the columns, the rows under it, and whether the first names the rows."""
        widths = Counter(len(row) for _, row in head)
        # The commonest width: a row with a cell too many is a mistake to be named, not a column.
        width = max(widths, key=lambda n: (widths[n], n))
        if self._source.names is not None:
            names = [*self._source.names, *[""] * (width - len(self._source.names))]
            self._require_width(len(names))
            return self._source.header_line, unique_names(names), head, bool(wanted.row_names)
        # A title over the table has few cells, or a spreadsheet has filled its row up with empty ones; a header may
        # lack the name of the first column.
        filled = [1 + sum(bool(cell.strip()) for cell in row[1:]) if len(row) == width else 0 for _, row in head]
        least = min(max(2, sorted(filled)[len(filled) // 2] / 2), max(filled))
        start = next(i for i, n in enumerate(filled) if n >= least)
        header, shifted = self._header(head, start, width, wanted)
        if header is None:
            body, line, cells = head[start:], 0, list[str]()
        else:
            line, cells = header
            body = [row for row in head if row[0] > line]
        row_names = shifted if wanted.row_names is None else wanted.row_names
        if row_names and (shifted or len(cells) == width - 1):
            cells = ["row", *cells]
        elif row_names and cells and not cells[0].strip():
            cells = ["row", *cells[1:]]
        width = max(width, len(cells))
        self._require_width(width)
        titles = unique_names((cells + [""] * width)[:width])
        if wanted.row_names is None and not row_names and line and body and not cells[0].strip():
            # A name is missing over numbers that count the rows, or over words that all differ.
            firsts = [row[0].strip() for _, row in body if row]
            column = describe(["row"], [[cell] for cell in firsts], self.numbers, self._missing)[0]
            if len(firsts) > 2 and (column.counts or (column.kind == "text" and column.all_differ)):
                row_names, titles = True, unique_names(["row", *titles[1:]])
        return line, titles, body, row_names

    def _header(
        self, head: list[Row], start: int, width: int, wanted: TableFormat
    ) -> tuple[tuple[int, list[str]] | None, bool]:
        """Return the header's line and cells (None: there is none), and whether the first column has no name in it."""
        comments = dict(self._source.comments)
        if wanted.header_line is not None:
            if wanted.header_line == 0:
                return None, False
            cells = dict(head).get(wanted.header_line) or comments.get(wanted.header_line)
            require(cells is not None, "header: there is nothing in line {line:,}; choose another line",
                    line=wanted.header_line)  # fmt: skip
            assert cells is not None
            return (wanted.header_line, cells), len(cells) == width - 1
        rows = [row for _, row in head[start:]]
        if start > 0 and len(head[start - 1][1]) == width - 1 and not self._names_columns(rows):
            before = head[start - 1][1]
            shifted = [row[1:] for row in rows]
            last_empty = all(not row[-1].strip() for row in rows if len(row) == width)
            if self._names_columns([before, *rows] if last_empty else [before, *shifted]):
                return (head[start - 1][0], before), not last_empty
        if self._names_columns(rows):
            return (head[start][0], rows[0]), False
        for number, cells in reversed(self._source.comments):
            if len(cells) == width and number < head[start][0] and self._names_columns([cells, *rows]):
                return (number, cells), False
        return None, False

    def _names_columns(self, rows: list[list[str]]) -> bool:
        """Return whether the first row names columns: words over numbers, or different words that do not come again."""
        first, body = [cell.strip() for cell in rows[0]], rows[1:]
        if not body:
            return not any(map(self.numbers.is_number, first))
        columns = describe([""] * len(first), body, self.numbers, self._missing)
        if _count_up(first, self.numbers) and not any(_count_up(row, self.numbers) for row in body[:20]):
            return True
        over = [cell for cell, column in zip(first, columns, strict=True) if column.kind in ("number", "boolean")]
        over = [cell for cell in over if not is_missing(cell, "number", self._missing)]
        if over:
            words = sum(_is_word(cell, self.numbers) for cell in over)
            return 2 * words > len(over)
        again = any(cell and cell in column.values for cell, column in zip(first, columns, strict=True))
        different = len(set(first)) == len(first)
        again = again or any(cell and is_missing(cell, "number", self._missing) for cell in first)
        return different and not again and not any(map(self.numbers.is_number, first))

    def _require_width(self, width: int, least: int = 2) -> None:
        require(
            width >= least,
            "table: only one column was found; choose the sign between the cells, or separate them by comma, semicolon"
            " or tab",
        )
        require(
            width <= MAX_COLUMNS,
            "table: more than {most:,} columns; leave some out",
            most=MAX_COLUMNS,
        )

    # ---- what is shown and said ------------------------------------------------------------------

    def _notes(self, columns: tuple[TableColumn, ...], ambiguous: str) -> Iterator[str]:
        if ambiguous:
            value = f"{self.numbers.read(ambiguous):g}"
            yield message("Numbers such as {cell} were read as {value}; if that is wrong, choose the decimal sign.",
                          cell=ambiguous, value=value)  # fmt: skip
        for form, template in (
            ("percent", "Per cent were divided by 100: {names}."),
            ("money", "Currency signs were left out: {names}."),
            ("negative", "Numbers in brackets or with a minus sign behind were read as numbers below 0: {names}."),
            ("date", "Dates were read as days from 1970-01-01: {names}."),
            ("month first", "Dates were read with the month first, as days from 1970-01-01: {names}."),
            ("day first", "Dates were read with the day first, as days from 1970-01-01: {names}."),
            ("time", "Times were read as hours: {names}."),
        ):
            names = [column.name for column in columns if column.form == form]
            if names:
                yield message(template, names=printable(", ".join(names), 80))


def _head(source: Source) -> list[Row]:
    """Return the first rows that are not blank; a fault behind the first thousand is for the reading to name."""
    found: list[Row] = []
    characters = 0
    try:
        for number, row in (source.sample or source.rows)():
            characters += sum(map(len, row)) + len(row)
            if any(map(str.strip, row)):
                found.append((number, row))
            if len(found) > KIND_ROWS or characters > _SAMPLE_CHARACTERS:
                break
    except ValueError:
        if len(found) < 2:
            raise
    return found


def _is_word(cell: str, numbers: NumberFormat) -> bool:
    return bool(cell) and not numbers.is_number(cell)


def _count_up(cells: list[str], numbers: NumberFormat) -> bool:
    """Return whether three or more numbers of a row count up by one, as years or numbers of columns do."""
    found = [numbers.read(cell) for cell in cells if numbers.is_number(cell)]
    if len(found) < 3 or any(not value.is_integer() for value in found):
        return False
    return all(after - before == 1.0 for before, after in pairwise(found))
