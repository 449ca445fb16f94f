"""Numeric against backprop gradients as a scatter; right answers lie on the diagonal."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from widgets.style import numbers, style
from widgets.values.keys import Floats

MOST = 5000
REACH = 8.0


class GradientScatter(QWidget):
    """Points (backprop, numeric), one per parameter; those above the tolerance are crosses.

    Signals
    -------
    point_clicked(int)
        The place of a parameter in the reading.
    """

    point_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x: Floats = np.zeros(0)
        self._y: Floats = np.zeros(0)
        self._wrong = np.zeros(0, dtype=bool)
        self._scale = 1.0
        self._selected: int | None = None
        self.setToolTip(
            "Each point is a parameter: backprop across, central difference up. Right ones lie on the line."
        )
        self.setAccessibleName("Numeric against backprop gradients")

    def set_points(self, backprop: Floats, numeric: Floats, wrong: np.ndarray) -> None:
        """Show arrays of shape (n_checked,); at most 5,000 points are drawn, the wrong ones among them."""
        if len(backprop) > MOST:
            keep = np.argsort(~wrong, kind="stable")[:MOST]
            backprop, numeric, wrong = backprop[keep], numeric[keep], wrong[keep]
            self._places = keep
        else:
            self._places = np.arange(len(backprop))
        self._x, self._y, self._wrong = backprop, numeric, wrong
        both = np.abs(np.concatenate((backprop, numeric)))
        both = both[np.isfinite(both)]
        self._scale = float(both.max()) or 1.0 if both.size else 1.0
        self._selected = None
        self.update()

    def set_selected(self, place: int | None) -> None:
        """Ring one point."""
        found = np.flatnonzero(self._places == place) if place is not None and len(self._x) else np.zeros(0)
        self._selected = int(found[0]) if len(found) else None
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(260, 260)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(160, 140)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, diagonal, points."""
        theme = style.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.sans(7.5))
        area = self._area()
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(area)
        painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()))
        painter.drawLine(QPointF(area.center().x(), area.top()), QPointF(area.center().x(), area.bottom()))
        painter.setPen(QPen(QColor(theme.secondary), 1, Qt.PenStyle.DashLine))
        painter.drawLine(area.bottomLeft(), area.topRight())
        self._draw_labels(painter, area, theme)
        places = self._positions(area)
        painter.setPen(QPen(QColor(theme.gradient), 4.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in places[~self._wrong].tolist()]))
        painter.setPen(QPen(QColor(theme.warning), 1.6))
        for x, y in places[self._wrong].tolist():
            painter.drawLine(QPointF(x - 4, y - 4), QPointF(x + 4, y + 4))
            painter.drawLine(QPointF(x - 4, y + 4), QPointF(x + 4, y - 4))
        if self._selected is not None:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawEllipse(QPointF(*places[self._selected].tolist()), 7, 7)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report the nearest point."""
        if not len(self._x):
            return
        away = self._positions(self._area()) - np.array([event.position().x(), event.position().y()])
        distance = np.sqrt((away * away).sum(axis=1))
        nearest = int(np.argmin(distance))
        if distance[nearest] <= REACH:
            self.point_clicked.emit(int(self._places[nearest]))

    def _area(self) -> QRectF:
        line = self.fontMetrics().height()
        side = min(self.width() - 2 * line, self.height() - 2.0 * line) - 4
        return QRectF(line + 4, 4, max(side, 20), max(side, 20))

    def _positions(self, area: QRectF) -> Floats:
        half = area.width() / 2.0 * 0.94
        x = area.center().x() + np.nan_to_num(self._x / self._scale) * half
        y = area.center().y() - np.nan_to_num(self._y / self._scale) * half
        return np.stack((x, y), axis=1)

    def _draw_labels(self, painter: QPainter, area: QRectF, theme: style.Theme) -> None:
        painter.setPen(QColor(theme.secondary))
        line = painter.fontMetrics().height()
        under = QRectF(area.left(), area.bottom() + 2, area.width(), line)
        ends = f"±{numbers.four(self._scale)}"
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft, "backprop")
        if painter.fontMetrics().horizontalAdvance(f"backprop  {ends}") <= under.width():
            painter.drawText(under, Qt.AlignmentFlag.AlignRight, ends)
        painter.save()
        painter.translate(area.left() - 3, area.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, -line, area.height(), line), Qt.AlignmentFlag.AlignLeft, "numeric")
        painter.restore()
