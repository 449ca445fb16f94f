"""Timeline: kept states of a run, thinned, from which every iteration can be replayed exactly."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from playground.document.document import Document
from playground.engine.state import RunState

CAPACITY_BYTES = 64 * 2**20
CAPACITY = 512
RECENT = 32
DENSE = 64
"""Up to twice this iteration every state is kept, up to the next power of two every second, and so on."""
OUTLINE = 48
OUTLINE_BYTES = 2 * 2**20


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A kept state and the document under which training went on from it.

    ``edited`` marks the states that the user made: they cannot be replayed from earlier ones, so trained states are
    thinned first.
    """

    state: RunState
    document: Document
    edited: bool = False

    @property
    def iteration(self) -> int:
        """The iteration of the state."""
        return self.state.iteration

    def is_at(self, state: RunState, document: Document) -> bool:
        """Return whether this is `state`, bit for bit, under `document`."""
        ours, theirs = (self.state.parameters, *self.state.slots), (state.parameters, *state.slots)
        same = len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
        return same and self.document == document


class Timeline:
    """The kept states of one run, oldest first, one an iteration.

    Batches are functions of (seed, epoch, position), so a state is replayed from the nearest kept
    one before it, under that mark's document, to the same bits. The most recent marks are all
    kept; older ones stand a stride apart, which doubles when ``CAPACITY`` marks or ``CAPACITY_BYTES`` are
    full. When edits alone fill it, the oldest are dropped. Two states are kept however large they are.

    Which trained states are kept depends on their iterations alone, never on how training was cut into slices: those
    that ``next_due`` names. The state where a run stands is held besides, until training goes on.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.most_apart = 1  # iterations from one kept state to the next, at most; a power of two
        self._marks: list[Mark] = []
        self._stride = 1
        self._size = 0

    def __len__(self) -> int:
        """Return how many states are kept."""
        return len(self._marks)

    @property
    def first(self) -> int:
        """The earliest iteration that can be replayed."""
        return self._marks[0].iteration if self._marks else 0

    @property
    def last(self) -> int:
        """The latest iteration that is kept."""
        return self._marks[-1].iteration if self._marks else 0

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The kept states, oldest first."""
        return tuple(self._marks)

    @property
    def size_bytes(self) -> int:
        """Memory of the kept states, in bytes."""
        return self._size

    def next_due(self, iteration: int) -> int:
        """Return the first iteration after `iteration` whose state is to be kept: the denser, the nearer to 0."""
        gap = min(self.most_apart, 1 << max(0, (iteration // DENSE).bit_length() - 1))
        return (iteration // gap + 1) * gap

    def restart(self, state: RunState, document: Document) -> None:
        """Forget everything and begin at `state`."""
        self.restore((), state, document)

    def restore(self, marks: tuple[Mark, ...], state: RunState, document: Document) -> None:
        """Put back the `marks` of an ``outline``, and keep `state`, the current one, unless it lies among them."""
        self._stride = 1
        self._replace(list(marks))
        if marks and self.last == state.iteration and marks[-1].is_at(state, document):
            return
        if not marks or self.last <= state.iteration:
            self.keep(state, document, edited=True)

    def hold(self, state: RunState, document: Document) -> None:
        """Keep `state`, where the run stands now, until training goes on from it."""
        self.cut(state.iteration)
        if not self._marks or self.last < state.iteration:
            self._drop_held()
            self._marks.append(Mark(state, document))
            self._size += state.nbytes

    def keep(self, state: RunState, document: Document, *, edited: bool = False) -> None:
        """Keep `state`; states after its iteration are forgotten.

        An edited state replaces the one of the same iteration.
        """
        self.cut(state.iteration)
        if self._marks and self.last == state.iteration:
            if not edited:
                return
            self._drop(-1)
        else:
            self._drop_held()
        self._marks.append(Mark(state, document, edited))
        self._size += state.nbytes
        leaving = len(self._marks) - RECENT - 1
        if leaving > 0 and not self._is_spaced(leaving):
            self._drop(leaving)
        if self._is_over(1.0):
            self._thin()

    def cut(self, iteration: int) -> None:
        """Forget the states after `iteration`."""
        while self._marks and self.last > iteration:
            self._drop(-1)

    def before(self, iteration: int) -> Mark:
        """Return the last kept mark at or before `iteration`.

        Raises
        ------
        ValueError
            When `iteration` lies before the first kept state.
        """
        at = bisect_right(self._marks, iteration, key=lambda mark: mark.iteration)
        if at == 0:
            raise ValueError(f"iteration {iteration} lies before the first kept one, {self.first}")
        return self._marks[at - 1]

    def outline(self, most: int = OUTLINE) -> tuple[Mark, ...]:
        """Return a few marks from which all (or the latest part) can be replayed, for an undo or a file to keep.

        A third of those without an edit are the latest, so that going back a little is quick; the others are
        spaced over the whole.
        """
        if not self._marks:
            return ()
        if len(self._marks) <= most and self._size <= OUTLINE_BYTES:
            return self.marks
        most = max(1, min(most, OUTLINE_BYTES // max(1, self._marks[-1].state.nbytes)))
        edited = [at for at, mark in enumerate(self._marks) if mark.edited or at == 0][-most:]
        trained = range(edited[0] + 1, len(self._marks))
        spare = most - len(edited)
        latest = set(trained[len(trained) - min(len(trained), spare // 3) :])
        spare -= len(latest)
        spaced = [trained[at * len(trained) // spare] for at in range(spare)] if trained else []
        return tuple(self._marks[at] for at in sorted({*edited, *latest, *spaced}))

    def _drop_held(self) -> None:
        """Drop the last state if it was held only because the run stood there."""
        if len(self._marks) > 1 and not self._marks[-1].edited and self.next_due(self.last - 1) != self.last:
            self._drop(-1)

    def _is_spaced(self, at: int) -> bool:
        """Return whether the mark `at` an index stays: an edit, or a stride after the one before it."""
        mark, previous = self._marks[at], self._marks[at - 1]
        return mark.edited or mark.iteration - previous.iteration >= self._stride

    def _is_over(self, share: float) -> bool:
        """Return whether more than `share` of the capacity is used, by more than two marks."""
        full = len(self._marks) > share * CAPACITY or self._size > share * CAPACITY_BYTES
        return full and len(self._marks) > 2

    def _thin(self) -> None:
        """Double the stride of the marks that are not recent until a quarter is free; else drop the oldest."""
        recent = min(RECENT, len(self._marks) // 2)
        while self._is_over(0.75) and not all(mark.edited for mark in self._marks[1:-recent]):
            self._stride *= 2
            kept = self._marks[:1]
            for mark in self._marks[1:-recent]:
                if mark.edited or mark.iteration - kept[-1].iteration >= self._stride:
                    kept.append(mark)
            self._replace(kept + self._marks[-recent:])
        while self._is_over(1.0):
            self._drop(0)

    def _replace(self, marks: list[Mark]) -> None:
        self._marks = marks
        self._size = sum(mark.state.nbytes for mark in marks)

    def _drop(self, at: int) -> None:
        self._size -= self._marks.pop(at).state.nbytes
