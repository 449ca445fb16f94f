"""Branches: switch to one, as one undoable step."""

from __future__ import annotations

from playground.engine.messages import grouped
from playground.session.commands import SwitchRun
from playground.session.session import Session
from playground.training.branch import Branch


def switch_to(session: Session, branch: Branch) -> bool:
    """Continue from the last iteration of `branch`, exactly; what the run leaves becomes a branch.

    Returns False when only the curves of the branch are known, which ``noted`` says.
    """
    session.pause()
    if branch.end is None:
        session.note("Only the curves of this branch were kept, so you cannot switch to it.")
        return False
    there = session.run.after_switch_to(branch, branch.end)
    session.undo_stack.do(SwitchRun(session.live, there, f"Switch to the {label(branch)}"))
    return True


def label(branch: Branch) -> str:
    """Return the name of `branch` for menus and marks."""
    return f"branch from iteration {grouped(branch.iteration)} to {grouped(branch.last)}"
