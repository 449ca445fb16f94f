"""A switch for one curve, with a sample of its line: legend and control in one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from widgets.loss_plot.curve_style import CurveStyle
from widgets.style import style

SAMPLE = 16.0
DOT = 7.0


class SeriesChip(QAbstractButton):
    """Checked while its curve is drawn."""

    def __init__(self, name: str, curve_style: CurveStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curve_style = curve_style
        self.setText(name)
        self.setCheckable(True)
        self.setAccessibleName(f"Curve {name}")
        self.setToolTip(f"Show or hide the curve “{name}”.")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sample and the name; pale and without a line while the curve is off."""
        theme = style.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y = self.height() / 2
            off = style.blend(theme.secondary, theme.panel, 0.75)
            if self.isChecked():
                painter.setPen(self.curve_style.pen(1.4))
                painter.drawLine(QPointF(2, y), QPointF(2 + SAMPLE, y))
            else:
                painter.setPen(QPen(off, 1))
                painter.drawEllipse(QPointF(2 + DOT / 2, y), 2.5, 2.5)
            painter.setFont(style.sans(8.0))
            painter.setPen(QColor(theme.text) if self.isChecked() else off)
            place = QRectF(self._sample() + 6, 0, self.width(), self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
            if self.hasFocus() or self.underMouse():
                painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _sample(self) -> float:
        return SAMPLE if self.isChecked() else DOT

    def sizeHint(self) -> QSize:
        """Return room for the sample and the name."""
        metrics = QFontMetrics(style.sans(8.0))
        return QSize(round(self._sample()) + 11 + metrics.horizontalAdvance(self.text()), metrics.height() + 4)
