"""Rows out of the first sheet of a workbook (XLSX, XLS or ODS), read by calamine."""

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
from datasets.messages import message

MAX_UNPACKED = 256 * 2**20
_SAMPLE = 100


def workbook_source(data: bytes) -> Source:
    """Return the rows of the first sheet that has any.

    Raises
    ------
    ValueError
        When the workbook cannot be read, is too large, or is empty.
    """
    size = _unpacked_size(data)
    require(
        size <= MAX_UNPACKED,
        "workbook: {size:.0f} MiB unpacked are more than {most} MiB; save the sheet as CSV",
        size=size / 2**20,
        most=MAX_UNPACKED // 2**20,
    )
    names, sheet = _first_sheet(data)
    require(sheet is not None, "workbook: its sheets are empty; choose a table with a row per example")
    head = list(islice(_rows(sheet), _SAMPLE))
    title = printable(sheet.name)
    note = message('The sheet "{title}" was read; for another one, save it as the first.', title=title)
    width = sum(sum(map(len, cells)) + len(cells) for _, cells in head) / len(head)
    label = message('workbook, sheet "{title}"', title=title)
    size = round(width * max(sheet.total_height, len(head)))
    return Source(lambda: _rows(sheet), size, label=label, notes=(note,) if len(names) > 1 else ())


def _unpacked_size(data: bytes) -> int:
    if not data.startswith(b"PK"):
        return len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(info.file_size for info in archive.infolist())


def _first_sheet(data: bytes) -> tuple[list[str], Any]:
    """Return the names of the sheets, and the first that is not empty; whatever calamine raises becomes one line."""
    from python_calamine import load_workbook  # loaded only for a workbook

    try:
        book = load_workbook(io.BytesIO(data))
        names = book.sheet_names
        for place in range(len(names)):
            sheet = book.get_sheet_by_index(place)
            if sheet.total_height:
                return names, sheet
    except Exception as error:
        raise ValueError(
            message(
                "workbook: this spreadsheet cannot be read ({error}); open it in its program and save it as CSV",
                error=printable(error) or type(error).__name__,
            )
        ) from error
    return names, None


def _rows(sheet: Any) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.hour or value.minute or value.second else value.date().isoformat()
    return str(value)
