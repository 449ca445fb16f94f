"""Rows out of a sheet of a workbook (XLSX, XLS or ODS), read by calamine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from datasets.checks import printable, require
from datasets.imports.dialect import Row
from datasets.imports.source import Source
from datasets.imports.table_format import TableFormat
from datasets.messages import message

MAX_UNPACKED = 256 * 2**20
MAX_CELLS = 2**24
"""From the first cell to the last one of a sheet, the empty ones between them included: they all take memory."""
_SAMPLE = 100
_PIECE = 2**20
_LONGEST = 2**23
_TAG = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)(?<!/)>(?!</)""")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_TEXTS = re.compile(rb"""<(?:\w+:)?sst\s(?:[^<>]*?\s)?uniqueCount\s*=\s*["'](\d+)["']""")
_SAVE = "; open it in its program and save the sheet as CSV"


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
    if data.startswith(b"PK"):
        _require_room(data)
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


def _require_room(data: bytes) -> None:
    """Refuse what calamine would reserve more memory for than there is, upon which the whole program ends."""
    cells = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename.lower().endswith(".xml"):
                cells += _reach(_tags(archive, info), info.file_size)
    require(
        cells <= MAX_CELLS,
        "workbook: its sheets reach over {n:,} cells, and {most:,} are the limit; delete the cells far from the table"
        + _SAVE,
        n=cells,
        most=MAX_CELLS,
    )


def _reach(pieces: Iterator[bytes], size: int) -> int:
    """Return over how many cells the sheet in some `pieces` of XML reaches, from the first filled one to the last."""
    row = column = 0  # a cell may say its place, and comes behind the last one where it does not
    rows, columns = [10**9, 0], [10**9, 0]
    for piece in pieces:
        texts = _TEXTS.search(piece)
        require(
            texts is None or int(texts[1][:12]) <= size,
            "workbook: it is damaged, its list of texts is longer than the file" + _SAVE,
        )
        for kind, attributes in _TAG.findall(piece):
            place = _PLACE.search(attributes)
            if kind == b"row":
                row, column = int(place[2][:9]) if place else row + 1, 0
                continue
            row, column = (int(place[2][:9]), _column(place[1])) if place else (row, column + 1)
            rows = [min(rows[0], row), max(rows[1], row)]
            columns = [min(columns[0], column), max(columns[1], column)]
    return max(0, rows[1] - rows[0] + 1) * max(0, columns[1] - columns[0] + 1)


def _tags(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the unpacked file in pieces, no tag of which is cut."""
    rest = b""
    with archive.open(info) as file:
        while piece := file.read(_PIECE):
            whole, sign, rest = (rest + piece).rpartition(b"<")
            rest = sign + rest
            require(len(rest) <= _LONGEST, "workbook: a cell has more than {n:,} letters" + _SAVE, n=_LONGEST)
            yield whole
    yield rest


def _column(letters: bytes) -> int:
    """Return the number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper()[:8]:
        number = 26 * number + letter - 64
    return number


def _sheets(data: bytes) -> tuple[int, dict[str, Any]]:
    """Return how many sheets there are, and those with something by name; what calamine raises becomes one line."""
    from python_calamine import SheetVisibleEnum, load_workbook  # loaded only for a workbook

    try:
        book = load_workbook(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_index(place) for place, name in enumerate(book.sheet_names)}
        hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible is not SheetVisibleEnum.Visible}
        shown_first = sorted(sheets, key=lambda name: name in hidden)
        return len(sheets), {name: sheets[name] for name in shown_first if sheets[name].total_height}
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a panic of Rust is no Exception
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
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        hours, rest = divmod(abs(seconds), 3600.0)
        return f"{'-' if seconds < 0.0 else ''}{hours:.0f}:{rest // 60.0:02.0f}:{rest % 60.0:09.6f}"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.hour or value.minute or value.second else value.date().isoformat()
    return str(value)
