"""What a card shows, whatever it reads: boxes with big numbers, then sections of rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from widgets.style import numbers
from widgets.values.card import Stage
from widgets.values.keys import EdgeKey
from widgets.values.veil import HIDDEN_TEXT, Blank, Blanks

BATCH_GRADIENT = "batch ∂L/∂w"
"""The gradient of the pending batch, with regularization, that moves a weight."""

NO_NUMBER = "–"
Role = Literal["plain", "secondary", "forward", "gradient", "local"]
Segment = tuple[str | float, Role]


@dataclass(frozen=True, slots=True)
class Box:
    """One big number: its name, its symbol, the value, one line below it, and how it came about.

    ``note`` holds texts and numbers; numbers are set in the fixed-pitch font. A value that is not computed yet is None.
    """

    title: str
    symbol: str
    value: float | None
    role: Role
    note: tuple[Segment, ...]
    derivation: Callable[[], str]
    needs: Stage
    field: str = ""  # the field of the reading that it shows
    blank: Blank | None = None  # set where it is hidden


def with_blank(box: Box, blanks: Blanks) -> Box:
    """Return `box`, hidden where `blanks` have its field; its derivation then gives the symbol alone."""
    blank = blanks.get((box.field, 0))
    return box if blank is None else replace(box, blank=blank, derivation=lambda: blank.words)


def plain_note(text: str) -> tuple[Segment, ...]:
    """Return `text` as the line below a number."""
    return ((text, "secondary"),)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of numbers: its head, its colour, what it means, whether it can be typed."""

    head: str
    role: Role
    meaning: str
    needs: Stage
    editable: bool = False
    opens: bool = False  # whether a click on a number opens what it is made of
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section: a label and one number (or None) per column; without numbers it is a label alone."""

    label: str
    values: tuple[float | None, ...]
    key: EdgeKey | int | None = None  # the edge or the example that the row is about
    full_label: str = ""  # the label with every digit, where it holds numbers; lines
    line: int | None = None  # which line of the reading a label with numbers is, where it can be asked about


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under common heads; `summary` stands alone when the section is folded.

    ``derive(row, column)`` is the formula of one cell with its numbers plugged in; `total` is what
    the rows add up to, named by `total_symbol`.
    """

    name: str
    label_head: str
    summary: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    derive: Callable[[int, int], str]
    total: float | None = None
    total_symbol: str = ""
    total_needs: Stage = "given"
    fields: tuple[str, ...] = ()  # of the columns: the fields of the reading that they show
    total_field: str = ""
    line_field: str = ""  # of lines of text: the field of the reading that they show
    blanks: Blanks = field(default_factory=dict)

    def blank(self, row: int, column: int) -> Blank | None:
        """Return what is hidden in a cell; None where nothing is, or a phase has not computed it."""
        if not self.blanks or not 0 <= column < len(self.fields) or not self.columns[column].is_known:
            return None
        return self.blanks.get((self.fields[column], row))

    @property
    def total_blank(self) -> Blank | None:
        """What is hidden in the total; None where nothing is."""
        return self.blanks.get((self.total_field, 0)) if self.total_field else None

    def total_text(self, write: Callable[[float], str]) -> str:
        """Return the total with its sign of equality; empty where there is none."""
        if self.total is None:
            return ""
        if self.total_blank:
            return f"= {HIDDEN_TEXT}"
        is_exact = write is not numbers.four or numbers.is_exact(self.total)
        return f"{'=' if is_exact else numbers.APPROXIMATELY} {write(self.total)}"

    def texts(self, row: int, write: Callable[[float], str]) -> list[str]:
        """Return the numbers of a row as text: nothing before a phase has computed one, a dash where there is none."""
        return [self.text(row, column, write) for column in range(len(self.rows[row].values))]

    def text(self, row: int, column: int, write: Callable[[float], str]) -> str:
        """Return the text of one cell."""
        if not self.columns[column].is_known:
            return ""
        if self.blank(row, column):
            return HIDDEN_TEXT
        value = self.rows[row].values[column]
        return NO_NUMBER if value is None else write(value)


def with_all_digits(section: Section) -> Section:
    """Return `section` with every digit in its labels, and its total as a last row, where there is room for it."""
    lines = (replace(row, label=line) for row in section.rows for line in (row.full_label or row.label).split("\n"))
    section = replace(section, rows=tuple(lines))
    if section.total is None:
        return section
    text = f"{section.total_symbol} {section.total_text(numbers.full)}"
    return replace(section, rows=(*section.rows, Row(text, ())))


@dataclass(frozen=True, slots=True)
class CardSheet:
    """A whole card; ``operators`` stand between the boxes."""

    title: str
    example: str
    boxes: tuple[Box, ...]
    operators: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
