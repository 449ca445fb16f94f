"""How a row of the gradient flow is drawn: its name, two rails with their bars on one scale, and the heads above."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.plots.decades import NOWHERE, Decades
from widgets.style import numbers, style
from widgets.values import FlowRow

HEALTHY_RATIO = 1e-3
TALL = 44.0
NAME, NUMBER, SMALL = 8.5, 8.0, 7.5
Places = tuple[float, float, float, float]
"""The left and right end of the bars, and the right ends of the two number columns."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def tall() -> float:
    """Return the height of a row that has all the room it wants."""
    return TALL * style.current().scale


def paint_head(painter: QPainter, band: QRectF, places: Places, scale: Decades) -> None:
    """Draw the ends of the scale and the heads of the numbers over what is below them."""
    theme = style.current()
    painter.fillRect(band, QColor(theme.panel))
    painter.setFont(style.sans(SMALL))
    painter.setPen(QColor(theme.secondary))
    left, right, norm, ratio = places
    if scale != NOWHERE:
        axis = QRectF(left, 0, right - left, band.height())
        ends = numbers.power_of_ten(scale.low), numbers.power_of_ten(scale.high)
        painter.drawText(axis, _LEFT, ends[0])
        painter.drawText(axis, _RIGHT, ends[1])
        if style.sans_room(SMALL).width("".join(ends) + "  log  ") < axis.width():
            painter.drawText(axis, Qt.AlignmentFlag.AlignCenter, "log")
    painter.drawText(QRectF(norm, 0, ratio - norm, band.height()), _RIGHT, "‖ΔW‖/‖W‖")
    painter.setPen(QColor(theme.gradient))
    painter.drawText(QRectF(right, 0, norm - right, band.height()), _RIGHT, "‖g‖")


def paint_rails(painter: QPainter, name: str, band: QRectF, places: Places) -> None:
    """Draw the name of a layer and the rails of its bars."""
    theme = style.current()
    painter.setFont(style.sans(NAME))
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(0, band.top(), places[0] - 4, band.height()), _LEFT, name)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.line))
    for rail in _rails(band, places):
        painter.drawRoundedRect(rail, rail.height() / 2, rail.height() / 2)


def paint_bars(painter: QPainter, row: FlowRow, band: QRectF, places: Places, scale: Decades) -> None:
    """Draw the bars of a row upon their rails, and the tick of a healthy update."""
    theme, rails = style.current(), _rails(band, places)
    painter.setPen(Qt.PenStyle.NoPen)
    sizes, colours = (row.gradient_norm, row.update_ratio), (theme.gradient, theme.secondary)
    for rail, size, colour in zip(rails, sizes, colours, strict=True):
        bar = QRectF(rail.left(), rail.top(), scale.share(size or 0.0) * rail.width(), rail.height())
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(bar, rail.height() / 2, rail.height() / 2)
    healthy, (thick, thin) = scale.share(HEALTHY_RATIO), rails
    if 0.0 < healthy < 1.0:
        x = thick.left() + healthy * thick.width()
        painter.setPen(QPen(QColor(theme.text), 1))
        painter.drawLine(QPointF(x, thick.bottom() + 1), QPointF(x, thick.bottom() + 4 + thin.height()))


def _rails(band: QRectF, places: Places) -> tuple[QRectF, QRectF]:
    """Return where the bars of a row run: that of the gradient, and that of the update."""
    left, right = places[:2]
    thick = min(9.0 * style.current().scale, band.height() * 0.3)
    top = band.center().y() - thick * 0.9
    if band.height() < tall() - 10:
        top, thick = band.bottom() - 9, 4.0
    thin = max(thick * 0.4, 2.0)
    return QRectF(left, top, right - left, thick), QRectF(left, top + thick + 2, right - left, thin)
