"""The mouse and the keys upon the picture over the plane."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.number_menu import WHY, open_number_menu, wish_of
from widgets.plane import overlay
from widgets.plane.plane_canvas import PlaneCanvas
from widgets.plane.point_layer import shown

REACH = 9.0
DRAG_STARTS = 4.0
MOST_HOVERED = 20_000
"""Points beyond which none is looked for at every move of the mouse."""
BRUSH_KEYS = "bpme0123456789"
NUDGES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)}


class PlaneView(PlaneCanvas):
    """The picture with the data; a click takes a point, a drag moves the probe, arrows nudge it.

    Signals
    -------
    probe_moved(float, float)
        At each move of the probe, with its coordinates.
    probe_released()
        The end of a drag or of a key press.
    point_clicked(int)
        The index of the data point under a click.
    cursor_moved(object)
        (x₁, x₂) under the cursor, or None once it has left the picture.
    line_hovered(int)
        The index of the overlay line under the cursor, or -1.
    point_hovered(int)
        The index of the data point under the cursor, or -1.
    stroke_began(float, float), stroke_moved(float, float), stroke_ended()
        While there is a brush: the place of a press, of each move upon the picture, and the end. Space and
        Enter press at the probe.
    brush_key_typed(str)
        While there is a brush: the letter of a mode, or a digit.
    why_requested()
        The user asks where the output at the example came from: the W key, or the menu.
    """

    probe_moved = Signal(float, float)
    probe_released = Signal()
    point_clicked = Signal(int)
    cursor_moved = Signal(object)
    line_hovered = Signal(int)
    point_hovered = Signal(int)
    stroke_began = Signal(float, float)
    stroke_moved = Signal(float, float)
    stroke_ended = Signal()
    brush_key_typed = Signal(str)
    why_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stroking = False
        self._pressed: QPointF | None = None
        self._dragging = False
        self._point = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Output over the plane")
        self.setAccessibleDescription("Arrow keys move the probe; Shift makes larger steps.")

    @property
    def in_hand(self) -> bool:
        """Whether the brush is being dragged; beside a dragged probe the numbers follow."""
        return self._stroking

    # ---- gestures --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the press; a press on the probe takes it, one beside everything brings it here."""
        place = event.position()
        if event.button() != Qt.MouseButton.LeftButton or not self.projection.square.contains(place):
            return
        if self.brush is not None:
            self._stroking = True
            self.stroke_began.emit(*self.projection.to_plane(place))
            return
        self._pressed = place
        on_probe = self.probe is not None and _near(self.projection.to_screen(*self.probe), place, REACH + 3)
        if not on_probe and self.point_at(place) is None:
            self._dragging = True
            self._move_probe(place)
        elif on_probe:
            self._dragging = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the probe, or report what is under the cursor."""
        place = event.position()
        if self._stroking and self.projection.square.contains(place):
            self._cursor = place
            self.update()
            self.stroke_moved.emit(*self.projection.to_plane(place))
        if self._stroking:
            return
        if self._pressed is not None:
            self._dragging = self._dragging or not _near(self._pressed, place, DRAG_STARTS)
            if self._dragging:
                self._move_probe(place)
            return
        self._hover(place if self.projection.square.contains(place) else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag, or click the point that was pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.end_stroke()
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        pressed, dragged = self._pressed, self._dragging
        self._pressed, self._dragging = None, False
        self.update()
        if dragged:
            self.probe_released.emit()
        elif (index := self.point_at(pressed)) is not None:
            self.point_clicked.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the cursor."""
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nudge the probe by a hundredth of the picture; with Shift by a tenth."""
        if self.brush is not None and self._take_brush_key(event):
            return
        if wish_of(event) == WHY:
            self.why_requested.emit()
            return
        step = NUDGES.get(Qt.Key(event.key()))
        if step is None or self.probe is None:
            event.ignore()
            return
        share = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.01
        e = self.projection.extent
        x = min(max(self.probe[0] + step[0] * share * (e.right - e.left), e.left), e.right)
        y = min(max(self.probe[1] + step[1] * share * (e.top - e.bottom), e.bottom), e.top)
        self._put_probe(x, y)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to follow the output at the example."""
        if self.brush is None:
            open_number_menu(self, event.pos(), lambda _wish: self.why_requested.emit(), can_predict=False)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the nudge when the arrow is let go."""
        if Qt.Key(event.key()) not in NUDGES or self.probe is None:
            event.ignore()
        elif not event.isAutoRepeat():
            self.probe_released.emit()

    def show_brush(self, radius: float | None) -> None:
        """Let presses paint with a brush of `radius` on the plane (0: a point), or with None take points again."""
        if radius is None:
            self.end_stroke()
        self.brush = radius
        self.setCursor(Qt.CursorShape.ArrowCursor if radius is None else Qt.CursorShape.CrossCursor)
        self.update()

    def end_stroke(self) -> None:
        """End the stroke that there is."""
        if self._stroking:
            self._stroking = False
            self.update()
            self.stroke_ended.emit()

    def _take_brush_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.probe is not None:
            self.stroke_began.emit(*self.probe)
            self.stroke_ended.emit()
            return True
        if _is_brush_key(event):
            self.brush_key_typed.emit(event.text())
            return True
        return False

    def point_at(self, place: QPointF) -> int | None:
        """Return the index of the shown point nearest to `place` within reach, or None."""
        if self.points is None:
            return None
        candidates = shown(self.points, with_test=self.with_test)
        if len(candidates) == 0:
            return None
        away = self._places[candidates] - (place.x(), place.y())
        squared = np.einsum("ij,ij->i", away, away)
        nearest = int(np.argmin(squared))
        return int(candidates[nearest]) if squared[nearest] <= REACH**2 else None

    def _move_probe(self, place: QPointF) -> None:
        self._put_probe(*self.projection.to_plane(place))
        self._hover(place if self.projection.square.contains(place) else None)

    def _put_probe(self, x: float, y: float) -> None:
        self.probe = (x, y)
        self.update()
        self.probe_moved.emit(x, y)

    def _hover(self, place: QPointF | None) -> None:
        if place is None and self._cursor is None:
            return
        self._cursor = place
        line = -1 if place is None else overlay.line_at(self._shapes, place)
        if line != self._line:
            self._line = line
            self.line_hovered.emit(line)
        few = self.points is not None and len(self.points.positions) <= MOST_HOVERED
        point = self.point_at(place) if place is not None and few else None
        if (point := -1 if point is None else point) != self._point:
            self._point = point
            self.point_hovered.emit(point)
        self.update()
        self.cursor_moved.emit(None if place is None else self.projection.to_plane(place))

    def event(self, event: QEvent) -> bool:
        """Keep the arrows while the probe can use them, although they are shortcuts elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            paints = self.brush is not None and (event.key() == Qt.Key.Key_Space or _is_brush_key(event))
            if plain and paints:
                event.accept()
                return True
            if self.probe is not None and Qt.Key(event.key()) in NUDGES and (plain or shifted):
                event.accept()
                return True
        return super().event(event)


def _is_brush_key(event: QKeyEvent) -> bool:
    return len(event.text()) == 1 and event.text().lower() in BRUSH_KEYS


def _near(a: QPointF, b: QPointF, reach: float) -> bool:
    return (a.x() - b.x()) ** 2 + (a.y() - b.y()) ** 2 <= reach**2
