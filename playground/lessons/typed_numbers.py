"""Numbers as they stand in conditions and actions: with a decimal point, never one that could be read in two ways."""

from __future__ import annotations

import math
import re

from playground.circuits.numerals import MINUS
from playground.engine.messages import message
from playground.lessons.faults import quoted

_NUMBER = re.compile(r"[-+]?(\d{1,20}(\.\d{0,30})?|\.\d{1,30})([eE][-+]?\d{1,3})?")
_WHOLE = re.compile(r"\d{1,3}( ?\d{3}){0,3}|\d{1,12}")


def read_number(text: str) -> float:
    """Return the number that `text` says, ``50 %`` as 0.5; ValueError with what would do."""
    bare = text.strip().replace(MINUS, "-")
    value = float(bare.removesuffix("%")) if _NUMBER.fullmatch(bare.removesuffix("%").strip()) else math.nan
    if not math.isfinite(value):
        raise ValueError(message("expected a number such as 0.03 or 3e-2, got {text}", text=quoted(text)))
    return value / 100.0 if bare.endswith("%") else value


def read_whole(text: str, least: int, most: int) -> int:
    """Return the whole number that `text` says, ``2 000`` too; ValueError with what would do."""
    value = int(text.replace(" ", "")) if _WHOLE.fullmatch(text.strip()) else -1
    if not least <= value <= most:
        template = "expected a whole number from {least:,} to {most:,}, got {text}"
        raise ValueError(message(template, least=least, most=most, text=quoted(text)))
    return value
