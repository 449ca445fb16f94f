"""Which numbers of a layer's edges there is room for: the weight on its line, and below it what else is written there.

In slow motion the places are the same in every phase: what later phases will write has its room from the first one on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QRectF

from widgets.network_graph.edges import LayerEdges
from widgets.network_graph.number_places import MOST_EDGES, Boxes, Placed, Which, place_edges
from widgets.values import EdgeKey, NodeKey

Cell = tuple[int, int]
"""An edge as (row, source) of its layer's arrays."""
Cells = Sequence[Cell]
Size = tuple[float, float]
Settled = dict[tuple[NodeKey | EdgeKey, Which], QRectF]
_TRIES = 4
_WIDER = 13.0
"""Wider boxes keep further from the columns, where lines are dense: they may be read where narrow ones are not."""
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

    def place(self, *groups: tuple[Cells, Size], tries: int = _TRIES) -> Placed:
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

    def lines(self, *groups: tuple[Cells, Size]) -> Settled:
        """Return the lines of the boxes of each group, placed before those of the next; at once, without long tries."""
        return self.lines_of(self.place(*groups, tries=2))

    def lines_of(self, found: Placed) -> Settled:
        """Return the lines of each box: the weight, and below it the other number where the box is high enough."""
        settled: Settled = {}
        for key, box in found.boxes.items():
            settled[key, "weight"] = QRectF(box.left(), box.top(), box.width(), self.line)
            if box.height() > self.line:
                settled[key, "below"] = settled[key, "weight"].translated(0.0, self.line)
        return settled

    def below(self, settled: Settled, order: Iterable[Cell], width: float) -> Settled:
        """Return a line `width` wide below the weights of `order` that have none, where there is room."""
        found: Settled = {}
        with self.taken(settled):
            for cell in order:
                key = self.layer.key(*cell)
                weight = settled.get((key, "weight"))
                if weight is None or (key, "below") in settled:
                    continue
                box = QRectF(weight.center().x() - width / 2.0, weight.bottom(), width, self.line)
                if self.contains(box):
                    found[key, "below"] = box
                    self.boxes.add(box)
        return found

    @contextmanager
    def taken(self, settled: Settled) -> Iterator[None]:
        """Leave no room where numbers stand, for a while."""
        count = self.boxes.count
        for box in settled.values():
            self.boxes.add(box)
        yield
        self.boxes.forget_after(count)

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
        self._all: dict[tuple[int, Size, int], Placed] = {}

    def forget(self) -> None:
        """Settle all again: other edges, or another room."""
        self._all.clear()

    def settle(
        self, space: Space, cells: Cells, mine: Sequence[Cells], one: Size, two: Size, *, is_steady: bool
    ) -> Settled:
        """Return the places of both numbers of each edge, of each weight, or of the edges of what is marked.

        Parameters
        ----------
        cells : Cells
            All edges, the most important first.
        mine : sequence of Cells
            Those of each thing that is marked, what is hovered first.
        one, two : Size
            The room of a weight alone, and with what is written below it; the same where nothing is.
        is_steady : bool
            Whether weights without a number below them are welcome: in slow motion, where those are yet to come.
        """
        return (
            self._of_all(space, cells, mine, two)
            or (self._of_all(space, cells, mine, (two[0] + _WIDER, two[1])) if is_steady else {})
            or (self._of_weights(space, cells, mine, one, two) if is_steady else {})
            or _of_marked(space, mine, one, two)
        )

    # ---- inside --------------------------------------------------------------------------------

    def _of_all(self, space: Space, cells: Cells, mine: Sequence[Cells], size: Size) -> Settled:
        """Return the places of all numbers, of what is marked first; none where they could not be read."""
        found = self._placed(space, cells, size)
        if not found.can_be_read:
            return {}
        if any(space.layer.key(*cell) not in found.boxes for cell in chain(*mine)):
            found = space.place(*_groups(mine, size), (_others(cells, mine), size))
        return space.lines_of(found)

    def _of_weights(self, space: Space, cells: Cells, mine: Sequence[Cells], one: Size, two: Size) -> Settled:
        """Return the places of all weights, and below them of the other numbers that there is room for."""
        found = self._placed(space, cells, one)
        if not found.can_be_read:
            return {}
        own, others = [space.layer.key(*cell) for cell in chain(*mine)], _others(cells, mine)
        settled = space.lines_of(found)
        settled |= space.below(settled, (*chain(*mine), *others), two[0])
        if all((key, "below") in settled for key in own):
            return settled
        first = _of_marked(space, mine, one, two)
        if len(first) <= sum((key, which) in settled for key in set(own) for which in ("weight", "below")):
            return settled
        with space.taken(first):
            rest = space.lines((others, one))
            return first | rest | space.below(rest, others, two[0])

    def _placed(self, space: Space, cells: Cells, size: Size) -> Placed:
        """Return where all `cells` stand, kept while as many nodes have their numbers."""
        key = space.layer.layer, size, space.boxes.count
        found = self._all.get(key)
        if found is None:
            found = space.place((cells, size)) if space.has_room_for(len(cells), size) else Placed({})
            self._all[key] = found
        return found


def _of_marked(space: Space, mine: Sequence[Cells], one: Size, two: Size) -> Settled:
    """Return the places of the numbers of what is marked: where not all find one, of as many as possible."""
    both = space.lines(*_groups(mine, two))
    lacking = [[cell for cell in cells if (space.layer.key(*cell), "weight") not in both] for cells in mine]
    if one == two or not any(lacking):
        return both
    with space.taken(both):
        both |= space.lines(*_groups(lacking, one))
    weights = space.lines(*_groups(mine, one))
    weights |= space.below(weights, chain(*mine), two[0])
    return max(both, weights, key=len)


def _groups(mine: Sequence[Cells], size: Size) -> Iterator[tuple[Cells, Size]]:
    """Yield the edges of each thing that is marked, each edge once."""
    seen: set[Cell] = set()
    for cells in mine:
        yield [cell for cell in cells if cell not in seen], size
        seen.update(cells)


def _others(cells: Cells, mine: Sequence[Cells]) -> Cells:
    known = set(chain(*mine))
    return [cell for cell in cells if cell not in known]
