"""Friendly numbers: small whole ones first, then halves, then one decimal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.circuits.numerals import numeral

Generator = np.random.Generator


def friendly(rng: Generator, level: int, n: int) -> list[float]:
    """Return `n` numbers that differ in size and are not 0."""
    most, step = ((5, 1.0), (9, 1.0), (12, 0.5), (30, 0.1))[level - 1]
    return _drawn(rng, np.arange(1, max(most, n) + 1), step, n)


def small(rng: Generator, n: int) -> list[float]:
    """Return `n` numbers of one decimal that differ in size, from 0.2 to 1.5: where curves bend."""
    return _drawn(rng, np.arange(2, max(15, n + 1) + 1), 0.1, n)


def _drawn(rng: Generator, sizes: NDArray[np.int_], step: float, n: int) -> list[float]:
    chosen, signs = rng.permutation(sizes)[:n], rng.choice([-1.0, 1.0], size=n)
    return [round(float(size * sign * step), 6) for size, sign in zip(chosen, signs, strict=True)]


def one_of(rng: Generator, *choices: str) -> str:
    """Return one of `choices`."""
    return choices[int(rng.integers(len(choices)))]


def given(values: dict[str, float]) -> str:
    """Return ``x = 3, y = −4``."""
    return ", ".join(f"{name} = {numeral(value)}" for name, value in values.items())


def matrix(name: str, rows: NDArray[np.float64]) -> str:
    """Return ``X = [1, 2; 3, 4]``, row by row."""
    return f"{name} = [{'; '.join(', '.join(numeral(float(x)) for x in row) for row in rows)}]"
