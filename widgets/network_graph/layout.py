"""Where every node of the network stands: columns from left to right, tiles that shrink to fit.

Pure geometry in logical pixels. A column that has more units than can be told apart shows a window
of them, which scrolls; what is left out is counted, never silently dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from widgets.values import LOSS, NetworkColumn, NetworkDiagram, NodeKey

MAX_VISIBLE = 32
SMALLEST_PITCH = 5.0
OVERFLOW_PITCH = 9.0
# The loss node's slot never grows: the depth slider stands above it and must not move under the mouse.
# Eight hidden layers fit into a window of 1280 pixels.
_LEAST = {"input": 74.0, "hidden": 53.0, "output": 54.0, "loss": 112.0}
_NAME_ROOM = 44.0
_SHARE = {"input": 1.0, "hidden": 2.2, "output": 1.0, "loss": 0.0}


@dataclass(frozen=True, slots=True)
class Body:
    """The part of the view that nodes may use: from `top` to `bottom`, at least `width` wide."""

    width: float
    top: float
    bottom: float
    scale: float = 1.0

    @property
    def height(self) -> float:
        """Room from top to bottom, never below one tile."""
        return max(self.bottom - self.top, 12.0)


@dataclass(frozen=True, slots=True)
class Slot:
    """The strip of the view that belongs to one column (or to the loss node)."""

    left: float
    width: float

    @property
    def centre(self) -> float:
        """Middle of the strip."""
        return self.left + self.width / 2.0


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """One column: its slot, the size of its tiles and the centres (x, ys) of the units it shows.

    ``first`` is the first unit shown and ``total`` how many there are.
    """

    slot: Slot
    x: float
    tile: float
    ys: tuple[float, ...]
    first: int
    total: int
    pieces: int

    @property
    def left(self) -> float:
        """Left side of the tiles, where edges arrive."""
        return self.x - self.tile / 2.0

    @property
    def right(self) -> float:
        """Right side of the tiles, where edges leave."""
        return self.x + self.tile / 2.0

    @property
    def last(self) -> int:
        """One past the last unit shown."""
        return self.first + len(self.ys)

    @property
    def dot(self) -> float:
        """Radius of a bias dot."""
        return min(max(self.tile * 0.1, 1.5), 4.5)


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """Every column's place, the loss node's box, and the whole width that was needed."""

    columns: tuple[ColumnPlace, ...]
    loss_box: QRectF
    width: float
    body: Body

    def is_shown(self, key: NodeKey) -> bool:
        """Whether `key` is the loss node or a unit inside its column's window."""
        if key == LOSS:
            return True
        if not 0 <= key.layer < len(self.columns):
            return False
        place = self.columns[key.layer]
        return place.first <= key.unit < place.last

    def tile(self, key: NodeKey) -> QRectF:
        """Return the square of a shown node, or the loss node's box."""
        if key == LOSS:
            return self.loss_box
        place = self.columns[key.layer]
        y = place.ys[key.unit - place.first]
        return QRectF(place.left, y - place.tile / 2.0, place.tile, place.tile)

    def bias_dot(self, key: NodeKey, piece: int = 0) -> QPointF:
        """Return the centre of a bias dot: at the lower left of the tile, pieces side by side."""
        place, square = self.columns[key.layer], self.tile(key)
        aside = place.dot + 1.0 if place.tile < 14.0 else 0.0
        return QPointF(square.left() - aside + piece * (2.0 * place.dot + 1.0), square.bottom() - aside * 0.4)


def port_offset(place: ColumnPlace, piece: int, pieces: int) -> float:
    """Return how far from a tile's middle the edges of one of its `pieces` weight vectors arrive."""
    return (piece - (pieces - 1) / 2.0) * place.tile * 0.7 / pieces


def least_width(diagram: NetworkDiagram, scale: float = 1.0) -> float:
    """Return the width below which the columns' controls would touch each other."""
    return scale * (sum(_LEAST[column.kind] for column in diagram.columns) + _LEAST["loss"])


def loss_width(scale: float = 1.0) -> float:
    """Return the width of the loss node's slot."""
    return _LEAST["loss"] * scale


def lay_out(diagram: NetworkDiagram, body: Body, offsets: Mapping[int, int] | None = None) -> GraphLayout:
    """Return the places of all nodes of `diagram` in `body`; ``offsets`` scroll columns by first unit."""
    kinds = [column.kind for column in diagram.columns] + ["loss"]
    slots = _slots(kinds, max(body.width, least_width(diagram, body.scale)), body.scale)
    places = tuple(
        _column(column, slot, body, (offsets or {}).get(layer, 0))
        for layer, (column, slot) in enumerate(zip(diagram.columns, slots[:-1], strict=True))
    )
    loss = slots[-1]
    middle = body.top + body.height / 2.0
    box_height = min(48.0 * body.scale, body.height)
    box = QRectF(loss.left + 2.0, middle - box_height / 2.0, loss.width - 14.0, box_height)
    return GraphLayout(places, box, loss.left + loss.width, body)


def _slots(kinds: list[str], width: float, scale: float) -> list[Slot]:
    least = [_LEAST[kind] * scale for kind in kinds]
    shares = [_SHARE[kind] for kind in kinds]
    spare = max(width - sum(least), 0.0) / sum(shares)
    slots, left = [], 0.0
    for low, share in zip(least, shares, strict=True):
        slots.append(Slot(left, low + spare * share))
        left += slots[-1].width
    return slots


def _column(column: NetworkColumn, slot: Slot, body: Body, offset: int) -> ColumnPlace:
    total = len(column.labels)
    shown = _shown(total, body.height)
    first = min(max(offset, 0), total - shown)
    cap = min(min(max(body.height * 0.115, 20.0), 72.0) * body.scale, slot.width * 0.45)
    pitch = min(body.height / max(shown, 1), cap * 1.9)
    # Whole pixels: a map between two of them costs ten times as much to draw.
    tile = max(float(round(min(cap, max(pitch - 16.0, pitch * 0.76)))), 3.0)
    odd = tile % 2.0 / 2.0
    top = body.top + body.height / 2.0 - pitch * (shown - 1) / 2.0
    x = slot.centre
    if column.kind == "input":  # leave room for the names at the left
        x = max(x, min(slot.left + _NAME_ROOM * body.scale + tile / 2.0, slot.left + slot.width - tile / 2.0 - 4.0))
    ys = tuple(round(top + pitch * i) + odd for i in range(shown))
    return ColumnPlace(slot, round(x) + odd, tile, ys, first, total, column.pieces)


def _shown(total: int, height: float) -> int:
    if total <= MAX_VISIBLE and height / max(total, 1) >= SMALLEST_PITCH:
        return total
    return max(min(total, MAX_VISIBLE, int(height / OVERFLOW_PITCH)), 1)
