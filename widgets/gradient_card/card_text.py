"""A card as text for the clipboard: every digit, tab between columns, a minus that calculators read."""

from __future__ import annotations

from widgets.gradient_card.card_sheet import NO_NUMBER, Box, CardSheet, Section
from widgets.style import numbers
from widgets.values.veil import HIDDEN_TEXT


def card_text(sheet: CardSheet) -> str:
    """Return `sheet` as lines of text at full precision."""
    lines = [f"{sheet.title} · {sheet.example}" if sheet.example else sheet.title, ""]
    lines += [_box(box) for box in sheet.boxes]
    for section in sheet.sections:
        lines += ["", *_section(section)]
    return "\n".join([*lines, "", *(note for note in sheet.notes if note)]) + "\n"


def _box(box: Box) -> str:
    note = " ".join(_plain(part) if isinstance(part, float) else part for part, _ in box.note)
    return "\t".join((box.title, box.symbol, HIDDEN_TEXT if box.blank else _plain(box.value), note)).rstrip()


def _section(section: Section) -> list[str]:
    head = f"{section.summary} {section.total_text(_plain)}".rstrip()
    heads = "\t".join([section.label_head, *(column.head for column in section.columns)])
    rows = [
        "\t".join([(row.full_label or row.label).replace("\n", ""), *_numbers(section, index)])
        for index, row in enumerate(section.rows)
    ]
    return [head, heads, *rows]


def _numbers(section: Section, row: int) -> list[str]:
    return ["" if text == NO_NUMBER else text for text in section.texts(row, _plain)]


def _plain(x: float | None) -> str:
    return "" if x is None else numbers.full(x).replace(numbers.MINUS, "-")
