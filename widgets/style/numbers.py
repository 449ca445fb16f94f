"""Numbers as text: four significant digits, a true minus sign, and ≈ where something was rounded away.

An exact value is written as short as it is (``2``, ``0.25``); a rounded one keeps its zeros (``0.3000``),
so that a reader sees how far it can be trusted. :func:`full` and :func:`parse` are inverses.
"""

from __future__ import annotations

import math
import re

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


ALL_DIGITS = 17
"""With so many digits two numbers that differ never read alike."""


def told_apart(x: float, other: float, most: int = 8) -> str:
    """Return `x` to four significant digits, or to as many more as it takes to differ from `other`: ``1.99991``.

    Where `most` digits do not tell them apart, an ellipsis says that the number goes on.
    """
    digits = DIGITS
    while x != other and digits < most and _rounded(x, digits) == _rounded(other, digits):
        digits += 1
    text = significant(x, digits)
    goes_on = x != other and _rounded(x, digits) == _rounded(other, digits) and parse(text) != x
    return f"{text}…" if goes_on else text


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
    return not math.isfinite(x) or (x.is_integer() and abs(x) < _LARGE) or _rounded(x, DIGITS) == x


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


def brief(x: float) -> str:
    """Return `x` in about two digits, for a number on a picture: ``−0.42``, ``0.034``, ``12``, ``3e−5``, ``2e4``."""
    x = float(x)
    if not math.isfinite(x) or x == 0.0:
        return significant(x, DIGITS)
    if x.is_integer() and abs(x) < 1e3:
        return _typeset(f"{x:.0f}")
    power = int(f"{x:.1e}".partition("e")[2])
    if -4 < power < 4:
        return _typeset(f"{x:.{max(1 - power, 2) if power < 1 else max(2 - power, 0)}f}")
    return briefest(x)


def briefest(x: float) -> str:
    """Return `x` in one digit and its power of ten, where there is no room for more: ``7e−3``."""
    if not math.isfinite(x) or x == 0.0:
        return brief(x)
    mantissa, _, power = f"{x:.0e}".partition("e")
    return _typeset(f"{mantissa}e{int(power)}")


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
    """Return the number that the user typed: ``−0,5``, ``1 284``, ``1,284.5``, ``≈ 3e-4``, ``50 %`` all read.

    A ``%`` sign divides by 100. A comma alone is the decimal sign, unless it could mark thousands as well.

    Raises
    ------
    ValueError
        When `text` is not one finite number, or could be two; the message says what was read and what would do.
    """
    compact, per_cent = _compact(text)
    if "," in compact and _THOUSANDS.fullmatch(compact.lower().partition("e")[0]):
        raise ValueError(_two_ways(text, compact.replace(",", ""), compact.replace(",", ".")))
    try:
        value = float(compact.replace(",", "."))
    except ValueError:
        raise ValueError(f"expected a number such as 0.03 or 3e-2, got {_quoted(text)}") from None
    if not math.isfinite(value):
        raise ValueError(f"expected a finite number, got {_quoted(text)}")
    if value == 0.0 and re.search("[1-9]", compact.lower().partition("e")[0]):
        raise ValueError(f"expected a number of at least 5e-324 or 0, got {_quoted(text)}")
    return value / 100.0 if per_cent else value


def whole(text: str, expected: str = "a whole number such as 1000") -> int:
    """Return the whole number that the user typed: ``1000``, ``1 000``, ``1,000``, ``1e3`` all read.

    Blanks may stand anywhere between its digits: one who edits ``1 200`` leaves ``1 20``.

    Raises
    ------
    ValueError
        When `text` is not one whole number, could be two, or is beyond any float; the message says what was read and
        what would do.
    """
    compact, per_cent = _compact(text)
    if _THOUSANDS.fullmatch(compact):
        if "." in compact:
            decimal = float(compact)
            raise ValueError(_two_ways(text, compact.replace(".", ""), *[f"{decimal:.0f}"] * decimal.is_integer()))
        compact = compact.replace(",", "")
    if re.fullmatch(rf"[-+]?(?:\d|{_BLANK})+", compact):
        compact = "".join(compact.split())
    try:
        value = int(compact) if re.fullmatch(r"[-+]?\d+", compact) else parse(text)
        too_large = math.isinf(float(value))
    except (ValueError, OverflowError):  # no number, or beyond the largest that a float holds
        value, too_large = math.nan, True
    if per_cent or too_large or value != int(value):
        raise ValueError(f"expected {expected}, got {_quoted(text)}")
    return int(value)


# A line break or a tab parts two numbers; it groups the digits of none.
_BLANK = r"[^\S\t-\r\x1c-\x1f\x85\u2028\u2029]"
_BLANKS = re.compile(rf"[-+]?\d{{1,3}}({_BLANK}|['’])" r"\d{3}(?:\1\d{3})*(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_MARKS = re.compile(r"([-+]?[1-9]\d{0,2}([.,])\d{3}(?:\2\d{3})*)((?!\2)[.,]\d*)?")
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")


def _compact(text: str) -> tuple[str, bool]:
    """Return the number in `text` without its marks of thousands where they are plain, and whether it is per cent."""
    bare = text.strip().removeprefix(APPROXIMATELY).replace(MINUS, "-").replace("–", "-").replace("_", "x").strip()
    per_cent = bare.endswith("%")
    bare = re.sub(r"^([-+])\s+", r"\1", bare.removesuffix("%").rstrip())
    if _BLANKS.fullmatch(bare):
        return re.sub(r"[\s'’]", "", bare).replace(",", "."), per_cent
    marks = _MARKS.fullmatch(bare)
    if marks and (marks[3] or marks[1].count(marks[2]) > 1):
        return marks[1].replace(marks[2], "") + (marks[3] or "").replace(",", "."), per_cent
    return bare, per_cent


def _two_ways(text: str, *cures: str) -> str:
    either = ", which could be either" if len(cures) > 1 else ""
    return f"expected {' or '.join(cures)}, got {_quoted(text)}{either}"


def _quoted(text: str) -> str:
    return " ".join(text.split())[:40] or "nothing"


def _rounded(x: float, digits: int) -> float:
    return float(f"{x:.{digits - 1}e}")


def _special(x: float) -> str:
    if math.isnan(x):
        return NOT_A_NUMBER
    return "∞" if x > 0 else f"{MINUS}∞"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _typeset(text: str) -> str:
    return text.replace("-", MINUS)
