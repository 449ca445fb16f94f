"""Comparison: start and stop a second run in lock-step with the run of a session."""

from __future__ import annotations

from playground.document.compatibility import made_compatible
from playground.document.differences import Difference
from playground.session.commands import SwitchRun
from playground.session.session import Session
from playground.training.branch import WholeRun
from playground.training.comparison_run import ComparisonRun
from playground.training.run_memory import start_of


def start(session: Session, difference: Difference) -> bool:
    """Put both runs at iteration 0, the second with `difference`; False when it cannot be trained."""
    session.pause()
    before, run = session.document, session.run
    try:
        document = made_compatible(before, difference.setting(before))[0] if difference.setting else before
        comparison_run = ComparisonRun(difference, document)
        start = run.after_reset() if document == before else WholeRun(start_of(document))
    except ValueError as error:
        session.note(f"Nothing to compare: {error}")
        return False
    session.undo_stack.do(SwitchRun(session.live, start, f"Compare: {difference.label}").beside(comparison_run))
    return True


def stop(session: Session) -> None:
    """End the comparison, as one undoable step; the first run continues alone."""
    if session.comparison_run is not None:
        session.undo_stack.do(SwitchRun(session.live, None, "End the comparison").beside(None))
