"""UndoStack: Qt's, where the edits of a drag join, and bounded in number and in bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self

from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

LIMIT = 1000
CAPACITY_BYTES = 128 * 2**20
_ENTRY_BYTES = 200

Retained = NDArray[Any] | tuple[object, ...]
"""An array, or a tuple of small frozen things such as hand-set weights."""


class Edit(QUndoCommand):
    """An edit that can be undone."""

    def __init__(self, text: str, gesture: int = 0) -> None:
        """Be called `text`; in the Edit menu, where a single & would mark a key, each is doubled."""
        plain = " ".join(text.split("\n"))
        super().__init__(f"{plain}\n{plain.replace('&', '&&')}")
        self.gesture = gesture  # edits of one kind and one drag, named by a number that is not 0, join into one

    def take_in(self, later: Self) -> None:
        """Become this edit and `later`, of the same drag and done already; be obsolete when nothing is left."""
        raise NotImplementedError

    def retained(self) -> Iterable[Retained]:
        """Return what is large of all that this edit keeps."""
        return ()

    def forget(self) -> None:
        """Let go of everything and be obsolete: this edit will not be undone any more."""
        self.setObsolete(True)
        vars(self).clear()


class UndoStack(QUndoStack):
    """The edits of one window that can be undone.

    At most `limit` are kept, and of them the latest that need no more than `capacity` bytes together (what
    several hold counts once); the last one is kept however large it is. What undone edits hold for *Redo*
    comes on top of it.

    Edits join here and not in Qt's ``mergeWith``: PySide 6.11 ties a command to its stack when ``push``
    returns; a merged one has been deleted by then, and its Python object, with all it holds, would stay for ever.
    """

    def __init__(self, parent: QObject, limit: int = LIMIT, capacity: int = CAPACITY_BYTES) -> None:
        """Begin without edits."""
        super().__init__(parent)
        self.setUndoLimit(limit)
        self._capacity = capacity
        self.has_forgotten = False  # whether undo no longer leads to where the stack was empty, because of `capacity`
        self.indexChanged.connect(self._on_index_changed)

    def do(self, edit: Edit) -> None:
        """Do `edit`, as the next part of the drag that came last or as an edit of its own."""
        last = self._last()
        joins = edit.gesture and last is not None and (type(last), last.gesture) == (type(edit), edit.gesture)
        if last is None or not joins or self.canRedo():
            self.push(edit)
            self._forget_old()
            return
        edit.redo()
        last.take_in(edit)
        if last.isObsolete():
            self.undo()  # which takes it away and calls nothing

    def undo_through(self, edit: Edit) -> bool:
        """Undo `edit` and forget all that came after it; return whether it was still there to be undone."""
        at = next((i for i in range(self.index()) if self.command(i) is edit and not edit.isObsolete()), None)
        if at is None:
            return False
        while self.index() > at + 1:
            self._at(self.index() - 1).forget()
            self.undo()  # which takes it away and calls nothing
        self.undo()
        return True

    def size_bytes(self) -> int:
        """Return the memory that the edits hold, in bytes."""
        return max((size for _, size in self._sizes(self.count())), default=0)

    def _forget_old(self) -> None:
        """Forget all but the latest edits; Qt lets go of what is left of them when undo comes there."""
        latest = self.index() - 1
        for index, size in self._sizes(self.index()):
            if index < latest and size > self._capacity:
                self._at(index).forget()
                self.has_forgotten = True

    def _sizes(self, end: int) -> Iterator[tuple[int, int]]:
        """Return, from the latest before `end` on, each index and the bytes that it and what is after it hold."""
        known: set[int] = set()
        size = 0
        for index in reversed(range(end)):
            edit = self._at(index)
            if edit.isObsolete():
                return
            for thing in edit.retained():
                if id(thing) not in known:
                    known.add(id(thing))
                    size += len(thing) * _ENTRY_BYTES if isinstance(thing, tuple) else thing.nbytes
            yield index, size

    def _on_index_changed(self, index: int) -> None:
        """Take forgotten edits away as soon as one of them would be undone next."""
        self.has_forgotten = self.has_forgotten and self.count() > 0
        if index > 0 and self._at(index - 1).isObsolete():
            self.undo()

    def _last(self) -> Edit | None:
        return self._at(self.index() - 1) if self.canUndo() else None

    def _at(self, index: int) -> Edit:
        edit = self.command(index)
        assert isinstance(edit, Edit)
        return edit
