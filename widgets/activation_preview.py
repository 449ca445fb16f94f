"""A small picture of an activation: the curve a = f(z) and its derivative ∂a/∂z."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import style
from widgets.values import ActivationCurve, Floats


class ActivationPreview(QWidget):
    """Both curves over z, solid for the value and dashed for the derivative, with formulas and traits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: ActivationCurve | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Activation")

    @property
    def curve(self) -> ActivationCurve | None:
        """What is drawn."""
        return self._curve

    def set_curve(self, curve: ActivationCurve | None) -> None:
        """Draw `curve`, or nothing."""
        self._curve = curve
        lines = (curve.label, curve.formula, curve.derivative, *curve.traits) if curve else ()
        self.setToolTip("\n".join(lines))
        self.setAccessibleDescription("; ".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a plot of 64 pixels over the lines of text."""
        return QSize(180, 64 + self._line_height() * self._line_count() + 6)

    def minimumSizeHint(self) -> QSize:
        """Stay readable in a narrow column."""
        return QSize(120, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and type scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes, both curves, and the words underneath."""
        if self._curve is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text_height = self._line_height() * self._line_count()
        area = QRectF(1, 1, self.width() - 2, self.height() - text_height - 6)
        self._paint_plot(painter, area, self._curve)
        self._paint_words(painter, area.bottom() + 4, self._curve)
        painter.end()

    def _paint_plot(self, painter: QPainter, area: QRectF, curve: ActivationCurve) -> None:
        theme = style.current()
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRoundedRect(area, 4, 4)
        window = _window(curve)
        zero = _placed(np.zeros(1), np.zeros(1), window, area).at(0)
        painter.drawLine(QPointF(area.left(), zero.y()), QPointF(area.right(), zero.y()))
        painter.drawLine(QPointF(zero.x(), area.top()), QPointF(zero.x(), area.bottom()))
        for y, colour, dash in ((curve.local, theme.gradient, True), (curve.a, theme.forward, False)):
            pen = QPen(QColor(colour), 1.5)
            if dash:
                pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.drawPolyline(_placed(curve.z, y, window, area))

    def _paint_words(self, painter: QPainter, top: float, curve: ActivationCurve) -> None:
        theme = style.current()
        painter.setFont(style.sans(8.0))
        rows = [("—", curve.formula, theme.forward), ("- -", curve.derivative, theme.gradient)]
        rows += [("", ", ".join(curve.traits), theme.secondary)] if curve.traits else []
        for mark, text, colour in rows:
            painter.setPen(QColor(colour))
            line = QRectF(2, top, self.width() - 4, self._line_height())
            words = f"{mark} {text}".strip()
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            top += self._line_height()

    def _line_height(self) -> int:
        return round(16 * style.current().scale)

    def _line_count(self) -> int:
        if self._curve is None:
            return 2
        return 3 if self._curve.traits else 2


def _window(curve: ActivationCurve) -> QRectF:
    low = min(0.0, float(curve.a.min()), float(curve.local.min()))
    high = max(1.0, float(curve.a.max()), float(curve.local.max()))
    room = 0.08 * (high - low)
    return QRectF(float(curve.z[0]), low - room, float(curve.z[-1] - curve.z[0]) or 1.0, high - low + 2 * room)


def _placed(x: Floats, y: Floats, window: QRectF, area: QRectF) -> QPolygonF:
    across = area.left() + (x - window.left()) / window.width() * area.width()
    down = area.bottom() - (y - window.top()) / window.height() * area.height()
    return QPolygonF([QPointF(float(a), float(b)) for a, b in zip(across, down, strict=True)])
