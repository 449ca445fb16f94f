"""The numbers on the network: which of them there is room for, and their text at each refresh.

Where they stand is settled once for a layout and what is marked in it, so that they do not jump while training plays;
from refresh to refresh only the texts change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from widgets.network_graph import labels, navigation
from widgets.network_graph import number_places as places
from widgets.network_graph.edge_numbers import EdgeNumbers, Settled, Space
from widgets.network_graph.edges import GraphEdges, by_piece
from widgets.network_graph.layout import GraphLayout
from widgets.network_graph.names import Name
from widgets.network_graph.number_places import Boxes, Sizes
from widgets.network_graph.number_stamps import draw_stamp, line_height, room_of_numbers, stamp_at
from widgets.style import numbers as numerals
from widgets.values import EdgeKey, Floats, NetworkDiagram, NetworkFrame, NetworkNumbers, NodeKey

Key = NodeKey | EdgeKey
_FIGURES = 5
"""A number has this much room, or as much as it takes: ``−0.42``."""
_FIGURES_BELOW = 6
"""The gradient or the next weight on an edge in slow motion, its arrow included, has so much: more is rounded off."""
_FIGURES_SLOW = 7
"""In slow motion there is room for what later phases will write: nothing moves from phase to phase."""

_REACH_BESIDE = 0.6
"""Of the way to the next column: a value beside its tile reaches no farther, so that the lines stay in sight."""


@dataclass(frozen=True, slots=True)
class NumberLabel:
    """A number as it is written: of which node or edge, which of its numbers, where, and whether it stands out."""

    key: Key
    which: places.Which
    box: QRectF
    text: str  # empty where it is veiled
    is_own: bool  # of what is marked


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
    """Keeps the places of the numbers, and their texts until they change."""

    def __init__(self) -> None:
        self._places: dict[tuple[Key, places.Which], QRectF] = {}
        self._structure: tuple[object, ...] | None = None
        self._figures = 0
        self._edges = EdgeNumbers()
        self._edges_of: tuple[object, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._labels: tuple[NetworkNumbers, list[NumberLabel]] | None = None
        self._stamps: tuple[tuple[list[NumberLabel], float], list[tuple[QPointF, QPixmap]]] | None = None

    def forget(self) -> None:
        """Settle the places again: the theme has changed."""
        self._structure = self._labels = self._stamps = None
        self._edges_of = ()

    def labels(self, picture: Picture) -> list[NumberLabel]:
        """Return every number that is written, those that stand out last."""
        numbers = picture.frame.numbers
        if numbers is None:
            return []
        if self._labels is not None and self._labels[0] is numbers and self._shown == _shown(picture):
            return self._labels[1]
        self._shown = _shown(picture)
        structure = *_unmarked(picture, numbers), picture.marked
        if structure != self._structure:
            if self._structure is None or self._structure[0] is not structure[0] or self._structure[1] != structure[1]:
                self._figures = _FIGURES
            self._structure, self._labels = structure, None
            self._settle(picture, numbers)
        if self._labels is None or self._labels[0] is not numbers:
            made = self._written(picture, numbers)
            longest = _longest(made, "weight" if picture.is_slow else "")
            if longest > self._figures:
                self._figures = longest
                self._settle(picture, numbers)
                made = self._written(picture, numbers)
            self._labels = numbers, made
        return self._labels[1]

    def draw(self, painter: QPainter, picture: Picture, ratio: float) -> None:
        """Write the numbers; with a device `ratio` from kept pictures of their texts."""
        made = self.labels(picture)
        if not ratio:
            for label in made:
                draw_stamp(painter, label.box, label.text, _look(label, picture), 0.0)
            return
        of = made, ratio
        if self._stamps is None or self._stamps[0][0] is not made or self._stamps[0][1] != ratio:
            found = [stamp_at(label.box, label.text, _look(label, picture), ratio) for label in made]
            self._stamps = of, found
        for at, stamp in self._stamps[1]:
            painter.drawPixmap(at, stamp)

    # ---- inside --------------------------------------------------------------------------------

    def _settle(self, picture: Picture, numbers: NetworkNumbers) -> None:
        sizes, boxes = _sizes(), Boxes()
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
            for found in (cells, *mine):  # what the lines show changes from phase to phase; their weights do not
                found.sort(key=lambda cell: (-abs(_number(numbers, layer.key(*cell), "weight") or 0.0), cell))
        has_below = picture.is_slow or _at(numbers.below, layer.layer - 1) is not None
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
            has_gradients = picture.is_slow or _at(numbers.gradients, layer) is not None
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

    def _written(self, picture: Picture, numbers: NetworkNumbers) -> list[NumberLabel]:
        own = {*picture.marked, *navigation.edges_of(picture.diagram, picture.marked)}
        made = []
        for (key, which), box in self._places.items():
            value = _number(numbers, key, which)
            if value is not None and not (which == "value" and self._is_replaced(numbers, key, box)):
                text = "" if (key, which) in numbers.veiled else _with_sign(numbers, key, which, value, box)
                made.append(NumberLabel(key, which, box, text, key in own))
        made.sort(key=lambda label: label.is_own)
        return made

    def _is_replaced(self, numbers: NetworkNumbers, key: Key, box: QRectF) -> bool:
        """Return whether the gradient of a node is written in the place of its value."""
        return self._places.get((key, "gradient")) == box and _number(numbers, key, "gradient") is not None


def _value_box_of(layout: GraphLayout, layer: int, width: float, sizes: Sizes) -> places.ValueBox:
    """Return where a column's values stand: on the tiles, or where the lines leave tiles that are too small."""
    place = layout.columns[layer]
    is_last = layer + 1 == len(layout.columns)  # the outputs: their names and the loss stand to the right
    has_room = place.tile / 2.0 + labels.RING + width <= _REACH_BESIDE * place.slot.width
    if not is_last and has_room and places.covers(layout.tile(NodeKey(layer, place.first)), sizes):
        return places.value_box_beside
    return places.value_box


def _longest(made: Iterable[NumberLabel], which: places.Which = "") -> int:
    """Return how many figures the longest number has, of those of one kind where that is said."""
    texts = (label.text.rpartition(" ")[2].lstrip("→") for label in made if not which or label.which == which)
    return max(map(len, texts), default=0)


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


def _sizes() -> Sizes:
    return Sizes(room_of_numbers(bold=True).digit, line_height())


def _at(parts: tuple[Floats | None, ...], index: int) -> Floats | None:
    return parts[index] if index < len(parts) else None


def _number(numbers: NetworkNumbers, key: Key, which: places.Which) -> float | None:
    """Return a number of a node or an edge, None where it is not computed."""
    if isinstance(key, NodeKey):
        column = _at(numbers.values if which == "value" else numbers.gradients, key.layer)
        return None if column is None else float(column[key.unit])
    matrix = _at(numbers.weights if which == "weight" else numbers.below, key.layer - 1)
    return None if matrix is None else float(by_piece(matrix)[key.target, key.piece, key.source])


def _with_sign(numbers: NetworkNumbers, key: Key, which: places.Which, value: float, box: QRectF) -> str:
    """Return the text of a number with what it is in front, where that is not plain from its place."""
    text = numerals.brief(value)
    if which in ("value", "weight"):
        return text
    if which == "below":
        arrow = "→" if numbers.below_kind == "next" else ""
        fits = _sizes().width(len(arrow) + len(text)) <= box.width()
        return arrow + (text if fits else numerals.briefest(value))
    symbol = numbers.gradient_symbol if key.layer else "∂"
    named = f"{symbol} = {text}" if symbol == "δ" else f"{symbol} {text}"
    return named if _sizes().width(len(named)) <= box.width() else text


def _obstacles(picture: Picture) -> list[QRectF]:
    """Return what no number of an edge may cover: the tiles with a ring, the loss node, the warnings."""
    layout, ring = picture.layout, labels.RING
    tiles = [
        layout.tile(NodeKey(layer, unit)).adjusted(-ring, -ring, ring, ring)
        for layer, place in enumerate(layout.columns)
        for unit in range(place.first, place.last)
    ]
    return [*tiles, layout.loss_box, *(box for _, box in labels.badge_boxes(layout, picture.frame))]


def _look(label: NumberLabel, picture: Picture) -> str:
    """Return how a number is drawn, by what it is."""
    numbers = picture.frame.numbers
    assert numbers is not None
    if label.which in ("value", "gradient"):
        return label.which
    if label.which == "below" and numbers.below_kind == "gradient":
        return "gradient"
    return "own" if label.is_own else "other"
