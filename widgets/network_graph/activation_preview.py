"""A small picture of an activation: the curve a = f(z) and its derivative ∂a/∂z."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style import style
from widgets.values import ActivationCurve, Floats

PLOT_HEIGHT = 84
_GAP = 6
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class ActivationPreview(QWidget):
    """Both curves over z, solid for the value and dashed for the derivative, with formulas and traits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: ActivationCurve | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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
        """Ask for the plot over the lines of text."""
        return QSize(220, self.heightForWidth(220))

    def minimumSizeHint(self) -> QSize:
        """Stay readable in a narrow column."""
        return QSize(120, round(PLOT_HEIGHT * style.current().scale))

    def hasHeightForWidth(self) -> bool:
        """Words wrap, so a narrow picture is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of plot and wrapped words."""
        return round(PLOT_HEIGHT * style.current().scale) + _GAP + sum(self._heights(width))

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
        words = sum(self._heights(self.width()))
        area = QRectF(1, 1, self.width() - 2, max(self.height() - words - _GAP, 24))
        self._paint_plot(painter, area, self._curve)
        self._paint_words(painter, round(area.bottom()) + 4)
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
            pen = QPen(QColor(colour), 1.5 * theme.scale)
            if dash:
                pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.drawPolyline(_placed(curve.z, y, window, area))

    def _paint_words(self, painter: QPainter, top: int) -> None:
        painter.setFont(style.sans(8.0))
        aside = _mark_width()
        for (mark, text, colour), height in zip(self._rows(), self._heights(self.width()), strict=True):
            painter.setPen(QColor(colour))
            painter.drawText(QRect(2, top, aside, height), _WRAPPED, mark)
            painter.drawText(QRect(aside, top, self.width() - aside, height), _WRAPPED, text)
            top += height

    def _rows(self) -> list[tuple[str, str, str]]:
        """Return mark, words and colour of each line."""
        theme, curve = style.current(), self._curve
        if curve is None:
            return []
        formulas = [("—", curve.formula, theme.forward), ("- -", curve.derivative, theme.gradient)]
        return formulas + [("·", trait, theme.secondary) for trait in curve.traits]

    def _heights(self, width: int) -> list[int]:
        """Return the height of each line, wrapped at `width`."""
        metrics, room = QFontMetrics(style.sans(8.0)), max(width - _mark_width(), 40)
        return [
            metrics.boundingRect(QRect(0, 0, room, 1000), _WRAPPED, text).height() + 1 for _, text, _ in self._rows()
        ]


def _mark_width() -> int:
    return round(20 * style.current().scale)


def _window(curve: ActivationCurve) -> QRectF:
    low = min(0.0, float(curve.a.min()), float(curve.local.min()))
    high = max(1.0, float(curve.a.max()), float(curve.local.max()))
    room = 0.08 * (high - low)
    return QRectF(float(curve.z[0]), low - room, float(curve.z[-1] - curve.z[0]) or 1.0, high - low + 2 * room)


def _placed(x: Floats, y: Floats, window: QRectF, area: QRectF) -> QPolygonF:
    across = area.left() + (x - window.left()) / window.width() * area.width()
    down = area.bottom() - (y - window.top()) / window.height() * area.height()
    return QPolygonF([QPointF(float(a), float(b)) for a, b in zip(across, down, strict=True)])
