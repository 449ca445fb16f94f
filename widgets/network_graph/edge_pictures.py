"""Kept pictures of the edges between two columns: from one frame to the next few edges come to look different.

Where they are few enough for curves, only the rows of pixels are drawn again that those run through.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform

from widgets.network_graph import kinds
from widgets.network_graph.edge_painter import EdgePainter
from widgets.network_graph.edge_stamps import EdgeStamps, Ground
from widgets.network_graph.edges import Bools, Codes, GraphEdges, LayerEdges
from widgets.network_graph.layout import GraphLayout
from widgets.style import style
from widgets.values import MapKind, NetworkFrame


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """All that the pictures depend on beside the codes of the edges."""

    layout: GraphLayout
    edges: GraphEdges
    frame: NetworkFrame
    view: QRectF
    ratio: float

    @property
    def colours(self) -> MapKind:
        return kinds.edge_colours(self.frame)

    def codes(self, layer: LayerEdges) -> Codes:
        """Return how the edges of a layer look; what is not yet computed is grey."""
        return layer.codes if self.frame.knows(layer.layer) else np.zeros_like(layer.codes)

    def part_of(self, layer: LayerEdges) -> QRect:
        """Return which pixels of the view the edges of `layer` may touch; invalid where they are outside it."""
        left, right = floor((layer.x0 - 1.0) * self.ratio), ceil((layer.x1 + 1.0) * self.ratio)
        whole = QRectF(self.view.topLeft() * self.ratio, self.view.bottomRight() * self.ratio).toAlignedRect()
        return whole & QRect(left, whole.top(), right - left, whole.height())


@dataclass(slots=True, eq=False)
class _Picture:
    """The picture of one layer, and which edges it shows."""

    part: QRect
    curved: bool
    colours: MapKind
    codes: Codes
    shown: Bools
    pixmap: QPixmap

    def fits(self, sight: _Sight, part: QRect) -> bool:
        """Return whether the edges have the same lines and colours, whichever of them look different."""
        kept = self.part, self.curved, self.colours, self.pixmap.devicePixelRatio()
        return kept == (part, sight.edges.curved, sight.colours, sight.ratio)


class EdgePictures:
    """Keeps a picture for each layer, drawn with `painter`."""

    def __init__(self, painter: EdgePainter) -> None:
        self._painter = painter
        self._pictures: dict[int, _Picture] = {}
        self._stamps = EdgeStamps()
        self._stamped: tuple[float, MapKind] | None = None

    def forget(self) -> None:
        """Drop everything kept: the layout or the theme has changed."""
        self._pictures.clear()
        self._stamps.forget()

    def draw(
        self, painter: QPainter, layout: GraphLayout, edges: GraphEdges, frame: NetworkFrame, view: QRectF, ratio: float
    ) -> None:
        """Draw all edges in the `view` from pictures for the device `ratio`."""
        sight = _Sight(layout, edges, frame, view, ratio)
        for layer in edges.layers:
            part = sight.part_of(layer)
            if part.isValid():
                painter.drawPixmap(QPointF(part.topLeft()) / ratio, self._picture(sight, layer, part))

    def _picture(self, sight: _Sight, layer: LayerEdges, part: QRect) -> QPixmap:
        kept, codes = self._pictures.get(layer.layer), sight.codes(layer)
        if kept is not None and kept.fits(sight, part):
            changed = (kept.codes != codes) | (kept.shown != layer.shown)
            if not changed.any():
                return kept.pixmap
            if kept.curved:
                self._redraw(sight, layer, kept, changed)
                kept.codes, kept.shown = codes, layer.shown
                return kept.pixmap
        pixmap = self._drawn(sight, layer, part)
        self._pictures[layer.layer] = _Picture(part, sight.edges.curved, sight.colours, codes, layer.shown, pixmap)
        return pixmap

    def _drawn(self, sight: _Sight, layer: LayerEdges, part: QRect) -> QPixmap:
        pixmap = QPixmap(part.size())
        pixmap.setDevicePixelRatio(sight.ratio)
        pixmap.fill(QColor(style.current().panel))
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-(QPointF(part.topLeft()) / sight.ratio))
            self._painter.edges(painter, sight.layout, sight.edges, sight.frame, (layer,))
        return pixmap

    def _redraw(self, sight: _Sight, layer: LayerEdges, kept: _Picture, changed: Bools) -> None:
        """Draw the rows again that the `changed` edges run through: all edges in them, the faintest first."""
        if self._stamped != (sight.ratio, sight.colours):
            self._stamped = sight.ratio, sight.colours
            self._stamps.forget()
        away = self._painter.reach(sight.layout, sight.edges)
        tops = np.floor((np.minimum(layer.y1[:, None], layer.y0[None, :]) - away) * sight.ratio)
        bottoms = np.ceil((np.maximum(layer.y1[:, None], layer.y0[None, :]) + away) * sight.ratio)
        top, bottom = int(tops[changed].min()), int(bottoms[changed].max())
        rows, sources = np.nonzero(layer.shown & (tops < bottom) & (bottoms > top))
        codes = sight.codes(layer)[rows, sources]
        order = np.lexsort((codes, np.abs(codes)))
        again = QRect(0, top - kept.part.top(), kept.part.width(), bottom - top) & kept.pixmap.rect()
        left, up = kept.part.left(), kept.part.top()
        dots = QTransform.fromTranslate(-left, -up)
        points = QTransform(sight.ratio, 0.0, 0.0, sight.ratio, -left, -up)
        scratch, ground = QPixmap(kept.part.size()), Ground(kept.part, sight.ratio)
        with QPainter(scratch) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(again, QColor(style.current().panel))
            painter.setTransform(dots)
            for row, source, code in zip(*(array[order].tolist() for array in (rows, sources, codes)), strict=True):
                cell = layer.layer, row, source
                pieces = self._stamps.kept(cell, code)
                if pieces is None:
                    edge = self._painter.edge(sight.layout, sight.edges, layer, (row, source), code, sight.colours)
                    if edge.is_thin(sight.ratio):
                        painter.setTransform(points)
                        edge.draw(painter)
                        painter.setTransform(dots)
                        continue
                    pieces = self._stamps.make(cell, code, ground, edge.pixels(sight.ratio), edge.draw)
                for at, image in pieces:
                    painter.drawImage(at, image)
        kept.pixmap.setDevicePixelRatio(1.0)
        with QPainter(kept.pixmap) as painter:
            painter.drawPixmap(again.topLeft(), scratch, again)
        kept.pixmap.setDevicePixelRatio(sight.ratio)
