"""The signal on its way: dots that travel along the edges, forward in green, backward in crimson."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEasingCurve, QObject, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.network_graph.curves import x_share, y_share
from widgets.network_graph.edges import GraphEdges
from widgets.network_graph.layout import GraphLayout
from widgets.style import style
from widgets.values import Floats

DURATION_MS = 380
MOST_EDGES = 120
"""Of more edges between two columns, dots travel along the strongest."""
_DOTS = 3
_APART = 0.09
_RADIUS = 3.5


@dataclass(frozen=True, slots=True)
class Way:
    """Where a signal travels: along the edges into `layer` (one past the last: to the loss), from which end."""

    layer: int
    backward: bool


class Travel(QObject):
    """One journey at a time; `update` draws the next picture of it. With animations turned off nothing moves."""

    def __init__(self, update: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.way: Way | None = None  # None while nothing travels
        self._update = update
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(DURATION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._animation.valueChanged.connect(lambda _value: update())
        self._animation.finished.connect(self.stop)

    def start(self, way: Way) -> None:
        """Send dots along `way`."""
        self.stop()
        if not style.current().reduced_motion:
            self.way = way
            self._animation.start()

    def stop(self) -> None:
        """Let nothing travel."""
        if self.way is not None:
            self.way = None
            self._animation.stop()
            self._update()

    def draw(self, painter: QPainter, layout: GraphLayout, edges: GraphEdges) -> None:
        """Draw the dots where they are now."""
        if self.way is None:
            return
        front = float(self._animation.currentValue()) * (1.0 + _APART * (_DOTS - 1))
        shares: Floats = front - _APART * np.arange(_DOTS, dtype=np.float64)
        shares = shares[(shares > 0.0) & (shares < 1.0)]
        theme = style.current()
        pen = QPen(QColor(theme.gradient if self.way.backward else theme.forward), 2.0 * _RADIUS * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        xs, ys = places(self.way, layout, edges, 1.0 - shares if self.way.backward else shares)
        painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]))


def places(way: Way, layout: GraphLayout, edges: GraphEdges, along: Floats) -> tuple[Floats, Floats]:
    """Return x and y of a dot at each share `along` of each edge of `way`."""
    if way.layer > len(edges.layers):
        lines = np.array([(*start.toTuple(), *end.toTuple()) for start, end in layout.to_loss()])
        starts, ends = lines[:, None, :2], lines[:, None, 2:]
        points = (starts + (ends - starts) * along[None, :, None]).reshape(-1, 2)
        return points[:, 0], points[:, 1]
    layer = edges.layers[way.layer - 1]
    rows, sources = np.nonzero(layer.shown)
    if len(rows) > MOST_EDGES:
        strongest = np.argsort(-np.abs(layer.values[rows, sources]))[:MOST_EDGES]
        rows, sources = rows[strongest], sources[strongest]
    y0, y1 = layer.y0[sources], layer.y1[rows]
    x = layer.x0 + (layer.x1 - layer.x0) * (x_share(along) if edges.curved else along)
    y = y0[:, None] + (y1 - y0)[:, None] * (y_share(along) if edges.curved else along)
    return np.tile(x, len(rows)), y.ravel()
