"""Numbers inside formulas: four significant digits, a true minus sign, parentheses where a sign would confuse."""

from __future__ import annotations

DIGITS = 4
MINUS = "−"
_SMALL, _LARGE = 1e-4, 1e6


def numeral(x: float) -> str:
    """Return `x` to four significant digits: ``−0.1966``, ``12``, ``1.5e−9``; exact values as short as they are."""
    x = float(x)
    if x == 0.0:
        return "0"
    if x.is_integer() and abs(x) < _LARGE:
        return f"{x:.0f}".replace("-", MINUS)
    mantissa, _, exponent = f"{x:.{DIGITS - 1}e}".partition("e")
    power = int(exponent or 0)
    exact = float(f"{mantissa}e{power}") == x
    if abs(x) >= _SMALL and power < DIGITS:
        text = f"{x:.{DIGITS - 1 - power}f}"
        return (_trimmed(text) if exact else text).replace("-", MINUS)
    return f"{_trimmed(mantissa) if exact else mantissa}e{power}".replace("-", MINUS)


def factor(x: float) -> str:
    """Return `x` as it stands inside a product: ``(−4)``, ``3``."""
    text = numeral(x)
    return f"({text})" if text.startswith(MINUS) or "e" in text else text


def equation(x: float) -> str:
    """Return ``= 3`` or, where four digits lose something, ``≈ 0.1966``."""
    text = numeral(x)
    return f"{'=' if float(text.replace(MINUS, '-')) == x else '≈'} {text}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
