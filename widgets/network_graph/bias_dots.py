"""The bias dots of the network: a picture of each column, in which only the dots are exchanged that look different."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from widgets.network_graph import kinds
from widgets.network_graph.edges import BROKEN, PRUNED, Codes, GraphEdges, LayerEdges
from widgets.network_graph.layout import GraphLayout
from widgets.network_graph.pens import draw_dot
from widgets.values import MapKind, NetworkFrame, NodeKey

Pixels = NDArray[np.uint32]
_OUTLINE = 0.5


class BiasDots:
    """Keeps a picture of the dots of every layer."""

    def __init__(self) -> None:
        self._columns: dict[int, _Column] = {}

    def forget(self) -> None:
        """Drop the pictures: the layout or the theme has changed."""
        self._columns.clear()

    def draw(
        self, painter: QPainter, layout: GraphLayout, edges: GraphEdges, frame: NetworkFrame, ratio: float = 0.0
    ) -> None:
        """Draw each bias as a dot coloured by sign, a negative one with a minus; with a `ratio` from kept pictures."""
        kind = kinds.edge_colours(frame)
        for layer in edges.layers:
            if not frame.knows(layer.layer):
                continue
            if ratio:
                painter.drawImage(*self._picture(layout, layer, kind, ratio))
            else:
                places = _places(layout, layer)
                radius = layout.columns[layer.layer].dot
                for place, code in zip(places, layer.bias_codes.tolist(), strict=True):
                    draw_dot(painter, place, radius, code, kind)

    def _picture(self, layout: GraphLayout, layer: LayerEdges, kind: MapKind, ratio: float) -> tuple[QPointF, QImage]:
        """Return all dots of a layer, and where they belong."""
        kept = self._columns.get(layer.layer)
        if kept is None or (kept.kind, kept.ratio) != (kind, ratio):
            radius = layout.columns[layer.layer].dot
            kept = self._columns[layer.layer] = _Column(_places(layout, layer), radius, kind, ratio)
        return kept.at, kept.picture(layer.bias_codes)


class _Column:
    """The dots of one layer: of each sort of dot a picture of the whole column, from which the dots are taken."""

    def __init__(self, places: list[QPointF], radius: float, kind: MapKind, ratio: float) -> None:
        self.kind, self.ratio = kind, ratio
        self._places, self._radius = places, radius
        away = radius + 1.0
        box = QRectF(places[0], places[-1]).normalized().adjusted(-away, -away, away, away)
        left, top = floor(box.left() * ratio), floor(box.top() * ratio)
        self._size = ceil(box.right() * ratio) - left, ceil(box.bottom() * ratio) - top
        self.at = QPointF(left / ratio, top / ratio)
        reach = radius + _OUTLINE
        self._rows = [
            slice(floor((place.y() - reach) * ratio) - top, ceil((place.y() + reach) * ratio) - top) for place in places
        ]
        self._are_apart = all(one.stop <= next_.start for one, next_ in zip(self._rows, self._rows[1:], strict=False))
        self._codes = b""
        self._sorts: Codes | None = None
        self._of_sort: dict[int, Pixels] = {}
        self._pixels: Pixels = np.zeros(self._size[::-1], dtype=np.uint32)
        self._image = QImage()

    def picture(self, codes: Codes) -> QImage:
        """Return the dots of these codes; from one frame to the next few change."""
        if codes.tobytes() == self._codes:
            return self._image
        self._codes, sorts = codes.tobytes(), _sorts(codes)
        if self._are_apart:
            changed = range(len(sorts)) if self._sorts is None else np.flatnonzero(sorts != self._sorts).tolist()
            for index in changed:
                rows, sort = self._rows[index], int(sorts[index])
                self._pixels[rows] = self._all_of(sort)[rows]
        else:
            self._pixels = self._drawn(sorts.tolist())
        self._sorts = sorts
        self._image = _image(self._pixels, self.ratio)
        return self._image

    def _all_of(self, sort: int) -> Pixels:
        """Return the column with all its dots of one sort."""
        if sort not in self._of_sort:
            self._of_sort[sort] = self._drawn([sort] * len(self._places))
        return self._of_sort[sort]

    def _drawn(self, sorts: list[int]) -> Pixels:
        image = QImage(*self._size, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.ratio)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-self.at)
            for place, sort in zip(self._places, sorts, strict=True):
                draw_dot(painter, place, self._radius, sort, self.kind)
        return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(self._size[::-1]).copy()


def _image(pixels: Pixels, ratio: float) -> QImage:
    """Return `pixels` as an image, which lives in them."""
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    return image


def _sorts(codes: Codes) -> Codes:
    """Return what each dot looks like: its sign, or the code of what is no number or pruned."""
    return np.where((codes == BROKEN) | (codes == PRUNED), codes, np.sign(codes))


def _places(layout: GraphLayout, layer: LayerEdges) -> list[QPointF]:
    """Return the centre of each dot."""
    keys = [layer.key(row, 0) for row in range(len(layer.bias_codes))]
    return [layout.bias_dot(NodeKey(key.layer, key.target), key.piece) for key in keys]
