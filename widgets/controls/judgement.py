"""Judge a typed prediction: right when it agrees with the true number to the digits that were typed."""

from __future__ import annotations

from typing import Literal

from widgets.style import numbers

Judgement = Literal["right", "wrong", "unreadable"]
RELATIVE = 5e-3
ABSOLUTE = 5e-4


def judge(typed: str, expected: float) -> Judgement:
    """Return whether `typed` is the number `expected`.

    |typed − expected| ≤ 0.5 % of |expected|, or 0.0005 where that is larger: a pocket calculator's
    three digits are enough, a wrong sign or a forgotten branch is not.
    """
    try:
        guess = numbers.parse(typed)
    except ValueError:
        return "unreadable"
    slack = max(RELATIVE * abs(expected), min(ABSOLUTE, 0.1 * abs(expected)) if expected else ABSOLUTE)
    return "right" if abs(guess - expected) <= slack else "wrong"
