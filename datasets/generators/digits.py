"""Handwritten digits of 8 × 8 pixels: real data with 64 coordinates and ten classes.

Source: E. Alpaydin and C. Kaynak (1998), *Optical Recognition of Handwritten Digits*, UCI Machine
Learning Repository, doi 10.24432/C50P49, as bundled with scikit-learn; CC BY 4.0. ``digits.csv``
holds the first 80 of each digit of the test set.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datasets.dataset import Floats, frozen
from datasets.generators.placement import Placed, alternating

SIDE = 8
N_PIXELS = SIDE * SIDE
N_CLASSES = 10
N_AVAILABLE = 800
INK = 16.0
CREDIT = (
    "Alpaydin & Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, "
    "doi 10.24432/C50P49, CC BY 4.0."
)

_HEAD = 5  # four lines about the source, one of column names


def digits(rng: np.random.Generator, n: int) -> Placed:
    """Coordinate (8·row + column) = ink / 16 of that pixel, 0 … 1; the seed chooses the order within each digit."""
    order = rng.random((N_AVAILABLE // N_CLASSES, N_CLASSES)).argsort(axis=0, kind="stable")
    rows = (order * N_CLASSES + np.arange(N_CLASSES)).ravel()[:n]
    return images()[rows].reshape(n, N_PIXELS), alternating(n, N_CLASSES)


@lru_cache(maxsize=1)
def images() -> Floats:
    """Return every image, shape (800, 8, 8), 0 … 1, read-only; image i shows the digit i mod 10."""
    table = np.loadtxt(
        __file__.removesuffix("py") + "csv", dtype=np.float64, delimiter=",", skiprows=_HEAD, usecols=range(N_PIXELS)
    )
    return frozen((table / INK).reshape(-1, SIDE, SIDE), np.float64)
