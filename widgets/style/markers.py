"""One marker shape and one colour per class, so that a class is never shown by colour alone."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from widgets.style import style

SHAPES = (
    "circle",
    "square",
    "triangle",
    "diamond",
    "triangle down",
    "pentagon",
    "plus",
    "star",
    "hexagon",
    "cross",
)


def class_colours(n_classes: int) -> tuple[str, ...]:
    """Return one colour per class: the ends of the value map for two, the class table for more."""
    theme = style.current()
    if n_classes <= 2:
        return (theme.negative, theme.positive)
    return theme.classes


def shape_of(label: int) -> str:
    """Return the name of the shape that stands for class `label`."""
    return SHAPES[label % len(SHAPES)]


def marker_path(shape: str, radius: float) -> QPainterPath:
    """Return the outline of `shape` about the origin, of about the area of a circle of `radius`."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QPointF(0, 0), radius, radius)
    elif shape == "square":
        side = radius * 0.88
        path.addRect(QRectF(-side, -side, 2 * side, 2 * side))
    elif shape in ("plus", "cross"):
        path.addPolygon(_turned(_plus(radius * 1.1), 45.0 if shape == "cross" else 0.0))
        path.closeSubpath()
    elif shape == "star":
        path.addPolygon(_ring(10, radius * 1.3, 0.5))
        path.closeSubpath()
    else:
        corners, reach, turn = _POLYGONS[shape]
        path.addPolygon(_turned(_ring(corners, radius * reach), turn))
        path.closeSubpath()
    return path


@lru_cache(maxsize=128)
def marker_image(
    shape: str, fill: str, stroke: str, diameter: float, ratio: float, stroke_width: float = 1.2
) -> QImage:
    """Return a transparent picture, in device pixels, of one marker `diameter` logical pixels wide.

    Its side is odd, so that the marker has a middle pixel. Paint it on an unscaled painter.
    """
    side = math.ceil((diameter * 1.3 + 2 * stroke_width + 2) * ratio) | 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        painter.scale(ratio, ratio)
        path = marker_path(shape, diameter / 2)
        painter.strokePath(path, QPen(QColor(stroke), 2 * stroke_width, j=Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(path, QColor(fill))
    return image


_POLYGONS = {
    "triangle": (3, 1.3, 0.0),
    "triangle down": (3, 1.3, 180.0),
    "diamond": (4, 1.25, 0.0),
    "pentagon": (5, 1.15, 0.0),
    "hexagon": (6, 1.1, 0.0),
}


def _ring(corners: int, radius: float, inner: float = 1.0) -> QPolygonF:
    angles = [-math.pi / 2 + 2 * math.pi * i / corners for i in range(corners)]
    reach = [radius * (inner if i % 2 else 1.0) for i in range(corners)]
    return QPolygonF([QPointF(r * math.cos(a), r * math.sin(a)) for r, a in zip(reach, angles, strict=True)])


def _plus(reach: float) -> QPolygonF:
    arm = reach * 0.36
    corners = ((arm, arm), (arm, reach), (-arm, reach), (-arm, arm))
    quarter = [QPointF(x, y) for x, y in corners[:3]]
    points = []
    for turn in range(4):
        for p in quarter:
            x, y = p.x(), p.y()
            for _ in range(turn):
                x, y = -y, x
            points.append(QPointF(x, y))
    return QPolygonF(points)


def _turned(polygon: QPolygonF, degrees: float) -> QPolygonF:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return QPolygonF([QPointF(p.x() * c - p.y() * s, p.x() * s + p.y() * c) for p in polygon.toList()])
