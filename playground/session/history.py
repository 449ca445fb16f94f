"""The curves of a run: losses at every k-th iteration, k doubling so that memory stays bounded."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

CAPACITY = 800


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
class Curves:
    """What a history has kept, for a file: `rows` at `iterations`, in the order of ``History.COLUMNS``."""

    stride: int = 1
    iterations: tuple[int, ...] = ()
    rows: tuple[tuple[float, ...], ...] = ()


class History:
    """Losses by iteration, at multiples of a stride that doubles when the table is full.

    The recorded iterations depend on the iteration number alone, never on the clock, so the same
    run draws the same curves, and a run that went back and forth again draws them once more.
    """

    COLUMNS = ("train", "test", "regularization", "train_accuracy", "test_accuracy", "rate")

    def __init__(self) -> None:
        """Start empty, recording every iteration."""
        self.stride = 1
        self._rows: list[tuple[float, ...]] = []
        self._iterations: list[int] = []
        self.version = 0
        self.is_broken = False

    def __len__(self) -> int:
        """Return how many moments are kept."""
        return len(self._iterations)

    def clear(self) -> None:
        """Begin anew."""
        self.stride = 1
        self._rows.clear()
        self._iterations.clear()
        self.is_broken = False
        self.version += 1

    def curves(self) -> Curves:
        """Return what is kept; ``restore`` takes it."""
        return Curves(self.stride, tuple(self._iterations), tuple(self._rows))

    def restore(self, curves: Curves) -> None:
        """Go on from `curves`, as if they had been recorded here."""
        self.clear()
        self.stride = curves.stride
        self._iterations, self._rows = list(curves.iterations), list(curves.rows)

    def next_due(self, iteration: int) -> int:
        """Return the first iteration after `iteration` whose losses are to be recorded."""
        return (iteration // self.stride + 1) * self.stride

    def is_due(self, iteration: int) -> bool:
        """Tell whether `iteration` is one to record and is not recorded yet."""
        if iteration % self.stride:
            return False
        return not self._iterations or iteration > self._iterations[-1]

    def record(self, iteration: int, losses: Losses) -> None:
        """Add the losses of `iteration`; a full table drops every second row and doubles its stride."""
        if not losses.are_finite:
            self.is_broken = True
            return
        self._iterations.append(iteration)
        self._rows.append(losses.row())
        self.version += 1
        if len(self._iterations) > CAPACITY:
            self.stride *= 2
            keep = [i for i, t in enumerate(self._iterations) if t % self.stride == 0]
            self._iterations = [self._iterations[i] for i in keep]
            self._rows = [self._rows[i] for i in keep]

    def cut(self, iteration: int) -> None:
        """Forget what was recorded after `iteration` (the run went back)."""
        self.is_broken = False
        if not self._iterations or self._iterations[-1] <= iteration:
            return
        while self._iterations and self._iterations[-1] > iteration:
            self._iterations.pop()
            self._rows.pop()
        self.version += 1

    def amend(self, iteration: int, losses: Losses) -> None:
        """Replace what was recorded at `iteration`, if anything: a hand edit leaves no stale point."""
        if self._iterations and self._iterations[-1] == iteration:
            self._rows[-1] = losses.row()
            self.version += 1

    def column(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return iterations and values of one column, both of shape (n,)."""
        at = self.COLUMNS.index(name)
        x = np.array(self._iterations, dtype=np.float64)
        return x, np.array([row[at] for row in self._rows], dtype=np.float64)
