"""A typed answer as a number, with the place of its last digit: ``−0.55``, ``−0,55``, ``1/4``, ``5e-3``, ``50 %``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground.engine.messages import message
from playground.training.answers import read_answer

_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,](\d*))?|[.,](\d+))(?:[eE]([-+]?\d{1,3}))?")
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "⁄": "/", "½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)"}
)


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer that could be read.

    Attributes
    ----------
    text : str
        As typed, with a true minus sign.
    unit : float
        What one step of the last digit is worth; 0 for arithmetic, which has no last digit.
    """

    text: str
    value: float
    unit: float = 0.0


def read(typed: str) -> Typed:
    """Return the number that was `typed`.

    Raises
    ------
    ValueError
        If it is not one number, or could be two; the message says what would do.
    """
    text = " ".join(typed.split()).removeprefix("≈").removeprefix("=").strip()
    plain = text.removesuffix("%").strip().translate(_SIGNS)
    if not plain:
        raise ValueError(message("type a number, such as −0.25, 1/3 or 5e-3"))
    share = 0.01 if text.endswith("%") else 1.0
    value = read_answer(plain) * share
    found = _NUMBER.fullmatch(plain)
    power = int(found[3] or 0) - len(found[1] or found[2] or "") if found else -400
    return Typed(text.replace("-", "−"), value, 10.0**power * share if power > -300 else 0.0)
