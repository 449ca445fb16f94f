"""Undo commands: an edit of the document, and a dated edit of a run's weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from playground.session.document import Document

if TYPE_CHECKING:
    from playground.session.branch import Branch
    from playground.session.run_memory import RunMemory
    from playground.session.session import Session

_EDIT_ID, _WEIGHTS_ID = 1, 2


class EditDocument(QUndoCommand):
    """Replace the document; undo brings back the old one with the weights that it had.

    Edits of one gesture (a drag) join into one command.

    Parameters
    ----------
    session : Session
    after : Document
    text : str
        What the Edit menu calls it.
    gesture : int
        Id of the drag, or 0 for an edit of its own.
    memory : RunMemory
        Document and run at the press.
    """

    def __init__(self, session: Session, after: Document, text: str, gesture: int, memory: RunMemory) -> None:
        """Remember both ends."""
        super().__init__(text)
        self._session = session
        self._after = after
        self._gesture = gesture
        self._memory = memory
        self._undone: RunMemory | None = None
        self._restarted = False

    def id(self) -> int:
        """Return the kind of this command, for Qt's merging."""
        return _EDIT_ID

    def redo(self) -> None:
        """Apply the edit, the first time or again."""
        if self._undone is None:
            text = self.text()
            self._restarted = self._session.adopt(self._after, self._memory, done=text, gesture=self._gesture)
            if not self._restarted:  # its undo goes on from the present weights: the past is not needed
                self._memory = self._memory.without_past()
        elif self._restarted:
            self._session.restore(self._undone)
        else:
            self._session.adopt(self._after, self._undone, keep_weights=True, done=self.text())

    def undo(self) -> None:
        """Put the old document back; training goes on from the present weights unless the edit began afresh."""
        undone = self._session.run.memory()
        if self._restarted:
            self._undone = undone
            self._session.restore(self._memory)
        else:
            self._undone = undone.without_past()
            self._session.adopt(self._memory.document, self._memory, keep_weights=True, undone=self.text())

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Join the next edit of the same drag."""
        if not isinstance(other, EditDocument) or not self._gesture or other._gesture != self._gesture:
            return False
        self._after = other._after
        if other._restarted:
            self._restarted, self._memory = True, other._memory
        if self._after == self._memory.document and not self._restarted:
            self.setObsolete(True)
        return True


class EditWeights(QUndoCommand):
    """Set weights of a run at its iteration; undo and redo put the run at that moment.

    Edits of one gesture (a drag) join into one command.
    """

    def __init__(self, session: Session, before: RunMemory, after: RunMemory, text: str, gesture: int = 0) -> None:
        """Remember the run before and after."""
        super().__init__(text)
        self._session, self._before, self._after, self._gesture = session, before, after, gesture

    def id(self) -> int:
        """Return the kind of this command, for Qt's merging."""
        return _WEIGHTS_ID

    def redo(self) -> None:
        """Put the edited weights in."""
        self._session.restore(self._after)

    def undo(self) -> None:
        """Put the weights back that were there before."""
        self._session.restore(self._before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Join the next edit of the same drag."""
        if not isinstance(other, EditWeights) or not self._gesture or other._gesture != self._gesture:
            return False
        self._after = other._after
        return True


class TurnToBranch(QUndoCommand):
    """Go on with a future that was left; the present one is a branch instead. Undo comes back, as it was."""

    def __init__(self, session: Session, branch: Branch, end: RunMemory, text: str) -> None:
        """Remember both ways; `end` is where `branch` had come to."""
        super().__init__(text)
        self._session = session
        self._before = session.run.whole(), session.run.history.branches
        self._after = end, session.run.turned_to(branch)

    def redo(self) -> None:
        """Go to the end of the branch."""
        self._session.turn_to(*self._after)

    def undo(self) -> None:
        """Come back to where the run was."""
        self._session.turn_to(*self._before)
