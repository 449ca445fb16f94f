"""What is under the mouse: a bias dot, a tile, the loss node, or the nearest drawn edge."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from widgets.network_graph.curves import heights
from widgets.network_graph.edges import GraphEdges, LayerEdges
from widgets.network_graph.layout import ColumnPlace, GraphLayout
from widgets.values import BIAS, LOSS, EdgeKey, NodeKey

REACH = 5.0


def hit(layout: GraphLayout, edges: GraphEdges | None, at: QPointF) -> NodeKey | EdgeKey | None:
    """Return the node or edge at `at`, None for empty ground; a bias dot lies above its tile."""
    bias = None if edges is None else _bias_at(layout, edges, at)
    node = bias or node_at(layout, at)
    if node is not None or edges is None:
        return node
    return _edge_at(edges, at)


def column_at(layout: GraphLayout, x: float) -> int | None:
    """Return the column whose slot holds abscissa `x`."""
    for layer, place in enumerate(layout.columns):
        if place.slot.left <= x < place.slot.left + place.slot.width:
            return layer
    return None


def node_at(layout: GraphLayout, at: QPointF) -> NodeKey | None:
    """Return the tile or the loss node at `at`; tiny tiles are caught a little beyond their border."""
    if layout.loss_box.contains(at):
        return LOSS
    for layer, place in enumerate(layout.columns):
        if abs(at.x() - place.x) <= place.tile / 2.0 + _margin(place):
            ys = np.array(place.ys)
            nearest = int(np.abs(ys - at.y()).argmin())
            if abs(ys[nearest] - at.y()) <= place.tile / 2.0 + _margin(place):
                return NodeKey(layer, place.first + nearest)
    return None


def _margin(place: ColumnPlace) -> float:
    return 3.0 if place.tile < 14.0 else 0.5


def _bias_at(layout: GraphLayout, edges: GraphEdges, at: QPointF) -> EdgeKey | None:
    for layer in edges.layers:
        place = layout.columns[layer.layer]
        reach = place.dot + 1.5
        if abs(at.x() - place.left) > reach + (2.0 * place.dot + 1.0) * layer.pieces:
            continue
        for row in range(len(layer.y1)):
            key = layer.key(row, 0)
            gap = layout.bias_dot(NodeKey(key.layer, key.target), key.piece) - at
            if gap.x() ** 2 + gap.y() ** 2 <= reach**2:
                return EdgeKey(key.layer, BIAS, key.target, key.piece)
    return None


def _edge_at(edges: GraphEdges, at: QPointF) -> EdgeKey | None:
    for layer in edges.layers:
        if layer.x0 <= at.x() <= layer.x1 and layer.values.size:
            return _nearest(layer, at, curved=edges.curved)
    return None


def _nearest(layer: LayerEdges, at: QPointF, *, curved: bool) -> EdgeKey | None:
    y, slope = heights(layer, at.x(), curved=curved)
    away = np.abs(y - at.y()) / np.sqrt(1.0 + slope * slope)
    away[~layer.shown] = np.inf
    row, source = np.unravel_index(int(away.argmin()), away.shape)
    return layer.key(int(row), int(source)) if away[row, source] <= REACH else None
