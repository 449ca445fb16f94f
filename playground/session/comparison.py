"""Comparison: start and stop a second run in lock-step with the run of a session."""

from __future__ import annotations

from playground.document.differences import Difference
from playground.session.session import Session
from playground.training.comparison_run import ComparisonRun


def start(session: Session, difference: Difference) -> bool:
    """Put both runs at iteration 0, the second with `difference`; False when it cannot be trained."""
    session.pause()
    if difference.setting is not None and not session.change(difference.setting, difference.label):
        return False
    try:
        comparison_run = ComparisonRun(difference, session.document)
    except ValueError as error:
        session.note(f"Nothing to compare: {error}")
        return False
    session.reset()
    session.lockstep.set_comparison_run(comparison_run)
    return True


def stop(session: Session) -> None:
    """End the comparison; the first run continues alone."""
    session.lockstep.set_comparison_run(None)
