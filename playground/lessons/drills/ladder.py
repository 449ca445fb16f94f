"""The ladder of the drills: its kinds from the first to the last, the next task, and where success leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from playground.lessons.drills import circuit_kinds, matrix_kinds, network_kinds
from playground.lessons.drills.draw import Generator
from playground.lessons.drills.task import LEVELS, Draft, Task, blanks_of, check_task, read_task_name

IN_A_ROW = 2
"""How many tasks in a row, solved or failed, change the level."""
_MOST_DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of drill."""

    name: str
    label: str
    draw: Callable[[Generator, int], Draft] = field(repr=False)


KINDS: dict[str, Kind] = {
    one.name: one
    for one in (
        Kind("gates", "One gate, then several", circuit_kinds.gates),
        Kind("branches", "Branches", circuit_kinds.branches),
        Kind("sigmoid", "σ and tanh, in one and in stages", circuit_kinds.sigmoid),
        Kind("neuron", "A neuron", network_kinds.neuron),
        Kind("layers", "Two layers", network_kinds.layers),
        Kind("loss", "Losses", network_kinds.loss),
        Kind("update", "Updates", network_kinds.update),
        Kind("batch", "A batch", network_kinds.batch),
        Kind("shapes", "Shapes and matrix products", matrix_kinds.shapes),
        Kind("jacobian", "Jacobians", matrix_kinds.jacobian),
        Kind("check", "Gradient check", matrix_kinds.check),
    )
}
"""In the order in which they build on each other."""


def next_task(kind: str, level: int, seed: int) -> Task:
    """Return the task (kind, level, seed), the same one each time.

    It is drawn again until at each of its blanks at least three mistakes can be told apart.

    Raises
    ------
    ValueError
        For a kind, level or seed that does not exist.
    """
    check_task(kind, level, seed, tuple(KINDS))
    place = tuple(KINDS).index(kind)
    for draw in range(_MOST_DRAWS):
        draft = KINDS[kind].draw(np.random.Generator(np.random.PCG64([seed, level, place, draw])), level)
        task = Task(kind, level, seed, draft, blanks_of(level, len(draft.steps)))
        if all(step.is_fair for step in task.asked):
            return task
    raise AssertionError(f"no fair task {kind}-{level}-{seed}")


def named_task(text: str) -> Task:
    """Return the task of a name such as ``gates-2-4711``; ValueError with the cure where there is none."""
    return next_task(*read_task_name(text, tuple(KINDS)))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a learner is in one kind: the level, and how many tasks in a row were solved (or, below 0, failed)."""

    level: int = 1
    streak: int = 0

    def after(self, *, solved: bool) -> Standing:
        """Return the standing after a task; it counts as solved when every blank was right at the first try."""
        streak = max(self.streak, 0) + 1 if solved else min(self.streak, 0) - 1
        if streak >= IN_A_ROW and self.level < LEVELS:
            return Standing(self.level + 1)
        if streak <= -IN_A_ROW and self.level > 1:
            return Standing(self.level - 1)
        return Standing(self.level, streak)
