"""Numbers as text: four significant digits, a true minus sign, and ≈ where something was rounded away.

An exact value is written as short as it is (``2``, ``0.25``); a rounded one keeps its zeros (``0.3000``),
so that a reader sees how far it can be trusted. :func:`full` and :func:`parse` are inverses.
"""

from __future__ import annotations

import math

MINUS = "−"
APPROXIMATELY = "≈"
DIGITS = 4
NOT_A_NUMBER = "NaN"
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGE = 1e6
_SMALL = 1e-4


def four(x: float) -> str:
    """Return `x` to four significant digits: ``−0.4213``, ``2``, ``1.235e−7``, ``∞``, ``NaN``.

    Integers below a million are never rounded; other values of 10,000 and above, or below 0.0001,
    use an exponent.
    """
    return significant(x, DIGITS)


def significant(x: float, digits: int) -> str:
    """Return `x` to `digits` significant digits; exact values without trailing zeros."""
    x = float(x)
    if not math.isfinite(x):
        return _special(x)
    if x == 0.0:
        return "0"
    if x.is_integer() and abs(x) < _LARGE:
        return _typeset(f"{x:.0f}")
    mantissa, _, exponent = f"{x:.{digits - 1}e}".partition("e")
    power = int(exponent)
    exact = float(f"{mantissa}e{exponent}") == x
    if abs(x) >= _SMALL and power < digits:
        text = f"{x:.{digits - 1 - power}f}"
        return _typeset(_trimmed(text) if exact else text)
    return _typeset(f"{_trimmed(mantissa) if exact else mantissa}e{power}")


def approximately(x: float) -> str:
    """Return ``≈ 0.3126`` where four digits lose something, plain ``0.25`` where they do not."""
    text = four(x)
    return text if is_exact(x) else f"{APPROXIMATELY} {text}"


def bracketed(x: float) -> str:
    """Return `x` to four significant digits, in brackets where its minus would follow an operator."""
    text = four(x)
    return f"({text})" if text.startswith(MINUS) else text


def is_exact(x: float) -> bool:
    """Whether :func:`four` loses nothing of `x`."""
    x = float(x)
    return not math.isfinite(x) or parse(four(x)) == x


def full(x: float) -> str:
    """Return every digit of `x`, the shortest text that reads back as the same float."""
    x = float(x)
    if not math.isfinite(x):
        return _special(x)
    if x.is_integer() and abs(x) < 1e15:
        return _typeset(f"{x + 0.0:.0f}") if x else "0"
    mantissa, e, exponent = repr(x).partition("e")
    return _typeset(f"{mantissa}e{int(exponent)}" if e else mantissa)


def fixed(x: float, decimals: int) -> str:
    """Return `x` with a fixed count of `decimals` and a true minus; never ``−0.00``."""
    x = float(x)
    if not math.isfinite(x):
        return _special(x)
    text = f"{x:.{decimals}f}"
    return _typeset(text.lstrip("-") if float(text) == 0.0 else text)


def live(x: float) -> str:
    """Return `x` to four significant digits with its zeros kept: a number that changes keeps its length."""
    x = float(x)
    if not math.isfinite(x) or x == 0.0:
        return significant(x, DIGITS)
    mantissa, _, exponent = f"{x:.{DIGITS - 1}e}".partition("e")
    power = int(exponent)
    inside = abs(x) >= _SMALL and power < DIGITS
    return _typeset(f"{x:.{DIGITS - 1 - power}f}" if inside else f"{mantissa}e{power}")


def scientific(x: float) -> str:
    """Return `x` to three digits in a form whose length hardly changes: ``3.10e−3``."""
    if not math.isfinite(x) or x == 0.0:
        return four(x)
    mantissa, _, power = f"{x:.2e}".partition("e")
    return _typeset(f"{mantissa}e{int(power)}")


def power_of_ten(power: int) -> str:
    """Return ``10⁻³``."""
    return "10" + str(power).translate(_RAISED)


def grouped(n: int, width: int = 0) -> str:
    """Return the integer `n` in groups of three, zero-filled to `width` digits: ``001 284``."""
    digits = f"{abs(int(n)):0{width}d}"
    head = len(digits) % 3
    groups = ([digits[:head]] if head else []) + [digits[i : i + 3] for i in range(head, len(digits), 3)]
    return (MINUS if n < 0 else "") + " ".join(groups)


def plural(count: int, one: str, other: str) -> str:
    """Return the form of a sentence for `count`, which stands at ``{count}``: ``1 edge``, ``2 edges``."""
    return (one if count == 1 else other).format(count=grouped(count))


def parse(text: str) -> float:
    """Return the number that the user typed: ``−0,5``, ``1 284``, ``≈ 3e-4``, ``50 %`` all read.

    A ``%`` sign divides by 100. One comma and no dot is a decimal comma.

    Raises
    ------
    ValueError
        When `text` is not one finite number; the message says what was read and what would do.
    """
    compact = "".join(text.split()).replace(APPROXIMATELY, "").replace(MINUS, "-").replace("–", "-")
    if compact.count(",") == 1 and "." not in compact:
        compact = compact.replace(",", ".")
    per_cent = compact.endswith("%")
    try:
        value = float(compact.removesuffix("%").replace("_", "x"))
    except ValueError:
        shown = text.strip()[:40] or "nothing"
        raise ValueError(f"expected a number such as 0.03 or 3e-2, got {shown}") from None
    if not math.isfinite(value):
        raise ValueError(f"expected a finite number, got {text.strip()[:40]}")
    return value / 100.0 if per_cent else value


def _special(x: float) -> str:
    if math.isnan(x):
        return NOT_A_NUMBER
    return "∞" if x > 0 else f"{MINUS}∞"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _typeset(text: str) -> str:
    return text.replace("-", MINUS)
