"""How one line of a card's table is drawn and said."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from widgets.gradient_card.boxes_view import colour_of
from widgets.gradient_card.card_sheet import Row, Section
from widgets.gradient_card.table_layout import GAP, Columns
from widgets.style import numbers, style

NONE = "–"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def paint_head(
    painter: QPainter, section: Section, columns: Columns, top: float, width: float, *, folded: bool
) -> None:
    """Draw the head of a section: its column names, or its summary alone when it is folded."""
    theme = style.current()
    band = QRectF(0, top, width, columns.row_height)
    painter.fillRect(band, QColor(theme.panel))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(QPointF(0, band.bottom() - 0.5), QPointF(width, band.bottom() - 0.5))
    painter.setFont(style.sans(8.0, bold=True))
    painter.setPen(colour_of("secondary"))
    if folded:
        text = section.summary if section.total is None else f"{section.summary} {_nearly(section.total)}"
        painter.drawText(band, _LEFT, f"▸ {text}")
        return
    painter.drawText(columns.cell(0, top), _LEFT, f"▾ {section.label_head}")
    for i, column in enumerate(section.columns):
        painter.drawText(columns.cell(i + 1, top).adjusted(-6, 0, -GAP / 2, 0), _RIGHT, column.head)
    if section.total is not None:
        text = f"{section.total_symbol} {_nearly(section.total)}"
        painter.drawText(QRectF(columns.width + 2 * GAP, top, width, columns.row_height), _LEFT, text)


def paint_row(
    painter: QPainter,
    section: Section,
    row: Row,
    columns: Columns,
    top: float,
    width: float,
    *,
    chosen: bool,
    current: bool,
    hovered: bool,
    all_digits: bool,
) -> None:
    """Draw one row: its label, then its numbers right-aligned in columns of fixed width."""
    theme = style.current()
    band = QRectF(0, top, width, columns.row_height)
    if chosen or hovered:
        painter.fillRect(band, QColor(theme.accent_soft if chosen else theme.window))
    if chosen:
        painter.fillRect(QRectF(0, top, 3, columns.row_height), QColor(theme.accent))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(QPointF(0, band.bottom() - 0.5), QPointF(width, band.bottom() - 0.5))
    painter.setFont(style.mono(8.5))
    metrics = QFontMetricsF(painter.font())
    baseline = top + (columns.row_height - metrics.height()) / 2 + metrics.ascent()
    painter.setPen(colour_of("plain"))
    painter.drawText(QPointF(6, baseline), row.label)
    # A point and a fixed advance: drawText() into an aligned rectangle costs twice as much.
    advance = metrics.horizontalAdvance("0")
    rights = [right - GAP / 2 for right in columns.edges[2:]]
    for column, value, right in zip(section.columns, row.values, rights, strict=True):
        text = _text(value, all_digits=all_digits)
        painter.setPen(colour_of("secondary" if value is None else column.role))
        painter.drawText(QPointF(right - len(text) * advance, baseline), text)
        if column.editable and (hovered or current):
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(right - 10 * advance, baseline + 3), QPointF(right, baseline + 3))
    if current:
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.drawRect(band.adjusted(0.5, 0.5, -1.5, -1.5))


def spoken(section: Section, row: Row) -> str:
    """Return one row in words, for a screen reader."""
    pairs = zip(section.columns, row.values, strict=True)
    return f"{row.label}: " + ", ".join(f"{column.head} {_text(value, all_digits=False)}" for column, value in pairs)


def _nearly(total: float) -> str:
    return f"{'=' if numbers.is_exact(total) else numbers.APPROXIMATELY} {numbers.four(total)}"


def _text(value: float | None, *, all_digits: bool) -> str:
    if value is None:
        return NONE
    return numbers.full(value) if all_digits else numbers.four(value)
