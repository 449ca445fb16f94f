"""Locks on what training leaves as it is: one on a unit whose weights are all frozen, else one on each edge."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.network_graph import navigation
from widgets.network_graph.curves import heights
from widgets.network_graph.edges import GraphEdges, LayerEdges
from widgets.network_graph.layout import GraphLayout
from widgets.style import style
from widgets.values import BIAS, EdgeKey, NetworkDiagram, NetworkFrame, NodeKey

_WHERE = 0.8
_SIZE = 8.0
MOST = 400


def whole_units(diagram: NetworkDiagram, keys: frozenset[EdgeKey]) -> frozenset[NodeKey]:
    """Return the units all of whose weights and biases are among `keys`."""
    units = {NodeKey(key.layer, key.target) for key in keys}
    return frozenset(unit for unit in units if keys.issuperset(navigation.edges_into(diagram, unit)))


def draw_locks(
    painter: QPainter, layout: GraphLayout, diagram: NetworkDiagram, edges: GraphEdges, frame: NetworkFrame
) -> None:
    """Draw a lock at each frozen edge, bias or whole unit that is on screen; many locks would say nothing."""
    units = whole_units(diagram, frame.frozen)
    for unit in units:
        if layout.is_shown(unit):
            tile = layout.tile(unit)
            _lock(painter, tile.bottomRight() - QPointF(0.0, _SIZE / 2.0))
    single = [key for key in frame.frozen if NodeKey(key.layer, key.target) not in units]
    for key in single[:MOST]:
        place = _place(layout, edges, key)
        if place is not None:
            _lock(painter, place)


def _place(layout: GraphLayout, edges: GraphEdges, key: EdgeKey) -> QPointF | None:
    if not 0 < key.layer <= len(edges.layers):
        return None
    layer = edges.layers[key.layer - 1]
    place = layer.place(key)
    if place is None:
        return None
    if key.source == BIAS:
        dot = layout.bias_dot(NodeKey(key.layer, key.target), key.piece)
        return dot - QPointF(0.0, layout.columns[key.layer].dot + _SIZE * 0.6)
    return _on_edge(layer, place, curved=edges.curved) if layer.shown[place] else None


def _on_edge(layer: LayerEdges, place: tuple[int, int], *, curved: bool) -> QPointF:
    x = layer.x0 + _WHERE * (layer.x1 - layer.x0)
    y, _ = heights(layer, x, curved=curved)
    return QPointF(x, float(y[place]))


def _lock(painter: QPainter, centre: QPointF) -> None:
    theme = style.current()
    half = _SIZE / 2.0
    body = QRectF(centre.x() - half, centre.y() - half * 0.3, _SIZE, half * 1.4)
    painter.setPen(QPen(QColor(theme.panel), 3.0))
    painter.setBrush(QColor(theme.panel))
    painter.drawEllipse(centre, half, half)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.text), 1.3))
    painter.drawArc(QRectF(centre.x() - half * 0.6, centre.y() - half * 1.2, half * 1.2, half * 1.7), 0, 180 * 16)
    painter.setPen(QPen(QColor(theme.text), 1.0))
    painter.setBrush(QColor(theme.text))
    painter.drawRect(body.adjusted(0.5, 0.5, -0.5, -0.5))
