"""How a table is written, as options that the user can choose, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground.document.catalogue import DELIMITERS, ENCODINGS, QUOTES, TableFormat
from widgets.values import Choice
from widgets.values.data_import import ImportOption

AUTOMATIC = "automatic"
_MOST_LINES = 20
_SIGNS = {",": "comma  ,", ".": "point  .", " ": "space", "'": "apostrophe  ’", "": "none"}
_QUOTES = {'"': 'double  "', "'": "single  '", "": "none"}


def options_of(wanted: TableFormat, found: TableFormat) -> tuple[ImportOption, ...]:
    """Return an option for everything that `found`, the format of a file, holds; `wanted` was chosen, not guessed."""
    made = []
    if len(found.sheets) > 1:
        texts = {name: name for name in found.sheets}
        made.append(_choice("sheet", "Sheet", "The sheet of the workbook to read.", texts, wanted, found))
    if found.encoding is not None:
        texts = {name: name for name in dict.fromkeys((found.encoding, *ENCODINGS))}
        made.append(_choice("encoding", "Encoding", "How letters are written as bytes.", texts, wanted, found))
    if found.delimiter is not None:
        signs = DELIMITERS if found.delimiter in DELIMITERS else {found.delimiter: repr(found.delimiter), **DELIMITERS}
        texts = {sign: f"{name}  {sign}" if sign.strip() else name for sign, name in signs.items()}
        made.append(_choice("delimiter", "Delimiter", "The sign between two cells.", texts, wanted, found))
        texts = {sign: _QUOTES[sign] for sign in QUOTES}
        made.append(_choice("quote", "Quote", "The sign around a cell that holds the delimiter.", texts, wanted, found))
    if found.decimal is not None:
        texts = {sign: _SIGNS[sign] for sign in ".,"}
        made.append(_choice("decimal", "Decimal sign", "0.5 or 0,5.", texts, wanted, found))
        tooltip = "The sign between groups of three digits: 1,204 or 1.204 or 1 204."
        made.append(_choice("thousands", "Thousands", tooltip, _SIGNS, wanted, found))
    if found.row_names is not None:
        lines = {0: "none"} | {line: f"line {line}" for line in range(1, _MOST_LINES + 1)}
        tooltip = "The line with the names of the columns; lines above it are skipped."
        made.append(_choice("header_line", "Header", tooltip, lines, wanted, found))
        tooltip = "Whether the first column only names the rows."
        names = {True: "first column", False: "none"}
        made.append(_choice("row_names", "Row names", tooltip, names, wanted, found))
    if found.missing is not None:
        tooltip = "Words that stand for a missing cell, separated by commas; an empty cell is always missing."
        made.append(ImportOption("missing", "Missing cells", tooltip, ", ".join(found.missing)))
    return tuple(made)


def with_option(wanted: TableFormat, found: TableFormat, key: str, text: str) -> TableFormat:
    """Return `wanted` with what was picked or typed for the option `key` of a file that was read as `found`."""
    if key == "missing":
        words = tuple(word.strip().casefold() for word in text.split(",") if word.strip())
        return replace(wanted, missing=words)
    values = {
        "sheet": found.sheets,
        "encoding": (found.encoding, *ENCODINGS),
        "delimiter": (found.delimiter, *DELIMITERS),
        "quote": QUOTES,
        "decimal": (".", ","),
        "thousands": tuple(_SIGNS),
        "header_line": tuple(range(_MOST_LINES + 1)) + ((found.header_line,) if found.header_line else ()),
        "row_names": (True, False),
    }[key]
    picked = next((value for value in values if _key(value) == text), None)
    return replace(wanted, **{key: picked})  # type: ignore[arg-type]


def _choice(
    key: str, label: str, tooltip: str, texts: Mapping[Any, str], wanted: TableFormat, found: TableFormat
) -> ImportOption:
    value, chosen = getattr(found, key), getattr(wanted, key)
    shown = {**texts} if value in texts else {**texts, value: f"line {value}"}
    guess = f"automatic: {shown[value]}" if chosen is None else "automatic"
    choices = [Choice(AUTOMATIC, guess, "As it was guessed from the first rows."),
               *(Choice(_key(each), text) for each, text in shown.items())]  # fmt: skip
    return ImportOption(key, label, tooltip, AUTOMATIC if chosen is None else _key(chosen), tuple(choices))


def _key(value: object) -> str:
    return f"={value}"
