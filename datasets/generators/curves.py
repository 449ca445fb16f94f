"""Regression: a value for each point instead of a class."""

from __future__ import annotations

import numpy as np

from datasets.generators.placement import Placed, between

#: Hills (+1) and hollows (−1) of ``multi_gauss``: x₁, x₂, height.
HILLS = (
    (-1.8, 1.2, 1.0),
    (0.0, 1.8, -1.0),
    (1.8, 1.2, 1.0),
    (-1.8, -1.2, -1.0),
    (0.0, -1.8, 1.0),
    (1.8, -1.2, -1.0),
)
WIDTH = 0.6


def plane(rng: np.random.Generator, n: int) -> Placed:
    """Value y = (x₁ + x₂) / 2, points evenly in ±1."""
    points = between(-1.0, 1.0, rng.random((n, 2)))
    return points, points.sum(axis=1) / 2


def curve(rng: np.random.Generator, n: int) -> Placed:
    """Value y = sin(2·x) / (1 + x²/4), x evenly in ±3."""
    points = between(-3.0, 3.0, rng.random((n, 1)))
    x = points[:, 0]
    return points, np.sin(2 * x) / (1 + x**2 / 4)


def multi_gauss(rng: np.random.Generator, n: int) -> Placed:
    """Value y = Σₖ hₖ·exp(−‖x − cₖ‖² / (2·0.6²)) over six hills, points evenly in ±3."""
    points = between(-3.0, 3.0, rng.random((n, 2)))
    values = np.zeros(n)
    for *centre, height in HILLS:
        values += height * np.exp(-np.square(points - centre).sum(axis=1) / (2 * WIDTH**2))
    return points, values
