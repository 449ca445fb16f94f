"""The still part of the plot: panel, tick numbers in the data's own coordinates, axis names."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from widgets.plane.projection import Projection
from widgets.style import style
from widgets.style.ticks import tick_text, ticks

TICK = 3.0
POINTS = 7.5
LONGEST = 0.6
"""The share of an axis that its name may take; the rest is for numbers. The probe's tooltip has it whole."""


def margins() -> tuple[float, float, float, float]:
    """Return room for the axes in the current type: left, top, right, bottom (logical pixels)."""
    metrics = QFontMetricsF(style.mono(POINTS))
    return metrics.horizontalAdvance("−0.5") + TICK + 5, 5.0, 8.0, metrics.height() + TICK + 2


def axes_layer(projection: Projection, size: QSize, ratio: float, names: tuple[str, str]) -> QPixmap:
    """Return an opaque picture of `size` (logical pixels) with both axes around the square."""
    theme = style.current()
    layer = QPixmap(size * ratio)
    layer.setDevicePixelRatio(ratio)
    layer.fill(QColor(theme.panel))
    with QPainter(layer) as painter:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(style.mono(POINTS))
        _horizontal(painter, projection, names[0])
        _vertical(painter, projection, names[1])
    return layer


def _horizontal(painter: QPainter, projection: Projection, name: str) -> None:
    theme, metrics = style.current(), painter.fontMetrics()
    s, e = projection.square, projection.extent
    room = metrics.horizontalAdvance("−0.50") + 14
    places = ticks(e.left, e.right, int(s.width() // room))
    top = s.bottom() + TICK + 1
    name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(s.width() * LONGEST))
    name_width = metrics.horizontalAdvance(name) + 6
    for value in places:
        x = projection.to_screen(value, e.bottom).x()
        painter.setPen(QPen(QColor(theme.secondary), 1))
        painter.drawLine(QPointF(x, s.bottom() + 1), QPointF(x, s.bottom() + TICK))
        text = tick_text(value, places[1] - places[0] if len(places) > 1 else 1.0)
        width = metrics.horizontalAdvance(text)
        left = min(max(x - width / 2, s.left()), s.right() + 6 - width)
        if left + width < s.right() - name_width:
            painter.drawText(QPointF(left, top + metrics.ascent()), text)
    painter.setPen(QColor(theme.text))
    painter.drawText(QPointF(s.right() - metrics.horizontalAdvance(name), top + metrics.ascent()), name)


def _vertical(painter: QPainter, projection: Projection, name: str) -> None:
    theme, metrics = style.current(), painter.fontMetrics()
    s, e = projection.square, projection.extent
    places = ticks(e.bottom, e.top, int(s.height() // (metrics.height() * 2.2)))
    right = s.left() - TICK - 2
    half = metrics.height() / 2
    name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(s.height() * LONGEST))
    is_long = metrics.horizontalAdvance(name) > right
    name_height = metrics.horizontalAdvance(name) + 6 if is_long else metrics.height()
    for value in places:
        y = projection.to_screen(e.left, value).y()
        painter.setPen(QPen(QColor(theme.secondary), 1))
        painter.drawLine(QPointF(s.left() - TICK, y), QPointF(s.left() - 1, y))
        text = tick_text(value, places[1] - places[0] if len(places) > 1 else 1.0)
        if y - half > s.top() + name_height:
            box = QRectF(0, min(y - half, s.bottom() + 1 - 2 * half), right, 2 * half)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    painter.setPen(QColor(theme.text))
    if is_long:  # a name that has no room beside the axis runs along it
        painter.save()
        painter.translate(right - 2 * half, s.top() + metrics.horizontalAdvance(name))
        painter.rotate(-90.0)
        painter.drawText(QPointF(0.0, metrics.ascent()), name)
        painter.restore()
    else:
        painter.drawText(QRectF(0, s.top() - 2, right, 2 * half), Qt.AlignmentFlag.AlignRight, name)
