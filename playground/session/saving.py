"""Saving: what a file keeps of a session, and a session that continues a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playground.document.compatibility import require_trainable
from playground.document.view import View
from playground.files.saved import MOST_MARKS, Saved, SavedComparison, ViewState
from playground.session.commands import SwitchRun
from playground.session.session import Session
from playground.session.undo_stack import Edit
from playground.training.branch import WholeRun
from playground.training.comparison_run import ComparisonRun
from playground.training.run_memory import RunMemory, start_of


def to_saved(session: Session, settings: Mapping[str, object] | None = None) -> Saved:
    """Return everything that a file keeps of `session`; `settings` are what views remember of themselves."""
    now, comparison_run = session.run.full_memory(MOST_MARKS), session.comparison_run
    second = SavedComparison(comparison_run.difference, comparison_run.run.full_memory()) if comparison_run else None
    view = ViewState(session.selection, settings or {}, session.display)
    return Saved(now.document, now.state, now.curve, view, now.marks, session.run.history.branches, second)


def open_saved(
    session: Session,
    saved: Saved,
    text: str = "Open a document",
    came_back: Callable[[], object] = lambda: None,
    *,
    always: bool = False,
) -> Edit:
    """Let `session` continue `saved` exactly where it was left, as one undoable step called `text`.

    Nothing can be undone where nothing was done before, unless the step shall `always` be one of the undo stack.
    `came_back` is called after every undo and redo of the step, which is returned.

    Raises
    ------
    ValueError
        When it cannot be trained; nothing has changed then.
    """
    require_trainable(saved.document)
    session.pause()
    session.end_gesture()
    step = _Opening(session, saved, text, came_back)
    with session.refreshing():
        if session.run.is_fresh and not session.undo_stack.canUndo() and not always:
            session.undo_stack.clear()
            step.redo()
        else:
            session.undo_stack.do(step)
    return step


class _Opening(SwitchRun):
    """Open a document; undo comes back to the one before it, with its undo steps, its comparison and its view."""

    def __init__(self, session: Session, saved: Saved, text: str, came_back: Callable[[], object]) -> None:
        """Make all that can fail."""
        memory = start_of(saved.document)
        if saved.state is not None:
            memory = RunMemory(saved.document, saved.state, saved.marks, saved.curves)
        super().__init__(session.live, WholeRun(memory, saved.branches), text)
        second = None
        if saved.comparison:
            second = ComparisonRun(saved.comparison.difference, saved.document)
            second.resume(saved.comparison.memory)
        self.beside(second)
        self._session, self._came_back = session, came_back
        self._view = View(saved.view.selection, None, saved.view.display)
        self._is_done = False

    def _exchange(self) -> None:
        session = self._session
        with session.refreshing():
            left = session.view
            super()._exchange()
            session.look(self._view.within(session.run.network, session.run.data))
            self._view = left
            if self._is_done:
                self._came_back()
            self._is_done = True
