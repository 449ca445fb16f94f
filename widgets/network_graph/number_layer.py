"""The numbers on the network: which of them there is room for, and their text at each refresh.

Where they stand is settled once for a layout and what is marked in it, so that they do not jump while training plays;
from refresh to refresh only the texts change.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.network_graph import labels, navigation
from widgets.network_graph import number_places as places
from widgets.network_graph.edge_numbers import EdgeNumbers, Settled, Space
from widgets.network_graph.edges import GraphEdges, by_piece
from widgets.network_graph.layout import GraphLayout
from widgets.network_graph.names import Name
from widgets.network_graph.number_places import Boxes, Sizes
from widgets.network_graph.number_stamps import draw_stamp
from widgets.network_graph.written_numbers import (
    Key,
    NumberLabel,
    Place,
    WrittenNumbers,
    layer_of,
    look_of,
    sizes_of_numbers,
)
from widgets.values import EdgeKey, NetworkDiagram, NetworkFrame, NetworkNumbers, NodeKey

_FIGURES = 5
"""A number has this much room, or as much as it takes: ``−0.42``."""
_FIGURES_BELOW = 6
"""The gradient or the next weight on an edge in slow motion, its arrow included, has so much: more is rounded off."""
_FIGURES_SLOW = 7
"""In slow motion there is room for what later phases will write: nothing moves from phase to phase."""

_REACH_BESIDE = 0.6
"""Of the way to the next column: a value beside its tile reaches no farther, so that the lines stay in sight."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """All that the places of numbers depend on."""

    diagram: NetworkDiagram
    layout: GraphLayout
    edges: GraphEdges
    frame: NetworkFrame
    names: list[Name]
    view: QRectF
    marked: tuple[Key, ...]

    @property
    def is_slow(self) -> bool:
        """Whether it is of a phase of slow motion."""
        return self.frame.known_layers is not None


class NumberLayer:
    """Keeps the places of the numbers, and what is written in them."""

    def __init__(self) -> None:
        self._places: dict[Place, QRectF] = {}
        self._structure: tuple[object, ...] | None = None
        self._figures = 0
        self._edges = EdgeNumbers()
        self._edges_of: tuple[object, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._written: WrittenNumbers | None = None
        self._numbers: NetworkNumbers | None = None  # those that are written

    def forget(self) -> None:
        """Settle the places again: the theme has changed."""
        self._structure = self._written = self._numbers = None
        self._edges_of = ()

    def labels(self, picture: Picture) -> list[NumberLabel]:
        """Return every number that is written, those that stand out last."""
        written = self._up_to_date(picture)
        return [] if written is None else written.labels()

    def draw(self, painter: QPainter, picture: Picture, ratio: float) -> None:
        """Write the numbers; with a device `ratio` from kept pictures of their texts."""
        written, numbers = self._up_to_date(picture), picture.frame.numbers
        if written is None or numbers is None:
            return
        if not ratio:
            for label in written.labels():
                look = look_of(label.which, numbers, is_own=label.is_own)
                draw_stamp(painter, label.box, label.text, look, 0.0)
            return
        for at, stamp in written.stamps(ratio):
            painter.drawPixmap(at, stamp)

    # ---- inside --------------------------------------------------------------------------------

    def _up_to_date(self, picture: Picture) -> WrittenNumbers | None:
        """Return what is written in the settled places; None where nothing is."""
        numbers = picture.frame.numbers
        if numbers is None:
            return None
        if self._written is not None and self._numbers is numbers and self._shown == _shown(picture):
            return self._written
        self._shown = _shown(picture)
        structure = *_unmarked(picture, numbers), picture.marked
        if structure != self._structure:
            if self._structure is None or self._structure[0] is not structure[0] or self._structure[1] != structure[1]:
                self._figures = _FIGURES
            self._structure, self._written = structure, None
        written = self._written or self._settled(picture, numbers)
        written.write(numbers)
        longest = written.longest(of_weights=picture.is_slow)
        if longest > self._figures:
            self._figures = longest
            written = self._settled(picture, numbers)
            written.write(numbers)
        self._written, self._numbers = written, numbers
        return written

    def _settled(self, picture: Picture, numbers: NetworkNumbers) -> WrittenNumbers:
        self._settle(picture, numbers)
        own = frozenset((*picture.marked, *navigation.edges_of(picture.diagram, picture.marked)))
        return WrittenNumbers(self._places, own)

    def _settle(self, picture: Picture, numbers: NetworkNumbers) -> None:
        sizes, boxes = sizes_of_numbers(), Boxes()
        own = [navigation.edges_of(picture.diagram, (key,)) for key in picture.marked]
        self._places = {}
        unmarked = *_unmarked(picture, numbers), self._figures
        if unmarked != self._edges_of:
            self._edges_of = unmarked
            self._edges.forget()
        for name in picture.names:
            boxes.add(name.box)
        self._settle_nodes(picture, numbers, sizes, boxes)
        for box in _obstacles(picture):
            boxes.add(box)
        for layer, weights in zip(picture.edges.layers, numbers.weights, strict=True):
            if weights is not None:
                space = Space(layer, picture.view, boxes, sizes.line, picture.edges.curved)
                self._places.update(self._settle_edges(picture, numbers, space, own, sizes))

    def _settle_edges(
        self, picture: Picture, numbers: NetworkNumbers, space: Space, own: list[list[EdgeKey]], sizes: Sizes
    ) -> Settled:
        layer = space.layer
        cells = [] if picture.edges.trimmed else places.strongest_first(layer)
        mine = [places.strongest_first(layer, edges) for edges in own]
        if picture.is_slow:
            # what the lines show changes from phase to phase; their weights do not
            for found in (cells, *mine):
                found.sort(key=lambda cell: (-_size(numbers, layer.key(*cell)), cell))
        has_below = picture.is_slow or layer_of(numbers.below, layer.layer - 1) is not None
        has_arrow = has_below and numbers.below_kind == "next"
        longest = max(self._figures, _FIGURES_BELOW) if picture.is_slow else self._figures + has_arrow
        one = sizes.width(self._figures), sizes.line
        two = (sizes.width(longest), 2.0 * sizes.line) if has_below else one
        return self._edges.settle(space, cells, mine, one, two, is_steady=picture.is_slow)

    def _settle_nodes(self, picture: Picture, numbers: NetworkNumbers, sizes: Sizes, boxes: Boxes) -> None:
        figures = max(self._figures, _FIGURES_SLOW if picture.is_slow else 0)
        layout, width, named = picture.layout, sizes.width(figures), sizes.width(figures + 4)
        below: list[tuple[NodeKey, QRectF]] = []
        for layer, place in enumerate(layout.columns):
            has_gradients = picture.is_slow or layer_of(numbers.gradients, layer) is not None
            has_numbers = has_gradients or numbers.values[layer] is not None
            is_open = labels.pitch(place) >= sizes.line + 1.0 and place.slot.width >= width
            value_box = _value_box_of(layout, layer, width, sizes)
            units = [NodeKey(layer, unit) for unit in range(place.first, place.last)]
            for key in units if is_open else [key for key in picture.marked if key in units]:
                tile = layout.tile(key)
                plate = value_box(tile, width, sizes)
                if has_gradients and labels.has_room_below(place, sizes.line):
                    fitting = named if named < place.slot.width - 1.0 else width  # beside those of the next column
                    below.append((key, places.gradient_box(tile, fitting, sizes)))
                if has_numbers and picture.view.contains(plate) and (is_open or boxes.is_free(plate)):
                    self._places[key, "value"] = plate
                    if has_gradients:  # where there is no room below the tile
                        self._places[key, "gradient"] = plate
                    boxes.add(plate)
        for key, box in below:
            if not picture.view.contains(box):  # it is out of sight, like what the view cuts off
                self._places.pop((key, "gradient"), None)
            elif boxes.is_free(box):
                self._places[key, "gradient"] = box
                boxes.add(box)


def _value_box_of(layout: GraphLayout, layer: int, width: float, sizes: Sizes) -> places.ValueBox:
    """Return where a column's values stand: on the tiles, or where the lines leave tiles that are too small."""
    place = layout.columns[layer]
    is_last = layer + 1 == len(layout.columns)  # the outputs: their names and the loss stand to the right
    has_room = place.tile / 2.0 + labels.RING + width <= _REACH_BESIDE * place.slot.width
    if not is_last and has_room and places.covers(layout.tile(NodeKey(layer, place.first)), sizes):
        return places.value_box_beside
    return places.value_box


def _shown(picture: Picture) -> tuple[object, ...]:
    """Return what the places depend on beside the numbers, to compare with what it was."""
    badges = frozenset(picture.frame.badges)
    return picture.layout, picture.is_slow, picture.edges.trimmed, picture.view.getRect(), badges, picture.marked


def _unmarked(picture: Picture, numbers: NetworkNumbers) -> tuple[object, ...]:
    """Return what the places depend on beside what is marked: which numbers there are, not how large they are.

    In slow motion not even that: every number has its place before its phase comes.
    """
    if picture.is_slow:
        return _shown(picture)[:-1]
    known = tuple(
        tuple(part is not None for part in parts)
        for parts in (numbers.values, numbers.weights, numbers.gradients, numbers.below)
    )
    return *_shown(picture)[:-1], numbers.below_kind, known


def _size(numbers: NetworkNumbers, key: EdgeKey) -> float:
    """Return how large a weight is."""
    weights = numbers.weights[key.layer - 1]
    return 0.0 if weights is None else abs(float(by_piece(weights)[key.target, key.piece, key.source]))


def _obstacles(picture: Picture) -> list[QRectF]:
    """Return what no number of an edge may cover: the tiles with a ring, the loss node, the warnings."""
    layout, ring = picture.layout, labels.RING
    tiles = [
        layout.tile(NodeKey(layer, unit)).adjusted(-ring, -ring, ring, ring)
        for layer, place in enumerate(layout.columns)
        for unit in range(place.first, place.last)
    ]
    return [*tiles, layout.loss_box, *(box for _, box in labels.badge_boxes(layout, picture.frame))]
