"""Between a number and its text: how a :class:`~widgets.values.NumberField` is shown and read."""

from __future__ import annotations

from math import inf, isinf

from widgets.style import numbers
from widgets.values import NumberField


def shown(field: NumberField, value: float) -> str:
    """Return `value` as a control shows it: ``32``, ``50 %``, ``0.03``, ``off``."""
    if isinf(value) and field.infinity_text:
        return field.infinity_text
    if field.percent:
        return f"{numbers.four(round(100.0 * value, 10))} %"
    return f"{_plain(field, value)} {field.unit}".rstrip()


def exact(field: NumberField, value: float) -> str:
    """Return `value` with every digit, as an editor offers it."""
    if isinf(value) and field.infinity_text:
        return field.infinity_text
    return f"{numbers.full(round(100.0 * value, 12))} %" if field.percent else numbers.full(value)


def read(field: NumberField, text: str) -> float:
    """Return the value that the user typed into `field`.

    Raises
    ------
    ValueError
        When it is not a number or outside the hard limits; the message names the field and the cure.
    """
    if field.infinity_text and text.strip().casefold() in (field.infinity_text.casefold(), "∞", "inf"):
        return inf
    try:
        bare = text.strip().removesuffix(field.unit) if field.unit else text
        value = float(numbers.whole(bare, limits(field))) if field.integer else numbers.parse(bare)
    except OverflowError:
        value = inf
    except ValueError as error:
        raise ValueError(f"{field.label}: {error}") from None
    if field.percent and "%" not in text and value >= 1.0:
        if value == 1.0:
            raise ValueError(f"{field.label}: expected a share with its sign, got {text.strip()}: type 1 % or 100 %")
        value /= 100.0
    _require_inside(field, value)
    return value


def limits(field: NumberField) -> str:
    """Return the hard limits in words: ``a whole number from 1 to 256``, ``a number above 0 and at most 10``."""
    noun = "a whole number" if field.integer else "a number"
    low, high = shown(field, field.low), shown(field, field.high)
    return f"{noun} above {low} and at most {high}" if field.open_low else f"{noun} from {low} to {high}"


def _require_inside(field: NumberField, value: float) -> None:
    above = field.low < value if field.open_low else field.low <= value
    whole = not field.integer or value.is_integer()
    if not (above and value <= field.high and whole):
        raise ValueError(f"{field.label}: expected {limits(field)}, got {shown(field, value)}")


def _plain(field: NumberField, value: float) -> str:
    return numbers.full(value) if field.integer else numbers.four(value)
