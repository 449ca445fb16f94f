"""The picture of one network: diagram, frame and layout, drawn over kept layers; no widget, no events."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from widgets.network_graph import labels, navigation
from widgets.network_graph.bias_dots import BiasDots
from widgets.network_graph.curves import heights
from widgets.network_graph.edge_painter import EdgePainter
from widgets.network_graph.edge_pictures import EdgePictures
from widgets.network_graph.edges import GraphEdges, by_piece, gather
from widgets.network_graph.hit_test import hit
from widgets.network_graph.labels import RING
from widgets.network_graph.layout import Body, GraphLayout, lay_out
from widgets.network_graph.locks import draw_locks
from widgets.network_graph.names import Name, NameLayer
from widgets.network_graph.node_painter import NodePainter
from widgets.network_graph.number_layer import NumberLayer, Picture
from widgets.network_graph.written_numbers import NumberLabel
from widgets.style import style
from widgets.values import BIAS, LOSS, EdgeKey, NetworkDiagram, NetworkFrame, NodeKey

Key = NodeKey | EdgeKey


class GraphScene:
    """Holds what is shown and draws it; every change says by itself which kept layer it invalidates."""

    def __init__(self, diagram: NetworkDiagram) -> None:
        self.diagram = diagram
        self.frame: NetworkFrame | None = None
        self.edges: GraphEdges | None = None
        self._body = Body(400.0, 80.0, 300.0)
        self._offsets: dict[int, int] = {}
        self._edge_painter, self._bias_dots = EdgePainter(), BiasDots()
        self._node_painter = NodePainter()
        self._name_layer, self._number_layer = NameLayer(), NumberLayer()
        self.view = QRectF(0.0, 72.0, 400.0, 260.0)
        self._edge_pictures = EdgePictures(self._edge_painter)
        self.layout: GraphLayout = lay_out(diagram, self._body)

    # ---- what is shown ---------------------------------------------------------------------------

    def set_diagram(self, diagram: NetworkDiagram) -> None:
        """Show another structure; a frame that no longer fits is dropped."""
        self.diagram = diagram
        if self.frame is not None and misfit(diagram, self.frame):
            self.frame = None
        self._lay_out()

    def set_frame(self, frame: NetworkFrame) -> None:
        """Show other numbers in the same places.

        Raises
        ------
        ValueError
            When the arrays do not have the shapes of the diagram.
        """
        wrong = misfit(self.diagram, frame)
        if wrong:
            raise ValueError(wrong)
        before, self.frame = self.frame, frame
        self.edges = gather(self.layout, frame)
        if before is None or before.maps is not frame.maps or before.neuron_kind != frame.neuron_kind:
            self._node_painter.forget_images()

    def set_body(self, body: Body, view: QRectF) -> None:
        """Use another part of the widget for the nodes, inside the part `view` that their words may use."""
        if (body, view) != (self._body, self.view):
            self._body, self.view = body, view
            self._lay_out()

    def scroll(self, layer: int, by: int) -> bool:
        """Move the window of a column by `by` units; False where it is at its end."""
        place = self.layout.columns[layer]
        first = min(max(place.first + by, 0), place.total - len(place.ys))
        if first == place.first:
            return False
        self._offsets[layer] = first
        self._lay_out()
        return True

    def bring_into_view(self, key: Key) -> bool:
        """Scroll columns so that `key` (both ends of an edge) is shown; whether anything moved."""
        if isinstance(key, EdgeKey):
            ends = [NodeKey(key.layer, key.target)]
            ends += [] if key.source == BIAS else [NodeKey(key.layer - 1, key.source)]
            return any([self.bring_into_view(end) for end in ends])
        if self.layout.is_shown(key):
            return False
        place = self.layout.columns[key.layer]
        return self.scroll(key.layer, key.unit - place.first - len(place.ys) // 2)

    def forget(self) -> None:
        """Drop everything kept: the theme has changed."""
        self._edge_pictures.forget()
        self._bias_dots.forget()
        self._node_painter.forget_colours()
        self._name_layer.forget()
        self._number_layer.forget()

    def at(self, point: QPointF) -> Key | None:
        """Return the node or edge under `point`."""
        return hit(self.layout, self.edges, point) if self.view.contains(point) else None

    def spot(self, key: Key) -> QPointF:
        """Return a point on `key`: a tile's centre, the middle of an edge."""
        if isinstance(key, NodeKey):
            return self.layout.tile(key).center()
        if key.source == BIAS:
            return self.layout.bias_dot(NodeKey(key.layer, key.target), key.piece)
        ends = self.layout.tile(NodeKey(key.layer - 1, key.source)).center()
        return (ends + self.layout.tile(NodeKey(key.layer, key.target)).center()) / 2.0

    def badge_at(self, point: QPointF) -> tuple[NodeKey, QRectF] | None:
        """Return the warning whose word or mark is at `point`, and where it stands."""
        found = [] if self.frame is None else labels.badge_boxes(self.layout, self.frame)
        return next(((key, box) for key, box in found if box.contains(point)), None)

    def box(self, key: NodeKey) -> QRectF:
        """Return a tile with the ring of a selection, or the loss node."""
        return self.layout.loss_box if key == LOSS else self.layout.tile(key).adjusted(-RING, -RING, RING, RING)

    def points_along(self, key: EdgeKey) -> list[QPointF]:
        """Return points on the drawn line of an edge, from end to end; its dot of a bias."""
        layer = None if self.edges is None or key.source == BIAS else self.edges.layers[key.layer - 1]
        place = None if layer is None else layer.place(key)
        if layer is None or place is None or self.edges is None:
            return [self.spot(key)]
        xs = np.linspace(layer.x0, layer.x1, 25)
        return [QPointF(x, heights(layer, x, curved=self.edges.curved)[0][place]) for x in xs.tolist()]

    # ---- drawing ---------------------------------------------------------------------------------

    def draw(self, painter: QPainter, ratio: float = 0.0) -> None:
        """Draw edges, tiles and words; with a device `ratio` the edges come from kept pictures."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.frame is None or self.edges is None:
            self._draw_empty(painter, ratio)
            return
        if ratio:
            self._edge_pictures.draw(painter, self.layout, self.edges, self.frame, self.view, ratio)
        else:
            self._edge_painter.edges(painter, self.layout, self.edges, self.frame)
        self._node_painter.to_loss(painter, self.layout)
        self._draw_nodes(painter, self.frame, ratio)

    def draw_highlight(self, painter: QPainter, key: Key, colour: str, *, dashed: bool = False) -> None:
        """Draw the edges of a node, or one edge, in full colour, with a ring of `colour`."""
        if self.frame is None or self.edges is None or not self._is_drawn(key):
            return
        if isinstance(key, NodeKey):
            near = navigation.edges_into(self.diagram, key) + navigation.edges_out_of(self.diagram, key)
            self._edge_painter.highlight(painter, self.layout, self.edges, self.frame, near)
            self._node_painter.ring(painter, self.layout, key, colour, dashed=dashed)
            return
        self._edge_painter.edge_ring(painter, self.layout, self.edges, key, colour)
        self._edge_painter.highlight(painter, self.layout, self.edges, self.frame, [key])

    def draw_small(self, painter: QPainter, ratio: float = 0.0) -> None:
        """Draw what lies above the rings: bias dots and badges."""
        if self.frame is not None and self.edges is not None:
            self._bias_dots.draw(painter, self.layout, self.edges, self.frame, ratio)
            if self.frame.frozen:
                draw_locks(painter, self.layout, self.diagram, self.edges, self.frame)
            labels.draw_badges(painter, self.layout, self.frame)

    def draw_numbers(self, painter: QPainter, marked: tuple[Key, ...], ratio: float = 0.0) -> None:
        """Write the numbers on nodes and edges; those of what is `marked` stand out."""
        if (picture := self._numbered(marked)) is not None:
            self._number_layer.draw(painter, picture, ratio)

    def number_labels(self, marked: tuple[Key, ...]) -> list[NumberLabel]:
        """Return the numbers that are written."""
        picture = self._numbered(marked)
        return [] if picture is None else self._number_layer.labels(picture)

    def _numbered(self, marked: tuple[Key, ...]) -> Picture | None:
        if self.frame is None or self.edges is None:
            return None
        return Picture(self.diagram, self.layout, self.edges, self.frame, self._names(), self.view, marked)

    def _names(self) -> list[Name]:
        return self._name_layer.names(self.layout, self.diagram, self.frame, self.view)

    @property
    def notice(self) -> str:
        """What the drawing leaves out, in words."""
        return "" if self.edges is None else self.edges.notice

    @property
    def leaves_out(self) -> bool:
        """Whether a column does not show all its units."""
        return any(place.total > len(place.ys) for place in self.layout.columns)

    def _is_drawn(self, key: Key) -> bool:
        if isinstance(key, NodeKey):
            return self.layout.is_shown(key)
        return (
            self.edges is not None
            and 0 < key.layer <= len(self.edges.layers)
            and self.edges.layers[key.layer - 1].place(key) is not None
        )

    def _draw_nodes(self, painter: QPainter, frame: NetworkFrame, ratio: float) -> None:
        self._node_painter.tiles(painter, self.layout, self.diagram, frame, ratio)
        self._node_painter.loss(painter, self.layout, self.diagram, frame)
        self._name_layer.draw(painter, self._names(), ratio)
        labels.draw_feet(painter, self.layout, frame)

    def _draw_empty(self, painter: QPainter, ratio: float) -> None:
        self._node_painter.loss(painter, self.layout, self.diagram, None)
        self._name_layer.draw(painter, self._names(), ratio)
        labels.draw_feet(painter, self.layout, None)
        painter.setPen(QColor(style.current().line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for layer, place in enumerate(self.layout.columns):
            painter.drawRects([self.layout.tile(NodeKey(layer, u)) for u in range(place.first, place.last)])

    def _lay_out(self) -> None:
        self.layout = lay_out(self.diagram, self._body, self._offsets)
        self._offsets = {layer: place.first for layer, place in enumerate(self.layout.columns) if place.first}
        self._edge_painter.forget_lines()
        self._bias_dots.forget()
        self._node_painter.forget_images()
        self._edge_pictures.forget()
        self.edges = None if self.frame is None else gather(self.layout, self.frame)


def misfit(diagram: NetworkDiagram, frame: NetworkFrame) -> str:
    """Return why `frame` cannot be shown in `diagram`, in one line; empty where it can."""
    counts = [len(column.labels) for column in diagram.columns]
    if len(frame.edges) != len(counts) - 1:
        return f"edges: expected {len(counts) - 1} arrays, one per column after the input, got {len(frame.edges)}"
    for layer, (before, units) in enumerate(pairwise(counts), start=1):
        shape = by_piece(frame.edges[layer - 1]).shape
        if (shape[0], shape[2]) != (units, before + 1):
            return f"edges of layer {layer}: expected ({units}, {before + 1}), got {frame.edges[layer - 1].shape}"
    if frame.maps and [len(maps) for maps in frame.maps] != counts:
        return f"maps: expected {counts} images per column, got {[len(maps) for maps in frame.maps]}"
    return ""
