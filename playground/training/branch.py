"""Branch: what a run did after a point from which it later went another way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from playground.training.curve import COLUMNS
from playground.training.run_memory import RunMemory

MOST_BRANCHES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """The curves that a run left, from the iteration where it left them on."""

    table: NDArray[np.float64]  # (n, 1 + columns), iterations and ``COLUMNS``
    has_split: bool = False  # whether the run went another way; until then it may train the same once more
    end: RunMemory | None = None  # the run at the last iteration of the branch; None when only the curves are known

    @property
    def iteration(self) -> int:
        """The iteration where it leaves the run."""
        return int(self.table[0, 0])

    @property
    def last(self) -> int:
        """The last iteration that was trained."""
        return int(self.table[-1, 0])

    def column(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return iterations and values of one of ``COLUMNS``, both of shape (n,)."""
        return self.table[:, 0], self.table[:, 1 + COLUMNS.index(name)]

    def after(self, row: NDArray[np.float64]) -> Branch | None:
        """Return the branch once the run has recorded `row`; None when the run trained all of it again."""
        at = int(np.searchsorted(self.table[:, 0], row[0]))
        if self.has_split or at == len(self.table) or self.table[at, 0] != row[0]:
            return self
        if not np.array_equal(self.table[at], row, equal_nan=True):
            return replace(self, has_split=True)
        return replace(self, table=self.table[at:]) if at + 1 < len(self.table) else None


@dataclass(frozen=True, slots=True, eq=False)
class WholeRun:
    """A run with its branches: all that is needed to put it back."""

    memory: RunMemory
    branches: tuple[Branch, ...] = ()

    def without_past(self) -> WholeRun:
        """Return document and state alone."""
        return WholeRun(self.memory.without_past())


def with_branch(branches: tuple[Branch, ...], new: Branch) -> tuple[Branch, ...]:
    """Return `branches` and `new`, the newest last; a branch with the same curves is replaced, and its end kept."""
    same = [one for one in branches if np.array_equal(one.table, new.table, equal_nan=True)]
    if same and new.end is None:
        new = replace(new, end=same[-1].end)
    return (*(one for one in branches if one not in same), new)[-MOST_BRANCHES:]
