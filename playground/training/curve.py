"""Curve: a copy of the recorded losses of a run, with the edits made while it trained."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

MOST_EDITS = 100
COLUMNS = ("train", "test", "regularization", "train_accuracy", "test_accuracy", "rate")
"""The recorded columns, after the iteration, in the order of the tables."""


@dataclass(frozen=True, slots=True)
class DatedEdit:
    """What the user changed, and after which iteration; edits of one `gesture` (not 0) are one."""

    iteration: int
    text: str
    gesture: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A copy of a history: its stride, its table (n, 1 + columns), iterations first, and its edits."""

    stride: int
    table: NDArray[np.float64]
    edits: tuple[DatedEdit, ...] = ()

    @property
    def last(self) -> int:
        """The latest iteration of the table; −1 when it is empty."""
        return int(self.table[-1, 0]) if len(self.table) else -1

    def with_edit(self, edit: DatedEdit) -> Curve:
        """Return this curve with one more edit."""
        return replace(self, edits=with_edit(self.edits, edit))

    def since(self, iteration: int) -> NDArray[np.float64]:
        """Return the rows from the last one at or before `iteration` on."""
        n = int(np.searchsorted(self.table[:, 0], iteration, side="right"))
        return self.table[max(n - 1, 0) :]


def with_edit(edits: tuple[DatedEdit, ...], edit: DatedEdit) -> tuple[DatedEdit, ...]:
    """Return `edits` with one more; a drag, and the same edit of the same iteration, count once."""
    last = edits[-1] if edits else None
    same = last is not None and (last.iteration, last.text) == (edit.iteration, edit.text)
    same = same or (last is not None and edit.gesture != 0 and last.gesture == edit.gesture)
    return edits if same else (*edits, edit)[-MOST_EDITS:]
