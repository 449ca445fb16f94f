"""Where every node of the network stands: columns from left to right, tiles that shrink to fit.

Pure geometry in logical pixels. A column that has more units than can be told apart shows a window
of them, which scrolls; what is left out is counted, never silently dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from widgets.network_graph.camera import Camera
from widgets.values import LOSS, NetworkColumn, NetworkDiagram, NodeKey

MAX_VISIBLE = 32
SMALLEST_PITCH = 5.0
OVERFLOW_PITCH = 9.0
# Eight hidden layers fit into a window of 1280 pixels.
_PITCH = 52.0
"""The least distance from the middle of one column to that of the next; it is the same between all of them."""
_BEFORE, _AFTER = (50.0, 80.0), (27.0, 64.0)
"""From the left end to the inputs, and from the outputs to the slot of the loss: least and most."""
_LOSS = 112.0
"""The loss node's slot never grows: the depth slider stands above it and must not move under the mouse."""
_INPUT_HEADER = 74.0
_CORNER = 10.0
"""At the upper and lower end of the loss node's left side no line arrives."""
_LINE_GAP = 5.5
"""Between a tile and the number below it: room for the ring of a selection."""
_LARGEST_TILES = 2.0
"""The nearest network has tiles so many times as large: what else it gains is space between them."""
_LEAST_TILE = 34.0, 15.0
"""Tiles shrink to these for the sake of two lines of text between them, or of one: four units on a small screen."""
_WHOLE = Camera()


@dataclass(frozen=True, slots=True)
class Body:
    """The part of the view that nodes may use: from `top` to `bottom`, at least `width` wide."""

    width: float
    top: float
    bottom: float
    scale: float = 1.0
    line: float = 0.0  # the height of a number that is written at each node; 0 where none is
    camera: Camera = _WHOLE

    @property
    def height(self) -> float:
        """The height of the whole network, never below one tile."""
        return max(self.bottom - self.top, 12.0) * self.camera.zoom

    @property
    def middle(self) -> float:
        """The middle of the whole network from top to bottom."""
        return self.top + self.camera.top + self.height / 2.0


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

    def to_loss(self) -> list[tuple[QPointF, QPointF]]:
        """Return the ends of the line from each output to the loss node."""
        place, box = self.columns[-1], self.loss_box
        room = max(box.height() / 2.0 - _CORNER, 0.0)
        centre = box.center().y()
        return [
            (QPointF(place.right, y), QPointF(box.left(), centre + max(-room, min(room, y - centre)))) for y in place.ys
        ]

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
    return scale * (_BEFORE[0] + _PITCH * (len(diagram.columns) - 1) + _AFTER[0] + _LOSS)


def loss_width(scale: float = 1.0) -> float:
    """Return the width of the loss node's slot."""
    return _LOSS * scale


def lay_out(diagram: NetworkDiagram, body: Body, offsets: Mapping[int, int] | None = None) -> GraphLayout:
    """Return the places of all nodes of `diagram` in `body`; ``offsets`` scroll columns by first unit."""
    width = max(body.width, least_width(diagram, body.scale)) * body.camera.zoom
    loss = Slot(width - loss_width(body.scale), loss_width(body.scale))
    xs, pitch = _middles(len(diagram.columns), loss.left, body.scale)
    places = tuple(
        _column(column, _slot(layer, xs, pitch, loss, body.scale), xs[layer], body, (offsets or {}).get(layer, 0))
        for layer, column in enumerate(diagram.columns)
    )
    box_height = min(48.0 * body.scale, body.height)
    left = loss.left + 2.0 + body.camera.left
    box = QRectF(left, body.middle - box_height / 2.0, loss.width - 14.0, box_height)
    return GraphLayout(places, box, width, body)


def _middles(columns: int, width: float, scale: float) -> tuple[list[float], float]:
    """Return the middle of each column, evenly spaced before the loss node, and how far apart they are."""
    half = (width - scale * (_BEFORE[0] + _AFTER[0])) / (columns - 1) / 2.0
    before, after = (min(max(half, least * scale), most * scale) for least, most in (_BEFORE, _AFTER))
    pitch = (width - before - after) / (columns - 1)
    return [before + pitch * layer for layer in range(columns)], pitch


def _slot(layer: int, xs: list[float], pitch: float, loss: Slot, scale: float) -> Slot:
    """Return what lies nearer to this column than to the next: at both ends no more than keeps it in the middle."""
    x = xs[layer]
    if layer == 0:
        right = min(x + pitch / 2.0, 2.0 * x)
        left = max(min(x - pitch / 2.0, right - _INPUT_HEADER * scale), 0.0)
        return Slot(left, right - left)
    half = min(pitch / 2.0, loss.left - x)
    return Slot(x - half, 2.0 * half)


def _column(column: NetworkColumn, slot: Slot, x: float, body: Body, offset: int) -> ColumnPlace:
    total = len(column.labels)
    zoom = body.camera.zoom
    shown = _shown(total, body.height, MAX_VISIBLE * zoom)
    first = min(max(offset, 0), total - shown)
    largest = 64.0 * min(zoom, _LARGEST_TILES)
    cap = min(min(max(body.height * 0.22, 28.0), largest) * body.scale, slot.width * 0.45)
    pitch = min(body.height / max(shown, 1), cap * 1.9)
    # Whole pixels: a map between two of them costs ten times as much to draw.
    tile = max(float(round(min(cap, _room(pitch, body)))), 3.0)
    odd = tile % 2.0 / 2.0
    top = body.middle - pitch * (shown - 1) / 2.0
    ys = tuple(round(top + pitch * i) + odd for i in range(shown))
    moved = Slot(slot.left + body.camera.left, slot.width)
    return ColumnPlace(moved, round(x + body.camera.left) + odd, tile, ys, first, total, column.pieces)


def _room(pitch: float, body: Body) -> float:
    """Return the largest tile that leaves room for a name above it and a gradient below, or for one of them."""
    lines = body.line + _LINE_GAP
    for room, least in ((pitch - 2.0 * lines, _LEAST_TILE[0]), (pitch - lines, _LEAST_TILE[1])):
        if body.line and room >= least * body.scale:
            return room
    return max(pitch - 16.0, pitch * 0.86)


def _shown(total: int, height: float, most: float) -> int:
    if total <= most and height / max(total, 1) >= SMALLEST_PITCH:
        return total
    return max(min(total, int(most), int(height / OVERFLOW_PITCH)), 1)
