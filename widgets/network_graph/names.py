"""The names of units beside or above their tiles, where there is room; their places are kept until they change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets.network_graph.labels import RING, has_room_below, pitch, stands_above
from widgets.network_graph.layout import ColumnPlace, GraphLayout
from widgets.network_graph.number_stamps import NAME, draw_stamp, line_height, room_of, room_of_numbers, stamp_at
from widgets.style.text_room import TextRoom
from widgets.values import NetworkDiagram, NetworkFrame, NodeKey

_VALUE = 7
"""So many figures has a value that is written on a tile: ``−0.0078``."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, in which column."""

    layer: int
    text: str
    box: QRectF


class NameLayer:
    """Keeps where the names stand, and a picture of those of each column."""

    def __init__(self) -> None:
        self._structure: tuple[object, ...] = ()
        self._names: list[Name] = []
        self._pictures: tuple[list[Name], float, list[tuple[QPointF, QPixmap]]] = [], 0.0, []

    def forget(self) -> None:
        """Settle the places again: the type or the theme has changed."""
        self._structure, self._pictures = (), ([], 0.0, [])

    def names(
        self, layout: GraphLayout, diagram: NetworkDiagram, frame: NetworkFrame | None, view: QRectF
    ) -> list[Name]:
        """Return the inputs' names to the left of their tiles, others above theirs; the outputs' else to the right.

        Hidden units have a name where numbers are written; a warning's word goes first.
        """
        gradients = None if frame is None or frame.numbers is None else frame.numbers.gradients
        known = None if gradients is None else tuple(part is not None for part in gradients)
        is_slow = frame is not None and frame.known_layers is not None
        badges = frozenset(() if frame is None else frame.badges)
        structure = layout, diagram, known is not None if is_slow else known, badges, is_slow, view.getRect()
        if structure != self._structure:
            self._structure = structure
            self._names = []
            for layer, place in enumerate(layout.columns):
                if known is not None or layer in (0, len(layout.columns) - 1):
                    if is_slow:  # what later phases will write below the tiles has its room from the first one on
                        has_gradients = known is not None and has_room_below(place, line_height())
                    else:
                        has_gradients = known is not None and layer < len(known) and known[layer]
                    self._names += _column(layout, diagram, layer, place, badges, view, has_gradients=has_gradients)
        return self._names

    def draw(self, painter: QPainter, names: list[Name], ratio: float) -> None:
        """Write `names`; with a device `ratio` from kept pictures of them."""
        if not ratio:
            for name in names:
                draw_stamp(painter, name.box, name.text, NAME, ratio)
            return
        if self._pictures[0] is not names or self._pictures[1] != ratio:
            columns = [list(column) for _, column in groupby(names, attrgetter("layer"))]
            self._pictures = names, ratio, [_picture(column, ratio) for column in columns]
        for at, picture in self._pictures[2]:
            painter.drawPixmap(at, picture)


def _picture(names: list[Name], ratio: float) -> tuple[QPointF, QPixmap]:
    """Return a picture of the names of a column, and its place; each begins at a pixel of the screen."""
    stamps = [stamp_at(name.box, name.text, NAME, ratio) for name in names]
    left, top = (round(min(starts) * ratio) for starts in zip(*(at.toTuple() for at, _ in stamps), strict=True))
    right = max(round(at.x() * ratio) + stamp.width() for at, stamp in stamps)
    bottom = max(round(at.y() * ratio) + stamp.height() for at, stamp in stamps)
    picture, at = QPixmap(right - left, bottom - top), QPointF(left / ratio, top / ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        for place, stamp in stamps:
            painter.drawPixmap(place - at, stamp)
    return at, picture


def _column(
    layout: GraphLayout,
    diagram: NetworkDiagram,
    layer: int,
    place: ColumnPlace,
    badges: frozenset[NodeKey],
    view: QRectF,
    *,
    has_gradients: bool,
) -> list[Name]:
    type_room = room_of(NAME)
    height = type_room.height
    is_end = layer in (0, len(layout.columns) - 1)
    column, shown_units = diagram.columns[layer], slice(place.first, place.last)
    texts = column.labels[shown_units]
    captions = column.captions[shown_units] or tuple((text,) for text in texts)
    widest = max(type_room.width(text) for text in texts)
    beside = layer == 0 and widest <= place.left - place.slot.left - 6.0
    room = pitch(place) - place.tile - (height + RING if has_gradients else 0.0)
    # Above an output a name is nearer to it than to the one before.
    least = 1.0 if not is_end else 2.0 * RING + 2.0 if layer else RING
    above = not beside and room >= height + least
    if not above and (not is_end or pitch(place) < height):
        return []
    found = []
    after = _after_value(layout, place, widest)
    for unit, ways in enumerate(captions, place.first):
        key = NodeKey(layer, unit)
        tile = layout.tile(key)
        if above:
            away = RING if is_end or unit == place.first or room >= height + RING + 2.0 else 1.0
            middle, top, most = place.x, tile.top() - height - away, place.slot.width
        else:
            top = tile.center().y() - height / 2.0
            most = layout.loss_box.left() - after if layer else place.left - place.slot.left - 5.0
            half = min(type_room.width(_fitted(ways, most, type_room)), most) / 2.0
            middle = after + half if layer else place.left - 5.0 - half
        shown = _fitted(ways, most, type_room)
        width = type_room.width(shown) + 2.0
        box = QRectF(middle - width / 2.0, top, width, height)
        if above and not view.contains(box):  # else the name below its tile would seem to be its own
            box.moveBottom(tile.top() - 1.0)
        is_hidden = above and (not view.contains(box) or (key in badges and stands_above(place)))
        if not is_hidden:
            found.append(Name(layer, shown, box))
    return found


def _fitted(ways: tuple[str, ...], most: float, type_room: TextRoom) -> str:
    """Return the longest way to write a name that fits, or else as much of the last one as does."""
    return next((way for way in ways if type_room.width(way) <= most), type_room.elided(ways[-1], most))


def _after_value(layout: GraphLayout, place: ColumnPlace, widest: float) -> float:
    """Return where names to the right of a column begin: after the longest value and the ring, if there is room."""
    value = room_of_numbers(bold=True).width("0" * _VALUE)
    wanted = max(place.x + value / 2.0, place.right + RING) + 2.0
    return max(min(wanted, layout.loss_box.left() - widest - 3.0), place.right + 1.0)
