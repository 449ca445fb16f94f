"""What every visible curve is worth under the cursor: a hairline and a small table over the plot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.loss_plot.curve_style import CurveStyle
from widgets.style import style

SAMPLE = 18.0


@dataclass(frozen=True, slots=True)
class ReadoutRow:
    """One line: a curve's style (None for text alone), its name and its number."""

    style: CurveStyle | None
    name: str
    number: str


class Readout(QWidget):
    """Lies over the plot and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[ReadoutRow, ...] = ()
        self._x = 0.0
        self._area = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, x: float, area: QRectF, rows: tuple[ReadoutRow, ...]) -> None:
        """Show `rows` for the hairline at `x`, inside `area` (both in the parent's pixels)."""
        self.rows, self._x, self._area = rows, x, area
        self.setGeometry(area.toAlignedRect())
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hairline and, on the side where there is room, the table."""
        if not self.rows:
            return
        theme = style.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = round(self._x - self._area.left()) + 0.5
        painter.setPen(QPen(QColor(theme.secondary), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, 0, x, self.height()))
        names, digits = QFontMetricsF(style.sans(8.0)), QFontMetricsF(style.mono(8.0))
        name_width = max(names.horizontalAdvance(row.name) for row in self.rows)
        number_width = digits.horizontalAdvance("0.0000e−00")
        height = digits.height() + 1
        width = SAMPLE + 6 + name_width + 8 + number_width + 12
        left = x + 10 if x + 10 + width <= self.width() else x - 10 - width
        box = QRectF(max(left, 0.0), 4, width, height * len(self.rows) + 8)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(box, 4, 4)
        for i, row in enumerate(self.rows):
            line = QRectF(box.left() + 6, box.top() + 4 + i * height, box.width() - 12, height)
            _paint_row(painter, row, line)
        painter.end()


def _paint_row(painter: QPainter, row: ReadoutRow, line: QRectF) -> None:
    theme = style.current()
    if row.style is not None:
        painter.setPen(row.style.pen(1.6))
        y = line.center().y()
        painter.drawLine(QPointF(line.left(), y), QPointF(line.left() + SAMPLE, y))
    painter.setFont(style.sans(8.0))
    painter.setPen(QColor(theme.secondary))
    painter.drawText(line.adjusted(SAMPLE + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.name)
    painter.setFont(style.mono(8.0))
    painter.setPen(QColor(theme.text))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.number)
