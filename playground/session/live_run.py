"""LiveRun: the run of a window with its comparison run, and the three ways in which an undo command changes it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.document.document import Document
from playground.document.prepared_data import PreparedData
from playground.engine.state import RunState
from playground.session.lockstep import Lockstep
from playground.training.branch import Branch, WholeRun
from playground.training.curve import Curve, DatedEdit
from playground.training.run import Run
from playground.training.run_memory import RunMemory
from playground.training.timeline import Mark


class LiveRun(QObject):
    """What commands change: they are given it and know nothing else of a session."""

    # The run follows another document: the one before, and the one that the run's weights come from.
    replaced = Signal(object, object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        """Begin with the first iteration of `document`."""
        super().__init__(parent)
        self.run = Run(document)  # the run that everything shows
        self.lockstep = Lockstep(self)  # the comparison run, if there is one, and how far behind it is
        self._put_away: list[PreparedData] = []  # by an undo: a redo would make a million points again

    def replace_document(
        self,
        document: Document,
        memory: RunMemory,
        *,
        keep_weights: bool | None = None,
        exactly: bool = False,
        done: str = "",
        undone: str = "",
        gesture: int = 0,
    ) -> bool:
        """Put `document` in place; removed weights come back from `memory`.

        The curves record what was `done` or `undone`. Returns whether the run had to restart.
        """
        before, data = self.run.document, self.run.data
        restarted = self.run.replace_document(document, memory, keep_weights=keep_weights, exactly=exactly)
        self._put_away[:] = [data] if undone else []
        iteration = self.run.iteration
        if done and iteration > 0:
            self.run.history.note(DatedEdit(iteration, done, gesture))
        elif undone and iteration > 0:
            self.run.history.note_undo(iteration, undone)
        self._announce(before, memory.document)
        return restarted

    def restore(self, memory: RunMemory) -> None:
        """Put document and run exactly as `memory` has them."""
        before = self.run.document
        self.run.restore(memory)
        self._announce(before, memory.document)

    def put_back(self, whole: WholeRun) -> None:
        """Put document, run and branches exactly as `whole` has them."""
        before, data = self.run.document, self.run.data
        self.run.put_back(whole)
        self._put_away[:] = [data]
        self._announce(before, whole.memory.document)

    def resume(
        self,
        document: Document,
        state: RunState | None,
        curve: Curve | None,
        marks: tuple[Mark, ...],
        branches: tuple[Branch, ...],
    ) -> None:
        """Put document, run and branches exactly as they were kept."""
        before = self.run.document
        self.run.resume(document, state, curve, marks, branches)
        self._put_away.clear()
        self._announce(before, document)

    def _announce(self, before: Document, source: Document) -> None:
        self.lockstep.follow(before, self.run, source)
        self.replaced.emit(before, source)
