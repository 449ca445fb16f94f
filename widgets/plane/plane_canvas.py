"""The square picture over the plane: one paintEvent over prepared layers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from widgets.plane import overlay
from widgets.plane.indexed_image import IndexedImage
from widgets.plane.kept_layer import KeptLayer
from widgets.plane.point_layer import diameter_for
from widgets.plane.square_canvas import SquareCanvas
from widgets.style import numbers
from widgets.style.paint_ratio import ratio_of
from widgets.values import PlaneImage, PlaneLine, Points
from widgets.values.example import ExamplePicture

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
NOTHING: Indices = np.zeros(0, dtype=np.int64)
MOST_HALOS = 3000


class PlaneCanvas(SquareCanvas):
    """The picture with the data, lines, rings and the probe upon it; it takes no gestures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: PlaneImage | None = None
        self.points: Points | None = None
        self.batch: Indices = NOTHING
        self.misclassified: Indices = NOTHING
        self.ring_note = ""
        self.example: int | None = None
        self.probe: tuple[float, float] | None = None
        self.brush: float | None = None
        self.lines: tuple[PlaneLine, ...] = ()
        self.cursor_text = ""
        self.thumb: ExamplePicture | None = None
        self.with_test = False
        self.discretize = False
        self._picture = IndexedImage()
        self._layer = KeptLayer(self)
        self._layer.made.connect(self.update)
        self._kept_places: Floats | None = None
        self._shapes: list[QPolygonF] = []
        self._cursor: QPointF | None = None
        self._line = -1

    @property
    def in_hand(self) -> bool:
        """Whether something is being painted: the numbers under the cursor stand back then."""
        return False

    # ---- what is shown ---------------------------------------------------------------------------

    def show_image(self, image: PlaneImage) -> None:
        """Colour `image` and repaint; a new extent changes the layout."""
        self.image = image
        self._picture.fill(image, discretize=self.discretize)
        self.set_extent(image.extent)
        self.update()

    def show_points(self, points: Points) -> None:
        """Draw `points`; marks whose point is missing are not drawn."""
        self.points = points
        self.refresh_points()

    def refresh_points(self) -> None:
        """Forget the cached layer of points and repaint."""
        self._layer.forget()
        self._kept_places = None
        self.update()

    @property
    def _places(self) -> Floats:
        """Where each point is on the screen, (n, 2); a million take a while, so only when they are asked for."""
        if self._kept_places is None:
            positions = np.zeros((0, 2)) if self.points is None else self.points.positions
            self._kept_places = self.projection.many(positions)
        return self._kept_places

    def _places_of(self, points: Points, indices: Indices) -> Floats:
        """Return where a few of `points` are on the screen."""
        return self.projection.many(points.positions[indices])

    def show_lines(self, lines: tuple[PlaneLine, ...]) -> None:
        """Lay `lines` over the picture."""
        self.lines = lines
        self._shapes = [overlay.polygon(self.projection, line) for line in lines]
        self.update()

    def recolour(self) -> None:
        """Colour everything again, after a change of theme, type or switches."""
        if self.image is not None:
            self._picture.fill(self.image, discretize=self.discretize)
        super().recolour()

    def lay_out(self) -> None:
        """Fit the square, and the lines and points into it."""
        super().lay_out()
        self._shapes = [overlay.polygon(self.projection, line) for line in self.lines]
        self.refresh_points()

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the prepared layers over each other."""
        with QPainter(self) as painter:
            ratio = ratio_of(painter, self)
            if self.paint_axes(painter, ratio):
                self._layer.forget()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.projection.square, self._picture.image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(self.projection.square)
            overlay.paint_lines(painter, self.lines, self._shapes, self._line)
            if self.points is not None:
                self._paint_points(painter, self.points, ratio)
            painter.setClipping(False)
            if note := self.note_on_rings():
                overlay.paint_note(painter, note, self.projection.square)
            overlay.paint_frame(painter, self.projection.square, focused=self.hasFocus())
            if self.probe is not None:
                overlay.paint_probe(painter, self.projection.to_screen(*self.probe))
            if self.brush and self._cursor is not None:
                overlay.paint_brush(painter, self._cursor, self.projection.length(self.brush))
            if self.thumb is not None and self._cursor is not None:
                overlay.paint_thumb(painter, self._cursor, self.thumb, QRectF(self.rect()))
            elif self._cursor is not None and not self.in_hand:
                lines = overlay.cursor_lines(self.projection.to_plane(self._cursor), self.axis_names, self.cursor_text)
                overlay.paint_readout(painter, self._cursor, lines, QRectF(self.rect()))

    def _paint_points(self, painter: QPainter, points: Points, ratio: float) -> None:
        diameter = diameter_for(len(points.positions))
        # A picture of this widget, for a file, cannot wait.
        at_once = not self.isVisible() or ratio != self.devicePixelRatioF()
        layer = self._layer.image(
            points, self.projection, self.size(), ratio, with_test=self.with_test, at_once=at_once
        )
        overlay.paint_wrong(painter, self.halos(points, self.misclassified), diameter)
        overlay.paint_batch(painter, self.halos(points, self.batch), diameter)
        if layer is not None:
            painter.drawImage(0, 0, layer)
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
        """Return which misclassified points have no ring; empty when all have one."""
        n = 0 if self.points is None else len(self._drawn(self.points, self.misclassified))
        if n > MOST_HALOS:
            return f"{numbers.grouped(n)} wrong: too many to ring"
        return self.ring_note

    def _drawn(self, points: Points, indices: Indices) -> Indices:
        """Return those of `indices` that are drawn: training points, and test points when asked for."""
        indices = indices[(indices >= 0) & (indices < len(points.positions))]
        return indices if self.with_test or not len(indices) else indices[~points.is_test[indices]]
