"""Where the lines and columns of a card's table lie; nothing here depends on a number's value."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from widgets.gradient_card.card_sheet import Section
from widgets.style import style

CHARACTERS = 10
ALL_CHARACTERS = 23
GAP = 10.0
NARROW_GAP = 4.0
SHORT_SUM = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the head of a section (row None) or one of its rows."""

    section: int
    row: int | None


def lines_of(sections: tuple[Section, ...], folded: frozenset[str]) -> tuple[Line, ...]:
    """Return every line from top to bottom; a folded section is its head alone."""
    lines: list[Line] = []
    for i, section in enumerate(sections):
        lines.append(Line(i, None))
        if section.name not in folded:
            lines.extend(Line(i, row) for row in range(len(section.rows)))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Columns:
    """The left edge and width of the label column and of each number column of one section."""

    edges: tuple[float, ...]
    row_height: float

    @property
    def width(self) -> float:
        """Width of all columns together."""
        return self.edges[-1]

    def cell(self, column: int, top: float) -> QRectF:
        """Return the cell of `column` (0 is the label) at `top`."""
        return QRectF(self.edges[column], top, self.edges[column + 1] - self.edges[column], self.row_height)

    def column_at(self, x: float) -> int:
        """Return the column under `x`; -1 to the right of the last."""
        for i, (left, right) in enumerate(zip(self.edges, self.edges[1:], strict=False)):
            if left <= x < right:
                return i
        return -1


def columns_of(section: Section, available: float, *, all_digits: bool) -> Columns:
    """Return columns as wide as their heads and a number of fixed length need, spread a little over `available`."""
    head = QFontMetricsF(style.sans(8.0, bold=True))
    digits = QFontMetricsF(style.mono(8.5))
    number = digits.horizontalAdvance("0") * (ALL_CHARACTERS if all_digits else CHARACTERS)
    needed = [max(head.horizontalAdvance(f"▾ {section.label_head}"), digits.horizontalAdvance("0") * 9)]
    needed += [max(number, head.horizontalAdvance(c.head)) for c in section.columns]
    if section.total is not None:
        available -= head.horizontalAdvance(f"{section.total_symbol} ≈ −0.000e−00") + 2 * GAP
    gap = min(max((available - sum(needed)) / len(needed), NARROW_GAP), GAP)
    needed = [width + gap for width in needed]
    spare = max(available - sum(needed), 0.0) / len(needed)
    edges = [0.0]
    for width in needed:
        edges.append(edges[-1] + width + min(spare, 28.0))
    return Columns(tuple(edges), math.ceil(digits.height() + 4))
