"""Timeline: kept states of a run, thinned, from which every moment can be computed again exactly."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from playground.engine.state import RunState
from playground.session.document import Document

CAPACITY_BYTES = 64 * 2**20
CAPACITY = 512
RECENT = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """A kept state and the document under which training went on from it.

    ``edited`` marks the states that a person made; they are never thinned away.
    """

    state: RunState
    document: Document
    edited: bool = False


class Timeline:
    """The kept states of one run, oldest first.

    Batches are functions of (seed, epoch, position), so a state is replayed from the nearest kept
    one before it, under that mark's document, to the same bits. The most recent marks are all
    kept; older ones stand a stride apart, which doubles when ``CAPACITY`` marks or 64 MiB are held.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._marks: list[Mark] = []
        self._stride = 1

    def __len__(self) -> int:
        """Return how many states are kept."""
        return len(self._marks)

    @property
    def first(self) -> int:
        """The earliest iteration that can be gone back to."""
        return self._marks[0].state.iteration if self._marks else 0

    @property
    def last(self) -> int:
        """The latest iteration that is kept."""
        return self._marks[-1].state.iteration if self._marks else 0

    @property
    def size_bytes(self) -> int:
        """Memory that the kept states hold, in bytes."""
        return sum(_bytes(mark.state) for mark in self._marks)

    def restart(self, state: RunState, document: Document) -> None:
        """Forget everything and begin at `state`."""
        self._marks = [Mark(state, document, edited=True)]
        self._stride = 1

    def keep(self, state: RunState, document: Document, *, edited: bool = False) -> None:
        """Keep `state`; states after its iteration are forgotten.

        A person's edit is kept beside the trained state of the same iteration, which it follows.
        """
        self.cut(state.iteration)
        if not edited and self._marks and self._marks[-1].state.iteration == state.iteration:
            return
        self._marks.append(Mark(state, document, edited))
        at = len(self._marks) - RECENT - 1
        if at > 0 and not self._is_spaced(at):
            del self._marks[at]
        limit = max(RECENT + 8, min(CAPACITY, CAPACITY_BYTES // max(1, _bytes(state))))
        if len(self._marks) > limit:
            self._thin(limit)

    def cut(self, iteration: int) -> None:
        """Forget the states after `iteration`."""
        while self._marks and self._marks[-1].state.iteration > iteration:
            self._marks.pop()

    def before(self, iteration: int) -> Mark:
        """Return the last kept mark at or before `iteration`.

        Raises
        ------
        ValueError
            When `iteration` lies before the first kept state.
        """
        at = bisect_right(self._marks, iteration, key=lambda mark: mark.state.iteration)
        if at == 0:
            raise ValueError(f"iteration {iteration} lies before the first kept one, {self.first}")
        return self._marks[at - 1]

    def _is_spaced(self, at: int) -> bool:
        """Tell whether the mark `at` an index stays: a person's edit, or a stride after the one before it."""
        mark, previous = self._marks[at], self._marks[at - 1]
        return mark.edited or mark.state.iteration - previous.state.iteration >= self._stride

    def _thin(self, limit: int) -> None:
        """Double the stride of the marks that are not recent; then let the oldest go if need be."""
        old, recent = self._marks[:-RECENT], self._marks[-RECENT:]
        span = old[-1].state.iteration - old[0].state.iteration
        self._stride = max(2 * self._stride, 2 * span // limit)
        kept = old[:1]
        for mark in old[1:]:
            if mark.edited or mark.state.iteration - kept[-1].state.iteration >= self._stride:
                kept.append(mark)
        self._marks = (kept + recent)[-limit:]


def _bytes(state: RunState) -> int:
    return state.parameters.nbytes + sum(slot.nbytes for slot in state.slots)
