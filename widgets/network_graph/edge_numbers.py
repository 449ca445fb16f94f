"""Which numbers of a layer's edges there is room for: the weight on its line, and below it what else is written there.

In slow motion the places are the same in every phase: what later phases will write has its room from the first one on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from widgets.network_graph.edges import LayerEdges
from widgets.network_graph.number_places import MOST_EDGES, Boxes, Placed, Which, place_edges
from widgets.values import EdgeKey, NodeKey

Cell = tuple[int, int]
"""An edge as (row, source) of its layer's arrays."""
Size = tuple[float, float]
Settled = dict[tuple[NodeKey | EdgeKey, Which], QRectF]
_TRIES = 4
_ROOM = 0.7
"""Of the space between two columns: more than this cannot be covered without overlap."""


@dataclass(frozen=True, slots=True)
class Space:
    """Where the numbers of a layer's edges may stand: on its lines in the view, off the boxes that are taken."""

    layer: LayerEdges
    view: QRectF
    boxes: Boxes
    line: float
    curved: bool

    def place(self, *groups: tuple[Sequence[Cell], Size], tries: int = _TRIES) -> Placed:
        """Place the edges of each group before those of the next; within one, what finds no place chooses first."""
        best, taken = Placed({}), self.boxes.count
        for _ in range(tries):
            self.boxes.forget_after(taken)
            parts = [
                place_edges(self.layer, cells, size, self.view, self.boxes, curved=self.curved)
                for cells, size in groups
            ]
            found = Placed(
                {key: box for part in parts for key, box in part.boxes.items()},
                sum(part.in_view for part in parts),
                sum(part.crossings for part in parts),
            )
            best = found if len(found.boxes) > len(best.boxes) else best
            if len(found.boxes) == found.in_view or found.is_crowded:
                break
            groups = tuple(
                (sorted(cells, key=lambda cell: self.layer.key(*cell) in found.boxes), size) for cells, size in groups
            )
        self.boxes.forget_after(taken)
        return best

    def has_room_for(self, count: int, size: Size) -> bool:
        """Return whether so many boxes could be told apart."""
        room = _ROOM * (self.layer.x1 - self.layer.x0) * self.view.height()
        return count <= min(MOST_EDGES, room / (size[0] * size[1]))

    def contains(self, box: QRectF) -> bool:
        """Return whether `box` lies between the columns and touches nothing that is taken."""
        between = box.left() >= self.layer.x0 + 1.0 and box.right() <= self.layer.x1 - 1.0
        return between and self.view.contains(box) and self.boxes.is_free(box)


class EdgeNumbers:
    """Settles the numbers of edges; where all of them stand is kept, whatever is marked."""

    def __init__(self) -> None:
        self._all: dict[tuple[int, Size], Placed] = {}

    def forget(self) -> None:
        """Settle all again: other edges, or another room."""
        self._all.clear()

    def settle(self, space: Space, cells: Sequence[Cell], mine: Sequence[Cell], size: Size) -> Settled:
        """Return the places of numbers of one `size`: of all `cells`, or only of those that are `mine`."""
        return self._of_all(space, cells, mine, size) or _lines(space, space.place((mine, size), tries=1))

    def settle_steadily(
        self, space: Space, cells: Sequence[Cell], mine: Sequence[Cell], one: Size, two: Size
    ) -> Settled:
        """Return places that hold for every phase: of both numbers of each edge, of each weight, or of what is `mine`.

        A weight alone is of size `one`, with what later phases write below it of size `two`.
        """
        return self._of_all(space, cells, mine, two) or (
            self._of_weights(space, cells, mine, one, two) or _lines(space, space.place((mine, two), tries=1))
        )

    # ---- inside --------------------------------------------------------------------------------

    def _of_all(self, space: Space, cells: Sequence[Cell], mine: Sequence[Cell], size: Size) -> Settled:
        """Return the places of all numbers, of those that are `mine` first; none where they could not be read."""
        found = self._placed(space, cells, size)
        if not found.can_be_read:
            return {}
        if any(space.layer.key(*cell) not in found.boxes for cell in mine):
            found = space.place((mine, size), (_others(cells, mine), size))
        return _lines(space, found)

    def _of_weights(self, space: Space, cells: Sequence[Cell], mine: Sequence[Cell], one: Size, two: Size) -> Settled:
        """Return the places of all weights, and below them of the other numbers that there is room for."""
        found = self._placed(space, cells, one)
        if not found.can_be_read:
            return {}
        settled = _with_below(space, found, (*mine, *_others(cells, mine)), two[0])
        if any((space.layer.key(*cell), "below") not in settled for cell in mine):
            found = space.place((mine, two), (_others(cells, mine), one))
            settled = _with_below(space, found, _others(cells, mine), two[0])
        return settled

    def _placed(self, space: Space, cells: Sequence[Cell], size: Size) -> Placed:
        """Return where all `cells` stand; those of which some are left out are not kept."""
        found = self._all.get((space.layer.layer, size))
        if found is None:
            found = space.place((cells, size)) if space.has_room_for(len(cells), size) else Placed({})
            if len(found.boxes) == found.in_view or not found.can_be_read:
                self._all[space.layer.layer, size] = found
        return found


def _others(cells: Iterable[Cell], mine: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell not in mine]


def _lines(space: Space, found: Placed) -> Settled:
    """Return the lines of each box: the weight, and below it the other number where the box is high enough."""
    settled: Settled = {}
    for key, box in found.boxes.items():
        settled[key, "weight"] = QRectF(box.left(), box.top(), box.width(), space.line)
        if box.height() > space.line:
            settled[key, "below"] = settled[key, "weight"].translated(0.0, space.line)
    return settled


def _with_below(space: Space, found: Placed, order: Iterable[Cell], width: float) -> Settled:
    """Return the lines of each box, and where there is room a second one, `width` wide, for those of `order`."""
    settled, taken = _lines(space, found), space.boxes.count
    for box in found.boxes.values():
        space.boxes.add(box)
    for cell in order:
        key = space.layer.key(*cell)
        if (key, "weight") not in settled or (key, "below") in settled:
            continue
        weight = settled[key, "weight"]
        below = QRectF(weight.center().x() - width / 2.0, weight.bottom(), width, space.line)
        if space.contains(below):
            settled[key, "below"] = below
            space.boxes.add(below)
    space.boxes.forget_after(taken)
    return settled
