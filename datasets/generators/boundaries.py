"""Above or below a curve x₂ = f(x₁)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from datasets.checks import require
from datasets.dataset import Floats
from datasets.generators.placement import Placed, alternating, between

HALF = 2.0
GAP = 0.1


def divided(rng: np.random.Generator, n: int, curve: Callable[[Floats], Floats]) -> Placed:
    """Class 1 above x₂ = curve(x₁), class 0 below, within ±2 and at least 0.1 from the curve.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        Number of points.
    curve : callable
        Maps x₁, shape (n,), to x₂, shape (n,). Where it leaves the square it is cut at the edge,
        and the points beyond it stay within 0.2 of that edge.

    Raises
    ------
    ValueError
        When the curve is not finite somewhere, or gives another number of values.
    """
    share = rng.random((n, 2))
    x1 = between(-HALF, HALF, share[:, 0])
    middle = np.asarray(curve(x1), dtype=np.float64)
    require(
        middle.shape == (n,),
        "curve: expected one value per point, shape ({n},), got shape {shape}",
        n=n,
        shape=middle.shape,
    )
    require(
        bool(np.isfinite(middle).all()),
        "curve: it is not finite everywhere in x₁ = ±{half:g}; choose another",
        half=HALF,
    )
    middle = np.clip(middle, -HALF, HALF)
    labels = alternating(n)
    above = between(middle + GAP, np.maximum(middle + 2 * GAP, HALF), share[:, 1])
    below = between(middle - GAP, np.minimum(middle - 2 * GAP, -HALF), share[:, 1])
    return np.column_stack((x1, np.where(labels == 1, above, below))), labels


def sine(rng: np.random.Generator, n: int) -> Placed:
    """Class 1 above x₂ = sin(π·x₁)."""
    return divided(rng, n, lambda x1: np.asarray(np.sin(np.pi * x1)))


def cubic(rng: np.random.Generator, n: int) -> Placed:
    """Class 1 above x₂ = x₁³/3 − x₁."""
    return divided(rng, n, lambda x1: np.asarray(x1**3 / 3 - x1))
