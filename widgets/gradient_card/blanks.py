"""Slow motion on a card: what a phase has not computed is blank, in the boxes, the rows and their tooltips."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from widgets.gradient_card.card_sheet import Box, CardSheet, Section
from widgets.values.card import EVERYTHING, Stage

NOT_YET = "not computed yet: a later phase does"


def with_blanks(sheet: CardSheet, known: Set[Stage]) -> CardSheet:
    """Return `sheet` without the numbers whose stage is not `known`."""
    if known == EVERYTHING:
        return sheet
    return replace(
        sheet,
        boxes=tuple(box if box.needs in known else _blank_box(box) for box in sheet.boxes),
        sections=tuple(_with_blanks(section, known) for section in sheet.sections),
    )


def _blank_box(box: Box) -> Box:
    words = tuple((part, role) for part, role in box.note if isinstance(part, str) and not part.endswith("="))
    return replace(box, value=None, note=words, derivation=lambda: f"{box.symbol}: {NOT_YET}")


def _with_blanks(section: Section, known: Set[Stage]) -> Section:
    columns = tuple(replace(column, is_known=column.needs in known) for column in section.columns)

    def derive(row: int, column: int) -> str:
        return section.derive(row, column) if columns[column].is_known else f"{columns[column].head}: {NOT_YET}"

    total = section.total if section.total_needs in known else None
    return replace(section, columns=columns, derive=derive, total=total)
