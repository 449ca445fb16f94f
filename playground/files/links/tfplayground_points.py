"""The data of TensorFlow Playground: points of the same laws, in its own coordinates of about ±6.

Its generator cannot be had here, so the points are others of the same kind. Noise is a share 0 … 0.5.
Where a label is decided, noise shifts the place that decides and not the point: it mixes the labels.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Placed = tuple[Floats, Floats]

EXTENT = (-6.0, 6.0)
_RADIUS = 5.0
_HILLS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))


def circle(rng: np.random.Generator, n: int, noise: float) -> Placed:
    """Half the points within radius 2.5, half between 3.5 and 5; class 1 where the shifted point is within 2.5."""
    inside = np.arange(n) < n // 2
    radius = np.where(inside, rng.uniform(0.0, 2.5, n), rng.uniform(3.5, _RADIUS, n))
    angle = rng.uniform(0.0, 2.0 * np.pi, n)
    points = radius[:, None] * np.column_stack((np.sin(angle), np.cos(angle)))
    decides = points + noise * rng.uniform(-_RADIUS, _RADIUS, (n, 2))
    return points, (np.hypot(*decides.T) < 2.5).astype(np.float64)


def xor(rng: np.random.Generator, n: int, noise: float) -> Placed:
    """Points in ±5, 0.3 further out on each axis; class 1 where the shifted coordinates have the same sign."""
    points = rng.uniform(-_RADIUS, _RADIUS, (n, 2))
    points += np.where(points > 0.0, 0.3, -0.3)
    decides = points + noise * rng.uniform(-_RADIUS, _RADIUS, (n, 2))
    return points, (decides[:, 0] * decides[:, 1] >= 0.0).astype(np.float64)


def gauss(rng: np.random.Generator, n: int, noise: float) -> Placed:
    """Class 1 about (2, 2), class 0 about (−2, −2), with the variance 0.5 + 7·noise."""
    labels = (np.arange(n) < n // 2).astype(np.float64)
    centre = np.where(labels == 1.0, 2.0, -2.0)
    return centre[:, None] + np.sqrt(0.5 + 7.0 * noise) * rng.standard_normal((n, 2)), labels


def spiral(rng: np.random.Generator, n: int, noise: float) -> Placed:
    """Two arms r = 5·s, φ = 3.5·π·s from the x₂ axis, half a turn apart; noise moves the points by ±noise."""
    labels = (np.arange(n) < n // 2).astype(np.float64)
    first = n // 2
    share = np.concatenate((np.arange(first) / first, np.arange(n - first) / (n - first)))
    angle = 3.5 * np.pi * share + np.where(labels == 1.0, 0.0, np.pi)
    points = _RADIUS * share[:, None] * np.column_stack((np.sin(angle), np.cos(angle)))
    return points + noise * rng.uniform(-1.0, 1.0, (n, 2)), labels


def plane(rng: np.random.Generator, n: int, noise: float) -> Placed:
    """Y = (x₁ + x₂) / 10 at the shifted place, over ±6."""
    points, decides = _square(rng, n, noise)
    return points, decides.sum(axis=1) / 10.0


def hills(rng: np.random.Generator, n: int, noise: float) -> Placed:
    """Six cones of height ±1 and radius 2; the value at the shifted place is that of the steepest there, over ±6."""
    points, decides = _square(rng, n, noise)
    values = np.zeros(n)
    for x1, x2, sign in _HILLS:
        here = sign * np.clip(1.0 - np.hypot(decides[:, 0] - x1, decides[:, 1] - x2) / 2.0, 0.0, 1.0)
        values = np.where(np.abs(here) > np.abs(values), here, values)
    return points, values


def _square(rng: np.random.Generator, n: int, noise: float) -> Placed:
    points = rng.uniform(*EXTENT, (n, 2))
    return points, points + noise * rng.uniform(*EXTENT, (n, 2))


LAWS: dict[str, Callable[[np.random.Generator, int, float], Placed]] = {
    "circle": circle,
    "xor": xor,
    "gauss": gauss,
    "spiral": spiral,
    "reg-plane": plane,
    "reg-gauss": hills,
}
"""By the name in an address."""
