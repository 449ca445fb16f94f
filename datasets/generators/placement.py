"""The parts of a generator: a function that places points, and its settings.

A placing function takes all its randomness in **one** call of the ``numpy.random.Generator`` with
a row per point, so that point i is the same however many points follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets import checks
from datasets.dataset import Floats

Real = NDArray[np.floating[Any]]
Placed = tuple[Floats, NDArray[Any]]

#: ``place(rng, n_points, **parameters)`` → points (n, d) and targets (n,), without noise.
Place = Callable[..., Placed]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number among the settings of one kind of data, with its limits."""

    name: str
    label: str
    default: float
    low: float
    high: float
    integer: bool = False
    description: str = ""

    def check(self, value: float) -> float:
        """Return `value` if it is within the limits, or raise ``ValueError``."""
        if self.integer:
            return checks.integer(self.name, value, int(self.low), int(self.high))
        return checks.number(self.name, value, self.low, self.high)


def alternating(n: int, classes: int = 2) -> NDArray[np.int64]:
    """Return labels 0, 1, …, classes − 1, 0, 1, …: balanced for every n."""
    return np.arange(n, dtype=np.int64) % classes


def between(low: float | Real, high: float | Real, share: Floats) -> Floats:
    """Return low + (high − low) · share."""
    return np.asarray(low + (high - low) * share, dtype=np.float64)


def polar(radius: Floats, angle: Floats) -> Floats:
    """Return the points (r·cos φ, r·sin φ), shape (n, 2)."""
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def within_ring(inner: float | Real, outer: float | Real, share: Floats) -> Floats:
    """Return radii that cover the ring between `inner` and `outer` evenly: r² is uniform."""
    return np.sqrt(between(np.square(inner), np.square(outer), share))
