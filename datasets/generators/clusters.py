"""Patches of the plane, one class or the other: XOR, circle, rings, blobs, checkerboard."""

from __future__ import annotations

import numpy as np

from datasets.generators.placement import Placed, alternating, between, polar, within_ring


def xor(rng: np.random.Generator, n: int) -> Placed:
    """Label = (x₁ > 0) XOR (x₂ > 0), in ±1, no coordinate nearer to an axis than 0.25."""
    size = between(0.25, 1.0, rng.random((n, 2)))
    labels = alternating(n)
    first = 1.0 - 2.0 * (np.arange(n) // 2 % 2)
    second = first * (1.0 - 2.0 * labels)
    return size * np.column_stack((first, second)), labels


def circle(rng: np.random.Generator, n: int) -> Placed:
    """Class 1 within radius 0.5, class 0 between 0.7 and 1."""
    share = rng.random((n, 2))
    labels = alternating(n)
    inside = labels == 1
    radius = within_ring(np.where(inside, 0.0, 0.7), np.where(inside, 0.5, 1.0), share[:, 0])
    return polar(radius, 2 * np.pi * share[:, 1]), labels


def rings(rng: np.random.Generator, n: int, *, classes: int) -> Placed:
    """Class j between the radii 2·(j + 0.12)/k and 2·(j + 0.88)/k; class 0 is a disc."""
    share = rng.random((n, 2))
    labels = alternating(n, classes)
    width = 2.0 / classes
    inner = np.where(labels == 0, 0.0, (labels + 0.12) * width)
    return polar(within_ring(inner, (labels + 0.88) * width, share[:, 0]), 2 * np.pi * share[:, 1]), labels


def blobs(rng: np.random.Generator, n: int) -> Placed:
    """Class 0 about (−0.7, −0.7), class 1 about (0.7, 0.7), standard deviation 0.22."""
    labels = alternating(n)
    centre = np.where(labels == 1, 0.7, -0.7)
    return centre[:, np.newaxis] + 0.22 * rng.standard_normal((n, 2)), labels


def k_blobs(rng: np.random.Generator, n: int, *, classes: int) -> Placed:
    """Class j about the angle 2π·j/k on a circle of radius 2, standard deviation 0.25."""
    labels = alternating(n, classes)
    centre = polar(np.full(n, 2.0), 2 * np.pi * labels / classes)
    return centre + 0.25 * rng.standard_normal((n, 2)), labels


def checkerboard(rng: np.random.Generator, n: int) -> Placed:
    """Label = (column + row) mod 2 over 4 × 4 unit squares in ±2, 0.07 clear of each side."""
    share = rng.random((n, 4))
    labels = alternating(n)
    column = np.floor(4 * share[:, 0])
    row = 2 * np.floor(2 * share[:, 1]) + (column + labels) % 2
    return np.column_stack((column, row)) - 2.0 + between(0.07, 0.93, share[:, 2:]), labels
