"""Paint what of a circuit changes from frame to frame: the numbers, the active gate and the rings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from widgets.circuit_graph import metrics as sizes
from widgets.circuit_graph.camera import NUMBER_ZOOM, SYMBOL_ZOOM, Visible
from widgets.circuit_graph.geometry import Geometry
from widgets.style import numbers, style, themes
from widgets.values import GateValues

GRADIENT_SIGN = "∂"
LETTER = 0.52  # the width of a letter, as a share of the height of a line
_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignCenter
_VERTICAL = Qt.AlignmentFlag.AlignVCenter
_NUMBER = _LEFT | _VERTICAL | Qt.TextFlag.TextDontClip  # put together once: joining flags costs as much as drawing


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked: gate numbers (positions, not ids)."""

    selected: int | None = None
    hovered: int | None = None
    focused: int | None = None
    active: int | None = None
    wrong: frozenset[tuple[int, str]] = frozenset()


def paint_live(
    painter: QPainter, geometry: Geometry, seen: Visible, zoom: float, values: GateValues | None, marks: Marks
) -> None:
    """Paint the numbers, the active gate and the rings."""
    theme = style.current()
    if marks.active is not None:
        _active(painter, geometry, marks.active, theme)
    for k, gap, width in ((marks.hovered, 2.0, 1.0), (marks.focused, 2.0, 1.4), (marks.selected, 3.0, 2.0)):
        if k is not None:
            colour = (
                theme.secondary if k == marks.hovered and k not in (marks.focused, marks.selected) else theme.accent
            )
            _ring(painter, geometry.box(k), gap, QPen(QColor(colour), width))
    if values is None:
        return
    near = zoom >= NUMBER_ZOOM
    pointed = {k for k in (marks.selected, marks.hovered, marks.focused, marks.active) if k is not None}
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
        _question(painter, geometry.value_slots[k], (gate.id, "value"), values, marks, theme)
    elif values.values[k] is not None and gate.kind != "constant":
        _number(painter, geometry.value_slots[k], numbers.four(values.values[k] or 0.0), theme.forward)
    gradient = values.gradients[k]
    if _hidden(values, gate.id, "gradient"):
        _question(painter, geometry.gradient_slots[k], (gate.id, "gradient"), values, marks, theme)
    elif gradient is not None:
        sign = "Σ" + GRADIENT_SIGN if geometry.branches(k) else GRADIENT_SIGN
        colour = theme.secondary if gate.kind == "constant" else theme.gradient
        painter.setFont(sizes.number_font(bold=geometry.branches(k)))  # a sum stands apart from its contributions
        _gradient(painter, geometry.gradient_slots[k], sign, numbers.four(gradient), colour)
        painter.setFont(sizes.number_font())


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
        _question(painter, slot, (gate.id, which), values, marks, theme)
        return
    row = values.wire_gradients[wire.target]
    number = row[wire.slot] if wire.slot < len(row) else None
    if number is not None:
        text = numbers.four(number)
        room = (len(text) + 1.4) * slot.height() * LETTER
        place = QRectF(slot.right() - room, slot.top(), room, slot.height())
        _gradient(painter, place, GRADIENT_SIGN, text, theme.gradient)


def _hidden(values: GateValues, gate: int, which: str) -> bool:
    return bool(values.hidden) and (gate, which) in values.hidden


def _number(painter: QPainter, slot: QRectF, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    painter.drawText(slot, _NUMBER, text)


def _gradient(painter: QPainter, slot: QRectF, sign: str, text: str, colour: str) -> None:
    """Write ∂ and the number with a narrow space between, which a fixed-pitch font does not have."""
    letter = slot.height() * LETTER
    _number(painter, slot, sign, colour)
    painter.drawText(slot.adjusted(letter * (len(sign) + 0.4), 0.0, 0.0, 0.0), _NUMBER, text)


def _question(
    painter: QPainter, slot: QRectF, key: tuple[int, str], values: GateValues, marks: Marks, theme: themes.Theme
) -> None:
    """Draw a box that waits for an answer, full when its turn is; a wrong answer leaves a cross and a thick frame."""
    wrong, asked = key in marks.wrong, key == values.asked
    box = QRectF(slot.left(), slot.top(), 30.0, slot.height())
    painter.setBrush(QColor(theme.accent if asked else theme.accent_soft))
    painter.setPen(QPen(QColor(theme.warning if wrong else theme.accent), 1.4 if wrong else 1.0))
    painter.drawRoundedRect(box, 3.0, 3.0)
    if asked:
        painter.setPen(QColor(theme.panel))
    painter.drawText(box, _MIDDLE, "✗ ?" if wrong else "?")
