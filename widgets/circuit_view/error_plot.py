"""The error of a numeric derivative against ε, both axes logarithmic: it falls, then rounding takes over."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.style import style

FLOOR = 1e-17  # an error of exactly zero is drawn here


class ErrorPlot(QWidget):
    """Draw pairs (ε, error) and mark the present ε."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[tuple[float, float], ...] = ()
        self._mark: float | None = None
        self.setToolTip("Error of (f(x + ε) − f(x)) / ε against the gradient, for each ε; both axes logarithmic.")
        self.setAccessibleName("Error against ε")

    def set_errors(self, errors: Sequence[tuple[float, float]], epsilon: float | None) -> None:
        """Show these pairs and the present `epsilon`."""
        points = tuple((log10(e), log10(max(error, FLOOR))) for e, error in errors if e > 0.0)
        mark = log10(epsilon) if epsilon else None
        if (points, mark) != (self._points, self._mark):
            self._points, self._mark = points, mark
            self.update()

    def sizeHint(self) -> QSize:
        """Return a small picture's size."""
        return QSize(200, 110)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(140, 90)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, curve and mark."""
        theme = style.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.sans(7.5))
        line = painter.fontMetrics().height()
        left = painter.fontMetrics().horizontalAdvance("1e−00") + 6
        area = QRectF(left, 4, self.width() - left - 6, self.height() - line - 8)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())
        if len(self._points) < 2:
            return
        xs, ys = [p[0] for p in self._points], [p[1] for p in self._points]
        box = (min(xs), max(xs), min(ys), max(max(ys), min(ys) + 1.0))
        self._axes(painter, area, box, theme, line)
        places = [_place(area, box, x, y) for x, y in self._points]
        painter.setPen(QPen(QColor(theme.text), 1.4 * theme.scale))
        painter.drawPolyline(places)
        if self._mark is not None and box[0] <= self._mark <= box[1]:
            x = _place(area, box, self._mark, box[2]).x()
            painter.setPen(QPen(QColor(theme.accent), 1.4 * theme.scale))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _axes(
        self, painter: QPainter, area: QRectF, box: tuple[float, float, float, float], theme: style.Theme, line: int
    ) -> None:
        painter.setPen(QColor(theme.secondary))
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(0, area.top(), area.left() - 4, line), right, _power(box[3]))
        painter.drawText(QRectF(0, area.bottom() - line, area.left() - 4, line), right, _power(box[2]))
        under = QRectF(area.left(), area.bottom() + 2, area.width(), line)
        painter.drawText(under, left, _power(box[0]))
        painter.drawText(under, right, _power(box[1]))
        painter.drawText(under, Qt.AlignmentFlag.AlignHCenter, "ε")


def _place(area: QRectF, box: tuple[float, float, float, float], x: float, y: float) -> QPointF:
    across, up = (x - box[0]) / max(box[1] - box[0], 1e-9), (y - box[2]) / (box[3] - box[2])
    return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())


def _power(exponent: float) -> str:
    return f"1e{round(exponent)}".replace("-", "−")
