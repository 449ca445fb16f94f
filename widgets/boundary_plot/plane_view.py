"""The square picture over the plane: one paintEvent over prepared layers, and the mouse upon it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import numbers
from widgets.boundary_plot import overlay
from widgets.boundary_plot.axes_layer import axes_layer, margins
from widgets.boundary_plot.picture import Picture
from widgets.boundary_plot.point_layer import diameter_for, point_layer, shown
from widgets.boundary_plot.projection import Projection
from widgets.paint_ratio import ratio_of
from widgets.values import BoundaryImage, Extent, PlaneLine, Points

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
NOTHING: Indices = np.zeros(0, dtype=np.int64)
REACH = 9.0
DRAG_STARTS = 4.0
MOST_HALOS = 3000
BRUSH_KEYS = "bpme0123456789"
NUDGES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)}


class PlaneView(QWidget):
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
    stroke_began(float, float), stroke_moved(float, float), stroke_ended()
        While there is a brush: the place of a press, of each move upon the picture, and the end. Space and
        Enter press at the probe.
    brush_key_typed(str)
        While there is a brush: the letter of a mode, or a digit.
    """

    probe_moved = Signal(float, float)
    probe_released = Signal()
    point_clicked = Signal(int)
    cursor_moved = Signal(object)
    line_hovered = Signal(int)
    stroke_began = Signal(float, float)
    stroke_moved = Signal(float, float)
    stroke_ended = Signal()
    brush_key_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: BoundaryImage | None = None
        self.points: Points | None = None
        self.batch: Indices = NOTHING
        self.misclassified: Indices = NOTHING
        self.ring_note = ""
        self.example: int | None = None
        self.probe: tuple[float, float] | None = None
        self.brush: float | None = None
        self._stroking = False
        self.lines: tuple[PlaneLine, ...] = ()
        self.cursor_text = ""
        self.with_test = False
        self.discretize = False
        self.axis_names = ("x₁", "x₂")
        self._picture = Picture()
        self._axes: QPixmap | None = None
        self._layer: QImage | None = None
        self._kept_places: Floats | None = None
        self._shapes: list[QPolygonF] = []
        self._cursor: QPointF | None = None
        self._pressed: QPointF | None = None
        self._dragging = False
        self._line = -1
        self._projection = Projection(Extent(-1.0, 1.0, -1.0, 1.0), QRectF(0, 0, 1, 1))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Output over the plane")
        self.setAccessibleDescription("Arrow keys move the probe; Shift makes larger steps.")

    # ---- what is shown ---------------------------------------------------------------------------

    def show_image(self, image: BoundaryImage) -> None:
        """Colour `image` and repaint; a new extent lays out anew."""
        moved = self.image is None or self.image.extent != image.extent
        self.image = image
        self._picture.fill(image, discretize=self.discretize)
        if moved:
            self._lay_out()
        self.update()

    def show_points(self, points: Points) -> None:
        """Draw `points` anew; marks that have no point just now are not drawn."""
        self.points = points
        self.refresh_points()

    def refresh_points(self) -> None:
        """Forget the cached layer of points and repaint."""
        self._layer = self._kept_places = None
        self.update()

    @property
    def _places(self) -> Floats:
        """Where each point is on the screen, (n, 2); a million take a while, so only once somebody asks."""
        if self._kept_places is None:
            positions = np.zeros((0, 2)) if self.points is None else self.points.positions
            self._kept_places = self._projection.many(positions)
        return self._kept_places

    def _places_of(self, points: Points, indices: Indices) -> Floats:
        """Return where a few of `points` are on the screen."""
        return self._projection.many(points.positions[indices])

    def show_lines(self, lines: tuple[PlaneLine, ...]) -> None:
        """Lay `lines` over the picture."""
        self.lines = lines
        self._shapes = [overlay.polygon(self._projection, line) for line in lines]
        self.update()

    def recolour(self) -> None:
        """Colour everything anew, after a change of theme, type or switches."""
        if self.image is not None:
            self._picture.fill(self.image, discretize=self.discretize)
        self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        left, top, right, bottom = margins()
        side = max(min(self.width() - left - right, self.height() - top - bottom), 16.0)
        # Whole pixels: the picture's edges stay crisp and the axes line up with it.
        x = round(left + max(self.width() - left - right - side, 0.0) / 2)
        square = QRectF(x, round(top), round(side), round(side))
        extent = self.image.extent if self.image is not None else self._projection.extent
        self._projection = Projection(extent, square)
        self._axes = None
        self._shapes = [overlay.polygon(self._projection, line) for line in self.lines]
        self.refresh_points()

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the prepared layers over each other."""
        painter = QPainter(self)
        ratio = ratio_of(painter, self)
        if self._axes is None or self._axes.devicePixelRatio() != ratio:
            self._axes = axes_layer(self._projection, self.size(), ratio, self.axis_names)
            self._layer = None
        painter.drawPixmap(0, 0, self._axes)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._projection.square, self._picture.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._projection.square)
        overlay.paint_lines(painter, self.lines, self._shapes, self._line)
        if self.points is not None:
            self._paint_points(painter, self.points, ratio)
        painter.setClipping(False)
        if note := self.note_on_rings():
            overlay.paint_note(painter, note, self._projection.square)
        overlay.paint_frame(painter, self._projection.square, focused=self.hasFocus())
        if self.probe is not None:
            overlay.paint_probe(painter, self._projection.to_screen(*self.probe))
        if self.brush and self._cursor is not None:
            overlay.paint_brush(painter, self._cursor, self._projection.length(self.brush))
        if self._cursor is not None and not self._dragging and not self._stroking:
            lines = overlay.cursor_lines(self._projection.to_plane(self._cursor), self.axis_names, self.cursor_text)
            overlay.paint_readout(painter, self._cursor, lines, QRectF(self.rect()))
        painter.end()

    def _paint_points(self, painter: QPainter, points: Points, ratio: float) -> None:
        diameter = diameter_for(len(points.positions))
        if self._layer is None:
            self._layer = point_layer(points, self._projection, self.size(), ratio, with_test=self.with_test)
        overlay.paint_wrong(painter, self.halos(points, self.misclassified), diameter)
        overlay.paint_batch(painter, self.halos(points, self.batch), diameter)
        painter.drawImage(0, 0, self._layer)
        if self.example is not None and 0 <= self.example < len(points.positions):
            x, y = self._places_of(points, np.array([self.example]))[0]
            overlay.paint_example(painter, QPointF(x, y), diameter)

    def halos(self, points: Points, indices: Indices) -> list[QPointF]:
        """Return the places to mark; so many that they would cover the picture mark none."""
        indices = self._drawn(points, indices)
        if not 0 < len(indices) <= MOST_HALOS:
            return []
        return [QPointF(x, y) for x, y in self._places_of(points, indices).tolist()]

    def note_on_rings(self) -> str:
        """Say which misclassified points have no ring, if any."""
        n = 0 if self.points is None else len(self._drawn(self.points, self.misclassified))
        if n > MOST_HALOS:
            return f"{numbers.grouped(n)} wrong: too many to ring"
        return self.ring_note

    def _drawn(self, points: Points, indices: Indices) -> Indices:
        """Return those of `indices` that are drawn: training points, and test points when asked for."""
        indices = indices[(indices >= 0) & (indices < len(points.positions))]
        return indices if self.with_test or not len(indices) else indices[~points.is_test[indices]]

    # ---- gestures --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the press; a press on the probe takes it, one beside everything brings it here."""
        place = event.position()
        if event.button() != Qt.MouseButton.LeftButton or not self._projection.square.contains(place):
            return
        if self.brush is not None:
            self._stroking = True
            self.stroke_began.emit(*self._projection.to_plane(place))
            return
        self._pressed = place
        on_probe = self.probe is not None and _near(self._projection.to_screen(*self.probe), place, REACH + 3)
        if not on_probe and self.point_at(place) is None:
            self._dragging = True
            self._move_probe(place)
        elif on_probe:
            self._dragging = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the probe, or report what is under the cursor."""
        place = event.position()
        if self._stroking and self._projection.square.contains(place):
            self._cursor = place
            self.update()
            self.stroke_moved.emit(*self._projection.to_plane(place))
        if self._stroking:
            return
        if self._pressed is not None:
            self._dragging = self._dragging or not _near(self._pressed, place, DRAG_STARTS)
            if self._dragging:
                self._move_probe(place)
            return
        self._hover(place if self._projection.square.contains(place) else None)

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
        step = NUDGES.get(Qt.Key(event.key()))
        if step is None or self.probe is None:
            event.ignore()
            return
        share = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.01
        e = self._projection.extent
        x = min(max(self.probe[0] + step[0] * share * (e.right - e.left), e.left), e.right)
        y = min(max(self.probe[1] + step[1] * share * (e.top - e.bottom), e.bottom), e.top)
        self._put_probe(x, y)

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
        self._put_probe(*self._projection.to_plane(place))

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
        self.update()
        self.cursor_moved.emit(None if place is None else self._projection.to_plane(place))

    # ---- Qt --------------------------------------------------------------------------------------

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

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.recolour()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the square into the new size."""
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return a square with room for the axes."""
        return QSize(340, 330)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the picture can be read."""
        return QSize(160, 150)


def _is_brush_key(event: QKeyEvent) -> bool:
    return len(event.text()) == 1 and event.text().lower() in BRUSH_KEYS


def _near(a: QPointF, b: QPointF, reach: float) -> bool:
    return (a.x() - b.x()) ** 2 + (a.y() - b.y()) ** 2 <= reach**2
