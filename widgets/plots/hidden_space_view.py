"""The square of the hidden space: the data as one layer sees them, with the bent grid of the input plane."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from widgets.plane import overlay
from widgets.plane.indexed_image import IndexedImage
from widgets.plane.point_layer import diameter_for, point_layer
from widgets.plane.square_canvas import SquareCanvas
from widgets.style import style
from widgets.style.paint_ratio import ratio_of
from widgets.values import Floats, Points
from widgets.values.hidden_space import HiddenSpaceFrame, HiddenWalk

EMPTY = "There is no hidden layer: add one with the slider above the network."
REACH = 9.0
SOFT, PALE = 0.45, 0.3
HEAD = 5.0
_STROKES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine)


class HiddenSpaceView(SquareCanvas):
    """The square itself; a click takes a data point.

    Signals
    -------
    point_clicked(int)
        The index of the data point in the sample.
    """

    point_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame: HiddenSpaceFrame | None = None
        self.message = EMPTY
        self.example: int | None = None
        self._picture = IndexedImage()
        self._layers: list[QImage] = []
        self.setAccessibleName("Hidden space")

    def show_frame(self, frame: HiddenSpaceFrame | None) -> None:
        """Draw `frame`; None shows the message."""
        self.frame, self._layers = frame, []
        if frame is not None:
            self.set_extent(frame.extent)
            self.set_axis_names(frame.axis_names)
            if frame.image is not None:
                self._picture.fill(frame.image, discretize=False)
        self.update()

    def lay_out(self) -> None:
        """Fit the square, and forget the points that were drawn into it."""
        super().lay_out()
        self._layers = []

    def recolour(self) -> None:
        """Colour everything again."""
        self.show_frame(self.frame)
        super().recolour()

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the decision, the grid, the points."""
        with QPainter(self) as painter:
            if self.frame is None:
                self.paint_message(painter)
                return
            frame, ratio, square = self.frame, ratio_of(painter, self), self.projection.square
            self.paint_axes(painter, ratio)
            painter.setClipRect(square)
            is_known = frame.walk is None or frame.walk.is_computed
            if frame.image is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.setOpacity(SOFT if is_known else SOFT * PALE)
                painter.drawImage(square, self._picture.image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(1.0 if is_known else PALE)
            if frame.walk is not None and frame.walk.before is not None:
                self._paint_grid(painter, frame.walk.before, 0.25)
            self._paint_grid(painter, frame.grid, 0.5)
            shapes = [overlay.polygon(self.projection, line) for line in frame.decision]
            overlay.paint_lines(painter, frame.decision, shapes, -1)
            self._paint_points(painter, frame, ratio)
            place = self._place_of(self.example)
            if place is not None:
                overlay.paint_example(painter, place, diameter_for(len(frame.points.positions)))
            painter.setClipping(False)
            overlay.paint_frame(painter, square, focused=False)

    def _paint_points(self, painter: QPainter, frame: HiddenSpaceFrame, ratio: float) -> None:
        """Draw the points; in a walk, the batch over the others, which are pale."""
        walk = frame.walk
        if not self._layers or self._layers[0].devicePixelRatio() != ratio:
            parts = (frame.points,) if walk is None else (_part(frame, ~walk.is_batch), _part(frame, walk.is_batch))
            size = self.size()
            self._layers = [point_layer(part, self.projection, size, ratio, with_test=True) for part in parts]
        painter.setOpacity(1.0 if walk is None else PALE)
        painter.drawImage(0, 0, self._layers[0])
        painter.setOpacity(1.0)
        if walk is None:
            return
        self._paint_arrows(painter, walk)
        places = self.projection.many(frame.points.positions[walk.is_batch]).tolist()
        overlay.paint_batch(painter, [QPointF(x, y) for x, y in places], diameter_for(len(places)))
        painter.drawImage(0, 0, self._layers[1])

    def _paint_arrows(self, painter: QPainter, walk: HiddenWalk) -> None:
        """Draw the arrows; one shorter than its head is a line."""
        theme = style.current()
        colour = theme.gradient if walk.arrow_kind == "gradient" else theme.text
        starts, ends = self.projection.many(walk.arrows[:, 0]), self.projection.many(walk.arrows[:, 1])
        painter.setPen(QPen(QColor(colour), 1.8 * theme.scale, c=Qt.PenCapStyle.RoundCap))
        for start, end in zip(starts, ends, strict=True):
            painter.drawPolyline([QPointF(*place) for place in _arrow(start, end, HEAD * theme.scale).tolist()])

    def _paint_grid(self, painter: QPainter, grid: Floats, strength: float) -> None:
        theme = style.current()
        half = len(grid) // 2
        colour = style.blend(theme.text, theme.panel, strength)
        for i, line in enumerate(grid):
            painter.setPen(QPen(colour, theme.scale, _STROKES[i >= half]))
            places = self.projection.many(line)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))

    def _place_of(self, index: int | None) -> QPointF | None:
        if index is None or self.frame is None:
            return None
        found = np.flatnonzero(self.frame.indices == index)
        if not len(found):
            return None
        return self.projection.to_screen(*self.frame.points.positions[found[0]].tolist())

    # ---- Qt --------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the nearest point within reach."""
        if self.frame is None or event.button() != Qt.MouseButton.LeftButton or not len(self.frame.indices):
            return
        at = event.position()
        away = self.projection.many(self.frame.points.positions) - (at.x(), at.y())
        squared = np.einsum("ij,ij->i", away, away)
        nearest = int(np.argmin(squared))
        if squared[nearest] <= REACH**2:
            self.point_clicked.emit(int(self.frame.indices[nearest]))


def _part(frame: HiddenSpaceFrame, chosen: NDArray[np.bool_]) -> Points:
    points = frame.points
    levels = None if points.levels is None else points.levels[chosen]
    return replace(
        points,
        positions=points.positions[chosen],
        classes=points.classes[chosen],
        is_test=points.is_test[chosen],
        levels=levels,
    )


def _arrow(start: Floats, end: Floats, head: float) -> Floats:
    """Return the shaft and then the two barbs as one line."""
    along = end - start
    length = float(np.hypot(*along))
    if length < head:
        return np.stack((start, end))
    along /= length
    aside = np.array((-along[1], along[0])) * 0.5
    return np.stack((start, end, end - head * (along + aside), end, end - head * (along - aside)))
