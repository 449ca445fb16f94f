"""Draws the edges of the network: positive edges are curves, negative ones dashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.network_graph import kinds
from widgets.network_graph.curves import DASH, GAP, EdgeLines
from widgets.network_graph.edges import GraphEdges, LayerEdges
from widgets.network_graph.layout import GraphLayout
from widgets.network_graph.pens import edge_pen, pen_width
from widgets.style import style
from widgets.values import BIAS, EdgeKey, MapKind, NetworkFrame, NodeKey

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge as it is drawn."""

    pen: QPen
    lines: EdgeLines
    place: _Place
    dashed: bool
    curved: bool

    def is_thin(self, ratio: float) -> bool:
        """Return whether Qt draws it in another, faster way, which paints some of its pixels twice."""
        return not self.dashed and self.pen.widthF() * ratio <= 1.0

    def draw(self, painter: QPainter) -> None:
        """Draw it."""
        painter.setPen(self.pen)
        _draw_edges(painter, self.lines, [self.place], dashed=self.dashed, curved=self.curved)

    def pixels(self, ratio: float) -> QRect:
        """Return which pixels of the view it may touch."""
        line, away = self.lines.line(*self.place), self.pen.widthF() / 2.0 + 2.0
        box = QRectF(line.p1(), line.p2()).normalized().adjusted(-away, -away, away, away)
        return QRectF(box.topLeft() * ratio, box.bottomRight() * ratio).toAlignedRect()


class EdgePainter:
    """Keeps lines between frames and draws the edges with them."""

    def __init__(self) -> None:
        self._lines: dict[int, EdgeLines] = {}
        self._curved = True

    def forget_lines(self) -> None:
        """Drop the kept lines: the layout has changed."""
        self._lines.clear()

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

    def reach(self, layout: GraphLayout, edges: GraphEdges) -> float:
        """Return how far the widest edge reaches to each side of its line."""
        return _widest(layout, edges) * style.current().scale / 2.0 + 2.0

    def edge(
        self,
        layout: GraphLayout,
        edges: GraphEdges,
        layer: LayerEdges,
        place: _Place,
        code: int,
        kind: MapKind,
        *,
        vivid: bool = False,
    ) -> Edge:
        """Return the edge at a place of `layer` as its `code` looks."""
        pen = edge_pen(code, _widest(layout, edges), kind, vivid=vivid)
        return Edge(pen, self.lines(layer, curved=edges.curved), place, code < 0, edges.curved)

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
