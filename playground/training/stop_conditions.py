"""Stop conditions: at an iteration, a loss, an accuracy, or no progress for n iterations."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal

from playground.engine.messages import grouped
from playground.engine.spec import require, require_integer, require_number
from playground.training.history import Losses

Part = Literal["train", "test"]


@dataclass(frozen=True, slots=True)
class StopConditions:
    """When to stop; None means never for that reason. The first condition that is met counts.

    Losses are checked where the curves record them, so the same run stops at the same iteration however
    fast the machine is.
    """

    iteration: int | None = None
    loss: float | None = None  # stop when the mean data loss is at most this
    accuracy: float | None = None  # stop when the accuracy, 0 to 1, is at least this
    # Stop when for so many iterations the mean data loss has not fallen by more than `least` below its best.
    patience: int | None = None
    least: float = 0.0  # what counts as progress
    part: Part = "train"  # which set the loss and the accuracy are of

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        if self.iteration is not None:
            require_integer("stop at iteration", self.iteration, 1, 10**12)
        if self.loss is not None:
            require_number("stop at loss", self.loss, 0.0, 1e12)
        if self.accuracy is not None:
            require_number("stop at accuracy", self.accuracy, 0.0, 1.0)
        if self.patience is not None:
            require_integer("stop without progress for iterations", self.patience, 1, 10**12)
        require_number("least progress", self.least, 0.0, 1e12)
        require(self.part in ("train", "test"), f"stop by: expected train or test, got {self.part!r}")

    @property
    def any(self) -> bool:
        """Whether there is anything to stop for."""
        return not (self.iteration is self.loss is self.accuracy is self.patience is None)

    def loss_of(self, losses: Losses) -> float:
        """Return the mean data loss that the conditions look at."""
        return losses.train if self.part == "train" else losses.test

    def accuracy_of(self, losses: Losses) -> float | None:
        """Return the accuracy that the conditions look at; None for regression."""
        return losses.train_accuracy if self.part == "train" else losses.test_accuracy


class StopWatch:
    """Watches training by itself, from its start, or the last edit, until it pauses.

    A condition that is met already at the start does not stop it: whoever continues from there means to. Progress is
    counted from the start.
    """

    def __init__(self, conditions: StopConditions, iteration: int, losses: Losses) -> None:
        """Begin at `iteration` with its `losses`."""
        self._conditions = conditions
        self._first = iteration
        self._loss_armed = not self._has_loss(losses)
        self._accuracy_armed = not self._has_accuracy(losses)
        self._best = conditions.loss_of(losses)
        self._best_at = iteration

    def at_most(self, iteration: int, most: int | None) -> int | None:
        """Return how many iterations may follow `iteration`, at most `most`."""
        end = self._conditions.iteration
        if end is None or iteration >= end:
            return most
        return end - iteration if most is None else min(most, end - iteration)

    def arrived(self, iteration: int) -> str:
        """Return why to stop at `iteration`, if it is the chosen one."""
        end = self._conditions.iteration
        return f"Stopped at iteration {grouped(iteration)}, as chosen." if end == iteration > self._first else ""

    def check(self, iteration: int, losses: Losses) -> str:
        """Return why to stop at `iteration` with its `losses`, or nothing."""
        conditions, part = self._conditions, self._conditions.part
        loss, accuracy = conditions.loss_of(losses), conditions.accuracy_of(losses)
        if self._loss_armed and self._has_loss(losses):
            reached = f"the {part} data loss {loss:.4g} has reached {conditions.loss:g}"
            return f"Stopped at iteration {grouped(iteration)}: {reached}."
        if self._accuracy_armed and self._has_accuracy(losses):
            reached = f"the {part} accuracy {_percent(accuracy)} has reached {_percent(conditions.accuracy)}"
            return f"Stopped at iteration {grouped(iteration)}: {reached}."
        if loss < self._best - conditions.least or self._best != self._best:
            self._best, self._best_at = loss, iteration
        waited = iteration - self._best_at
        if waited >= (conditions.patience or inf):
            return (
                f"Stopped at iteration {grouped(iteration)}: for {grouped(waited)} iterations the {part} data loss "
                f"has not fallen below {self._best:.4g}, its best at iteration {grouped(self._best_at)}."
            )
        return ""

    def _has_loss(self, losses: Losses) -> bool:
        target = self._conditions.loss
        return target is not None and self._conditions.loss_of(losses) <= target

    def _has_accuracy(self, losses: Losses) -> bool:
        target, accuracy = self._conditions.accuracy, self._conditions.accuracy_of(losses)
        return target is not None and accuracy is not None and accuracy >= target


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.4g} %"
