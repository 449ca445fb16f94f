"""Values of the confusion matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """How often each class was taken for which: counts (k, k), rows are the true classes."""

    counts: Counts
    class_names: tuple[str, ...]
    part: str = "test"
    note: str = ""
