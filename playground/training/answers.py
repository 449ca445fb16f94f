"""Judge a typed number: right when it agrees with the true one to the digits that are asked."""

from __future__ import annotations

import math
import re

from playground.circuits.quiz import ABSOLUTE, RELATIVE, typed_number
from playground.engine.messages import message

_COMMA = re.compile(r"(?<=\d),(?=\d)|(?<![\d.)]),(?=\d)")
_WHOLE = 2
"""A number of so few digits is typed as it is: 1.5 is never 1, nor 2, which may be what a mistake gives."""
_THOUSANDS = re.compile(r"\s*[-−+]?[1-9]\d{0,2},\d{3}\s*")


def read_answer(typed: str) -> float:
    """Return what the user typed: a number, with a decimal comma too, or arithmetic such as ``−4 * 0,25`` or ``1/3``.

    Raises
    ------
    ValueError
        When it is neither, or could be two numbers; the message says what would do.
    """
    if _THOUSANDS.fullmatch(typed):
        raise ValueError(message("type {typed} with a decimal point", typed=typed.strip()))
    return typed_number(_COMMA.sub(".", typed))


def is_right(guess: float, expected: float, digits: int | None = None) -> bool:
    """Return whether `guess` is `expected` to so many significant digits; without a number, to 0.5 % or 0.0005."""
    if not math.isfinite(expected):
        return False
    if expected == 0.0:
        return abs(guess) <= (ABSOLUTE if digits is None else 0.5 * 10.0**-digits)
    if digits is None:
        slack = max(RELATIVE * abs(expected), min(ABSOLUTE, 0.1 * abs(expected)))
    else:
        asked = digits_asked(expected, digits)
        slack = 0.5 * 10.0 ** (math.floor(math.log10(abs(expected))) - asked + 1)
    return abs(guess - expected) <= slack * (1.0 + 1e-9)


def digits_asked(expected: float, digits: int) -> int:
    """Return to how many significant digits `expected` is judged where `digits` are asked for."""
    is_whole = math.isclose(float(f"{expected:.{_WHOLE - 1}e}"), expected, rel_tol=1e-9, abs_tol=0.0)
    return max(digits, _WHOLE) if is_whole else digits
