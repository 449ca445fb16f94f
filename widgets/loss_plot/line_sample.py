"""A short piece of a curve, for a legend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.loss_plot.curve_style import CurveStyle
from widgets.style import style

WIDTH = 30


class LineSample(QWidget):
    """The line of a curve, as the plot draws it; emits nothing."""

    def __init__(self, curve_style: CurveStyle, weight: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curve_style, self._weight = curve_style, weight

    def set_style(self, curve_style: CurveStyle) -> None:
        """Draw another line."""
        if curve_style != self.curve_style:
            self.curve_style = curve_style
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for a few dashes."""
        return QSize(round(WIDTH * style.current().scale), 8)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.curve_style.pen(self._weight))
            y = self.height() / 2.0
            painter.drawLine(QPointF(0.0, y), QPointF(self.width(), y))
