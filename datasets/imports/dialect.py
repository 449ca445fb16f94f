"""The dialect of a table: its delimiter, decimal sign and comments, detected from its first rows."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from datasets.messages import message

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "spaces"}
SAMPLE_CHARACTERS = 65_536
SAMPLE_ROWS = 200
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")
_DECIMAL_POINT = re.compile(r"[+-]?\d*\.\d+(?:[eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a table are separated and read.

    Attributes
    ----------
    delimiter : str
        One of ``DELIMITERS``; a space stands for any run of white space.
    decimal : str
        ``"."`` or ``","``.
    comments : int
        Leading lines that begin with ``#`` and are left out.
    """

    delimiter: str = ","
    decimal: str = "."
    comments: int = 0

    @property
    def label(self) -> str:
        """Return the dialect in words: ``semicolon, decimal comma``."""
        return DELIMITERS[self.delimiter] + (", decimal comma" if self.decimal == "," else "")


def detect(text: str) -> Dialect:
    """Return the dialect in which the first rows of `text` fall into the most regular columns."""
    comments = 0
    for line in io.StringIO(text[:SAMPLE_CHARACTERS], newline=""):
        if not line.startswith("#"):
            break
        comments += 1
    found = [(_regularity(text, Dialect(mark, comments=comments)), mark) for mark in DELIMITERS if mark != " "]
    best, delimiter = max(found, key=lambda pair: pair[0])
    if best == (0.0, 0.0, 0) and _regularity(text, Dialect(" ", comments=comments)) > best:
        delimiter = " "
    return Dialect(delimiter, _decimal(text, Dialect(delimiter, comments=comments)), comments)


def rows(text: str, dialect: Dialect) -> Iterator[list[str]]:
    """Yield the cells of each row after the comments; a blank line is an empty row.

    Raises
    ------
    ValueError
        When quotes do not close, with the line.
    """
    lines = io.StringIO(text, newline="")
    for _ in range(dialect.comments):
        lines.readline()
    if dialect.delimiter == " ":
        yield from (line.split() for line in lines)
        return
    reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        line = dialect.comments + reader.line_num
        raise ValueError(
            message('line {line:,}: {error}; check the quotes (") up to there', line=line, error=error)
        ) from None


def first_rows(text: str, dialect: Dialect, most: int) -> list[list[str]]:
    """Return the first rows that are not blank, at most `most`; a row cut short by the sample is left out."""
    sample = text[:SAMPLE_CHARACTERS]
    if len(text) > SAMPLE_CHARACTERS:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    found: list[list[str]] = []
    try:
        for row in rows(sample, dialect):
            if any(map(str.strip, row)):
                found.append(row)
            if len(found) == most:
                break
    except ValueError:
        # A quote that the sample cuts in two; the full reading says what is wrong, and where.
        return found
    return found


def read_number(cell: str, decimal: str = ".") -> float:
    """Return the finite number in `cell`; white space around it and a true minus sign are allowed.

    Raises
    ------
    ValueError
        When it is not a number.
    """
    plain = cell.strip().replace("−", "-")
    if decimal == ",":
        plain = plain.replace(",", ".") if "." not in plain else "."
    value = float(plain) if "_" not in plain else math.nan
    if not math.isfinite(value):
        raise ValueError(message("expected a finite number, got {cell!r}", cell=cell))
    return value


def is_number(cell: str, decimal: str = ".") -> bool:
    """Return whether `cell` is a finite number."""
    try:
        read_number(cell, decimal)
    except ValueError:
        return False
    return True


def _regularity(text: str, dialect: Dialect) -> tuple[float, float, int]:
    """Return how many rows share the commonest number of cells, how many cells are numbers, and that number."""
    table = first_rows(text, dialect, SAMPLE_ROWS)
    (n_cells, same), *_ = Counter(len(row) for row in table).most_common(1) or [(0, 0)]
    if n_cells < 2:
        return 0.0, 0.0, 0
    cells = [cell for row in table for cell in row if cell.strip()]
    numeric = sum(is_number(cell) or is_number(cell, ",") for cell in cells) / len(cells)
    return round(same / len(table), 1), round(numeric, 1), n_cells


def _decimal(text: str, dialect: Dialect) -> str:
    if dialect.delimiter == ",":
        return "."
    cells = [cell.strip() for row in first_rows(text, dialect, SAMPLE_ROWS) for cell in row]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells)
    points = sum(bool(_DECIMAL_POINT.fullmatch(cell)) for cell in cells)
    return "," if commas > points else "."
