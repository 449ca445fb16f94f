"""What a card shows, whatever it reads: boxes with big numbers, then sections of rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from widgets.style import numbers
from widgets.values.card import Stage
from widgets.values.keys import EdgeKey

BATCH_GRADIENT = "batch ∂L/∂w"
"""The gradient of the pending batch, with regularization, that moves a weight."""

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

    def known_values(self, row: Row) -> tuple[float | None, ...]:
        """Return the numbers of `row`; None where there is none, or a phase has not computed it."""
        return tuple(v if c.is_known else None for c, v in zip(self.columns, row.values, strict=False))


def with_all_digits(section: Section) -> Section:
    """Return `section` with every digit in its labels, and its total as a last row, where there is room for it."""
    lines = (replace(row, label=line) for row in section.rows for line in (row.full_label or row.label).split("\n"))
    section = replace(section, rows=tuple(lines))
    if section.total is None:
        return section
    text = f"{section.total_symbol} = {numbers.full(section.total)}"
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
