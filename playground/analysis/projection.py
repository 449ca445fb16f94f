"""Projection: points of d columns on the plane of their first two principal components, and back.

p = (x − mean)·Vᵀ and x = mean + p·V, where the rows of V (2, d) are the right singular vectors of
the centred points. Reference: Jolliffe, *Principal Component Analysis* (2002), chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.messages import plural
from playground.engine.spec import require

Array = NDArray[np.float64]

_PAD = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """A plane in d dimensions."""

    mean: Array  # the point at the plane's origin; shape (d,)
    components: Array  # orthonormal directions of the plane; a direction in which nothing varies is 0; shape (2, d)
    shares: tuple[float, float]  # how much of the variance lies along each, 0 … 1
    # One range, about the origin, that holds both coordinates of every point it was made from; (low, high).
    extent: tuple[float, float]

    @property
    def names(self) -> tuple[str, str]:
        """Return the axes in words: ``PC₁ (35 %)``."""
        first, second = (f"PC{i + 1} ({100 * share:.0f} %)" for i, share in enumerate(self.shares))
        return first.replace("PC1", "PC₁"), second.replace("PC2", "PC₂")

    @property
    def title(self) -> str:
        """Return what the picture is, in words."""
        total = 100 * sum(self.shares)
        return plural(
            len(self.mean),
            "first two principal components of {count} column ({total:.0f} % of the variance)",
            "first two principal components of {count} columns ({total:.0f} % of the variance)",
            total=total,
        )

    def project(self, points: Array) -> Array:
        """Return the places of points (n, d) on the plane, (n, 2)."""
        return np.asarray((points - self.mean) @ self.components.T)

    def lift(self, places: Array) -> Array:
        """Return the points (n, d) of the plane at `places` (n, 2)."""
        return np.asarray(self.mean + places @ self.components)


def principal_plane(points: Array) -> Projection:
    """Return the plane of the first two principal components of `points` (n, d), d ≥ 2.

    Signs are settled: the largest entry of each component is positive (of equally large ones the first), so
    the same points always give the same picture.
    """
    require(points.ndim == 2 and points.shape[1] >= 2, f"points: expected (n, d) with d ≥ 2, got {points.shape}")
    require(len(points) >= 1, "points: expected at least one")
    mean = points.mean(axis=0)
    centred = points - mean
    # R of the QR factorization has the singular values and right vectors of the points, in d × d.
    factor = np.linalg.qr(centred, mode="r") if len(points) > points.shape[1] else centred
    _, sizes, directions = np.linalg.svd(factor, full_matrices=False)
    components = np.zeros((2, points.shape[1]))
    sizes = np.append(sizes, [0.0, 0.0])
    floor = sizes[0] * max(points.shape) * np.finfo(np.float64).eps
    for i in range(min(2, len(directions))):
        if sizes[i] > floor:
            components[i] = directions[i] * _sign(directions[i])
    total = float((sizes**2).sum()) or 1.0
    reach = float(np.abs(centred @ components.T).max()) or 1.0
    shares = (float(sizes[0] ** 2 / total), float(sizes[1] ** 2 / total))
    return Projection(mean, components, shares, (-(1 + _PAD) * reach, (1 + _PAD) * reach))


def _sign(direction: Array) -> float:
    sizes = np.abs(direction)
    # Rounding must not choose between entries of the same size.
    first = int(np.argmax(sizes >= sizes.max() * (1.0 - 1e-9)))
    return 1.0 if direction[first] > 0 else -1.0
