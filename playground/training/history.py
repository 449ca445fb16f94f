"""The curves of a run: losses at every k-th iteration, k doubling so that memory stays bounded."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan

import numpy as np
from numpy.typing import NDArray

from playground.training.branch import Branch, with_branch
from playground.training.curve import COLUMNS, Curve, DatedEdit, with_edit
from playground.training.run_memory import RunMemory

CAPACITY = 800


@dataclass(frozen=True, slots=True)
class Losses:
    """The displayed numbers of one iteration, by ``COLUMNS``: mean data losses, regularization loss, accuracies.

    Accuracies are None for regression. ``rate`` is the learning rate of the next iteration.
    """

    train: float
    test: float
    regularization: float
    train_accuracy: float | None
    test_accuracy: float | None
    rate: float = 0.0

    @property
    def are_finite(self) -> bool:
        """Whether every loss is a finite number (test losses of no test points aside)."""
        return isfinite(self.train) and isfinite(self.regularization)

    def row(self) -> tuple[float, ...]:
        """Return the numbers in the order of ``COLUMNS``; a missing accuracy is NaN."""
        values = (getattr(self, name) for name in COLUMNS)
        return tuple(nan if value is None else value for value in values)


class History:
    """Losses by iteration, at multiples of a stride that doubles when the table is full.

    Which iterations are recorded depends on the iteration number and the stride alone, so the same run draws the
    same curves, also after it went back and forth. The stride follows the costs: see ``follow``.
    """

    def __init__(self) -> None:
        """Start empty, recording every iteration."""
        self.stride = self._least_stride = 1
        self.version = 0
        self.is_broken = False
        # What the run left by training or editing on from an earlier iteration; the newest last.
        self.branches: tuple[Branch, ...] = ()
        self.edits: tuple[DatedEdit, ...] = ()  # what the user changed while it trained
        self._table = np.empty((CAPACITY + 1, 1 + len(COLUMNS)))
        self._n = 0
        self._copy: tuple[int, Curve] | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._n

    @property
    def first(self) -> int:
        """The earliest recorded iteration; −1 when there is none."""
        return int(self._table[0, 0]) if self._n else -1

    @property
    def last(self) -> int:
        """The latest recorded iteration; −1 when there is none."""
        return int(self._table[self._n - 1, 0]) if self._n else -1

    def clear(self, stride: int = 1) -> None:
        """Clear everything and record every `stride`-th iteration."""
        self.stride = self._least_stride = stride
        self._n = 0
        self.is_broken = False
        self.branches, self.edits = (), ()
        self.version += 1

    def follow(self, stride: int) -> None:
        """Record every `stride`-th iteration from now on, or as few of them as a table of this length has."""
        if stride != self._least_stride:
            self.stride = self._least_stride = stride
            while self.last // self.stride >= CAPACITY:
                self.stride *= 2

    def copy(self) -> Curve:
        """Return what is recorded, to be put back by ``restore``; the same object until something changes."""
        if self._copy is None or self._copy[0] != self.version:
            self._copy = self.version, Curve(self.stride, self._table[: self._n].copy(), self.edits)
        return self._copy[1]

    def restore(self, curve: Curve) -> None:
        """Put back what ``copy`` returned; it goes on no denser than ``follow`` asked for."""
        self.stride, self._n = max(curve.stride, self._least_stride), len(curve.table)
        self._table[: self._n] = curve.table
        self.edits = curve.edits
        self.is_broken = False
        self.version += 1

    def next_due(self, iteration: int) -> int:
        """Return the first iteration after `iteration` whose losses are to be recorded."""
        return (iteration // self.stride + 1) * self.stride

    def is_due(self, iteration: int) -> bool:
        """Return whether `iteration` is one to record and is not recorded yet."""
        return iteration % self.stride == 0 and iteration > self.last

    def record(self, iteration: int, losses: Losses) -> None:
        """Add the losses of `iteration`; a full table drops every second row and doubles its stride."""
        if not losses.are_finite:
            self.is_broken = True
            return
        self._table[self._n] = (iteration, *losses.row())
        left = [branch.after(self._table[self._n]) for branch in self.branches]
        self.branches = tuple(branch for branch in left if branch is not None)
        self._n += 1
        self.version += 1
        if self._n > CAPACITY:
            self.stride *= 2
            rows = self._table[: self._n]
            kept = rows[rows[:, 0] % self.stride == 0]
            self._n = len(kept)
            self._table[: self._n] = kept

    def cut(self, iteration: int, end: RunMemory | None = None, *, as_branch: bool = True) -> None:
        """End at `iteration`, from which the run continues; the rows after it become a branch.

        `end` is the run at the last of them.
        """
        self.is_broken = False
        self.edits = tuple(edit for edit in self.edits if edit.iteration <= iteration)
        if self.last <= iteration:
            return
        n = int(np.searchsorted(self._table[: self._n, 0], iteration, side="right"))
        if as_branch:
            left = Branch(self._table[max(n - 1, 0) : self._n].copy(), end=end)
            self.branches = with_branch(self.branches, left)
        self._n = n
        self.version += 1

    def leave(self, end: RunMemory) -> None:
        """Begin again with another network or other data: the rows become a branch, which ends with the run `end`."""
        if self._n > 1:
            self.branches = with_branch(self.branches, Branch(self._table[: self._n].copy(), has_split=True, end=end))
        self._n = 0
        self.version += 1

    def note(self, edit: DatedEdit) -> None:
        """Record an edit by the user."""
        self.edits = with_edit(self.edits, edit)
        self.version += 1

    def note_undo(self, iteration: int, text: str) -> None:
        """Record that `text` was undone at `iteration`; where it was done at the same iteration, remove it."""
        done = self.edits[-1] if self.edits else None
        if done is not None and (done.iteration, done.text) == (iteration, text):
            self.edits = self.edits[:-1]
            self.version += 1
        else:
            self.note(DatedEdit(iteration, f"Undo: {text}"))

    def amend(self, iteration: int, losses: Losses) -> None:
        """Replace what was recorded at `iteration`, if anything: an edit by hand leaves no stale point.

        A curve that has only begun starts there.
        """
        if self._n == 0 and losses.are_finite:
            self.record(iteration, losses)
        if self.last != iteration:
            return
        if losses.are_finite:
            self._table[self._n - 1] = (iteration, *losses.row())
        else:
            self._n -= 1
        self.version += 1

    def column(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return iterations and values of one column, both of shape (n,)."""
        rows = self._table[: self._n]
        return rows[:, 0].copy(), rows[:, 1 + COLUMNS.index(name)].copy()
