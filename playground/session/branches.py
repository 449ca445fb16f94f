"""Futures: go back to one that was left, as one undoable step."""

from __future__ import annotations

from playground.session.commands import TurnToBranch
from playground.session.session import Session
from playground.training.branch import Branch


def go_to(session: Session, branch: Branch) -> bool:
    """Go on with a future that was left, from its far end, exactly; what is left for it becomes a branch.

    False when only its curve is known, which ``noted`` says.
    """
    session.pause()
    if branch.end is None:
        session.note("Of this future only its curve was kept: there is no way back to it.")
        return False
    text = f"Go to the future left at iteration {branch.iteration:,}"
    session.undo_stack.do(TurnToBranch(session.live, branch, branch.end, text))
    return True


def told(branch: Branch) -> str:
    """Return what a menu and a mark call `branch`."""
    return f"a future up to iteration {branch.last:,} was left at {branch.iteration:,}"
