"""An input's reading as a card: its value and ∂Lᵢ/∂x with its sum; inputs are never updated."""

from __future__ import annotations

from functools import partial

from widgets.gradient_card import derivations
from widgets.gradient_card.card_sheet import Box, CardSheet, plain_note, with_blank
from widgets.gradient_card.neuron_sheet import EXAMPLE_NOTE, next_rows, terms_section
from widgets.values import InputReading


def input_sheet(reading: InputReading) -> CardSheet:
    """Return the card of `reading`."""
    arrives = plain_note(f"from {next_rows(reading.terms)}")
    given = plain_note("given by the data")
    value = partial(derivations.value, reading.formula, "an input is given by the data", reading.value)
    total = partial(derivations.total, "∂Lᵢ/∂x", reading.terms, reading.gradient)
    return CardSheet(
        title=reading.title,
        example=reading.example,
        boxes=tuple(
            with_blank(box, reading.blanks)
            for box in (
                Box("Value", reading.formula, reading.value, "forward", given, value, "inputs", "value"),
                Box("Gradient", "∂Lᵢ/∂x", reading.gradient, "gradient", arrives, total, "upstream", "gradient"),
            )
        ),
        operators=("",),
        sections=(terms_section(reading.terms, reading.gradient, "gradient", reading.blanks),) if reading.terms else (),
        notes=(EXAMPLE_NOTE, "Training updates W and b only; x stays, although ∂Lᵢ/∂x exists."),
    )
