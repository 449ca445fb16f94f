"""Branch: a future that a run left for another, kept to be looked at and to be come back to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from playground.training.curve import COLUMNS
from playground.training.run_memory import RunMemory

MOST_BRANCHES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A future that was left: its table (n, 1 + columns) begins where the run went another way.

    Attributes
    ----------
    is_apart : bool
        Whether the run has really gone another way; until then it may live the same once more.
    end : RunMemory or None
        The run at the far end of this future, for the way back; None when only its curve is known.
    """

    table: NDArray[np.float64]
    is_apart: bool = False
    end: RunMemory | None = None

    @property
    def iteration(self) -> int:
        """Where it leaves the run."""
        return int(self.table[0, 0])

    @property
    def last(self) -> int:
        """How far it had come."""
        return int(self.table[-1, 0])

    def column(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return iterations and values of one of ``COLUMNS``, both of shape (n,)."""
        return self.table[:, 0], self.table[:, 1 + COLUMNS.index(name)]

    def after(self, row: NDArray[np.float64]) -> Branch | None:
        """Return what is left of the branch once the run has recorded `row`; None when it was all lived again."""
        at = int(np.searchsorted(self.table[:, 0], row[0]))
        if self.is_apart or at == len(self.table) or self.table[at, 0] != row[0]:
            return self
        if not np.array_equal(self.table[at], row, equal_nan=True):
            return replace(self, is_apart=True)
        return replace(self, table=self.table[at:]) if at + 1 < len(self.table) else None


def with_branch(branches: tuple[Branch, ...], new: Branch) -> tuple[Branch, ...]:
    """Return `branches` with one more, the newest last; the same one again counts once, and keeps its way back."""
    same = [one for one in branches if np.array_equal(one.table, new.table, equal_nan=True)]
    if same and new.end is None:
        new = replace(new, end=same[-1].end)
    return (*(one for one in branches if one not in same), new)[-MOST_BRANCHES:]
