"""The circuit as a drawing that can be walked, zoomed and asked."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from widgets import style
from widgets.circuit_graph import painter as paint
from widgets.circuit_graph import walk
from widgets.circuit_graph.answer_box import AnswerBox
from widgets.circuit_graph.geometry import Geometry, arrange
from widgets.circuit_graph.hit_test import Hit, hit_test
from widgets.circuit_graph.metrics import measure
from widgets.circuit_graph.tips import gate_sentence, tip
from widgets.values import GateDiagram, GateValues

NEAREST, FARTHEST = 6.0, 0.02
SMALLEST_FIT = 0.12
LARGEST_FIT = 1.6
WHEEL = 1.0015
EMPTY_TEXT = "No circuit yet: type an expression such as (x + y) * z, or open a neuron."


class CircuitGraph(QWidget):
    """Draw a circuit with a value above and a gradient below every wire.

    Signals
    -------
    gate_clicked(int), gate_double_clicked(int)
        A gate (by id) was clicked, or Enter / Ctrl+Enter was pressed on it.
    gate_hovered(object)
        The id of the gate under the pointer or the keyboard's cursor, or None.
    wire_clicked(int, int)
        A wire: the id of the gate it feeds, and which of that gate's inputs.
    number_clicked(int, str)
        A number: ``"value"``, ``"gradient"`` of a gate, or ``"wire_0"``, … (the contribution that the
        gate sends back to that input).
    answer_typed(int, str, str)
        A hidden number was answered: gate id, which number, the text as typed.
    """

    gate_clicked = Signal(int)
    gate_double_clicked = Signal(int)
    gate_hovered = Signal(object)
    wire_clicked = Signal(int, int)
    number_clicked = Signal(int, str)
    answer_typed = Signal(int, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 120)
        self.setAccessibleName("Circuit")
        self.setAccessibleDescription("Arrows walk the gates along the wires, Enter inspects, F2 answers.")
        self._diagram: GateDiagram | None = None
        self._values: GateValues | None = None
        self._geometry = Geometry()
        self._zoom, self._offset, self._fitted = 1.0, QPointF(), True
        self._selected: int | None = None
        self._hovered: int | None = None
        self._cursor: int | None = None
        self._wrong: frozenset[tuple[int, str]] = frozenset()
        self._still: QPixmap | None = None
        self._off: frozenset[int] = frozenset()
        self._seen = paint.Visible((), ())
        self._pressed: QPointF | None = None
        self._panning = False
        self._answer = AnswerBox(self)
        self._answer.answered.connect(self._on_answered)

    # ---- values in -----------------------------------------------------------------------------

    def set_diagram(self, diagram: GateDiagram | None) -> None:
        """Show another structure; the view fits it and forgets selection and numbers."""
        self._diagram, self._values = diagram, None
        self._selected = self._hovered = self._cursor = None
        self._wrong, self._off, self._fitted = frozenset(), frozenset(), True
        self._answer.close_box()
        self._rearrange()

    def set_values(self, values: GateValues | None) -> None:
        """Show the numbers of one moment; streams, sixty times a second if need be."""
        if values is not None and len(values.values) != len(self._geometry.gates):
            raise ValueError(
                f"the values are for {len(values.values)} gates, the diagram has {len(self._geometry.gates)}: "
                "set the diagram first"
            )
        self._values = values
        off = paint.losing_wires(self._geometry, values)
        if off != self._off:
            self._off, self._still = off, None
        self.update()

    def set_selected(self, gate: int | None) -> None:
        """Put the selection ring round the gate with this id, or none."""
        self._selected = self._geometry.index.get(gate) if gate is not None else None
        if self._selected is not None:
            self._cursor = self._selected
        self.update()

    def set_wrong(self, wrong: frozenset[tuple[int, str]]) -> None:
        """Mark hidden numbers (gate id, which) whose last answer was wrong."""
        self._wrong = wrong
        self.update()

    def fit(self) -> None:
        """Show the whole circuit and follow the window's size again (key 0)."""
        self._fitted = True
        self._rearrange()

    def zoom_by(self, factor: float, centre: QPointF | None = None) -> None:
        """Zoom about `centre` (widget coordinates; the middle by default)."""
        centre = centre or QPointF(self.width() / 2, self.height() / 2)
        zoom = min(max(self._zoom * factor, FARTHEST), NEAREST)
        self._offset = centre - (centre - self._offset) * (zoom / self._zoom)
        self._zoom, self._fitted = zoom, False
        self._moved()

    # ---- what others may ask -------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """The zoom now; 1 is the size at which fonts are their own."""
        return self._zoom

    @property
    def geometry_shown(self) -> Geometry:
        """Where everything is drawn, in pixels at zoom 1."""
        return self._geometry

    def gate_rect(self, gate: int) -> QRectF:
        """Return where the gate with this id is drawn, in widget coordinates."""
        return self._transform().mapRect(self._geometry.box(self._geometry.index[gate]))

    def number_rect(self, gate: int, which: str) -> QRectF:
        """Return the slot of a number in widget coordinates; empty when it has none."""
        slot = self._slot(gate, which)
        return QRectF() if slot is None else self._transform().mapRect(slot)

    def gate_at(self, point: QPointF) -> int | None:
        """Return the id of the gate at `point` (widget coordinates)."""
        hit = self._hit(point)
        return hit.gate if hit is not None and hit.kind == "gate" else None

    def gate_text(self, gate: int) -> str:
        """Return what a screen reader says: ``gate 3, multiply, value −12, gradient 1``."""
        return gate_sentence(self._geometry, self._values, gate)

    def gate_ids(self) -> tuple[int, ...]:
        """Return the ids of the drawn gates."""
        return tuple(gate.id for gate in self._geometry.gates)

    @property
    def focused_gate(self) -> int | None:
        """The id of the gate under the keyboard's cursor."""
        return None if self._cursor is None else self._geometry.gates[self._cursor].id

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(720, 320)

    # ---- places --------------------------------------------------------------------------------

    def _rearrange(self) -> None:
        if self._diagram is None:
            self._geometry = Geometry()
        else:
            self._geometry = arrange(self._diagram, measure(), (float(self.width()), float(self.height())))
        if self._fitted:
            self._fit_zoom()
        self._moved()

    def _fit_zoom(self) -> None:
        g = self._geometry
        zoom = min(self.width() / g.width, self.height() / g.height)
        self._zoom = min(max(zoom, SMALLEST_FIT), LARGEST_FIT)
        left = (self.width() - g.width * self._zoom) / 2.0
        # What does not fit shows its result, from where the backward pass starts.
        left = min(left, self.width() - g.width * self._zoom) if left < 0 else left
        self._offset = QPointF(left, (self.height() - g.height * self._zoom) / 2.0)

    def _moved(self) -> None:
        self._still = None
        self._answer.close_box()
        self.update()

    def _transform(self) -> QTransform:
        return QTransform(self._zoom, 0, 0, self._zoom, self._offset.x(), self._offset.y())

    def _to_scene(self, point: QPointF) -> QPointF:
        return (point - self._offset) / self._zoom

    def _hit(self, point: QPointF) -> Hit | None:
        return hit_test(self._geometry, self._to_scene(point), numbers_shown=self._zoom >= paint.NUMBER_ZOOM)

    def _slot(self, gate: int, which: str) -> QRectF | None:
        k = self._geometry.index.get(gate)
        if k is None:
            return None
        if which == "value":
            return self._geometry.value_slots[k]
        if which == "gradient":
            return self._geometry.gradient_slots[k]
        return self._geometry.wire_slots[self._geometry.first_wire[k] + int(which.removeprefix("wire_"))]

    # ---- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the still layer, then draw the numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._geometry.gates:
            painter.fillRect(self.rect(), style.current().panel)
            painter.setPen(style.blend(style.current().secondary, style.current().panel, 1.0))
            painter.setFont(style.sans(9.5))
            text = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), text, EMPTY_TEXT)
            return
        if self._still is None:
            self._still = self._draw_still()
        painter.drawPixmap(0, 0, self._still)
        painter.setTransform(self._transform(), True)
        paint.paint_live(painter, self._geometry, self._seen, self._zoom, self._values, self._marks())

    def _draw_still(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(style.current().panel)
        view = QRectF(self._to_scene(QPointF()), self._to_scene(QPointF(self.width(), self.height())))
        self._seen = paint.visible(self._geometry, view)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._transform())
        paint.paint_still(painter, self._geometry, self._seen, self._zoom, self._off, self._winning())
        painter.end()
        return pixmap

    def _winning(self) -> frozenset[int]:
        gates = {self._geometry.wires[w].target for w in self._off}
        first, all_gates = self._geometry.first_wire, self._geometry.gates
        return frozenset(first[k] + j for k in gates for j in range(len(all_gates[k].inputs))) - self._off

    def _marks(self) -> paint.Marks:
        active = self._values.active if self._values is not None else None
        return paint.Marks(
            selected=self._selected,
            hovered=self._hovered,
            cursor=self._cursor if self.hasFocus() else None,
            active=self._geometry.index.get(active) if active is not None else None,
            wrong=self._wrong,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, unless a person chose a zoom."""
        if self._fitted:
            self._rearrange()
        else:
            self._moved()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type scale."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._rearrange()
        super().changeEvent(event)

    # ---- gestures ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a pan begins."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._panning = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while pressed; otherwise hover."""
        if self._pressed is None:
            self._hover(event.position())
            return
        moved = event.position() - self._pressed
        if self._panning or moved.manhattanLength() > 4:
            self._panning, self._fitted = True, False
            self._offset += moved
            self._pressed = event.position()
            self._moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on what lies here."""
        pressed, panning = self._pressed, self._panning
        self._pressed, self._panning = None, False
        if pressed is None or panning or event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self._hit(event.position())
        if hit is not None:
            self._report(hit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Walk into a gate; on empty ground, fit."""
        hit = self._hit(event.position())
        if hit is None:
            self.fit()
        elif hit.kind == "gate":
            self.gate_double_clicked.emit(hit.gate)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, otherwise leave the wheel to the surroundings."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self.zoom_by(WHEEL ** event.angleDelta().y(), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered outside."""
        self._set_hovered(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, inspect with Enter, answer with F2, zoom with + − 0."""
        step = walk.STEPS.get(Qt.Key(event.key()))
        if step is not None and self._geometry.gates:
            self._walk(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cursor is not None:
            walked = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            gate = self._geometry.gates[self._cursor].id
            (self.gate_double_clicked if walked else self.gate_clicked).emit(gate)
        elif event.key() == Qt.Key.Key_F2:
            self._answer_at_cursor()
        elif event.text() in ("+", "=", "-", "0"):
            self.fit() if event.text() == "0" else self.zoom_by(1 / 1.25 if event.text() == "-" else 1.25)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the keyboard's cursor."""
        if self._cursor is None and self._geometry.gates:
            self._cursor = len(self._geometry.gates) - 1
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the keyboard's cursor."""
        self.update()

    def event(self, event: QEvent) -> bool:
        """Answer a request for a tooltip with the number in full."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(self._geometry, self._values, hit), self)
            return True
        return super().event(event)

    def _walk(self, step: str) -> None:
        self._cursor = walk.neighbour(self._geometry, self._cursor, step)
        self._keep_in_view(self._cursor)
        self.gate_hovered.emit(self._geometry.gates[self._cursor].id)
        self.update()

    def _keep_in_view(self, k: int) -> None:
        box = self._transform().mapRect(self._geometry.box(k)).adjusted(-12, -12, 60, 12)
        shift = QPointF(max(-box.left(), 0.0) or min(self.width() - box.right(), 0.0), 0.0)
        shift.setY(max(-box.top(), 0.0) or min(self.height() - box.bottom(), 0.0))
        if not self._fitted or self._geometry.width * self._zoom > self.width() + 1:
            self._offset += shift
            self._still = None

    def _hover(self, point: QPointF) -> None:
        hit = self._hit(point)
        self._set_hovered(self._geometry.index[hit.gate] if hit is not None and hit.kind == "gate" else None)
        self.setCursor(Qt.CursorShape.ArrowCursor if hit is None else Qt.CursorShape.PointingHandCursor)

    def _set_hovered(self, k: int | None) -> None:
        if k != self._hovered:
            self._hovered = k
            self.gate_hovered.emit(None if k is None else self._geometry.gates[k].id)
            self.update()

    def _report(self, hit: Hit) -> None:
        if hit.kind == "gate":
            self._cursor = self._geometry.index[hit.gate]
            self.gate_clicked.emit(hit.gate)
        elif hit.kind == "wire":
            self.wire_clicked.emit(hit.gate, hit.slot)
        else:
            self.number_clicked.emit(hit.gate, hit.which)
            self._ask(hit.gate, hit.which)

    def _answer_at_cursor(self) -> None:
        """Open the first hidden number of the gate under the cursor, or else of the circuit."""
        hidden = sorted(self._values.hidden) if self._values is not None else []
        here = [pair for pair in hidden if pair[0] == self.focused_gate]
        for gate, which in (here or hidden)[:1]:
            self._ask(gate, which)

    def _ask(self, gate: int, which: str) -> None:
        if self._values is not None and (gate, which) in self._values.hidden:
            place = self.number_rect(gate, which).topLeft().toPoint()
            self._answer.open_at(place + QPoint(0, -3), gate, which, self.gate_text(gate))

    def _on_answered(self, gate: int, which: str, text: str) -> None:
        self.setFocus()
        self.answer_typed.emit(gate, which, text)
