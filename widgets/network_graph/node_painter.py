"""Draws the nodes of the network: the map of every unit, the loss node, and rings round them."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap

from widgets.network_graph import kinds
from widgets.network_graph.layout import ColumnPlace, GraphLayout, port_offset
from widgets.style import colour_tables, numbers, style
from widgets.style.paint_ratio import is_on_pixels, is_vector
from widgets.values import LOSS, MapKind, NetworkDiagram, NetworkFrame, NodeKey


class NodePainter:
    """Keeps one image per column, which holds the maps of its units, and draws the nodes with them."""

    def __init__(self) -> None:
        self._images: list[tuple[QImage, object] | None] = []
        self._places: tuple[GraphLayout, list[list[QRectF]]] | None = None
        self._borders: dict[int, tuple[tuple[object, ...], QPointF, QPixmap]] = {}

    def forget_colours(self) -> None:
        """Drop what holds colours: the theme has changed."""
        self._borders.clear()
        self.forget_images()

    def forget_images(self) -> None:
        """Drop the kept images: the maps, their colours or what is shown of them have changed."""
        self._images.clear()

    def tiles(
        self, painter: QPainter, layout: GraphLayout, diagram: NetworkDiagram, frame: NetworkFrame, ratio: float = 0.0
    ) -> None:
        """Draw every shown unit's map, its border, and a cross over what is dropped; `ratio` keeps the borders."""
        keeps_borders = ratio > 0.0 and is_on_pixels(painter)
        whole = is_vector(painter)  # an SVG writer ignores which part of an image is asked for
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for layer, place in enumerate(layout.columns):
            image = self._image(layer, place, frame) if frame.knows(layer) else None
            squares = self._squares(layout)[layer]
            if image is not None:
                size = image.width()
                for index, square in enumerate(squares):
                    if whole:
                        painter.drawImage(square, image.copy(0, index * size, size, size))
                    else:
                        painter.drawImage(square, image, QRectF(0.0, index * size, size, size))
            if keeps_borders and image is not None and squares:
                painter.drawPixmap(*self._bordered(layer, squares, ratio))
            else:
                _draw_borders(painter, squares, is_filled=image is None)
            if diagram.columns[layer].pieces > 1:
                _piece_ticks(painter, place, squares, diagram.columns[layer].pieces)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key in frame.dropped:
            if layout.is_shown(key):
                _cross_out(painter, layout.tile(key))

    def _bordered(self, layer: int, squares: list[QRectF], ratio: float) -> tuple[QPointF, QPixmap]:
        """Return a picture of the borders of a column, kept because redrawing them is slow, and its place."""
        looks = squares[0].getRect(), squares[-1].getRect(), len(squares), ratio
        kept = self._borders.get(layer)
        if kept is None or kept[0] != looks:
            whole = squares[0].united(squares[-1])
            left, top = floor((whole.left() - 1.0) * ratio), floor((whole.top() - 1.0) * ratio)
            right, bottom = ceil((whole.right() + 1.0) * ratio), ceil((whole.bottom() + 1.0) * ratio)
            picture = QPixmap(right - left, bottom - top)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            at = QPointF(left / ratio, top / ratio)
            with QPainter(picture) as painter:
                painter.translate(-at)
                _draw_borders(painter, squares, is_filled=False)
            kept = self._borders[layer] = looks, at, picture
        return kept[1], kept[2]

    def _squares(self, layout: GraphLayout) -> list[list[QRectF]]:
        """Return the square of every shown unit, column by column; they stay until the layout is another."""
        if self._places is None or self._places[0] is not layout:
            squares = [
                [layout.tile(NodeKey(layer, unit)) for unit in range(place.first, place.last)]
                for layer, place in enumerate(layout.columns)
            ]
            self._places = layout, squares
        return self._places[1]

    def loss(self, painter: QPainter, layout: GraphLayout, diagram: NetworkDiagram, frame: NetworkFrame | None) -> None:
        """Draw the loss node: a soft box with its name and its number."""
        theme, box = style.current(), layout.loss_box
        painter.setPen(QPen(QColor(theme.gradient), 1.0))
        painter.setBrush(QColor(theme.gradient_soft))
        painter.drawRoundedRect(box, 8.0, 8.0)
        upper, lower = QRectF(box), QRectF(box)
        upper.setBottom(box.center().y() + 1.0)
        lower.setTop(box.center().y() - 1.0)
        painter.setPen(QColor(theme.gradient))
        label = "loss" if frame is None else frame.loss_label
        painter.setFont(_fitting(label, box.width() - 6.0))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, label)
        painter.setPen(QColor(theme.text))
        painter.setFont(style.mono(9.5, bold=True))
        value = None if frame is None else frame.loss
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, "" if value is None else numbers.four(value))

    def to_loss(self, painter: QPainter, layout: GraphLayout) -> None:
        """Draw the lines from the outputs to the loss node."""
        theme = style.current()
        painter.setPen(QPen(style.blend(theme.secondary, theme.panel, 0.6), 1.2))
        painter.drawLines([QLineF(*ends) for ends in layout.to_loss()])

    def ring(self, painter: QPainter, layout: GraphLayout, key: NodeKey, colour: str, *, dashed: bool = False) -> None:
        """Draw a ring round a node with a gap of 2 px from the map inside it."""
        square = layout.tile(key).adjusted(-3.5, -3.5, 3.5, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(style.current().panel), 2.5))
        painter.drawRoundedRect(layout.tile(key).adjusted(-1.5, -1.5, 1.5, 1.5), 2.0, 2.0)
        width, line = (1.5, Qt.PenStyle.DashLine) if dashed else (3.0, Qt.PenStyle.SolidLine)
        painter.setPen(QPen(QColor(colour), width * style.current().scale, line))
        radius = 11.0 if key == LOSS else 5.0
        painter.drawRoundedRect(square, radius, radius)

    def _image(self, layer: int, place: ColumnPlace, frame: NetworkFrame) -> QImage | None:
        if layer >= len(frame.maps) or not len(frame.maps[layer]):
            return None
        while len(self._images) <= layer:
            self._images.append(None)
        kept = self._images[layer]
        if kept is None:
            colours = kinds.NEURON_KINDS[frame.neuron_kind].colours
            kept = self._images[layer] = _atlas(frame.maps[layer][place.first : place.last], colours)
        return kept[0]


def _draw_borders(painter: QPainter, squares: list[QRectF], *, is_filled: bool) -> None:
    theme = style.current()
    painter.setBrush(QColor(theme.window) if is_filled else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(style.blend(theme.secondary, theme.panel, 0.35 if is_filled else 0.7), 1.0))
    painter.drawRects([square.adjusted(0.0, 0.0, -1.0, -1.0) for square in squares])


def _fitting(text: str, width: float) -> QFont:
    """Return the largest of a few fonts in which `text` is no wider than `width`."""
    sizes = (8.5, 8.0, 7.5, 7.0, 6.5)
    return style.sans(next((size for size in sizes if style.sans_room(size).width(text) <= width), sizes[-1]))


def _atlas(maps: np.ndarray, kind: MapKind) -> tuple[QImage, object]:
    """Return the maps of one column under each other as an image, and the array it lives in."""
    table = colour_tables.gradient_table() if kind == "gradient" else colour_tables.value_table()
    units, size = maps.shape[0], maps.shape[1]
    pixels = table.take(maps.reshape(units * size, size))
    return QImage(pixels.data, size, units * size, size * 4, QImage.Format.Format_RGB32), pixels


def _piece_ticks(painter: QPainter, place: ColumnPlace, squares: list[QRectF], pieces: int) -> None:
    """Mark where the edges of each Maxout piece arrive."""
    from_left = [
        QLineF(square.left() - 3.0, y, square.left() + 1.0, y)
        for square in squares
        for y in (square.center().y() + port_offset(place, piece, pieces) for piece in range(pieces))
    ]
    painter.setPen(QPen(QColor(style.current().text), 1.5))
    painter.drawLines(from_left)


def _cross_out(painter: QPainter, square: QRectF) -> None:
    theme = style.current()
    veil = QColor(theme.panel)
    veil.setAlpha(190)
    painter.fillRect(square, veil)
    painter.setPen(QPen(QColor(theme.text), max(1.0, square.width() * 0.05)))
    painter.drawLine(square.topLeft(), square.bottomRight())
    painter.drawLine(square.topRight(), square.bottomLeft())
