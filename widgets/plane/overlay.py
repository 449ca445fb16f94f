"""Marks over the picture: halos, the example, the probe, lines, and the readout at the cursor."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from widgets.controls.example_thumb import paint_picture
from widgets.plane.projection import Projection
from widgets.style import numbers, style
from widgets.values import PlaneLine
from widgets.values.example import ExamplePicture

LINE_REACH = 5.0


def paint_batch(painter: QPainter, places: list[QPointF], diameter: float) -> None:
    """Put a dark disc under each point of the batch: it shows as a ring around the marker."""
    _discs(painter, places, diameter + 6.5, style.current().text)


def paint_wrong(painter: QPainter, places: list[QPointF], diameter: float) -> None:
    """Ring the misclassified points in the warning colour, with a gap that separates them from the batch."""
    theme = style.current()
    for more, colour in ((14.5, theme.panel), (12.5, theme.warning), (8.0, theme.panel)):
        _discs(painter, places, diameter + more, colour)


def paint_example(painter: QPainter, place: QPointF, diameter: float) -> None:
    """Ring the example with the accent, 2 px off its marker."""
    theme = style.current()
    radius = diameter / 2 + 5.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.panel), 5.0))
    painter.drawEllipse(place, radius, radius)
    painter.setPen(QPen(QColor(theme.accent), 2.4))
    painter.drawEllipse(place, radius, radius)


def paint_probe(painter: QPainter, place: QPointF) -> None:
    """Draw the cross-hair circle that can be dragged."""
    theme = style.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, arm, radius = place.x(), place.y(), 13.0 * theme.scale, 8.0 * theme.scale
    cross = [QLineF(x - arm, y, x + arm, y), QLineF(x, y - arm, x, y + arm)]
    for colour, width in ((theme.panel, 4.5), (theme.text, 1.6)):
        painter.setPen(QPen(QColor(colour), width * theme.scale))
        painter.drawEllipse(place, radius, radius)
        painter.drawLines(cross)


def paint_brush(painter: QPainter, place: QPointF, radius: float) -> None:
    """Circle what a brush or an eraser of `radius` pixels reaches."""
    theme = style.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.panel, 3.5), (theme.text, 1.4)):
        painter.setPen(QPen(QColor(colour), width * theme.scale))
        painter.drawEllipse(place, radius, radius)


def paint_frame(painter: QPainter, square: QRectF, *, focused: bool) -> None:
    """Draw one line round the picture: the accent while the plot has the keyboard."""
    theme = style.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent if focused else theme.line), 2.0 if focused else 1.0))
    painter.drawRect(square.adjusted(-0.5, -0.5, 0.5, 0.5))


def polygon(projection: Projection, line: PlaneLine) -> QPolygonF:
    """Return the places of `line`; NaN rows stay and lift the pen."""
    return QPolygonF([QPointF(x, y) for x, y in projection.many(line.points).tolist()])


def paint_lines(painter: QPainter, lines: tuple[PlaneLine, ...], shapes: list[QPolygonF], hovered: int) -> None:
    """Draw each line in the text colour over a panel-coloured edge, so that it reads on any map."""
    theme = style.current()
    for i, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        width = (2.6 if i == hovered or line.strong else 1.4) * theme.scale
        dash = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        runs = _runs(shape)
        for colour, pen_width in ((theme.panel, width + 2.0), (theme.text, width)):
            painter.setPen(QPen(QColor(colour), pen_width, dash))
            for run in runs:
                painter.drawPolyline(run)
        if i == hovered and line.label:
            _line_label(painter, shape, line.label)


def line_at(shapes: list[QPolygonF], place: QPointF) -> int:
    """Return the index of the line that passes nearest to `place` within reach, or -1."""
    best, found = LINE_REACH, -1
    for i, shape in enumerate(shapes):
        away = _distance(np.array([(p.x(), p.y()) for p in shape.toList()]), place)
        if away <= best:
            best, found = away, i
    return found


def cursor_lines(at: tuple[float, float], names: tuple[str, str], text: str) -> list[str]:
    """Return the lines of the readout: the coordinates, then the presenter's own."""
    where = f"{names[0]} {numbers.fixed(at[0], 2):>6}  {names[1]} {numbers.fixed(at[1], 2):>6}"
    return [where, *text.split("\n")] if text else [where]


def paint_readout(painter: QPainter, cursor: QPointF, lines: list[str], inside: QRectF) -> None:
    """Draw a small panel with `lines` beside the cursor, on the side where there is room."""
    theme = style.current()
    font = style.mono(8.0)
    metrics = QFontMetricsF(font)
    width = max(metrics.horizontalAdvance(line) for line in lines) + 12
    height = metrics.height() * len(lines) + 8
    box = _beside(cursor, width, height, inside)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(box.adjusted(6, 4, -6, -4), Qt.AlignmentFlag.AlignLeft, "\n".join(lines))


def _beside(cursor: QPointF, width: float, height: float, inside: QRectF) -> QRectF:
    """Return a box beside the cursor, on the side where there is room."""
    left = cursor.x() + 14 if cursor.x() + 14 + width <= inside.right() else cursor.x() - 10 - width
    top = cursor.y() + 14 if cursor.y() + 14 + height <= inside.bottom() else cursor.y() - 10 - height
    return QRectF(max(left, inside.left()), max(top, inside.top()), width, height)


def paint_thumb(painter: QPainter, cursor: QPointF, picture: ExamplePicture, inside: QRectF) -> None:
    """Draw the example under the cursor as a picture in the place of the readout, with its words under it."""
    theme = style.current()
    side = min(72.0 * theme.scale, inside.width() / 3.0)
    painter.setFont(style.sans(8.0))
    metrics = QFontMetricsF(painter.font())
    width = max(side, metrics.horizontalAdvance(picture.text))
    box = _beside(cursor, width + 8, side + metrics.height() + 8, inside)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box, 4, 4)
    paint_picture(painter, picture, QRectF(box.left() + 4, box.top() + 4, side, side))
    painter.setPen(QColor(theme.text))
    words = box.adjusted(4, side + 4, -4, -2)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, picture.text)


def paint_note(painter: QPainter, text: str, square: QRectF) -> None:
    """Write `text` at the bottom of the picture, on a ground of its own."""
    theme = style.current()
    painter.setFont(style.sans(8.0))
    box = QRectF(square.left(), square.bottom() - 20 * theme.scale, square.width(), 20 * theme.scale)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) - 10)
    painter.fillRect(box, style.blend(theme.panel, theme.panel, 1.0))
    painter.setPen(QColor(theme.text))
    painter.drawText(box.adjusted(5, 0, -5, 0), Qt.AlignmentFlag.AlignVCenter, shown)


def _discs(painter: QPainter, places: list[QPointF], diameter: float, colour: str) -> None:
    if places:
        painter.setPen(QPen(QColor(colour), diameter, c=Qt.PenCapStyle.RoundCap))
        painter.drawPoints(QPolygonF(places))


def _line_label(painter: QPainter, shape: QPolygonF, label: str) -> None:
    theme = style.current()
    middle = shape.at(shape.size() // 2)
    painter.setFont(style.sans(8.0, bold=True))
    width = painter.fontMetrics().horizontalAdvance(label) + 10
    box = QRectF(middle.x() + 6, middle.y() - 22, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)


def _runs(shape: QPolygonF) -> list[QPolygonF]:
    """Split `shape` at its NaN points."""
    runs: list[list[QPointF]] = [[]]
    for point in shape.toList():
        if math.isnan(point.x()) or math.isnan(point.y()):
            runs.append([])
        else:
            runs[-1].append(point)
    return [QPolygonF(run) for run in runs if len(run) > 1]


def _distance(points: np.ndarray[tuple[int, ...], np.dtype[np.float64]], place: QPointF) -> float:
    """Return the distance from `place` to the polyline `points` (n, 2); NaN segments do not count."""
    if len(points) < 2:
        return math.inf
    start, along = points[:-1], np.diff(points, axis=0)
    to = np.array([place.x(), place.y()]) - start
    length = np.maximum(np.einsum("ij,ij->i", along, along), 1e-12)
    share = np.clip(np.einsum("ij,ij->i", to, along) / length, 0.0, 1.0)
    squared = ((to - share[:, None] * along) ** 2).sum(axis=1)
    known = squared[~np.isnan(squared)]
    return float(np.sqrt(known.min())) if len(known) else math.inf
