"""Paint a circuit: a still layer (wires, gates) that is cached, and a live one (numbers, rings) on top.

Level of detail: from afar gates are blocks and wires straight lines; near enough symbols, then numbers appear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from widgets.circuit_graph import metrics as sizes
from widgets.circuit_graph.geometry import Geometry, Wire
from widgets.style import numbers, style, themes
from widgets.values import Gate, GateValues

SYMBOL_ZOOM = 0.32
NUMBER_ZOOM = 0.5
MOST_CURVES = 500
MOST_NAMES = 300
GRADIENT_SIGN = "∂"
_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignCenter
_VERTICAL = Qt.AlignmentFlag.AlignVCenter
_NUMBER = _LEFT | _VERTICAL | Qt.TextFlag.TextDontClip  # put together once: joining flags costs as much as drawing


@dataclass(frozen=True, slots=True)
class Visible:
    """What of a geometry lies in the window: gate numbers and wire numbers."""

    gates: tuple[int, ...]
    wires: tuple[int, ...]


def visible(geometry: Geometry, view: QRectF) -> Visible:
    """Return the gates and wires that `view` (pixels at zoom 1) can show."""
    return Visible(_inside(geometry.boxes, view, 90.0), _inside(geometry.wire_boxes, view, 20.0))


def _inside(boxes: NDArray[np.float64], view: QRectF, margin: float) -> tuple[int, ...]:
    if not len(boxes):
        return ()
    hit = (boxes[:, 2] >= view.left() - margin) & (boxes[:, 0] <= view.right() + margin)
    hit &= (boxes[:, 3] >= view.top() - margin) & (boxes[:, 1] <= view.bottom() + margin)
    return tuple(np.flatnonzero(hit).tolist())


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


# ---- the still layer ---------------------------------------------------------------------------


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
    if gate.walkable:
        painter.setPen(QPen(QColor(theme.secondary), 1.2 * theme.scale))
        corner = box.topRight() + QPointF(-2.0, -1.0)
        painter.drawLines([QLineF(corner, corner - QPointF(5, -5)), QLineF(corner, corner - QPointF(4, 0))])
        painter.drawLine(corner, corner + QPointF(0, 4))


def _names(painter: QPainter, geometry: Geometry, gates: Sequence[int], theme: themes.Theme) -> None:
    """Write what a gate's output is called over it (z, a, q), where there is room above."""
    painter.setFont(sizes.number_font())
    painter.setPen(QColor(theme.secondary))
    metrics = painter.fontMetrics()
    height = metrics.ascent()
    for k in gates:
        gate, box = geometry.gates[k], geometry.box(k)
        if gate.kind in ("input", "constant") or not gate.name:
            continue
        half = metrics.horizontalAdvance(gate.name) / 2.0
        place = QRectF(box.center().x() - half, box.top() - height - 5.0, 2.0 * half, height)
        if not _meets(geometry.boxes, place):
            painter.drawText(place, _MIDDLE | Qt.TextFlag.TextDontClip, gate.name)


def _meets(boxes: NDArray[np.float64], place: QRectF) -> bool:
    """Whether a gate stands at `place`."""
    across = (boxes[:, 0] < place.right()) & (boxes[:, 2] > place.left())
    return bool((across & (boxes[:, 1] < place.bottom()) & (boxes[:, 3] > place.top())).any())


# ---- the live layer ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person or the walk points at: gate numbers (positions, not ids)."""

    selected: int | None = None
    hovered: int | None = None
    cursor: int | None = None
    active: int | None = None
    wrong: frozenset[tuple[int, str]] = frozenset()


def paint_live(
    painter: QPainter, geometry: Geometry, seen: Visible, zoom: float, values: GateValues | None, marks: Marks
) -> None:
    """Paint the numbers, the active gate and the rings."""
    theme = style.current()
    if marks.active is not None:
        _active(painter, geometry, marks.active, theme)
    for k, gap, width in ((marks.hovered, 2.0, 1.0), (marks.cursor, 2.0, 1.4), (marks.selected, 3.0, 2.0)):
        if k is not None:
            colour = theme.secondary if k == marks.hovered and k not in (marks.cursor, marks.selected) else theme.accent
            _ring(painter, geometry.box(k), gap, QPen(QColor(colour), width))
    if values is None:
        return
    near = zoom >= NUMBER_ZOOM
    pointed = {k for k in (marks.selected, marks.hovered, marks.cursor, marks.active) if k is not None}
    chosen = seen.gates if near else [k for k in seen.gates if k in pointed and zoom >= SYMBOL_ZOOM]
    painter.setFont(sizes.number_font())
    for k in chosen:
        _node_numbers(painter, geometry, k, values, marks, theme)
    for w in seen.wires if near else ():
        _branch_number(painter, geometry, w, values, marks, theme)


def _active(painter: QPainter, geometry: Geometry, k: int, theme: themes.Theme) -> None:
    """Fill the gate that is being computed, and write its symbol again."""
    box = geometry.box(k)
    radius = min(box.width(), box.height(), 34.0) / 2.0
    painter.setBrush(QBrush(QColor(theme.text)))
    painter.setPen(QPen(QColor(theme.text), 2.0))
    painter.drawRoundedRect(box, radius, radius)
    gate = geometry.gates[k]
    painter.setFont(sizes.name_font() if gate.kind == "input" else sizes.symbol_font())
    painter.setPen(QColor(theme.panel))
    painter.drawText(box, _MIDDLE, (gate.name or gate.symbol) if gate.kind == "input" else gate.symbol)


def _ring(painter: QPainter, box: QRectF, gap: float, pen: QPen) -> None:
    grown = box.adjusted(-gap - 0.5, -gap - 0.5, gap + 0.5, gap + 0.5)
    radius = min(grown.width(), grown.height(), 40.0) / 2.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(grown, radius, radius)


def _node_numbers(
    painter: QPainter, geometry: Geometry, k: int, values: GateValues, marks: Marks, theme: themes.Theme
) -> None:
    gate = geometry.gates[k]
    if _hidden(values, gate.id, "value"):
        _question(painter, geometry.value_slots[k], (gate.id, "value") in marks.wrong, theme)
    elif values.values[k] is not None and gate.kind != "constant":
        _number(painter, geometry.value_slots[k], numbers.four(values.values[k] or 0.0), theme.forward)
    gradient = values.gradients[k]
    if _hidden(values, gate.id, "gradient"):
        _question(painter, geometry.gradient_slots[k], (gate.id, "gradient") in marks.wrong, theme)
    elif gradient is not None:
        sign = "Σ" + GRADIENT_SIGN if geometry.branches(k) else GRADIENT_SIGN
        colour = theme.secondary if gate.kind == "constant" else theme.gradient
        _gradient(painter, geometry.gradient_slots[k], sign, numbers.four(gradient), colour)


def _branch_number(
    painter: QPainter, geometry: Geometry, w: int, values: GateValues, marks: Marks, theme: themes.Theme
) -> None:
    slot = geometry.wire_slots[w]
    if slot is None:
        return
    wire = geometry.wires[w]
    gate = geometry.gates[wire.target]
    which = f"wire_{wire.slot}"
    if _hidden(values, gate.id, which):
        _question(painter, slot, (gate.id, which) in marks.wrong, theme)
        return
    row = values.wire_gradients[wire.target]
    number = row[wire.slot] if wire.slot < len(row) else None
    if number is not None:
        text = numbers.four(number)
        room = (len(text) + 1.4) * slot.width() / len(sizes.WIDEST)
        place = QRectF(slot.right() - room, slot.top(), room, slot.height())
        _gradient(painter, place, GRADIENT_SIGN, text, theme.gradient)


def _hidden(values: GateValues, gate: int, which: str) -> bool:
    return bool(values.hidden) and (gate, which) in values.hidden


def _number(painter: QPainter, slot: QRectF, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    painter.drawText(slot, _NUMBER, text)


def _gradient(painter: QPainter, slot: QRectF, sign: str, text: str, colour: str) -> None:
    """Write ∂ and the number with a narrow space between, which a fixed-pitch font does not have."""
    letter = slot.height() * 0.52
    _number(painter, slot, sign, colour)
    painter.drawText(slot.adjusted(letter * (len(sign) + 0.4), 0.0, 0.0, 0.0), _NUMBER, text)


def _question(painter: QPainter, slot: QRectF, wrong: bool, theme: themes.Theme) -> None:
    """Draw a box that waits for an answer; a wrong answer leaves a cross and a double frame, not just a colour."""
    box = QRectF(slot.left(), slot.top(), 30.0, slot.height())
    painter.setBrush(QColor(theme.accent_soft))
    painter.setPen(QPen(QColor(theme.warning if wrong else theme.accent), 1.4 if wrong else 1.0))
    painter.drawRoundedRect(box, 3.0, 3.0)
    painter.drawText(box, _MIDDLE, "✗ ?" if wrong else "?")


def question_font() -> QFont:
    """Return the font of an answer being typed."""
    return sizes.number_font()
