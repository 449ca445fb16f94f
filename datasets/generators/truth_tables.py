"""The truth tables of two inputs: four points at 0 and 1, and what a logical function makes of each."""

from __future__ import annotations

import numpy as np

from datasets.generators.placement import Place, Placed

ROWS = 4


def truth_table(outputs: tuple[int, int, int, int]) -> Place:
    """Return the generator of (x₁, x₂) = (0, 0), (0, 1), (1, 0), (1, 1) with `outputs`; more points repeat the rows."""

    def place(rng: np.random.Generator, n: int) -> Placed:
        row = np.arange(n) % ROWS
        return np.column_stack((row // 2, row % 2)).astype(np.float64), np.array(outputs, dtype=np.int64)[row]

    return place
