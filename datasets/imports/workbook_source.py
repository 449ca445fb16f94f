"""Rows out of a sheet of a workbook (XLSX, XLS or ODS), read by calamine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from datasets.checks import printable, require
from datasets.imports.dialect import Row
from datasets.imports.source import Source
from datasets.imports.table_format import TableFormat
from datasets.messages import message

MAX_UNPACKED = 256 * 2**20
_SAMPLE = 100


def workbook_source(data: bytes, wanted: str | None = None) -> Source:
    """Return the rows of the sheet `wanted`, or of the first that has any.

    Raises
    ------
    ValueError
        When the workbook cannot be read, is too large, is empty, or has no such sheet.
    """
    size = _unpacked_size(data)
    require(
        size <= MAX_UNPACKED,
        "workbook: {size:.0f} MiB unpacked are more than {most} MiB; save the sheet as CSV",
        size=size / 2**20,
        most=MAX_UNPACKED // 2**20,
    )
    n, sheets = _sheets(data)
    require(len(sheets) > 0, "workbook: its sheets are empty; choose a table with a row per example")
    names = tuple(printable(name) for name in sheets)
    require(
        wanted is None or wanted in names,
        'workbook: there is no sheet "{wanted}" with a table; choose one of {names}',
        wanted=printable(wanted or ""),
        names=printable(", ".join(names), 120),
    )
    title = wanted or names[0]
    sheet = list(sheets.values())[names.index(title)]
    head = list(islice(_rows(sheet), _SAMPLE))
    template = 'The sheet "{title}" was read; the others are empty.'
    if len(sheets) > 1:
        template = 'The sheet "{title}" was read, one of {n}; another can be chosen.'
    note = message(template, title=title, n=len(sheets))
    width = sum(sum(map(len, cells)) + len(cells) for _, cells in head) / len(head)
    label = message('workbook, sheet "{title}"', title=title)
    size = round(width * max(sheet.total_height, len(head)))
    notes = (note,) if n > 1 else ()
    return Source(lambda: _rows(sheet), size, TableFormat(sheet=title, sheets=names), label, notes=notes)


def _unpacked_size(data: bytes) -> int:
    if not data.startswith(b"PK"):
        return len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(info.file_size for info in archive.infolist())


def _sheets(data: bytes) -> tuple[int, dict[str, Any]]:
    """Return how many sheets there are, and those with something by name; what calamine raises becomes one line."""
    from python_calamine import load_workbook  # loaded only for a workbook

    try:
        book = load_workbook(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_index(place) for place, name in enumerate(book.sheet_names)}
        return len(sheets), {name: sheet for name, sheet in sheets.items() if sheet.total_height}
    except Exception as error:
        raise ValueError(
            message(
                "workbook: this spreadsheet cannot be read ({error}); open it in its program and save it as CSV",
                error=printable(error) or type(error).__name__,
            )
        ) from error


def _rows(sheet: Any) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.hour or value.minute or value.second else value.date().isoformat()
    return str(value)
