"""Gestures on the drawn circuit: mouse and keyboard become signals."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from widgets.circuit_graph import navigation
from widgets.circuit_graph.answer_box import AnswerBox
from widgets.circuit_graph.canvas import CircuitCanvas
from widgets.circuit_graph.geometry import Part
from widgets.circuit_graph.hit_test import Hit
from widgets.circuit_graph.tips import tip
from widgets.controls.pan_drag import PanDrag
from widgets.style.tips import Tip, along, around
from widgets.values import GateValues

WHEEL = 1.0015


class CircuitGraph(CircuitCanvas):
    """Draw a circuit with a value above and a gradient below every wire.

    Signals
    -------
    gate_clicked(int), gate_double_clicked(int)
        A gate (by id) was clicked, or Enter / Ctrl+Enter was pressed on it.
    wire_clicked(int, int)
        A wire: the id of the gate it feeds, and which of that gate's inputs.
    number_clicked(int, str)
        A number: ``"value"``, ``"gradient"`` of a gate, or ``"wire_0"``, … (the contribution that the
        gate sends back to that input).
    answer_typed(int, str, str)
        A hidden number was answered: gate id, which number, the text as typed.
    field_opened(int, str)
        A hidden number is asked: gate id, which number.
    """

    gate_clicked = Signal(int)
    gate_double_clicked = Signal(int)
    wire_clicked = Signal(int, int)
    number_clicked = Signal(int, str)
    answer_typed = Signal(int, str, str)
    field_opened = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 120)
        self.setAccessibleName("Circuit")
        self.setAccessibleDescription("Arrow keys move along the wires from gate to gate, Enter inspects, F2 answers.")
        self._pan: PanDrag | None = None
        self._aimed: Hit | None = None
        self._answer = AnswerBox(self)
        self._answer.answered.connect(self._on_answered)

    def _moved(self) -> None:
        super()._moved()
        self._keep_answer()

    def set_values(self, values: GateValues | None) -> None:
        """Show the numbers of one frame; the field closes where its number is no longer hidden."""
        super().set_values(values)
        self._keep_answer()

    def press(self, key: Part) -> None:
        """Inspect a gate, or the gate that a wire feeds, as a click does."""
        if isinstance(key, int):
            self._focused = self._geometry.index[key]
            self.gate_clicked.emit(key)
        else:
            self.wire_clicked.emit(*key)

    # ---- answers -------------------------------------------------------------------------------

    def ask(self, gate: int, which: str) -> None:
        """Open the field over a number, if it is hidden, and give it the keyboard."""
        if self._is_hidden(gate, which):
            if self._is_large:
                self._show(self._geometry.index[gate])
            self._answer.open_at(self.number_rect(gate, which), gate, which, self.name_of(gate))
            self.field_opened.emit(gate, which)

    def ask_next(self) -> None:
        """Open the field over the hidden number that is worked out next."""
        for gate, which in self._ahead()[:1]:
            self.ask(gate, which)

    def _is_hidden(self, gate: int, which: str) -> bool:
        return self._values is not None and (gate, which) in self._values.hidden

    def _keep_answer(self) -> None:
        """Keep the open field over its number, which the drawing may have moved or shown."""
        if self._answer.isHidden():
            return
        if self._is_hidden(*self._answer.asked):
            self._answer.place_at(self.number_rect(*self._answer.asked))
        else:
            had_focus = self._answer.hasFocus()
            self._answer.close_box()
            if had_focus:
                self.setFocus()

    # ---- gestures ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a pan."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pan = PanDrag(self._pan_by, event.position())
            self._aimed = self._hit(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while pressed; otherwise hover."""
        if self._pan is None:
            self._hover(event.position())
        else:
            self._pan.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on what lies here."""
        pan, self._pan = self._pan, None
        if pan is None or pan.is_started or event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self._hit(event.position())
        if hit is not None:
            self._report(hit)

    def _pan_by(self, step: QPointF) -> None:
        self._camera.pan(step)
        self._moved()

    def _scroll_by(self, step: int) -> None:
        """Move to the left or to the right, no farther than to the circuit's end."""
        left, farthest = self._camera.offset.x(), self.width() - self._geometry.width * self._camera.zoom
        self._pan_by(QPointF(min(max(left + step, farthest), 0.0) - left, 0.0))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Drill down into a gate; on empty ground, fit.

        The first click may have moved the drawing (a card opens beside it): what it was aimed at counts.
        """
        hit = self._aimed or self._hit(event.position())
        if hit is None:
            self.fit()
        elif hit.kind == "gate":
            self.gate_double_clicked.emit(hit.gate)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; else move a circuit that is cut off, or leave the wheel to the surroundings."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._is_large and self.cuts_off:
                self._scroll_by(event.angleDelta().x() or event.angleDelta().y())
            else:
                event.ignore()
            return
        self.zoom_by(WHEEL ** event.angleDelta().y(), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered outside."""
        self._set_hovered(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Navigate with the arrows, inspect with Enter, answer with F2, zoom with + − 0."""
        step = navigation.STEPS.get(Qt.Key(event.key()))
        if step is not None and self._geometry.gates:
            self._move_focus(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._focused is not None:
            drills_down = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            gate = self._geometry.gates[self._focused].id
            (self.gate_double_clicked if drills_down else self.gate_clicked).emit(gate)
        elif event.key() == Qt.Key.Key_F2:
            self._answer_focused()
        elif event.text() in ("+", "=", "-", "0"):
            self.fit() if event.text() == "0" else self.zoom_by(1 / 1.25 if event.text() == "-" else 1.25)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which gate has the keyboard focus."""
        if self._focused is None and self._geometry.gates:
            self._focused = len(self._geometry.gates) - 1
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the mark of the keyboard focus."""
        self.update()

    def tip_at(self, point: QPoint) -> Tip | None:
        """Return what is under the mouse, with its number in full; the tooltip keeps off its line or its numbers."""
        hit = self._hit(QPointF(point))
        return None if hit is None else Tip(tip(self._geometry, self._values, hit), *self._places(hit, point))

    def _places(self, hit: Hit, point: QPoint) -> tuple[QRect, tuple[QRect, ...]]:
        k, to_window = self._geometry.index[hit.gate], self._camera.transform()
        box = to_window.mapRect(self._geometry.box(k)).toAlignedRect()
        if hit.kind == "gate":
            slots = (self.number_rect(hit.gate, which) for which in ("value", "gradient"))
            return box, tuple(slot.toAlignedRect() for slot in slots if not slot.isEmpty())
        if hit.kind == "number":
            return self.number_rect(hit.gate, hit.which).toAlignedRect(), (box,)
        wire = self._geometry.wires[self._geometry.wire_of(k, hit.slot)]
        knots = [to_window.map(QPointF(*knot)) for knot in wire.knots]
        return around(point), along(knots)

    def _move_focus(self, step: str) -> None:
        self._focused = navigation.neighbour(self._geometry, self._focused, step)
        self._keep_in_view(self._focused)
        self.report_focus(self._geometry.gates[self._focused].id)
        self.update()

    def _keep_in_view(self, k: int) -> None:
        if self._camera.follows and self._geometry.width * self._camera.zoom <= self.width() + 1:
            return
        box = self._camera.transform().mapRect(self._geometry.box(k)).adjusted(-12, -12, 60, 12)
        if self._camera.bring_into_view(box, QSizeF(self.size())):
            self._still = None

    def _hover(self, point: QPointF) -> None:
        hit = self._hit(point)
        self._set_hovered(self._geometry.index[hit.gate] if hit is not None and hit.kind == "gate" else None)
        self.setCursor(Qt.CursorShape.ArrowCursor if hit is None else Qt.CursorShape.PointingHandCursor)

    def _set_hovered(self, k: int | None) -> None:
        if k != self._hovered:
            self._hovered = k
            self.update()

    def _report(self, hit: Hit) -> None:
        if hit.kind == "gate":
            self.press(hit.gate)
        elif hit.kind == "wire":
            self.press((hit.gate, hit.slot))
        else:
            self.number_clicked.emit(hit.gate, hit.which)
            self.ask(hit.gate, hit.which)

    def _answer_focused(self) -> None:
        """Open the first hidden number of the focused gate, or else of the circuit."""
        ahead = self._ahead()
        here = [pair for pair in ahead if pair[0] == self.focused]
        for gate, which in (here or ahead)[:1]:
            self.ask(gate, which)

    def _ahead(self) -> list[tuple[int, str]]:
        """Return the hidden numbers as they are worked out: values towards the output, then gradients away from it."""
        hidden = self._values.hidden if self._values is not None else frozenset()
        return sorted(hidden, key=lambda key: (0, *key) if key[1] == "value" else (1, -key[0], key[1]))

    def _on_answered(self, gate: int, which: str, text: str) -> None:
        self.answer_typed.emit(gate, which, text)
        if self._is_hidden(gate, which):
            self._answer.ask_again()
        else:
            self.ask_next()
