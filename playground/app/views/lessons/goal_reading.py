"""Reading of a goal: which of its conditions hold now, and why it is not reached yet."""

from __future__ import annotations

from playground.document.selection import Selection
from playground.engine.messages import message
from playground.lessons.goals import judge, judged
from playground.lessons.lesson import Goal
from playground.training.snapshot import Snapshot
from widgets.values.lessons import GoalChip, LessonGoal


def goal_of(
    goal: Goal, snapshot: Snapshot, selection: Selection, successes: int | None, *, is_done: bool
) -> LessonGoal:
    """Return the goal as `snapshot` stands to it; what is done stays reached."""
    verdict = judge(goal, snapshot, selection, successes)
    found = judged(goal, snapshot, selection, successes)
    is_reached = is_done or verdict.is_reached
    title = message("Goal reached") if is_reached else message("Goal: not yet")
    lines = tuple((is_met or is_done, text) for is_met, text in found)
    return LessonGoal(title, lines, verdict.reason, is_reached)


def chip_of(goal: LessonGoal | None) -> GoalChip | None:
    """Return the goal in a few words."""
    if goal is None:
        return None
    text = message("goal reached") if goal.is_reached else goal.reason
    return GoalChip(text, f"{goal.text}: {goal.reason}.", goal.is_reached)
