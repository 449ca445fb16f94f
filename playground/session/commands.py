"""Undo commands: an edit of the document, and a dated edit of a run's weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from playground.document.document import Document
from playground.session.live_run import LiveRun
from playground.session.undo_stack import Edit, Retained
from playground.training.branch import WholeRun
from playground.training.comparison_run import ComparisonRun
from playground.training.run_memory import RunMemory


class EditDocument(Edit):
    """Replace the document; undo brings back the old one with the weights that it had.

    Edits of one gesture (a drag) join into one command.
    """

    def __init__(self, live: LiveRun, after: Document, text: str, gesture: int, before: WholeRun) -> None:
        """Remember both ends: `after`, and the run at the press as `before`; `gesture` is 0 without a drag."""
        super().__init__(text, gesture)
        self._live = live
        self._after = after
        self._before = before
        self._undone: WholeRun | None = None
        self._restarted = self._has_cut = False  # whether the run began again, or lost its past to another network
        # Versions of the run before and after the latest undo or redo: until it moves, the next one is exact.
        self._found = self._version = -1

    def redo(self) -> None:
        """Apply the edit, the first time or again."""
        live, text = self._live, self.text()
        self._found = live.run.version
        if self._undone is None:
            self._restarted = live.replace_document(self._after, self._before.memory, done=text, gesture=self.gesture)
        else:
            undone, self._before = self._undone, live.run.whole()
            if self._restarted:
                live.put_back(undone)
            else:
                is_unmoved = self._found == self._version
                live.replace_document(self._after, undone.memory, keep_weights=True, exactly=is_unmoved, done=text)
        past = live.run.timeline.first, live.run.history.first
        self._has_cut = not self._restarted and live.run.iteration > 0 and live.run.iteration in past
        if not (self._restarted or self._has_cut):
            self._before = self._before.without_past()
        self._version = live.run.version

    def undo(self) -> None:
        """Put the old document back; training continues from the current weights unless the edit restarted it."""
        live, memory = self._live, self._before.memory
        undone, is_unmoved = live.run.whole(), live.run.version == self._version
        if self._restarted or (self._has_cut and is_unmoved):
            self._undone = undone
            live.put_back(self._before)
        else:
            self._undone = undone.without_past()
            live.replace_document(memory.document, memory, keep_weights=True, exactly=is_unmoved, undone=self.text())
        self._version = live.run.version

    def take_in(self, later: EditDocument) -> None:
        """Go to where `later` went."""
        self._after = later._after
        self._version = later._version if later._found == self._version else -1
        if later._restarted or later._has_cut:
            self._restarted, self._has_cut = self._restarted or later._restarted, later._has_cut
            self._before = later._before
        if self._after == self._before.memory.document and not self._restarted:
            self.setObsolete(True)
            if self._has_cut and self._live.run.version == self._version:
                self._live.put_back(self._before)

    def retained(self) -> Iterator[Retained]:
        """Return the points, states and curves of both ends."""
        yield from _retained_by(self._after)
        for whole in filter(None, (self._before, self._undone)):
            yield from _retained_with_branches(whole)


class EditWeights(Edit):
    """Set weights of a run at its iteration; undo and redo put the run at that iteration.

    Edits of one gesture (a drag) join into one command.
    """

    def __init__(self, live: LiveRun, before: RunMemory, after: RunMemory, text: str, gesture: int = 0) -> None:
        """Remember the run before and after."""
        super().__init__(text, gesture)
        self._live, self._before, self._after = live, before, after

    def redo(self) -> None:
        """Put the edited weights in."""
        self._live.restore(self._after)

    def undo(self) -> None:
        """Put the weights back that were there before."""
        self._live.restore(self._before)

    def take_in(self, later: EditWeights) -> None:
        """Go to where `later` went."""
        self._after = later._after

    def retained(self) -> Iterator[Retained]:
        """Return the points, states and curves of both ends."""
        yield from _retained_in(self._before)
        yield from _retained_in(self._after)


class SwitchRun(Edit):
    """Continue with another run; undo puts everything back that it replaced, and redo what undo replaced."""

    def __init__(self, live: LiveRun, after: WholeRun | None, text: str) -> None:
        """Go to `after`; with None the run stays, and only what is ``beside`` it changes."""
        super().__init__(text)
        self._live = live
        self._other, self._comparison_run = after, live.lockstep.comparison_run

    def beside(self, comparison_run: ComparisonRun | None) -> Self:
        """Go there with `comparison_run` in lock-step, or with none."""
        self._comparison_run = comparison_run
        return self

    def redo(self) -> None:
        """Go there."""
        self._exchange()

    def undo(self) -> None:
        """Come back."""
        self._exchange()

    def _exchange(self) -> None:
        lockstep = self._live.lockstep
        left = self._live.run.whole() if self._other else None, lockstep.comparison_run
        lockstep.set_comparison_run(self._comparison_run)
        if self._other:
            self._live.put_back(self._other)
        else:
            lockstep.align(self._live.run)
        self._other, self._comparison_run = left

    def retained(self) -> Iterator[Retained]:
        """Return the points, states and curves of the run that is not shown, and of its branches."""
        if self._other:
            yield from _retained_with_branches(self._other)


class Trained(SwitchRun):
    """What training has done since `before`; undo goes back there, and redo to where it had come."""

    def __init__(self, live: LiveRun, before: WholeRun, text: str) -> None:
        """Stand where training has come."""
        super().__init__(live, before, text)
        self._is_there = False

    def redo(self) -> None:
        """Do nothing the first time: it has been done."""
        if self._is_there:
            super().redo()
        self._is_there = True


def _retained_by(document: Document) -> Iterator[Retained]:
    yield from (document.start_weights, document.frozen, document.pruned)
    table = document.data.table
    if table is not None:
        yield from (table.points, table.targets, table.ids, table.thresholds)


def _retained_in(memory: RunMemory) -> Iterator[Retained]:
    yield from _retained_by(memory.document)
    for state in (memory.state, *(mark.state for mark in memory.marks)):
        yield from (state.parameters, *state.slots)
    if memory.curve is not None:
        yield memory.curve.table


def _retained_with_branches(whole: WholeRun) -> Iterator[Retained]:
    yield from _retained_in(whole.memory)
    for branch in whole.branches:
        yield branch.table
        if branch.end is not None:
            yield from _retained_in(branch.end)
