"""The lines that edges run along: an S between two columns, or straight when there are many.

An edge leaves a tile horizontally and arrives horizontally, with both control points half-way:
x(t) = x₀ + Δx·(1.5 t − 1.5 t² + t³), y(t) = y₀ + Δy·(3 t² − 2 t³). All edges between two columns
share x(t), so one t answers for all of them where the mouse is. Dashes are short straight pieces of
the same curve: drawn as plain lines they cost half of what a dashed pen does.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath

from widgets.network_graph.edges import LayerEdges
from widgets.values import Floats

DASH = 9.0
GAP = 5.0
_SAMPLES = np.linspace(0.0, 1.0, 65)


def x_share(t: Floats) -> Floats:
    """Return (x − x₀) / Δx at curve parameter `t`."""
    return t * (1.5 + t * (t - 1.5))


def y_share(t: Floats) -> Floats:
    """Return (y − y₀) / Δy at curve parameter `t`."""
    return t * t * (3.0 - 2.0 * t)


def steepness(t: Floats) -> Floats:
    """Return dy/dx over Δy/Δx at curve parameter `t`."""
    return 6.0 * t * (1.0 - t) / (1.5 - 3.0 * t + 3.0 * t * t)


def heights(layer: LayerEdges, x: float, *, curved: bool) -> tuple[Floats, Floats]:
    """Return y of every edge of `layer` at abscissa `x`, and its slope there; both (n_rows, n_sources)."""
    span = max(layer.x1 - layer.x0, 1e-9)
    share = min(max((x - layer.x0) / span, 0.0), 1.0)
    rise = layer.y1[:, None] - layer.y0[None, :]
    if not curved:
        return layer.y0[None, :] + rise * share, rise / span
    t = np.interp([share], x_share(_SAMPLES), _SAMPLES)
    return layer.y0[None, :] + rise * y_share(t), rise / span * steepness(t)


class EdgeLines:
    """The paths and dashes of one layer's edges, made once per layout and kept."""

    def __init__(self, layer: LayerEdges, *, curved: bool) -> None:
        self._curved = curved
        self._x = (layer.x0, layer.x1)
        self._y0, self._y1 = layer.y0.tolist(), layer.y1.tolist()
        self._paths: dict[tuple[int, int], QPainterPath] = {}
        self._dashes: dict[tuple[int, int], list[QLineF]] = {}

    def line(self, row: int, source: int) -> QLineF:
        """Return the straight line of an edge."""
        return QLineF(self._x[0], self._y0[source], self._x[1], self._y1[row])

    def path(self, row: int, source: int) -> QPainterPath:
        """Return the whole line of an edge."""
        found = self._paths.get((row, source))
        if found is None:
            found = self._paths[row, source] = self._make_path(row, source)
        return found

    def dashes(self, row: int, source: int) -> list[QLineF]:
        """Return the dashes of an edge, starting with one and ending with one."""
        found = self._dashes.get((row, source))
        if found is None:
            found = self._dashes[row, source] = self._make_dashes(row, source)
        return found

    def middle(self, row: int, source: int) -> QPointF:
        """Return the point half-way along an edge."""
        return self.line(row, source).center()

    def _make_path(self, row: int, source: int) -> QPainterPath:
        line = self.line(row, source)
        path = QPainterPath(line.p1())
        if self._curved:
            half = line.center().x()
            path.cubicTo(QPointF(half, line.y1()), QPointF(half, line.y2()), line.p2())
        else:
            path.lineTo(line.p2())
        return path

    def _make_dashes(self, row: int, source: int) -> list[QLineF]:
        line = self.line(row, source)
        x = line.x1() + line.dx() * (x_share(_SAMPLES) if self._curved else _SAMPLES)
        y = line.y1() + line.dy() * (y_share(_SAMPLES) if self._curved else _SAMPLES)
        way = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
        count = max(round((way[-1] + GAP) / (DASH + GAP)), 2)
        starts = np.arange(count) * (way[-1] + GAP) / count
        ends = starts + (way[-1] + GAP) / count - GAP
        xs, ys = (np.interp([starts, ends], way, values) for values in (x, y))
        return [QLineF(*four) for four in np.stack([xs[0], ys[0], xs[1], ys[1]], axis=1).tolist()]
