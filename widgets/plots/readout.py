"""The values under the cursor: a hairline and a small table over the plot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.style import style

SAMPLE = 18.0


@dataclass(frozen=True, slots=True)
class ReadoutRow:
    """One line: a curve's pen (None for text alone), its name and its number."""

    pen: QPen | None
    name: str
    number: str


class Readout(QWidget):
    """Lies over the plot and lets the mouse through.

    With a hairline the table stands at the top, otherwise beside the cursor.
    """

    def __init__(self, parent: QWidget, *, has_hairline: bool = True) -> None:
        super().__init__(parent)
        self._has_hairline = has_hairline
        self.rows: tuple[ReadoutRow, ...] = ()
        self._place = QPointF()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, place: QPointF, area: QRectF, rows: tuple[ReadoutRow, ...]) -> None:
        """Show `rows` for the cursor at `place`, inside `area` (both in the parent's pixels)."""
        self.rows, self._place = rows, place - area.topLeft()
        self.setGeometry(area.toAlignedRect())
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hairline and, on the side where there is room, the table."""
        if not self.rows:
            return
        theme = style.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = round(self._place.x()) + 0.5
            painter.setPen(QPen(QColor(theme.secondary), 1, Qt.PenStyle.DotLine))
            if self._has_hairline:
                painter.drawLine(QLineF(x, 0, x, self.height()))
            names, digits = QFontMetricsF(style.sans(8.0)), QFontMetricsF(style.mono(8.0))
            name_width = max(names.horizontalAdvance(row.name) for row in self.rows)
            number_width = digits.horizontalAdvance("0.0000e−00")
            height = digits.height() + 1
            sample = SAMPLE + 6 if any(row.pen is not None for row in self.rows) else 0.0
            width = sample + name_width + 8 + number_width + 12
            left = x + 10 if x + 10 + width <= self.width() else x - 10 - width
            tall = height * len(self.rows) + 8
            below = self._place.y() + 14
            top = 4.0 if self._has_hairline else below if below + tall <= self.height() else self._place.y() - 10 - tall
            box = QRectF(max(left, 0.0), max(top, 0.0), width, tall)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(box, 4, 4)
            for i, row in enumerate(self.rows):
                line = QRectF(box.left() + 6, box.top() + 4 + i * height, box.width() - 12, height)
                _paint_row(painter, row, line, sample)


def _paint_row(painter: QPainter, row: ReadoutRow, line: QRectF, sample: float) -> None:
    theme = style.current()
    if row.pen is not None:
        painter.setPen(row.pen)
        y = line.center().y()
        painter.drawLine(QPointF(line.left(), y), QPointF(line.left() + SAMPLE, y))
    painter.setFont(style.sans(8.0))
    painter.setPen(QColor(theme.secondary))
    painter.drawText(line.adjusted(sample, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.name)
    painter.setFont(style.mono(8.0))
    painter.setPen(QColor(theme.text))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.number)
