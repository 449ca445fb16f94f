"""Refuse a wrong value with one line that names the place and the cure."""

from __future__ import annotations

import math

import numpy as np


def require(condition: bool, message: str) -> None:
    """Raise ``ValueError(message)`` unless `condition` holds."""
    if not condition:
        raise ValueError(message)


def printable(text: object, most: int = 40) -> str:
    """Return `text` as a message may hold it: on one line, `most` characters, none of them a control character."""
    letters = (letter if letter.isprintable() else " " for letter in str(text)[: 4 * most])
    line = " ".join("".join(letters).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def integer(name: str, value: object, low: int, high: int) -> int:
    """Return `value` as an ``int`` in [low, high], or raise ``ValueError``."""
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and low <= value <= high:
        return int(value)
    raise ValueError(f"{name}: expected an integer from {low:,} to {high:,}, got {value!r}")


def number(name: str, value: object, low: float, high: float) -> float:
    """Return `value` as a finite ``float`` in [low, high], or raise ``ValueError``."""
    if (
        isinstance(value, (int, float, np.integer, np.floating))
        and not isinstance(value, bool)
        and math.isfinite(value)
        and low <= value <= high
    ):
        return float(value)
    raise ValueError(f"{name}: expected a number from {low:g} to {high:g}, got {value!r}")
