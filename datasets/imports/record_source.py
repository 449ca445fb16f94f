"""Rows out of JSON: records ``{x, y, label}``, rows of values, one record a line, or columns of values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

from datasets.checks import printable, require
from datasets.imports.dialect import Row
from datasets.imports.encoding import TableText
from datasets.imports.source import Source
from datasets.imports.table_format import TableFormat
from datasets.messages import message

_GAP = re.compile(r"[\s,]*")
_HALF = re.compile("[\ud800-\udfff]")
_SAMPLE = 1_000
_DEEPEST = 4
_MOST_NAMES = 10_000
_CURE = 'save it as a list of records, [{{"x": 1, "y": 2, "label": "a"}}, …]'


def is_records(text: str) -> bool:
    """Return whether `text` begins as a JSON object or list does."""
    return re.match(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\d\"\-\]])", text) is not None


def record_source(found: TableText) -> Source:
    """Return the rows in a JSON text.

    Raises
    ------
    ValueError
        When it is not JSON, or holds nothing like a table.
    """
    text = found.text
    names, notes = [""], [found.note] if found.note else []
    single = text.lstrip().startswith("{") and _whole(text)
    if isinstance(single, dict) and not _is_record(single):
        name, table = _table_in(single)
        if name:
            notes.append(message('The table was found under "{name}".', name=name))
        records: Any = lambda: iter(table)  # noqa: E731
    else:
        records = lambda: _streamed(text)  # noqa: E731
    head = list(islice(records(), _SAMPLE))
    require(len(head) > 0, "JSON: there is no row; " + _CURE)
    flat = [_flat(record) for record in head]
    names = list(dict.fromkeys(name for record in flat for name in record))
    require(len(names) <= _MOST_NAMES, "JSON: more than {most:,} columns; leave some out", most=_MOST_NAMES)
    width = max(len(" ".join(record.values())) for record in flat)

    known = set(names)

    def rows() -> Iterator[Row]:
        for number, record in enumerate(records(), 1):
            cells = _flat(record)
            if not cells.keys() <= known:
                # A name that the first thousand do not have: a cell too many, to be named.
                yield number, [cells.get(name, "") for name in names] + [v for k, v in cells.items() if k not in known]
            else:
                yield number, [cells.get(name, "") for name in names]

    listed = all(isinstance(record, list) for record in head)
    return Source(
        rows, max(len(text) // 2, width), TableFormat(found.encoding), "JSON",
        None if listed and not _are_numbers(head[0]) else tuple("" if listed else name for name in names),
        notes=tuple(notes),
    )  # fmt: skip


def _are_numbers(values: Any) -> bool:
    return any(isinstance(value, (int, float)) for value in values)


def _whole(text: str) -> Any:
    """Return the value when all of `text` is one; None where it is several, as in JSON lines."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_record(value: dict[str, Any]) -> bool:
    return bool(value) and not any(isinstance(part, (list, dict)) for part in value.values())


def _table_in(value: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return the rows in an object, and the name they were found under."""
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):  # as pandas splits it
        names = [str(name) for name in value["columns"]]
        return "", [dict(zip(names, row, strict=False)) for row in value["data"] if isinstance(row, list)]
    lists = {name: part for name, part in value.items() if isinstance(part, list)}
    tables = [name for name, part in lists.items() if part and isinstance(part[0], (dict, list))]
    if len(tables) == 1:
        return tables[0], lists[tables[0]]
    if len(lists) > 1 and len({len(part) for part in lists.values()}) == 1:
        return "", [dict(zip(lists, row, strict=True)) for row in zip_longest(*lists.values())]
    columns = {name: part for name, part in value.items() if isinstance(part, dict)}
    if columns and len(columns) == len(value):
        keys = list(next(iter(columns.values())))
        if all(list(part) == keys for part in columns.values()) and not any(map(_nested, columns.values())):
            return "", [{name: part[key] for name, part in columns.items()} for key in keys]
        return "", list(columns.values())
    raise ValueError(message("JSON: no table was found in it; " + _CURE))


def _nested(value: dict[str, Any]) -> bool:
    return any(isinstance(part, (list, dict)) for part in value.values())


def _streamed(text: str) -> Iterator[Any]:
    """Yield the records of a list, or of lines with one each, without reading the rest first."""
    decoder = json.JSONDecoder()
    is_list = text.lstrip().startswith("[")
    place = text.find("[") + 1 if is_list else 0
    single_rows = not is_list
    while True:
        place = _GAP.match(text, place).end()  # type: ignore[union-attr]
        if place >= len(text):
            return
        if is_list and text[place] == "]":
            rest = text[place + 1 :].lstrip()
            require(not rest, "JSON: after the list there is more, {rest}; " + _CURE, rest=printable(rest))
            return
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, place) + 1
            raise ValueError(message("JSON: line {line:,} cannot be read; " + _CURE, line=line)) from None
        if not isinstance(value, (dict, list)):
            # A list of plain values is one row.
            require(single_rows, "JSON: expected a list of records, got a list of values; " + _CURE)
        yield value


def _characters(text: str) -> str:
    """Return `text`, which JSON may write with halves of characters, that no file can hold."""
    half = None if text.isascii() else _HALF.search(text)
    if half is None:
        return text
    raise ValueError(message("JSON: \\u{code:x} is half a character; leave it out", code=ord(half[0])))


def _flat(value: Any, name: str = "", depth: int = 0) -> dict[str, str]:
    """Return the values in a record by name, inner ones as ``a.b`` and ``a1``, ``a2``, …."""
    if isinstance(value, dict) and depth < _DEEPEST:
        parts = [(_characters(f"{name}.{key}" if name else str(key)), part) for key, part in value.items()]
    elif isinstance(value, list) and depth < _DEEPEST:
        parts = [(f"{name or 'column '}{i}", part) for i, part in enumerate(value, 1)]
    else:
        return {name: "" if value is None else _characters(value) if isinstance(value, str) else str(value)}
    made: dict[str, str] = {}
    for key, part in parts:
        made |= _flat(part, key, depth + 1)
    return made
