"""Playing: train a run until a condition holds, and count over seeds how often it does, in slices."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

from playground.document.document import Document
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.lessons.conditions import holds
from playground.lessons.lesson import Condition
from playground.lessons.metrics import METRICS
from playground.training.quantities import value_of
from playground.training.run import Run
from playground.training.snapshot import Snapshot

_FIRST = Example()
EVERY = 10
"""Iterations between two looks: the same run stops at the same iteration however fast the machine is."""


def is_met(condition: Condition, snapshot: Snapshot) -> bool:
    """Return whether `condition` holds at `snapshot`; what the data have no number for never holds."""
    value = number_of(condition, snapshot)
    return value is not None and holds(condition, value)


def number_of(condition: Condition, snapshot: Snapshot, selected: Example = _FIRST) -> float | None:
    """Return the number that `condition` compares; None where network or data have none."""
    if not condition.at:
        return METRICS[condition.metric].read(snapshot)
    try:
        return value_of(snapshot, Quantity(condition.metric, condition.at), selected)
    except ValueError:
        return None


def train_until(run: Run, condition: Condition) -> Iterator[None]:
    """Train `run` until `condition` is met, for as many iterations as it says; yields after each slice."""
    end = run.iteration + condition.most
    while not is_met(condition, run.snapshot()) and run.iteration < end:
        if not run.train(min(EVERY, end - run.iteration)):
            return
        yield


def count_successes(document: Document, each: Condition, seeds: int) -> Generator[int, None, int]:
    """Train `document` with the seeds from 1 on, and return how many reach `each`; yields the seeds done."""
    successes = 0
    for seed in range(1, seeds + 1):
        run = Run(replace(document, seed=seed))
        for _ in train_until(run, each):
            yield seed - 1
        successes += is_met(each, run.snapshot())
    return successes
