"""Undo commands: an edit of the document, and a dated edit of a run's weights."""

from __future__ import annotations

from collections.abc import Iterator

from playground.document.document import Document
from playground.session.live_run import LiveRun
from playground.session.undo_stack import Edit, Retained
from playground.training.branch import Branch
from playground.training.run_memory import RunMemory


class EditDocument(Edit):
    """Replace the document; undo brings back the old one with the weights that it had.

    Edits of one gesture (a drag) join into one command.
    """

    def __init__(self, live: LiveRun, after: Document, text: str, gesture: int, memory: RunMemory) -> None:
        """Remember both ends: `after`, and in `memory` document and run at the press; `gesture` is 0 without a drag."""
        super().__init__(text, gesture)
        self._live = live
        self._after = after
        self._memory = memory
        self._undone: RunMemory | None = None
        self._restarted = False

    def redo(self) -> None:
        """Apply the edit, the first time or again."""
        if self._undone is None:
            text = self.text()
            self._restarted = self._live.replace_document(self._after, self._memory, done=text, gesture=self.gesture)
            if not self._restarted:  # undo continues from the current weights: the past is not needed
                self._memory = self._memory.without_past()
        elif self._restarted:
            self._live.restore(self._undone)
        else:
            self._live.replace_document(self._after, self._undone, keep_weights=True, done=self.text())

    def undo(self) -> None:
        """Put the old document back; training continues from the current weights unless the edit restarted it."""
        undone = self._live.run.memory()
        if self._restarted:
            self._undone = undone
            self._live.restore(self._memory)
        else:
            self._undone = undone.without_past()
            self._live.replace_document(self._memory.document, self._memory, keep_weights=True, undone=self.text())

    def take_in(self, later: EditDocument) -> None:
        """Go to where `later` went."""
        self._after = later._after
        if later._restarted:
            self._restarted, self._memory = True, later._memory
        if self._after == self._memory.document and not self._restarted:
            self.setObsolete(True)

    def retained(self) -> Iterator[Retained]:
        """Return the points, states and curves of both ends."""
        yield from _retained_by(self._after)
        for memory in filter(None, (self._memory, self._undone)):
            yield from _retained_in(memory)


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


class SwitchBranch(Edit):
    """Continue with a branch; what the run leaves becomes a branch. Undo switches back exactly."""

    def __init__(self, live: LiveRun, branch: Branch, end: RunMemory, text: str) -> None:
        """Remember both; `end` is the run at the last iteration of `branch`."""
        super().__init__(text)
        self._live = live
        self._before = live.run.full_memory(), live.run.history.branches
        self._after = end, live.run.branches_after_switch_to(branch)

    def redo(self) -> None:
        """Go to the end of the branch."""
        self._resume(*self._after)

    def undo(self) -> None:
        """Put the run back where it was."""
        self._resume(*self._before)

    def _resume(self, memory: RunMemory, branches: tuple[Branch, ...]) -> None:
        self._live.resume(memory.document, memory.state, memory.curve, memory.marks, branches)

    def retained(self) -> Iterator[Retained]:
        """Return the points, states and curves of both ways and of all branches."""
        for memory, branches in (self._before, self._after):
            yield from _retained_in(memory)
            for branch in branches:
                yield branch.table
                if branch.end is not None:
                    yield from _retained_in(branch.end)


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
