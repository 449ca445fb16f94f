"""Checks of values: one line that names the place and the cure."""

from __future__ import annotations

import math
import re

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


_FORMULA = re.compile(r"\s*(?:[=@].|[+-](?!(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$).)|[\t\r]", re.DOTALL)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(name: str) -> str:
    """Return `name` with � for each sign that nobody sees and that turns a text around; line breaks stay."""
    return _UNSEEN.sub(lambda found: " " if found[0].isspace() else "�", name)


def marked(cell: object) -> object:
    """Return a `cell` for a CSV file: a name that a spreadsheet would compute as a formula is marked as a text."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unmarked(text: str) -> str:
    """Return `text` without the apostrophe that marks it as a text, not a formula, in a spreadsheet."""
    return text[1:] if text.startswith("'") and text[1:].lstrip()[:1] in tuple("=@+-") else text


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
