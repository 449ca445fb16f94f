"""How the heads and rows of a card's table are drawn, each as one band over all columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.controls.blank_bar import paint_blank
from widgets.gradient_card.boxes_view import colour_of
from widgets.gradient_card.card_sheet import Section
from widgets.gradient_card.column_widths import CHARACTERS, GAP
from widgets.style import numbers, style

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns end; the last one stays in sight, before the others, where they are wider than the table."""

    rights: Sequence[float]
    last_left: float | None = None

    def cover(self, painter: QPainter, band: QRectF, colour: str) -> None:
        """Hide what lies behind the last column, before its number is written."""
        if self.last_left is not None:
            place = QRectF(self.last_left, band.top(), self.rights[-1] - self.last_left, band.height())
            painter.fillRect(place, QColor(colour))
            painter.fillRect(QRectF(place.left(), place.top(), 1, place.height()), QColor(style.current().line))


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands out: it is the selected edge, has the keyboard, is under the cursor."""

    selected: bool = False
    current: bool = False
    hovered: bool = False
    cell: int = 0  # the column that has the keyboard; 0 is the label


def paint_head(
    painter: QPainter,
    section: Section,
    band: QRectF,
    columns: Columns,
    *,
    open_: bool,
    current: bool,
    all_digits: bool,
) -> None:
    """Draw the names of the columns; a folded section shows its summary alone."""
    theme, rights = style.current(), columns.rights
    painter.fillRect(band, QColor(theme.panel))
    _draw_outline(painter, band, current=current)
    painter.setFont(style.sans(8.0, bold=True))
    painter.setPen(colour_of("secondary"))
    total = section.total_text(numbers.full if all_digits else numbers.four)
    if not open_:
        painter.drawText(band, _LEFT, f"▸ {section.summary} {total}")
        return
    painter.drawText(band, _LEFT, f"▾ {section.label_head}")
    for at, (column, left, right) in enumerate(zip(section.columns, rights, rights[1:], strict=False), 2):
        if at == len(rights) and columns.last_left is not None:
            columns.cover(painter, band.adjusted(0, 0, 0, -1), theme.panel)
            left = columns.last_left
        place = QRectF(left - 6, band.top(), right - left + 6 - GAP / 2, band.height())
        painter.drawText(place, _RIGHT, column.head)
    if total and not all_digits:
        right_of_columns = band.adjusted(rights[len(section.columns)] + 2 * GAP - band.left(), 0, 0, 0)
        painter.drawText(right_of_columns, _LEFT, f"{section.total_symbol} {total}")


def paint_row(
    painter: QPainter,
    section: Section,
    index: int,
    band: QRectF,
    columns: Columns,
    state: RowState,
    *,
    all_digits: bool,
) -> None:
    """Draw the label and the numbers of row `index`, right-aligned in its columns."""
    row = section.rows[index]
    theme, rights = style.current(), columns.rights
    back = theme.accent_soft if state.selected else theme.window if state.hovered else theme.panel
    if state.selected or state.hovered:
        painter.fillRect(band, QColor(back))
    if state.selected:
        painter.fillRect(QRectF(band.left(), band.top(), 3, band.height()), QColor(theme.accent))
    _draw_outline(painter, band, current=state.current)
    painter.setFont(style.mono(8.5))
    room = style.mono_room(8.5)
    baseline = band.top() + (band.height() - room.height) / 2 + room.ascent
    painter.setPen(colour_of("plain"))
    painter.drawText(QPointF(band.left() + 6, baseline), row.label)
    # A point and a fixed advance: drawText() into an aligned rectangle costs twice as much.
    advance, write = room.digit, numbers.full if all_digits else numbers.four
    for at, (column, value, edge) in enumerate(zip(section.columns, row.values, rights[1:], strict=False), 2):
        if at == len(rights):
            columns.cover(painter, band.adjusted(0, 1, 0, -1), back)
        text, right = section.text(index, at - 2, write), edge - GAP / 2
        if blank := section.blank(index, at - 2):
            paint_blank(painter, blank, QRectF(right - 6 * advance, band.top() + 2, 6 * advance, band.height() - 4))
        else:
            painter.setPen(colour_of("secondary" if value is None else column.role))
            painter.drawText(QPointF(right - len(text) * advance, baseline), text)
        has_keyboard = state.current and at - 1 == state.cell
        if has_keyboard or ((column.editable or column.opens) and (state.hovered or state.current)):
            line = Qt.PenStyle.SolidLine if has_keyboard else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(theme.accent), 1, line))
            y = baseline + (1.5 if state.current else 3.0)  # clear of the frame around the row
            painter.drawLine(QPointF(right - CHARACTERS * advance, y), QPointF(right, y))


def _draw_outline(painter: QPainter, band: QRectF, *, current: bool) -> None:
    """Draw the line below a row, and a frame around the row that has the keyboard."""
    theme = style.current()
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(QPointF(band.left(), band.bottom() - 0.5), QPointF(band.right(), band.bottom() - 0.5))
    if current:
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.drawRect(band.adjusted(0.5, 0.5, -1.5, -1.5))
