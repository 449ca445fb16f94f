"""Paint what of a circuit stays the same between frames: wires and gates, with their symbols and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from widgets.circuit_graph import metrics as sizes
from widgets.circuit_graph.camera import NUMBER_ZOOM, SYMBOL_ZOOM, Visible
from widgets.circuit_graph.geometry import Geometry, Wire
from widgets.style import style, themes
from widgets.values import Gate, GateValues

MOST_CURVES = 500
MOST_NAMES = 300
FAR = "Too far to read: zoom with Ctrl+wheel or + and −, drag to move, 0 fits."
CUT_OFF = "The circuit goes on: drag it or turn the wheel to move, 0 shows all of it."
_MIDDLE = Qt.AlignmentFlag.AlignCenter


def losing_wires(geometry: Geometry, values: GateValues | None) -> frozenset[int]:
    """Return the numbers of the wires that a max gate has switched off."""
    if values is None:
        return frozenset()
    off = set()
    for k, winner in enumerate(values.winners[: len(geometry.gates)]):
        if winner is not None:
            first = geometry.first_wire[k]
            off |= {first + j for j in range(len(geometry.gates[k].inputs)) if j != winner}
    return frozenset(off)


def paint_still(
    painter: QPainter, geometry: Geometry, seen: Visible, zoom: float, off: frozenset[int], on: frozenset[int]
) -> None:
    """Paint wires and gates. `off` wires are dashed and dim, `on` wires are the winners beside them."""
    theme = style.current()
    curved = len(seen.wires) <= MOST_CURVES and zoom >= SYMBOL_ZOOM
    plain = [w for w in seen.wires if w not in off and w not in on]
    _wires(painter, geometry, plain, QPen(style.blend(theme.secondary, theme.panel, 0.65), 1.2 * theme.scale), curved)
    dashed = QPen(style.blend(theme.secondary, theme.panel, 0.45), 1.2 * theme.scale, Qt.PenStyle.DashLine)
    _wires(painter, geometry, [w for w in seen.wires if w in off], dashed, curved)
    _wires(painter, geometry, [w for w in seen.wires if w in on], QPen(QColor(theme.text), 2.2 * theme.scale), curved)
    ends = [k for k in seen.gates if not geometry.outgoing[k]]
    _tails(painter, geometry, ends, QPen(style.blend(theme.secondary, theme.panel, 0.65), 1.2 * theme.scale))
    if zoom < SYMBOL_ZOOM:
        _blocks(painter, geometry, seen.gates, theme)
        return
    for k in seen.gates:
        _gate(painter, geometry.gates[k], geometry.box(k), theme)
    if zoom >= NUMBER_ZOOM and len(seen.gates) <= MOST_NAMES:
        _names(painter, geometry, seen.gates, theme)


def _wires(painter: QPainter, geometry: Geometry, wires: Iterable[int], pen: QPen, curved: bool) -> None:
    chosen = [geometry.wires[w] for w in wires]
    if not chosen:
        return
    pen.setCosmetic(not curved)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if curved:
        for wire in chosen:
            painter.drawPath(curve(wire))
        return
    painter.drawLines([line for wire in chosen for line in _straight(wire)])


def _straight(wire: Wire) -> list[QLineF]:
    """Return `wire` as straight lines; between neighbouring columns one is enough from afar."""
    knots = (wire.knots[0], wire.knots[-1]) if len(wire.knots) == 4 else wire.knots
    return [QLineF(*a, *b) for a, b in pairwise(knots)]


def curve(wire: Wire) -> QPainterPath:
    """Return the path of `wire`: straight beside gates, bending between columns."""
    knots = wire.knots
    path = QPointF(*knots[0])
    drawn = QPainterPath(path)
    for place in range(1, len(knots)):
        (x0, y0), (x1, y1) = knots[place - 1], knots[place]
        if place % 2 == 1 or abs(y1 - y0) < 0.5:
            drawn.lineTo(x1, y1)
        else:
            bend = (x1 - x0) * 0.55
            drawn.cubicTo(x0 + bend, y0, x1 - bend, y1, x1, y1)
    return drawn


def _tails(painter: QPainter, geometry: Geometry, ends: Sequence[int], pen: QPen) -> None:
    """Draw the wire on which a result leaves the circuit, so that its numbers stand on a wire too."""
    pen.setCosmetic(True)
    painter.setPen(pen)
    for k in ends:
        _, top, right, bottom = geometry.boxes[k]
        middle = (top + bottom) / 2.0
        painter.drawLine(QPointF(right, middle), QPointF(geometry.stub[k], middle))


def _blocks(painter: QPainter, geometry: Geometry, gates: Sequence[int], theme: themes.Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.secondary))
    painter.drawRects([geometry.box(k) for k in gates])


def _gate(painter: QPainter, gate: Gate, box: QRectF, theme: themes.Theme) -> None:
    if gate.kind == "constant":
        painter.setBrush(QColor(theme.panel))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRect(box)
        painter.setFont(sizes.symbol_font())
        painter.setPen(QColor(theme.secondary))
        painter.drawText(box, _MIDDLE, gate.symbol)
        return
    radius = 5.0 if gate.kind == "input" else min(box.width(), box.height()) / 2.0
    radius = min(radius, 14.0) if box.height() > box.width() + 1.0 else radius
    painter.setBrush(QColor(theme.accent_soft if gate.kind == "input" else theme.panel))
    painter.setPen(QPen(QColor(theme.secondary), (2.4 if gate.kind == "bundle" else 1.2) * theme.scale))
    painter.drawRoundedRect(box, radius, radius)
    if gate.kind == "bundle":
        painter.setPen(QPen(QColor(theme.panel), 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
    _symbol(painter, gate, box, theme)


def _symbol(painter: QPainter, gate: Gate, box: QRectF, theme: themes.Theme) -> None:
    is_input = gate.kind == "input"
    painter.setFont(sizes.name_font() if is_input else sizes.symbol_font())
    painter.setPen(QColor(theme.text))
    painter.drawText(box, _MIDDLE, (gate.name or gate.symbol) if is_input else gate.symbol)
    if gate.drills_down:
        painter.setPen(QPen(QColor(theme.secondary), 1.2 * theme.scale))
        corner = box.topRight() + QPointF(-2.0, -1.0)
        painter.drawLines([QLineF(corner, corner - QPointF(5, -5)), QLineF(corner, corner - QPointF(4, 0))])
        painter.drawLine(corner, corner + QPointF(0, 4))


def paint_hint(painter: QPainter, window: QRectF, hint: str) -> None:
    """Say at the lower edge of `window` how to see more."""
    theme = style.current()
    painter.setFont(style.sans(8.5))
    lines = _MIDDLE | Qt.TextFlag.TextWordWrap
    area = window.adjusted(8.0, 4.0, -8.0, -4.0)
    place = painter.boundingRect(area, lines, hint)
    place.moveBottom(area.bottom())
    painter.fillRect(place.adjusted(-4.0, -2.0, 4.0, 2.0), QColor(theme.panel))
    painter.setPen(QColor(theme.secondary))
    painter.drawText(place, lines, hint)


def _names(painter: QPainter, geometry: Geometry, gates: Sequence[int], theme: themes.Theme) -> None:
    """Write what a gate's output is called over it (z, a, q), where there is room above."""
    painter.setFont(sizes.number_font())
    painter.setPen(QColor(theme.secondary))
    metrics = painter.fontMetrics()
    height = metrics.height()  # with what hangs below the line: a ring may be drawn under a q
    for k in gates:
        gate, box = geometry.gates[k], geometry.box(k)
        if not gate.is_named:
            continue
        half = metrics.horizontalAdvance(gate.name) / 2.0
        place = QRectF(box.center().x() - half, box.top() - height - 5.0, 2.0 * half, height)
        if not _meets(geometry.boxes, place):
            painter.drawText(place, _MIDDLE | Qt.TextFlag.TextDontClip, gate.name)


def _meets(boxes: NDArray[np.float64], place: QRectF) -> bool:
    """Whether a gate stands at `place`."""
    across = (boxes[:, 0] < place.right()) & (boxes[:, 2] > place.left())
    return bool((across & (boxes[:, 1] < place.bottom()) & (boxes[:, 3] > place.top())).any())
