"""How a hidden number is drawn: a grey bar that says nothing of its size, with a question mark where it is asked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.style import style
from widgets.values.veil import HIDDEN_TEXT, Blank


def paint_blank(painter: QPainter, blank: Blank, place: QRectF, *, has_keyboard: bool = False) -> None:
    """Draw the bar of `blank` into `place`; the next one to answer has the accent's frame."""
    theme = style.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_framed = blank.is_next or has_keyboard
    painter.setPen(QPen(QColor(theme.accent), 2.0 if has_keyboard else 1.0) if is_framed else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.line))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if blank.is_asked:
        painter.setPen(QColor(theme.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, HIDDEN_TEXT)
    painter.restore()
