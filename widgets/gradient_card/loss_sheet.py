"""The loss node's reading as a card: L = data loss + regularization, and one row per output."""

from __future__ import annotations

from functools import partial

from widgets.gradient_card import derivations
from widgets.gradient_card.card_sheet import Box, CardSheet, Column, Row, Section, plain_note
from widgets.style import numbers
from widgets.values import LossReading


def loss_sheet(reading: LossReading) -> CardSheet:
    """Return the card of `reading`."""
    return CardSheet(
        title=reading.title,
        example=reading.example,
        boxes=_boxes(reading),
        operators=("+", "="),
        sections=(_scores(reading),),
        notes=(
            f"The boxes are over the training set; the rows are this example's: {reading.formula}",
            "An example's gradient leaves regularization out; the update adds it.",
        ),
    )


def _boxes(reading: LossReading) -> tuple[Box, ...]:
    data, penalty = reading.data_loss, reading.regularization_loss
    mean, rule, whole = "(1/N) Σᵢ Lᵢ", reading.regularization_formula, data + penalty
    of_data = partial(derivations.value, mean, reading.formula, data)
    of_what = f"{reading.regularizer_formula}, over all weight matrices, not biases"
    of_weights = partial(derivations.value, rule, of_what, penalty)
    no_biases = plain_note(f"{reading.regularizer_formula}, no biases")
    plugged = f"{numbers.four(data)} + {numbers.four(penalty)} ≈ {numbers.four(whole)}"
    text = f"L = data loss + regularization loss\n{plugged}\nall digits: {numbers.full(whole)}"
    return (
        Box("Data loss", mean, data, "forward", plain_note("mean over training data"), of_data, "loss"),
        Box("Regularization", rule, penalty, "forward", no_biases, of_weights, "loss"),
        Box("Loss", "L", whole, "forward", plain_note("training makes it smaller"), lambda: text, "loss"),
    )


def _scores(reading: LossReading) -> Section:
    symbol = reading.output_symbol
    noun = "score" if symbol == "s" else "output"
    columns = (
        Column(f"{noun} {symbol}", "forward", f"{noun} of the last layer", "forward"),
        Column("target t", "plain", f"what the loss compares the {noun} with", "given"),
        Column(reading.middle_label, "forward", f"what the loss makes of the {noun}", "loss"),
        Column(f"∂Lᵢ/∂{symbol}", "gradient", f"gradient that the loss sends to this {noun}", "backward"),
    )

    def derive(row: int, column: int) -> str:
        chosen = reading.rows[row]
        number = (chosen.score, chosen.target, chosen.middle, chosen.gradient)[column]
        return derivations.value(columns[column].head, f"{columns[column].meaning}\n{reading.formula}", number)

    return Section(
        name="scores",
        label_head="output",
        summary=f"{noun.capitalize()}s of this example, its data loss Lᵢ",
        columns=columns,
        rows=tuple(Row(r.label, (r.score, r.target, r.middle, r.gradient)) for r in reading.rows),
        derive=derive,
        total=reading.example_loss,
        total_symbol="Lᵢ",
        total_needs="loss",
        fields=("score", "target", "middle", "gradient"),
        total_field="example_loss",
        blanks=reading.blanks,
    )
