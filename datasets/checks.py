"""Checks of values: one line that names the place and the cure."""

from __future__ import annotations

import math

import numpy as np

from datasets.messages import message


def require(condition: bool, template: str, /, **places: object) -> None:
    """Raise a ``ValueError`` with the message of `template` unless `condition` holds."""
    if not condition:
        raise ValueError(message(template, **places))


def printable(text: object, most: int = 40) -> str:
    """Return `text` as a message can hold it: on one line, `most` characters, none of them a control character."""
    letters = (letter if letter.isprintable() else " " for letter in str(text)[: 4 * most])
    line = " ".join("".join(letters).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def integer(name: str, value: object, low: int, high: int) -> int:
    """Return `value` as an ``int`` in [low, high], or raise ``ValueError``."""
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and low <= value <= high:
        return int(value)
    raise ValueError(
        message(
            "{name}: expected an integer from {low:,} to {high:,}, got {value!r}",
            name=name,
            low=low,
            high=high,
            value=value,
        )
    )


def number(name: str, value: object, low: float, high: float) -> float:
    """Return `value` as a finite ``float`` in [low, high], or raise ``ValueError``."""
    if (
        isinstance(value, (int, float, np.integer, np.floating))
        and not isinstance(value, bool)
        and math.isfinite(value)
        and low <= value <= high
    ):
        return float(value)
    raise ValueError(
        message(
            "{name}: expected a number from {low:g} to {high:g}, got {value!r}",
            name=name,
            low=low,
            high=high,
            value=value,
        )
    )
