"""Where the numbers on the network stand: none on another, none over a tile, all inside the view.

Pure geometry. The numbers of an edge stand on its line, where the fewest other lines pass; those that find no place
are left out, the weakest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from widgets.network_graph.curves import steepness, x_share, y_share
from widgets.network_graph.edges import LayerEdges
from widgets.network_graph.labels import RING
from widgets.values import EdgeKey, Floats

Which = str
"""Of a node its ``value`` or ``gradient``; of an edge its ``weight`` and what is ``below``."""
_ALONG = np.linspace(0.12, 0.88, 39)
_BEST, _BEST_OF_FAN = 0.34, 0.72
"""Along an edge, near its source; where all come from one source, near their targets."""
_CROSSED = 0.3
"""How much of the way it is worth going to keep off another line."""
MOST_EDGES = 100
"""Between two columns; with more than these no number could be read."""
_MOST_OF_THEM = 0.75
_MOST_CROSSED = 1.6
_LEAST_UNDER_A_PLATE = 2.15
"""Times the height of its plate: a smaller tile has the plate beside it."""
_NARROWER = 0.7
"""A line that touches the box beside its figures does not count as passing through it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The room that text takes: of one figure, of a line, of the box around it."""

    figure: float
    line: float
    margin: float = 3.0

    def width(self, figures: int) -> float:
        """Return the width of a box with so many figures."""
        return figures * self.figure + 2.0 * self.margin


class Boxes:
    """Boxes that are taken: left, top, right and bottom of each."""

    def __init__(self) -> None:
        self._rows = np.empty((64, 4))
        self._count = 0

    def add(self, box: QRectF) -> None:
        """Take `box`."""
        if self._count == len(self._rows):
            self._rows = np.concatenate((self._rows, self._rows))
        self._rows[self._count] = box.left(), box.top(), box.right(), box.bottom()
        self._count += 1

    @property
    def count(self) -> int:
        """How many are taken."""
        return self._count

    def forget_after(self, count: int) -> None:
        """Give up all but the first `count`."""
        self._count = count

    def free(self, left: Floats, top: Floats, width: float, height: float) -> NDArray[np.bool_]:
        """Return which of the boxes at (left, top) touch none of those taken; shape (n,)."""
        x0, y0, x1, y1 = self._rows[: self._count].T[:, :, None]
        touches = (left < x1) & (left + width > x0) & (top < y1) & (top + height > y0)
        return np.asarray(~touches.any(axis=0))

    def is_free(self, box: QRectF) -> bool:
        """Return whether `box` touches none of those taken."""
        return bool(self.free(np.array([box.left()]), np.array([box.top()]), box.width(), box.height())[0])


@dataclass(frozen=True, slots=True)
class Placed:
    """Where numbers of edges stand, how many of the lines are in view, and how many others pass through the boxes."""

    boxes: dict[EdgeKey, QRectF]
    in_view: int = 0
    crossings: int = 0

    @property
    def can_be_read(self) -> bool:
        """Whether few of the numbers are left out, and it is plain which line each of the others stands on."""
        return bool(self.boxes) and len(self.boxes) >= _MOST_OF_THEM * self.in_view and not self.is_crowded

    @property
    def is_crowded(self) -> bool:
        """Whether too many lines pass through the boxes."""
        return self.crossings > _MOST_CROSSED * len(self.boxes)


ValueBox = Callable[[QRectF, float, Sizes], QRectF]
"""Where the value of a tile stands, for a plate of a width."""


def value_box(tile: QRectF, width: float, sizes: Sizes) -> QRectF:
    """Return the plate in the middle of a tile."""
    return QRectF(tile.center().x() - width / 2.0, tile.center().y() - sizes.line / 2.0, width, sizes.line)


def value_box_beside(tile: QRectF, width: float, sizes: Sizes) -> QRectF:
    """Return the plate where the lines leave a small tile: on it, it would cover the map."""
    return QRectF(tile.right() + RING, tile.center().y() - sizes.line / 2.0, width, sizes.line)


def covers(tile: QRectF, sizes: Sizes) -> bool:
    """Return whether a plate in the middle of a tile would leave too little of its map in sight."""
    return tile.height() < _LEAST_UNDER_A_PLATE * sizes.line


def gradient_box(tile: QRectF, width: float, sizes: Sizes) -> QRectF:
    """Return the place below a tile and its ring."""
    return QRectF(tile.center().x() - width / 2.0, tile.bottom() + RING, width, sizes.line)


def place_edges(
    layer: LayerEdges,
    wanted: Sequence[tuple[int, int]],
    size: tuple[float, float],
    view: QRectF,
    boxes: Boxes,
    *,
    curved: bool,
) -> Placed:
    """Return a box of `size` on each of the `wanted` lines (row, source) that has room for it, and take it."""
    width, height = size
    along = layer.x0 + (layer.x1 - layer.x0) * (x_share(_ALONG) if curved else _ALONG)
    share = y_share(_ALONG) if curved else _ALONG
    ys = layer.y0[None, :, None] + (layer.y1[:, None] - layer.y0[None, :])[:, :, None] * share
    others = ys[layer.shown]
    slope = np.abs(layer.y1[:, None] - layer.y0[None, :])[layer.shown][:, None] / max(layer.x1 - layer.x0, 1.0)
    reach = height / 2.0 + 1.0 + width / 2.0 * _NARROWER * slope * (steepness(_ALONG) if curved else 1.0)
    left = along - width / 2.0
    inside = (left >= max(view.left(), layer.x0 + 1.0)) & (left + width <= min(view.right(), layer.x1 - 1.0))
    best = _BEST_OF_FAN if len(wanted) > 1 and len({source for _, source in wanted}) == 1 else _BEST
    placed, in_view, crossings = {}, 0, 0
    for row, source in wanted:
        top = ys[row, source] - height / 2.0
        free = inside & (top >= view.top()) & (top + height <= view.bottom())
        if not free.any():
            continue
        in_view += 1
        free &= boxes.free(left, top, width, height)
        if not free.any():
            continue
        crossed = (np.abs(others - ys[row, source]) < reach).sum(axis=0) - 1
        cost = np.where(free, np.abs(_ALONG - best) + _CROSSED * crossed, np.inf)
        at = int(cost.argmin())
        box = QRectF(left[at], top[at], width, height)
        boxes.add(box)
        placed[layer.key(row, source)] = box
        crossings += int(crossed[at])
    return Placed(placed, in_view, crossings)


def strongest_first(layer: LayerEdges, keys: Iterable[EdgeKey] | None = None) -> list[tuple[int, int]]:
    """Return (row, source) of the shown edges of `layer`, or of those among `keys`, the largest number first."""
    if keys is None:
        rows, sources = np.nonzero(layer.shown)
    else:
        found = [layer.place(key) for key in keys if key.layer == layer.layer and key.source >= 0]
        rows, sources = np.array([place for place in found if place is not None], dtype=np.intp).reshape(-1, 2).T
    sizes = np.abs(layer.values[rows, sources])
    order = np.argsort(-np.where(np.isfinite(sizes), sizes, np.inf), kind="stable")
    return list(zip(rows[order].tolist(), sources[order].tolist(), strict=True))
