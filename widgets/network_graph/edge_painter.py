"""Draws the edges and biases of the network: positive edges are curves, negative ones dashes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from widgets.network_graph import kinds
from widgets.network_graph.curves import DASH, GAP, EdgeLines
from widgets.network_graph.edges import BROKEN, PRUNED, GraphEdges, LayerEdges
from widgets.network_graph.layout import GraphLayout
from widgets.network_graph.pens import draw_dot, edge_pen, pen_width
from widgets.style import style
from widgets.values import BIAS, EdgeKey, MapKind, NetworkFrame, NodeKey

_Place = tuple[int, int]


class EdgePainter:
    """Keeps lines and bias dots between frames and draws the edges with them."""

    def __init__(self) -> None:
        self._lines: dict[int, EdgeLines] = {}
        self._dots: dict[int, tuple[object, QPointF, QPixmap]] = {}
        self._curved = True

    def forget_lines(self) -> None:
        """Drop the kept lines: the layout has changed."""
        self._lines.clear()
        self._dots.clear()

    def forget_colours(self) -> None:
        """Drop what holds colours: the theme has changed."""
        self._dots.clear()

    def lines(self, layer: LayerEdges, *, curved: bool) -> EdgeLines:
        """Return the kept lines of `layer`."""
        if curved != self._curved:
            self._lines.clear()
            self._curved = curved
        if layer.layer not in self._lines:
            self._lines[layer.layer] = EdgeLines(layer, curved=curved)
        return self._lines[layer.layer]

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
        width = pen_width(int(layer.codes[place]), _widest(layout, edges))
        path = self.lines(layer, curved=edges.curved).path(*place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour_of, extra in ((colour, 7.0), (style.current().panel, 4.0)):
            flat = Qt.PenCapStyle.FlatCap
            painter.setPen(QPen(QColor(colour_of), width + extra, Qt.PenStyle.SolidLine, flat))
            painter.drawPath(path)

    def biases(
        self, painter: QPainter, layout: GraphLayout, edges: GraphEdges, frame: NetworkFrame, ratio: float = 0.0
    ) -> None:
        """Draw each bias as a dot coloured by sign, a negative one with a minus; with a `ratio` from kept pictures."""
        colours = kinds.edge_colours(frame)
        for layer in edges.layers:
            if not frame.knows(layer.layer):
                continue
            if ratio:
                painter.drawPixmap(*self._dots_picture(layout, layer, colours, ratio))
            else:
                _draw_dots(painter, layout, layer, colours)

    def _dots_picture(
        self, layout: GraphLayout, layer: LayerEdges, kind: MapKind, ratio: float
    ) -> tuple[QPointF, QPixmap]:
        """Return all dots of a layer and where they belong; from one frame to the next few signs change."""
        codes = layer.bias_codes
        is_sort = (codes == BROKEN) | (codes == PRUNED)
        looks = np.where(is_sort, codes, np.sign(codes)).tobytes(), kind, ratio
        kept = self._dots.get(layer.layer)
        if kept is None or kept[0] != looks:
            place = layout.columns[layer.layer]
            first, last = layer.key(0, 0), layer.key(len(codes) - 1, 0)
            ends = [layout.bias_dot(NodeKey(key.layer, key.target), key.piece) for key in (first, last)]
            away = place.dot + 1.0
            box = QRectF(*ends).normalized().adjusted(-away, -away, away, away)
            left, top = math.floor(box.left() * ratio), math.floor(box.top() * ratio)
            picture = QPixmap(math.ceil(box.right() * ratio) - left, math.ceil(box.bottom() * ratio) - top)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            at = QPointF(left / ratio, top / ratio)
            with QPainter(picture) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.translate(-at)
                _draw_dots(painter, layout, layer, kind)
            kept = self._dots[layer.layer] = looks, at, picture
        return kept[1], kept[2]


def _draw_dots(painter: QPainter, layout: GraphLayout, layer: LayerEdges, kind: MapKind) -> None:
    radius = layout.columns[layer.layer].dot
    for row, code in enumerate(layer.bias_codes.tolist()):
        key = layer.key(row, 0)
        draw_dot(painter, layout.bias_dot(NodeKey(key.layer, key.target), key.piece), radius, code, kind)


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


def _widest(layout: GraphLayout, edges: GraphEdges) -> float:
    smallest = min(place.tile for place in layout.columns)
    return min(max(smallest * 0.16, 2.0), 6.5 if edges.curved else 3.0)
