"""The curves of a run: losses at every k-th iteration, k doubling so that memory stays bounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from numpy.typing import NDArray

CAPACITY = 800
MOST_BRANCHES = 4
MOST_EDITS = 100


@dataclass(frozen=True, slots=True)
class Losses:
    """The displayed numbers of one moment: mean data losses, regularization loss, accuracies.

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
        """Return the numbers in the order of ``History.COLUMNS``; a missing accuracy is NaN."""
        nan = float("nan")
        return (
            self.train,
            self.test,
            self.regularization,
            nan if self.train_accuracy is None else self.train_accuracy,
            nan if self.test_accuracy is None else self.test_accuracy,
            self.rate,
        )


@dataclass(frozen=True, slots=True)
class DatedEdit:
    """What a person changed, and after which iteration; edits of one `gesture` (not 0) are one."""

    iteration: int
    text: str
    gesture: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A history put away: its stride, its table (n, 1 + columns), iterations first, and its edits."""

    stride: int
    table: NDArray[np.float64]
    edits: tuple[DatedEdit, ...] = ()

    def with_edit(self, edit: DatedEdit) -> Curve:
        """Return this curve with one more edit."""
        return replace(self, edits=_with(self.edits, edit))


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A future that was left: its table (n, 1 + columns) begins where the run went another way.

    ``is_apart`` says that the run has really gone another way; until then it may live the same once more.
    """

    table: NDArray[np.float64]
    is_apart: bool = False

    @property
    def iteration(self) -> int:
        """Where it leaves the run."""
        return int(self.table[0, 0])

    @property
    def last(self) -> int:
        """How far it had come."""
        return int(self.table[-1, 0])

    def column(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return iterations and values of one of ``History.COLUMNS``, both of shape (n,)."""
        return self.table[:, 0], self.table[:, 1 + History.COLUMNS.index(name)]

    def after(self, row: NDArray[np.float64]) -> Branch | None:
        """Return what is left of the branch once the run has recorded `row`; None when it was all lived again."""
        at = int(np.searchsorted(self.table[:, 0], row[0]))
        if self.is_apart or at == len(self.table) or self.table[at, 0] != row[0]:
            return self
        if not np.array_equal(self.table[at], row, equal_nan=True):
            return replace(self, is_apart=True)
        return Branch(self.table[at:]) if at + 1 < len(self.table) else None


class History:
    """Losses by iteration, at multiples of a stride that doubles when the table is full.

    The recorded iterations depend on the iteration number alone, never on the clock, so the same
    run draws the same curves, and a run that went back and forth again draws them once more.

    Attributes
    ----------
    branches : tuple of Branch
        The last futures that were left by training or editing on from the past, the newest last.
    edits : tuple of DatedEdit
        What a person changed on the way.
    """

    COLUMNS = ("train", "test", "regularization", "train_accuracy", "test_accuracy", "rate")

    def __init__(self) -> None:
        """Start empty, recording every iteration."""
        self.stride = 1
        self.version = 0
        self.is_broken = False
        self.branches: tuple[Branch, ...] = ()
        self.edits: tuple[DatedEdit, ...] = ()
        self._table = np.empty((CAPACITY + 1, 1 + len(self.COLUMNS)))
        self._n = 0
        self._copy: tuple[int, Curve] | None = None

    def __len__(self) -> int:
        """Return how many moments are kept."""
        return self._n

    @property
    def last(self) -> int:
        """The latest recorded iteration; −1 when there is none."""
        return int(self._table[self._n - 1, 0]) if self._n else -1

    def clear(self, stride: int = 1) -> None:
        """Begin anew, recording every `stride`-th iteration."""
        self.stride = stride
        self._n = 0
        self.is_broken = False
        self.branches, self.edits = (), ()
        self.version += 1

    def copy(self) -> Curve:
        """Return what is recorded, to be put back by ``revive``; the same object until something changes."""
        if self._copy is None or self._copy[0] != self.version:
            self._copy = self.version, Curve(self.stride, self._table[: self._n].copy(), self.edits)
        return self._copy[1]

    def revive(self, curve: Curve) -> None:
        """Put back what ``copy`` returned."""
        self.stride, self._n = curve.stride, len(curve.table)
        self._table[: self._n] = curve.table
        self.edits = curve.edits
        self.is_broken = False
        self.version += 1

    def next_due(self, iteration: int) -> int:
        """Return the first iteration after `iteration` whose losses are to be recorded."""
        return (iteration // self.stride + 1) * self.stride

    def is_due(self, iteration: int) -> bool:
        """Tell whether `iteration` is one to record and is not recorded yet."""
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

    def cut(self, iteration: int, *, as_branch: bool = True) -> None:
        """End at `iteration`: the run goes on from there, perhaps another way; what came after becomes a branch."""
        self.is_broken = False
        self.edits = tuple(edit for edit in self.edits if edit.iteration <= iteration)
        if self.last <= iteration:
            return
        n = int(np.searchsorted(self._table[: self._n, 0], iteration, side="right"))
        if as_branch:
            self._leave(self._table[max(n - 1, 0) : self._n].copy())
        self._n = n
        self.version += 1

    def note(self, edit: DatedEdit) -> None:
        """Remember what a person changed."""
        self.edits = _with(self.edits, edit)
        self.version += 1

    def take_back(self, iteration: int, text: str) -> None:
        """Remember that `text` was undone at `iteration`; undone where it was done, it never was."""
        done = self.edits[-1] if self.edits else None
        if done is not None and (done.iteration, done.text) == (iteration, text):
            self.edits = self.edits[:-1]
            self.version += 1
        else:
            self.note(DatedEdit(iteration, f"Undo: {text}"))

    def _leave(self, table: NDArray[np.float64]) -> None:
        """Keep `table` as a branch, unless it is kept already."""
        others = [branch for branch in self.branches if not np.array_equal(branch.table, table, equal_nan=True)]
        self.branches = (*others, Branch(table))[-MOST_BRANCHES:]

    def amend(self, iteration: int, losses: Losses) -> None:
        """Replace what was recorded at `iteration`, if anything: a hand edit leaves no stale point."""
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
        return rows[:, 0].copy(), rows[:, 1 + self.COLUMNS.index(name)].copy()


def _with(edits: tuple[DatedEdit, ...], edit: DatedEdit) -> tuple[DatedEdit, ...]:
    """Return `edits` with one more; a drag, and the same edit of the same moment again, count once."""
    last = edits[-1] if edits else None
    same = last is not None and (last.iteration, last.text) == (edit.iteration, edit.text)
    same = same or (last is not None and edit.gesture != 0 and last.gesture == edit.gesture)
    return edits if same else (*edits, edit)[-MOST_EDITS:]
