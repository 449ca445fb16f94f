"""How wide the columns of a card's table are: nothing here depends on a number's value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import zip_longest

from widgets.gradient_card.card_sheet import Section
from widgets.style import style

CHARACTERS = 10
ALL_CHARACTERS = 23
LABEL_CHARACTERS = 9
GAP = 10.0
NARROW_GAP = 4.0
WIDEST_SPARE = 28.0


def column_widths(sections: Sequence[Section], available: float, *, all_digits: bool) -> list[int]:
    """Return columns that hold the heads of all sections and a number of fixed length, spread over `available`."""
    needed = _needed(sections, all_digits=all_digits)
    if not all_digits:  # which have a row for the total
        available -= max((_total_width(s) for s in sections if len(s.columns) + 1 == len(needed)), default=0.0)
    gap = min(max((available - sum(needed)) / len(needed), NARROW_GAP), GAP)
    spare = max(available - sum(needed) - gap * len(needed), 0.0) / len(needed)
    return [math.floor(width + gap + min(spare, WIDEST_SPARE)) for width in needed]


def row_height() -> int:
    """Return the height of a row of numbers."""
    return math.ceil(style.mono_room(8.5).height + 4)


def _needed(sections: Sequence[Section], *, all_digits: bool) -> list[float]:
    head, digit = style.sans_room(8.0, bold=True), style.mono_room(8.5).digit
    number = digit * (ALL_CHARACTERS if all_digits else CHARACTERS)
    labels = (head.width(f"▾ {section.label_head}") for section in sections if section.columns)
    heads = zip_longest(*([head.width(c.head) for c in s.columns] for s in sections), fillvalue=0.0)
    return [max(digit * LABEL_CHARACTERS, *labels), *(max(number, *column) for column in heads)]


def _total_width(section: Section) -> float:
    """Return the room right of the columns that the total of `section` needs."""
    if section.total is None:
        return 0.0
    head = style.sans_room(8.0, bold=True)
    return head.width(f"{section.total_symbol} ≈ −0.000e−00") + 2 * GAP
