"""The texts of numbers as small pictures that are kept: to lay out and draw a text each time would cost ten times more.

A value stands in green, a gradient in crimson, a weight in the colour of text, each on a backing that keeps it legible
over lines; an empty text is a veil.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from widgets.style import style
from widgets.style.themes import Theme

_POINTS = 8.0
_OPACITY = {"value": 232, "gradient": 215, "own": 225, "other": 205}
_VEIL = 4


def number_font(*, bold: bool) -> QFont:
    """Return the font of numbers on the network."""
    return style.mono(_POINTS, bold=bold)


def draw_stamp(painter: QPainter, box: QRectF, text: str, look: str, ratio: float) -> None:
    """Draw `text` in the middle of `box`; with a device `ratio` from a kept picture of it."""
    if not ratio:
        _draw(painter, box, text, look, style.current())
        return
    picture = _stamp(text, look, box.height(), style.current(), ratio)
    width = picture.width() / ratio
    left = round((box.center().x() - width / 2.0) * ratio) / ratio
    painter.drawPixmap(QPointF(left, round(box.top() * ratio) / ratio), picture)


@lru_cache(maxsize=4096)
def _stamp(text: str, look: str, height: float, theme: Theme, ratio: float) -> QPixmap:
    width = ceil(QFontMetricsF(_font(look)).horizontalAdvance(text or "0" * _VEIL)) + 4.0
    picture = QPixmap(ceil(width * ratio), ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, QRectF(0.0, 0.0, width, height), text, look, theme)
    return picture


def _draw(painter: QPainter, box: QRectF, text: str, look: str, theme: Theme) -> None:
    font = _font(look)
    width = min(QFontMetricsF(font).horizontalAdvance(text or "0" * _VEIL) + 4.0, box.width())
    back = QColor(theme.panel)
    back.setAlpha(_OPACITY[look])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    plate = QRectF(box.center().x() - width / 2.0, box.top(), width, box.height())
    painter.drawRoundedRect(plate, 2.5, 2.5)
    if not text:
        painter.setBrush(style.blend(theme.secondary, theme.panel, 0.45))
        painter.drawRoundedRect(plate.adjusted(2.0, 2.5, -2.0, -2.5), 2.0, 2.0)
        return
    colours = {"value": theme.forward, "gradient": theme.gradient, "own": theme.text, "other": theme.secondary}
    painter.setFont(font)
    painter.setPen(QColor(colours[look]))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


def _font(look: str) -> QFont:
    return number_font(bold=look != "other")
