"""The drawing of a circuit: what is shown, from where, and how it is painted. Gestures are in ``view``."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.circuit_graph import live_layer, still_layer
from widgets.circuit_graph.camera import (
    LEGIBLE_FIT,
    NEARLY,
    NUMBER_ZOOM,
    READABLE_FIT,
    SMALLEST_FIT,
    Camera,
    Visible,
    visible,
)
from widgets.circuit_graph.fitting import LONGEST, fitted, longest_number
from widgets.circuit_graph.geometry import Geometry, Part
from widgets.circuit_graph.hit_test import REACH, Hit, hit_test
from widgets.circuit_graph.tips import gate_sentence, wire_sentence
from widgets.controls.painted_items import PaintedItems
from widgets.style import style
from widgets.style.themed import is_change_of_look
from widgets.values import GateDiagram, GateValues

EMPTY_TEXT = "No circuit yet: type an expression such as (x + y) * z, or open a neuron."


class CircuitCanvas(PaintedItems[Part], QWidget):
    """A painted circuit: a cached still layer of wires and gates, and live numbers over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagram: GateDiagram | None = None
        self._values: GateValues | None = None
        self._geometry = Geometry()
        self._longest = LONGEST  # characters for which wires have room: it only grows, so that nothing dances
        self._camera = Camera()
        self._selected: int | None = None
        self._hovered: int | None = None
        self._focused: int | None = None
        self._wrong: frozenset[tuple[int, str]] = frozenset()
        self._still: QPixmap | None = None
        self._legible = self._is_large = self._is_whole = False
        self._off: frozenset[int] = frozenset()
        self._seen = Visible((), ())

    # ---- values in -----------------------------------------------------------------------------

    def set_diagram(self, diagram: GateDiagram | None, expected: GateValues | None = None) -> None:
        """Show another structure, with room for the `expected` numbers; forget selection and numbers."""
        self._diagram, self._values, self._longest = diagram, None, longest_number(expected)
        self._selected = self._hovered = self._focused = None
        self._wrong, self._off, self._camera.follows, self._is_whole = frozenset(), frozenset(), True, False
        self._rearrange()

    def set_values(self, values: GateValues | None) -> None:
        """Show the numbers of one frame."""
        if values is not None and len(values.values) != len(self._geometry.gates):
            raise ValueError(
                f"the values are for {len(values.values)} gates, the diagram has {len(self._geometry.gates)}: "
                "set the diagram first"
            )
        self._values = values
        self._make_room()
        off = still_layer.losing_wires(self._geometry, values)
        if off != self._off:
            self._off, self._still = off, None
        self.update()

    def set_selected(self, gate: int | None) -> None:
        """Put the selection ring round the gate with this id, or none."""
        before, self._selected = self.selected, self._geometry.index.get(gate) if gate is not None else None
        self.report_selection(before, self.selected)
        if self._selected is not None:
            self._focused = self._selected
        self._show_selected()
        self.update()

    def keep_large(self) -> None:
        """Draw a wide circuit as large as it can be read from afar, the selected gate in view, until 0 is pressed."""
        self._is_large = True
        self._rearrange()

    def set_legible(self, legible: bool) -> None:
        """Keep numbers readable and the selected gate in view where the whole circuit does not fit."""
        if legible != self._legible:
            self._legible = legible
            self._rearrange()

    def set_wrong(self, wrong: frozenset[tuple[int, str]]) -> None:
        """Mark hidden numbers (gate id, which) whose last answer was wrong."""
        self._wrong = wrong
        self.update()

    def fit(self) -> None:
        """Show the whole circuit and follow the window's size again (key 0); again, as large as it was before."""
        self._is_whole = not (self._is_whole and self._camera.follows)
        self._camera.follows = True
        self._rearrange()

    def zoom_by(self, factor: float, centre: QPointF | None = None) -> None:
        """Zoom about `centre` (widget coordinates; the middle by default)."""
        self._camera.zoom_by(factor, centre or QPointF(self.width() / 2, self.height() / 2))
        self._moved()

    # ---- what is shown -------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """The zoom now; 1 is the size at which fonts are their own."""
        return self._camera.zoom

    @property
    def shows_numbers(self) -> bool:
        """Whether the circuit is near enough for its numbers to be read."""
        return self._camera.zoom >= NUMBER_ZOOM

    @property
    def cuts_off(self) -> bool:
        """Whether some of the circuit is out of view to the left or to the right."""
        return self._geometry.width * self._camera.zoom > self.width() + 1.0

    @property
    def geometry_shown(self) -> Geometry:
        """Where everything is drawn, in pixels at zoom 1."""
        return self._geometry

    def gate_rect(self, gate: int) -> QRectF:
        """Return where the gate with this id is drawn, in widget coordinates."""
        return self._camera.transform().mapRect(self._geometry.box(self._geometry.index[gate]))

    def number_rect(self, gate: int, which: str) -> QRectF:
        """Return the slot of a number in widget coordinates; empty when it has none."""
        slot = self._slot(gate, which)
        return QRectF() if slot is None else self._camera.transform().mapRect(slot)

    def item_at(self, point: QPointF) -> Part | None:
        """Return the gate or the wire at `point` (widget coordinates); a gate's numbers belong to it."""
        hit = self._hit(point)
        if hit is None:
            return None
        return hit.gate if hit.slot < 0 else (hit.gate, hit.slot)

    def name_of(self, key: Part) -> str:
        """Return the sentence of a screen reader: ``gate 3, multiply, value −12, gradient 1``."""
        if isinstance(key, int):
            return gate_sentence(self._geometry, self._values, key)
        return wire_sentence(self._geometry, self._values, *key)

    def items(self) -> tuple[Part, ...]:
        """Return the drawn gates, each followed by the wires that feed it."""
        return self._geometry.parts()

    def has_item(self, key: Part) -> bool:
        """Return whether the gate or the wire is still drawn."""
        return key in self._geometry.index if isinstance(key, int) else self._geometry.has_wire(*key)

    def place_of(self, key: Part) -> QRect:
        """Return where the gate is drawn, or the wire's last straight piece, into its port."""
        if isinstance(key, int):
            return self.gate_rect(key).toRect()
        gate, slot = key
        wire = self._geometry.wires[self._geometry.wire_of(self._geometry.index[gate], slot)]
        (left, top), (right, _) = wire.knots[-2:]
        return self._camera.transform().mapRect(QRectF(left, top - REACH, right - left, 2 * REACH)).toAlignedRect()

    @property
    def selected(self) -> int | None:
        """The id of the selected gate."""
        return None if self._selected is None else self._geometry.gates[self._selected].id

    @property
    def focused(self) -> int | None:
        """The id of the gate with the keyboard focus."""
        return None if self._focused is None else self._geometry.gates[self._focused].id

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(720, 320)

    # ---- places --------------------------------------------------------------------------------

    def _rearrange(self) -> None:
        size, least = QSizeF(self.size()), self._least_zoom
        if self._diagram is None:
            self._geometry = Geometry()
        else:
            room = size.width(), size.height()
            self._geometry = fitted(self._diagram, room, self._longest)
            if self._is_large and min(room[0] / self._geometry.width, room[1] / self._geometry.height) < NEARLY * least:
                self._geometry = fitted(self._diagram, room, self._longest, least)
            elif self._is_large:
                least = SMALLEST_FIT
        if self._camera.follows:
            if self._is_large:
                least = max(min(least, size.height() / self._geometry.height), SMALLEST_FIT)
            self._camera.fit(size, self._geometry.width, self._geometry.height, least)
            self._show_selected()
        self._moved()

    @property
    def _least_zoom(self) -> float:
        """How large a circuit is drawn that does not fit."""
        if self._is_large and not self._is_whole:
            return READABLE_FIT
        return LEGIBLE_FIT if self._legible else SMALLEST_FIT

    def _make_room(self) -> None:
        """Widen the wires where a number has become too long for them."""
        if self._longest < LONGEST and (needed := longest_number(self._values)) > self._longest:
            self._longest = needed
            self._rearrange()

    def _show_selected(self) -> None:
        if self._selected is not None and (self._legible or self._is_large):
            self._show(self._selected)

    def _show(self, k: int) -> None:
        """Bring gate number `k` into view, and the gates beside it where there is room for all of them."""
        to_window, window = self._camera.transform(), QSizeF(self.size())
        around = to_window.mapRect(self._geometry.around(k)).adjusted(-12, 0, 12, 0)
        has_moved = around.width() <= window.width() and self._camera.bring_into_view(around, window)
        box = self._camera.transform().mapRect(self._geometry.box(k)).adjusted(-90, -24, 90, 24)
        if self._camera.bring_into_view(box, window) or has_moved:
            self._still = None

    def _moved(self) -> None:
        self._still = None
        self.update()

    def _hit(self, point: QPointF) -> Hit | None:
        return hit_test(self._geometry, self._camera.to_scene(point), numbers_shown=self.shows_numbers)

    def _slot(self, gate: int, which: str) -> QRectF | None:
        k = self._geometry.index.get(gate)
        if k is None:
            return None
        if which == "value":
            return self._geometry.value_slots[k]
        if which == "gradient":
            return self._geometry.gradient_slots[k]
        return self._geometry.wire_slots[self._geometry.wire_of(k, int(which.removeprefix("wire_")))]

    # ---- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the still layer, then draw the numbers."""
        with QPainter(self) as painter:
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
            painter.setTransform(self._camera.transform(), True)
            live_layer.paint_live(painter, self._geometry, self._seen, self._camera.zoom, self._values, self._marks())

    def _draw_still(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(style.current().panel)
        view = QRectF(self._camera.to_scene(QPointF()), self._camera.to_scene(QPointF(self.width(), self.height())))
        self._seen = visible(self._geometry, view)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(self._camera.transform())
            still_layer.paint_still(painter, self._geometry, self._seen, self._camera.zoom, self._off, self._winning())
            painter.resetTransform()
            if not self.shows_numbers:
                still_layer.paint_hint(painter, QRectF(self.rect()), still_layer.FAR)
            elif self._is_large and self.cuts_off:
                still_layer.paint_hint(painter, QRectF(self.rect()), still_layer.CUT_OFF)
        return pixmap

    def _winning(self) -> frozenset[int]:
        gates = {self._geometry.wires[w].target for w in self._off}
        first, all_gates = self._geometry.first_wire, self._geometry.gates
        return frozenset(first[k] + j for k in gates for j in range(len(all_gates[k].inputs))) - self._off

    def _marks(self) -> live_layer.Marks:
        active = self._values.active if self._values is not None else None
        return live_layer.Marks(
            selected=self._selected,
            hovered=self._hovered,
            focused=self._focused if self.hasFocus() else None,
            active=self._geometry.index.get(active) if active is not None else None,
            wrong=self._wrong,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, unless the user chose a zoom."""
        if self._camera.follows:
            self._rearrange()
        else:
            self._moved()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type scale."""
        if is_change_of_look(self, event):
            self._rearrange()
        super().changeEvent(event)
