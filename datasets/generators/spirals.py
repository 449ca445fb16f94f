"""Bent arms, one class each: spirals and moons."""

from __future__ import annotations

import numpy as np

from datasets.generators.placement import Placed, alternating, between, polar


def arms(rng: np.random.Generator, n: int, *, turns: float, classes: int = 2) -> Placed:
    """Arm j: r = 3·t, φ = 2π·(turns·t + j/k), t from 0.1 to 1."""
    share = between(0.1, 1.0, rng.random(n))
    labels = alternating(n, classes)
    return polar(3.0 * share, 2 * np.pi * (turns * share + labels / classes)), labels


def three_arms(rng: np.random.Generator, n: int, *, turns: float) -> Placed:
    """Return three arms, a class each; see :func:`arms`."""
    return arms(rng, n, turns=turns, classes=3)


def moons(rng: np.random.Generator, n: int) -> Placed:
    """Class 0 on the upper half circle about (−½, −¼), class 1 on the lower one about (½, ¼), radius 1."""
    labels = alternating(n)
    side = 1.0 - 2.0 * labels
    half_circle = polar(np.ones(n), np.pi * rng.random(n))
    return side[:, np.newaxis] * (half_circle - np.array([0.5, 0.25])), labels
