"""Formulas with the numbers plugged in, then the same with every digit."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.style import numbers
from widgets.values import UpstreamTerm
from widgets.values.veil import HIDDEN_TEXT, UNKNOWN

MOST_TERMS = 6


def product(symbol: str, formula: str, left: float, right: float, result: float) -> str:
    """Return ``symbol = formula`` with `left` × `right` = `result` plugged in."""
    return f"{symbol} = {formula}\n{plugged(left, right, result)}\n{all_digits(left, right, result)}"


def plugged(left: float, right: float, result: float) -> str:
    """Return ``−0.4213 × 0.3126 = −0.1317`` with four digits; ≈ where they were rounded."""
    exact = all(numbers.is_exact(x) for x in (left, right, result))
    return f"{numbers.four(left)} × {numbers.bracketed(right)} {'=' if exact else '≈'} {numbers.four(result)}"


def all_digits(left: float, right: float, result: float) -> str:
    """Return the product at full precision."""
    return f"all digits: {numbers.full(left)} × {numbers.full(right)} = {numbers.full(result)}"


def total(symbol: str, terms: Sequence[UpstreamTerm], result: float) -> str:
    """Return Σₖ δₖ · wₖ with each product plugged in (the first few where there are many)."""
    parts = [f"{_factor(t.delta)} × {_factor(t.weight, bracketed=True)}" for t in terms[:MOST_TERMS]]
    more = len(terms) - MOST_TERMS
    text = " + ".join(f"({part})" if len(terms) > 1 else part for part in parts)
    tail = f" + {more} more" if more > 0 else ""
    return f"{symbol} = Σₖ δₖ · wₖ\n{text}{tail} ≈ {numbers.four(result)}\nall digits: {numbers.full(result)}"


def _factor(x: float, *, bracketed: bool = False) -> str:
    if x is UNKNOWN:
        return HIDDEN_TEXT
    return numbers.bracketed(x) if bracketed else numbers.four(x)


def value(symbol: str, meaning: str, x: float) -> str:
    """Return what `symbol` means and its value with every digit."""
    return f"{symbol} = {numbers.full(x)}\n{meaning}"
