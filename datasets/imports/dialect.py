"""The dialect of a text table: delimiter, quotes and comments, guessed by clevercsv from its first rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from datasets.imports.table_format import DELIMITERS, TableFormat
from datasets.messages import message

Row = tuple[int, list[str]]
"""The number of a row as a spreadsheet counts it, and its cells; a blank or left-out line is an empty row."""

SAMPLE_CHARACTERS, MOST_SAMPLE_CHARACTERS = 65_536, 2**20
SAMPLE_ROWS = 200
GUESS_CHARACTERS, GUESS_ROWS, GUESS_WORD = 12_000, 60, 200
COMMENTS = ("#", "%")
_WORD, _GAP = rf"[^\s\"'{re.escape(''.join(DELIMITERS))}]", r"[^\S\r\n]"
_LONG = re.compile(rf"({_WORD}{{{GUESS_WORD}}}){_WORD}+|({_GAP}{{{GUESS_WORD}}}){_GAP}+")
_RARE = "^&*!§¦\x01\x1f"
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_TOKEN = {
    '"': re.compile(r'"((?:[^"]|"")*)"(?=\s|$)|(\S+)'),
    "'": re.compile(r"'((?:[^']|'')*)'(?=\s|$)|(\S+)"),
    "": re.compile(r"()(\S+)"),
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a text table are separated.

    Attributes
    ----------
    delimiter : str
        One character; a space stands for any run of white space.
    quote, escape : str
        What encloses a cell, and what stands before a quote inside; empty for none.
    comments : str
        The characters that a line with a comment begins with.
    first : int
        The row that the table begins in, counted from 1.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    comments: str = ""
    first: int = 1


def detect(text: str, wanted: TableFormat) -> Dialect:
    """Return the dialect of `text`, with the delimiter and the quote of `wanted` where they are given."""
    sample = sample_of(text)
    lines = sample.splitlines()
    separator = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    first = 2 if separator else 1
    body = [line for line in lines[first - 1 :] if line.strip()][:SAMPLE_ROWS]
    comments = "".join(
        sign for sign in COMMENTS if 0 < sum(line.startswith(sign) for line in body) <= max(1, len(body) // 2)
    )
    data = [line for line in body if not (comments and line.startswith(tuple(comments)))]
    # Long words say nothing of the delimiter, and clevercsv takes a time for them that grows with their square.
    short = _LONG.sub(r"\1\2", "\n".join(data[:GUESS_ROWS]))
    delimiter, quote, escape = _guess(short[:GUESS_CHARACTERS])
    if separator:
        delimiter = separator[1]
    elif delimiter in "\t " and _is_spaced(data, delimiter):
        delimiter = " "
    delimiter = wanted.delimiter or delimiter
    quote = quote if wanted.quote is None else wanted.quote
    return Dialect(delimiter, quote, escape if escape not in (delimiter, quote) else "", comments, first)


def sample_of(text: str) -> str:
    """Return the beginning of `text` that guesses look at, more of it for very long rows, without a line cut short."""
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    size = SAMPLE_CHARACTERS
    while size < MOST_SAMPLE_CHARACTERS and len(text[:size].splitlines()) < 4:  # a header and two rows that are whole
        size *= 4
    sample = text[:size]
    return sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample


def rows(text: str, dialect: Dialect) -> Iterator[Row]:
    """Yield every row; a blank line and a comment are empty rows.

    Raises
    ------
    ValueError
        When quotes do not close, with the line.
    """
    lines = _Lines(text, dialect)
    if dialect.delimiter == " ":
        token = _TOKEN[dialect.quote]
        for line in lines:
            yield lines.row, ["".join(found) for found in token.findall(line)] if dialect.quote else line.split()
        return
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        skipinitialspace=True,
        strict=True,
    )
    try:
        for count, cells in enumerate(reader, 1):
            yield count + lines.left_out, cells
    except csv.Error as error:
        said = "".join(letter if letter.isprintable() else "�" for letter in str(error))
        raise ValueError(
            message("line {line:,}: {error}; check the quotes ({quote}) up to there, or choose another quote",
                    line=lines.row, error=said, quote=dialect.quote)
        ) from None  # fmt: skip


class _Lines:
    """The lines of a table without its comments, and where the last one stands."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self._lines = io.StringIO(text, newline="")
        self._comments = tuple(dialect.comments)
        self.row = self.left_out = dialect.first - 1
        for _ in range(self.row):
            self._lines.readline()

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.row += 1
            if self._comments and line.startswith(self._comments):
                self.left_out += 1
            else:
                yield line


def comment_lines(text: str, dialect: Dialect) -> list[Row]:
    """Return the comments of the sample as rows: the last one may hold the names of the columns."""
    found = []
    for number, line in enumerate(sample_of(text).splitlines(), 1):
        if dialect.comments and line.startswith(tuple(dialect.comments)):
            plain = line.lstrip(dialect.comments) if dialect.delimiter == " " else line[1:]
            cells = next(rows(plain, Dialect(dialect.delimiter, dialect.quote, dialect.escape)), (0, []))[1]
            found.append((number, cells))
    return found


def first_rows(text: str, dialect: Dialect, most: int) -> list[Row]:
    """Return the first rows that are not blank, at most `most`; a row cut short by the sample is left out."""
    found: list[Row] = []
    try:
        for number, row in rows(sample_of(text), dialect):
            if any(map(str.strip, row)):
                found.append((number, row))
            if len(found) == most:
                break
    except ValueError:
        # A quote that the sample cuts in two; the full reading says what is wrong, and where.
        return found
    return found


def _guess(sample: str) -> tuple[str, str, str]:
    """Return delimiter, quote and escape character as clevercsv sees them; a comma where it sees nothing."""
    from clevercsv.detect import Detector  # loaded only when a table is opened

    for delimiters in ([*DELIMITERS], [*_RARE]):
        try:
            found = Detector().detect(sample, delimiters=delimiters)
        except Exception:
            found = None
        # What stands in a few names only ("R&D") is no delimiter, however rare it is.
        if found is not None and found.delimiter and _is_in_all(sample, found.delimiter):
            quote = found.quotechar if found.quotechar in ('"', "'") else '"'
            return found.delimiter, quote, found.escapechar or ""
    return ",", '"', ""


def _is_in_all(sample: str, delimiter: str) -> bool:
    """Return whether `delimiter` is a usual one, or one that every line has."""
    return delimiter in DELIMITERS or all(delimiter in line for line in sample.splitlines())


def _is_spaced(lines: list[str], delimiter: str) -> bool:
    """Return whether runs of white space separate the cells better than `delimiter`."""
    if delimiter == " ":
        return True
    tokens = Counter(len(_TOKEN['"'].findall(line)) for line in lines)
    cells = Counter(len(line.rstrip().split("\t")) for line in lines)
    if not tokens or len(tokens) > 1 or max(tokens) < 2:
        return False
    padded = sum("  " in cell.strip() for line in lines for cell in line.split("\t"))
    return len(cells) > 1 or padded > len(lines) // 2
