"""The colours of edges and bias dots: few opaque pens, a sign times eight levels."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.network_graph.edges import BROKEN, LEVELS, PRUNED
from widgets.style import style, themes
from widgets.values import MapKind


def edge_pen(code: int, widest: float, kind: MapKind, *, vivid: bool = False) -> QPen:
    """Return the opaque pen of a code: colour by sign, width and strength by level."""
    return _edge_pen(code, widest, kind, vivid, style.current())


@lru_cache(maxsize=512)
def _edge_pen(code: int, widest: float, kind: MapKind, vivid: bool, theme: themes.Theme) -> QPen:
    if code == BROKEN:
        return QPen(QColor(theme.warning), 2.0 * theme.scale)
    if code == PRUNED:
        share = 0.8 if vivid else 0.5
        return QPen(style.blend(theme.secondary, theme.panel, share), 1.2 * theme.scale, Qt.PenStyle.DotLine)
    if code == 0:
        return QPen(style.blend(theme.secondary, theme.panel, 0.6 if vivid else 0.3), theme.scale)
    colour = _sign_colour(code, kind, theme)
    share = 1.0 if vivid else 0.45 + 0.2 * abs(code) / LEVELS
    width = (pen_width(code, widest) + (0.6 if vivid else 0.0)) * theme.scale
    pen = QPen(style.blend(colour, theme.panel, share), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def pen_width(code: int, widest: float) -> float:
    """Return the width of the line of a code, 1 to `widest`."""
    return 1.0 + (widest - 1.0) * (min(abs(code), LEVELS) - 1) / (LEVELS - 1) if code not in (0, PRUNED) else 1.0


def draw_dot(painter: QPainter, centre: QPointF, radius: float, code: int, kind: MapKind) -> None:
    """Draw a bias: a dot coloured by sign, with a minus where it is negative; a pruned one is an empty ring."""
    panel = QColor(style.current().panel)
    if code == PRUNED:
        painter.setPen(QPen(QColor(style.current().secondary), 1.0, Qt.PenStyle.DotLine))
        painter.setBrush(panel)
        painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
        return
    painter.setPen(QPen(panel, 1.0))
    painter.setBrush(_dot_colour(code, kind))
    painter.drawEllipse(centre, radius, radius)
    if code < 0 and radius >= 3.0:
        painter.setPen(QPen(panel, 1.4))
        half = QPointF(radius * 0.5, 0.0)
        painter.drawLine(centre - half, centre + half)


def _sign_colour(code: int, kind: MapKind, theme: themes.Theme) -> str:
    if kind == "gradient":
        return theme.gradient_positive if code > 0 else theme.gradient_negative
    return theme.positive if code > 0 else theme.negative


def _dot_colour(code: int, kind: MapKind) -> QColor:
    theme = style.current()
    if code in (0, BROKEN):
        return QColor(theme.warning if code else theme.secondary)
    return QColor(_sign_colour(code, kind, theme))
