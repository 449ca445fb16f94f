"""A batch gradient as a card: mean over the examples + regularization = what moves the weight, then the update."""

from __future__ import annotations

from widgets.gradient_card import derivations
from widgets.gradient_card.blanks import NOT_YET
from widgets.gradient_card.card_sheet import (
    BATCH_GRADIENT,
    Box,
    CardSheet,
    Column,
    Row,
    Section,
    Segment,
    plain_note,
    with_blank,
)
from widgets.style import numbers
from widgets.values import MeanReading
from widgets.values.veil import HIDDEN_TEXT

COLUMNS = (
    Column("δᵢ = ∂Lᵢ/∂z", "gradient", "downstream gradient of the neuron at example i", "backward"),
    Column("xᵢ", "forward", "what arrives on this edge at example i; 1 for the bias", "inputs"),
    Column("∂Lᵢ/∂w = δᵢ·xᵢ", "gradient", "gradient of the loss of example i with respect to this weight", "backward"),
)
CHOOSE_NOTE = "Click an example: every view shows it."
DROPOUT_NOTE = "With the units that this iteration drops: an example's card, without dropout, may differ."


def mean_sheet(reading: MeanReading) -> CardSheet:
    """Return the card of `reading`."""
    update = _update(reading)
    # The end of the update stays in sight below the rows, however many examples there are.
    end = reading.steps[-1].rounded if "update" in reading.known else ""
    return CardSheet(
        title=f"{BATCH_GRADIENT} of {reading.title}",
        example=reading.batch,
        boxes=_boxes(reading),
        operators=("+", "="),
        sections=(_terms(reading), update),
        notes=(end, f"{CHOOSE_NOTE} {DROPOUT_NOTE}" if reading.has_dropout else CHOOSE_NOTE),
    )


def _boxes(reading: MeanReading) -> tuple[Box, ...]:
    n = numbers.grouped(reading.count)
    mean, batch = f"Σᵢ ∂Lᵢ/∂w ÷ {n}", BATCH_GRADIENT
    examples = numbers.plural(reading.count, "Mean of {count} example", "Mean of {count} examples")
    summed_up = HIDDEN_TEXT if ("mean", 0) in reading.blanks else reading.total
    total: tuple[Segment, ...] = (*plain_note("Σᵢ ="), (summed_up, "gradient"))

    def summed() -> str:
        plugged = f"{numbers.four(reading.total)} ÷ {n} ≈ {numbers.four(reading.mean)}"
        return f"{mean}\n{plugged}\nall digits: {numbers.full(reading.total)} ÷ {n} = {numbers.full(reading.mean)}"

    def regularized() -> str:
        return derivations.value("λ·∂R/∂w", reading.penalty, reading.regularization)

    def whole() -> str:
        parts = (reading.mean, reading.regularization, reading.gradient)
        rounded = f"{numbers.four(parts[0])} + {numbers.bracketed(parts[1])} ≈ {numbers.four(parts[2])}"
        given = f"\n{reading.steps[0].full}" if reading.given is not None else ""
        return f"{batch} = mean + λ·∂R/∂w\n{rounded}\nall digits: {numbers.full(reading.gradient)}{given}"

    boxes = (
        Box(examples, mean, reading.mean, "gradient", total, summed, "backward", "mean"),
        Box("Regularization", "λ·∂R/∂w", reading.regularization, "gradient", plain_note(reading.penalty), regularized,
            "given", "regularization"),
        Box("Batch gradient", batch, reading.gradient, "gradient", _given(reading), whole,
            "backward", "batch"),
    )  # fmt: skip
    return tuple(with_blank(box, reading.blanks) for box in boxes)


def _given(reading: MeanReading) -> tuple[Segment, ...]:
    note = plain_note(reading.given_note)
    if reading.given is None:
        return note
    return *note, (HIDDEN_TEXT if ("batch", 0) in reading.blanks else reading.given, "gradient")


def _terms(reading: MeanReading) -> Section:
    rows = [Row(f"example {t.example}", (t.delta, t.x, t.gradient), t.example) for t in reading.terms]
    if reading.rest is not None:
        others = numbers.grouped(reading.count - len(rows))
        rows.append(Row(f"the other {others}", (None, None, reading.rest)))

    def derive(row: int, column: int) -> str:
        if row >= len(reading.terms):
            return "the examples of the batch that have no row of their own, together"
        term = reading.terms[row]
        if column == 2:
            return derivations.product("∂Lᵢ/∂w", "δᵢ · xᵢ", term.delta, term.x, term.gradient)
        return derivations.value(("δᵢ", "xᵢ")[column], COLUMNS[column].meaning, (term.delta, term.x)[column])

    return Section(
        name="mean",
        label_head="example of the batch",
        summary=f"Σᵢ ∂Lᵢ/∂w over the {numbers.grouped(reading.count)} of the batch",
        columns=COLUMNS,
        rows=tuple(rows),
        derive=derive,
        total=reading.total,
        total_symbol="Σᵢ ∂Lᵢ/∂w",
        total_needs="backward",
        fields=("delta", "x", "term"),
        total_field="mean",
        blanks=reading.blanks,
    )


def _update(reading: MeanReading) -> Section:
    """Return the rule as lines of text, empty of numbers until the phase that computes them."""
    rows = tuple(Row(step.rounded, (), full_label=step.full, line=k) for k, step in enumerate(reading.steps))
    if "update" not in reading.known:  # as many rows, so that nothing moves when the numbers come
        rows = (Row(NOT_YET, ()), *(Row("", ()) for _ in rows[1:]))
    return Section(
        name="update",
        label_head=reading.rule,
        summary=reading.rule,
        columns=(),
        rows=rows,
        derive=lambda row, column: "",
        line_field="step",
    )
