"""Draws the network: edges, tiles, biases and the loss node, from prepared values only.

Pens are opaque and few (a sign times eight levels), positive edges are curves, negative ones dashes;
tiles come from one image per column. Nothing is computed here but colours.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from widgets.network_graph import kinds
from widgets.network_graph.curves import DASH, GAP, EdgeLines
from widgets.network_graph.edges import BROKEN, LEVELS, PRUNED, GraphEdges, LayerEdges
from widgets.network_graph.layout import ColumnPlace, GraphLayout
from widgets.style import numbers, style
from widgets.style.paint_ratio import is_vector
from widgets.values import BIAS, LOSS, EdgeKey, MapKind, NetworkDiagram, NetworkFrame, NodeKey

_Place = tuple[int, int]


class GraphPainter:
    """Keeps what does not change between frames (lines, images, pens) and draws the rest."""

    def __init__(self) -> None:
        self._lines: dict[int, EdgeLines] = {}
        self._images: list[tuple[QImage, object] | None] = []
        self._dots: dict[tuple[int, float, str, float], QPixmap] = {}
        self._curved = True

    def forget_lines(self) -> None:
        """Drop the kept lines: the layout has changed."""
        self._lines.clear()

    def forget_images(self) -> None:
        """Drop the kept tile images: the maps or what is shown of them have changed."""
        self._images.clear()

    def forget_colours(self) -> None:
        """Drop everything that holds colours: the theme has changed."""
        self._images.clear()
        self._dots.clear()

    def lines(self, layer: LayerEdges, *, curved: bool) -> EdgeLines:
        """Return the kept lines of `layer`."""
        if curved != self._curved:
            self._lines.clear()
            self._curved = curved
        if layer.layer not in self._lines:
            self._lines[layer.layer] = EdgeLines(layer, curved=curved)
        return self._lines[layer.layer]

    # ---- edges ---------------------------------------------------------------------------------

    def edges(
        self,
        painter: QPainter,
        layout: GraphLayout,
        edges: GraphEdges,
        frame: NetworkFrame,
        layers: Iterable[LayerEdges] | None = None,
    ) -> None:
        """Draw every shown edge, or those of `layers`, in the pen of its code, the faintest first; unknown as grey."""
        by_code: dict[int, list[tuple[EdgeLines, list[_Place]]]] = defaultdict(list)
        for layer in edges.layers if layers is None else layers:
            lines = self.lines(layer, curved=edges.curved)
            rows, sources = np.nonzero(layer.shown)
            codes = layer.codes[rows, sources].tolist() if frame.knows(layer.layer) else [0] * len(rows)
            places: dict[int, list[_Place]] = defaultdict(list)
            for code, row, source in zip(codes, rows.tolist(), sources.tolist(), strict=True):
                places[code].append((row, source))
            for code, found in places.items():
                by_code[code].append((lines, found))
        widest = _widest(layout, edges)
        for code in sorted(by_code, key=lambda code: (abs(code), code)):
            painter.setPen(edge_pen(code, widest, kinds.edge_colours(frame)))
            for lines, found in by_code[code]:
                _draw_edges(painter, lines, found, dashed=code < 0, curved=edges.curved)

    def highlight(
        self, painter: QPainter, layout: GraphLayout, edges: GraphEdges, frame: NetworkFrame, keys: Iterable[EdgeKey]
    ) -> None:
        """Draw `keys` again in full colour, whether or not they are among the strongest."""
        widest = _widest(layout, edges)
        for key in keys:
            layer = edges.layers[key.layer - 1]
            place = layer.place(key)
            if place is None or key.source == BIAS or not frame.knows(key.layer):
                continue
            code = int(layer.codes[place])
            painter.setPen(edge_pen(code, widest, kinds.edge_colours(frame), vivid=True))
            lines = self.lines(layer, curved=edges.curved)
            _draw_edges(painter, lines, [place], dashed=code < 0, curved=edges.curved)

    def edge_ring(self, painter: QPainter, layout: GraphLayout, edges: GraphEdges, key: EdgeKey, colour: str) -> None:
        """Lay a `colour` halo and a panel-coloured gap under an edge, or a ring round a bias dot."""
        layer = edges.layers[key.layer - 1]
        place = layer.place(key)
        if place is None:
            return
        if key.source == BIAS:
            radius = layout.columns[key.layer].dot + 3.0
            painter.setPen(QPen(QColor(colour), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(layout.bias_dot(NodeKey(key.layer, key.target), key.piece), radius, radius)
            return
        width = _pen_width(int(layer.codes[place]), _widest(layout, edges))
        path = self.lines(layer, curved=edges.curved).path(*place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour_of, extra in ((colour, 7.0), (style.current().panel, 4.0)):
            flat = Qt.PenCapStyle.FlatCap
            painter.setPen(QPen(QColor(colour_of), width + extra, Qt.PenStyle.SolidLine, flat))
            painter.drawPath(path)

    def to_loss(self, painter: QPainter, layout: GraphLayout) -> None:
        """Draw the lines from the outputs to the loss node."""
        theme, place, box = style.current(), layout.columns[-1], layout.loss_box
        painter.setPen(QPen(style.blend(theme.secondary, theme.panel, 0.6), 1.2))
        centre = box.center().y()
        room = box.height() / 2.0 - style.RADIUS
        for y in place.ys:
            end = centre + max(-room, min(room, y - centre))
            painter.drawLine(QLineF(place.right, y, box.left(), end))

    # ---- nodes ---------------------------------------------------------------------------------

    def tiles(self, painter: QPainter, layout: GraphLayout, diagram: NetworkDiagram, frame: NetworkFrame) -> None:
        """Draw every shown unit's map, its border, and a cross over what is dropped."""
        theme = style.current()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for layer, place in enumerate(layout.columns):
            image = self._image(layer, place, frame) if frame.knows(layer) else None
            squares = [layout.tile(NodeKey(layer, unit)) for unit in range(place.first, place.last)]
            if image is not None:
                size = image.width()
                whole = is_vector(painter)  # an SVG writer ignores which part of an image is asked for
                for index, square in enumerate(squares):
                    if whole:
                        painter.drawImage(square, image.copy(0, index * size, size, size))
                    else:
                        painter.drawImage(square, image, QRectF(0.0, index * size, size, size))
            painter.setBrush(Qt.BrushStyle.NoBrush if image is not None else QColor(theme.window))
            painter.setPen(QPen(style.blend(theme.secondary, theme.panel, 0.7 if image is not None else 0.35), 1.0))
            painter.drawRects([square.adjusted(0.0, 0.0, -1.0, -1.0) for square in squares])
            if diagram.columns[layer].pieces > 1:
                _piece_ticks(painter, place, squares, diagram.columns[layer].pieces)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key in frame.dropped:
            if layout.is_shown(key):
                _cross_out(painter, layout.tile(key))

    def biases(
        self, painter: QPainter, layout: GraphLayout, edges: GraphEdges, frame: NetworkFrame, ratio: float = 0.0
    ) -> None:
        """Draw each bias as a dot coloured by sign, a negative one with a minus; with a `ratio` from kept pictures."""
        colours = kinds.edge_colours(frame)
        for layer in edges.layers:
            if not frame.knows(layer.layer):
                continue
            place = layout.columns[layer.layer]
            away = QPointF(place.dot + 1.0, place.dot + 1.0)
            for row, code in enumerate(layer.bias_codes.tolist()):
                key = layer.key(row, 0)
                centre = layout.bias_dot(NodeKey(key.layer, key.target), key.piece)
                if ratio:
                    painter.drawPixmap(centre - away, self._dot_picture(code, place.dot, colours, ratio))
                else:
                    _draw_dot(painter, centre, place.dot, code, colours)

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
        painter.setFont(style.sans(8.5))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, diagram.loss_label)
        painter.setPen(QColor(theme.text))
        painter.setFont(style.mono(9.5, bold=True))
        value = None if frame is None else frame.loss
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, "" if value is None else numbers.four(value))

    def ring(self, painter: QPainter, layout: GraphLayout, key: NodeKey, colour: str, *, dashed: bool = False) -> None:
        """Draw a ring round a node with a gap of 2 px from the map inside it."""
        square = layout.tile(key).adjusted(-3.5, -3.5, 3.5, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        gap = QPen(QColor(style.current().panel), 2.5)
        painter.setPen(gap)
        painter.drawRoundedRect(layout.tile(key).adjusted(-1.5, -1.5, 1.5, 1.5), 2.0, 2.0)
        painter.setPen(QPen(QColor(colour), (3.0 if not dashed else 1.5) * style.current().scale, _pen_style(dashed)))
        painter.drawRoundedRect(square, 5.0 if key != LOSS else 11.0, 5.0 if key != LOSS else 11.0)

    def _dot_picture(self, code: int, radius: float, kind: MapKind, ratio: float) -> QPixmap:
        sort = (code if code in (0, BROKEN, PRUNED) else (code > 0) - (code < 0), radius, kind, ratio)
        kept = self._dots.get(sort)
        if kept is None:
            side = math.ceil((2.0 * radius + 2.0) * ratio)
            kept = self._dots[sort] = QPixmap(side, side)
            kept.setDevicePixelRatio(ratio)
            kept.fill(Qt.GlobalColor.transparent)
            painter = QPainter(kept)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw_dot(painter, QPointF(radius + 1.0, radius + 1.0), radius, code, kind)
            painter.end()
        return kept

    def _image(self, layer: int, place: ColumnPlace, frame: NetworkFrame) -> QImage | None:
        if layer >= len(frame.maps) or not len(frame.maps[layer]):
            return None
        while len(self._images) <= layer:
            self._images.append(None)
        kept = self._images[layer]
        if kept is None:
            kept = self._images[layer] = _atlas(
                frame.maps[layer][place.first : place.last], kinds.neuron_colours(frame)
            )
        return kept[0]


def edge_pen(code: int, widest: float, kind: MapKind, *, vivid: bool = False) -> QPen:
    """Return the opaque pen of a code: colour by sign, width and strength by level."""
    return _edge_pen(code, widest, kind, vivid, style.current())


@lru_cache(maxsize=512)
def _edge_pen(code: int, widest: float, kind: MapKind, vivid: bool, theme: style.Theme) -> QPen:
    if code == BROKEN:
        return QPen(QColor(theme.warning), 2.0 * theme.scale)
    if code == PRUNED:
        share = 0.8 if vivid else 0.5
        return QPen(style.blend(theme.secondary, theme.panel, share), 1.2 * theme.scale, Qt.PenStyle.DotLine)
    if code == 0:
        return QPen(style.blend(theme.secondary, theme.panel, 0.6 if vivid else 0.3), theme.scale)
    colour = _sign_colour(code, kind, theme)
    share = 1.0 if vivid else 0.45 + 0.2 * abs(code) / LEVELS
    width = (_pen_width(code, widest) + (0.6 if vivid else 0.0)) * theme.scale
    pen = QPen(style.blend(colour, theme.panel, share), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _sign_colour(code: int, kind: MapKind, theme: style.Theme) -> str:
    if kind == "gradient":
        return theme.gradient_positive if code > 0 else theme.gradient_negative
    return theme.positive if code > 0 else theme.negative


def _draw_dot(painter: QPainter, centre: QPointF, radius: float, code: int, kind: MapKind) -> None:
    panel = QColor(style.current().panel)
    if code == PRUNED:
        painter.setPen(QPen(QColor(style.current().secondary), 1.0, Qt.PenStyle.DotLine))
        painter.setBrush(panel)
        painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
        return
    painter.setPen(QPen(panel, 1.0))
    painter.setBrush(_dot_colour(code, kind))
    painter.drawEllipse(centre, radius, radius)
    if code < 0 and radius >= 3.0:
        painter.setPen(QPen(panel, 1.4))
        half = QPointF(radius * 0.5, 0.0)
        painter.drawLine(centre - half, centre + half)


def _dot_colour(code: int, kind: MapKind) -> QColor:
    theme = style.current()
    if code in (0, BROKEN):
        return QColor(theme.warning if code else theme.secondary)
    return QColor(_sign_colour(code, kind, theme))


def _pen_width(code: int, widest: float) -> float:
    return 1.0 + (widest - 1.0) * (min(abs(code), LEVELS) - 1) / (LEVELS - 1) if code not in (0, PRUNED) else 1.0


def _widest(layout: GraphLayout, edges: GraphEdges) -> float:
    smallest = min(place.tile for place in layout.columns)
    return min(max(smallest * 0.16, 2.0), 6.5 if edges.curved else 3.0)


def _pen_style(dashed: bool) -> Qt.PenStyle:
    return Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine


def _draw_edges(painter: QPainter, lines: EdgeLines, places: list[_Place], *, dashed: bool, curved: bool) -> None:
    if dashed and not curved:
        pen = painter.pen()
        pen.setDashPattern([DASH / pen.widthF(), GAP / pen.widthF()])
        painter.setPen(pen)
        painter.drawLines([lines.line(*place) for place in places])
    elif dashed:
        painter.drawLines([dash for place in places for dash in lines.dashes(*place)])
    elif curved:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in places:
            painter.drawPath(lines.path(*place))
    else:
        painter.drawLines([lines.line(*place) for place in places])


def _atlas(maps: np.ndarray, kind: MapKind) -> tuple[QImage, object]:
    """Return the maps of one column under each other as an image, and the array it lives in."""
    table = style.gradient_table() if kind == "gradient" else style.value_table()
    units, size = maps.shape[0], maps.shape[1]
    pixels = np.take(table, maps.reshape(units * size, size))
    return QImage(pixels.data, size, units * size, size * 4, QImage.Format.Format_RGB32), pixels


def _piece_ticks(painter: QPainter, place: ColumnPlace, squares: list[QRectF], pieces: int) -> None:
    """Mark where the edges of each Maxout piece arrive."""
    from_left = [
        QLineF(square.left() - 3.0, y, square.left() + 1.0, y)
        for square in squares
        for y in (square.center().y() + (p - (pieces - 1) / 2.0) * place.tile * 0.7 / pieces for p in range(pieces))
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
