"""Saving: what a file keeps of a session, and a session that continues a file."""

from __future__ import annotations

from collections.abc import Mapping

from playground.document.compatibility import require_trainable
from playground.document.view import View
from playground.files.saved import MOST_MARKS, Saved, SavedComparison, ViewState
from playground.session.session import Session
from playground.training.comparison_run import ComparisonRun


def to_saved(session: Session, settings: Mapping[str, object] | None = None) -> Saved:
    """Return everything that a file keeps of `session`; `settings` are what views remember of themselves."""
    now, comparison_run = session.run.full_memory(MOST_MARKS), session.comparison_run
    second = SavedComparison(comparison_run.difference, comparison_run.run.full_memory()) if comparison_run else None
    view = ViewState(session.selection, settings or {}, session.display)
    return Saved(now.document, now.state, now.curve, view, now.marks, session.run.history.branches, second)


def open_saved(session: Session, saved: Saved) -> None:
    """Let `session` continue `saved` exactly where it was left, with an empty undo stack.

    Raises
    ------
    ValueError
        When it cannot be trained; nothing has changed then.
    """
    require_trainable(saved.document)
    session.pause()
    session.end_gesture()
    with session.refreshing():
        session.lockstep.set_comparison_run(None)
        session.undo_stack.clear()
        session.live.resume(saved.document, saved.state, saved.curves, saved.marks, saved.branches)
        if saved.comparison:
            comparison_run = ComparisonRun(saved.comparison.difference, saved.document)
            comparison_run.resume(saved.comparison.memory)
            session.lockstep.set_comparison_run(comparison_run)
            session.lockstep.align(session.run)
        session.look(View(saved.view.selection, None, saved.view.display).within(session.run.network, session.run.data))
