"""The texts of numbers and names as small pictures that are kept: to lay out a text each time costs ten times more.

A value stands in green, a gradient in crimson, a weight in the colour of text, each on a backing that keeps it legible
over lines; an empty text is a veil.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from widgets.style import style
from widgets.style.text_room import TextRoom
from widgets.style.themes import Theme

_POINTS = 8.0
NAME = "name"
"""The look of a unit's name."""
_OPACITY = {"value": 232, "gradient": 215, "own": 225, "other": 205, NAME: 215}
_VEIL = 4
_MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip


def number_font(*, bold: bool) -> QFont:
    """Return the font of numbers on the network."""
    return style.mono(_POINTS, bold=bold)


def room_of_numbers(*, bold: bool) -> TextRoom:
    """Return how much room numbers take on the network."""
    return style.mono_room(_POINTS, bold=bold)


def line_height() -> float:
    """Return the height of a number's box."""
    room = room_of_numbers(bold=True)
    return float(round(room.ascent + room.descent * 0.6))


def draw_stamp(painter: QPainter, box: QRectF, text: str, look: str, ratio: float) -> None:
    """Draw `text` in the middle of `box`; with a device `ratio` from a kept picture of it."""
    if ratio:
        painter.drawPixmap(*stamp_at(box, text, look, ratio))
    else:
        _draw(painter, box, text, look, style.current())


def stamp_at(box: QRectF, text: str, look: str, ratio: float) -> tuple[QPointF, QPixmap]:
    """Return the kept picture of `text`, and where it stands in `box`."""
    picture = _stamp(text, look, box.height(), style.current(), ratio)
    left = round((box.center().x() - picture.width() / ratio / 2.0) * ratio) / ratio
    return QPointF(left, round(box.top() * ratio) / ratio), picture


@lru_cache(maxsize=512)  # of 6 KiB each, four times that on a screen of double density
def _stamp(text: str, look: str, height: float, theme: Theme, ratio: float) -> QPixmap:
    width = ceil(room_of(look).width(text or "0" * _VEIL)) + 4.0
    picture = QPixmap(ceil(width * ratio), ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, QRectF(0.0, 0.0, width, height), text, look, theme)
    return picture


def _draw(painter: QPainter, box: QRectF, text: str, look: str, theme: Theme) -> None:
    width = min(room_of(look).width(text or "0" * _VEIL) + 4.0, box.width())
    back = QColor(theme.panel)
    back.setAlpha(_OPACITY.get(look, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    plate = QRectF(box.center().x() - width / 2.0, box.top(), width, box.height())
    painter.drawRoundedRect(plate, 2.5, 2.5)
    if not text:
        painter.setBrush(style.blend(theme.secondary, theme.panel, 0.45))
        painter.drawRoundedRect(plate.adjusted(2.0, 2.5, -2.0, -2.5), 2.0, 2.0)
        return
    colours = {"value": theme.forward, "gradient": theme.gradient, "own": theme.text}
    painter.setFont(font_of(look))
    painter.setPen(QColor(colours.get(look, theme.secondary)))
    painter.drawText(plate, _MIDDLE, text)


def font_of(look: str) -> QFont:
    """Return the font of a look."""
    if look == NAME:
        return style.sans(_POINTS)
    return number_font(bold=look != "other")


def room_of(look: str) -> TextRoom:
    """Return how much room texts of a look take."""
    return style.sans_room(_POINTS) if look == NAME else room_of_numbers(bold=look != "other")
