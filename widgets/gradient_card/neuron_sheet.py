"""A neuron's reading as a card: upstream × local = downstream, its sum, its incoming edges."""

from __future__ import annotations

from functools import partial

from widgets.gradient_card import derivations
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
from widgets.values import BIAS, NeuronReading, UpstreamTerm
from widgets.values.veil import HIDDEN_TEXT, Blanks

EXAMPLE_NOTE = "Lᵢ is this example's data loss, without dropout."

TERM_COLUMNS = (
    Column("δₖ = ∂Lᵢ/∂zₖ", "gradient", "downstream gradient of row k of the next layer", "upstream"),
    Column("wₖ", "plain", "weight from here to row k of the next layer", "given"),
    Column(
        "δₖ · wₖ", "gradient", "what row k of the next layer sends back; all add up to the gradient here", "upstream"
    ),
)
EDGE_COLUMNS = (
    Column("x", "forward", "what arrives on this edge: the activation of the neuron before", "inputs"),
    Column("w", "plain", "the weight now; double-click or press Enter to type another", "given", editable=True),
    Column("∂Lᵢ/∂w = δ·x", "gradient", "gradient of this example's loss with respect to the weight", "backward"),
    Column("∂Lᵢ/∂x = δ·w", "gradient", "what this neuron sends back along the edge", "backward"),
    Column(
        BATCH_GRADIENT,
        "gradient",
        "mean gradient over the pending batch, with regularization: the update begins with it; click to see its terms",
        "backward",
        opens=True,
    ),
    Column("next w", "plain", "the weight after the next step", "update"),
)


TERM_FIELDS = ("delta", "out_weight", "product")
EDGE_FIELDS = ("x", "weight", "weight_gradient", "input_gradient", "update_gradient", "next_weight")
_SUMS = {"upstream": "∂Lᵢ/∂a", "gradient": "∂Lᵢ/∂x"}


def neuron_sheet(reading: NeuronReading) -> CardSheet:
    """Return the card of `reading`."""
    sections = [_edges(reading)]
    if reading.upstream_terms:
        sections.insert(0, terms_section(reading.upstream_terms, reading.upstream, "upstream", reading.blanks))
    return CardSheet(
        title=reading.title,
        example=reading.example,
        boxes=_boxes(reading),
        operators=("×", "="),
        sections=tuple(sections),
        notes=(
            f"{EXAMPLE_NOTE} Click a number of {BATCH_GRADIENT} to see its terms.",
            f"Next w: {reading.update_note}" if reading.update_note else "",
        ),
    )


def terms_section(terms: tuple[UpstreamTerm, ...], result: float, field: str, blanks: Blanks) -> Section:
    """Return the sum that `field` is, Σₖ δₖ · wₖ: one row per row of the next layer's weights (neuron or piece)."""
    symbol = _SUMS[field]

    def derive(row: int, column: int) -> str:
        term = terms[row]
        if column == 2:
            return derivations.product(f"δ · w of {term.label}", "δₖ · wₖ", term.delta, term.weight, term.product)
        chosen = (term.delta, term.weight)[column]
        return derivations.value(("δₖ", "wₖ")[column], TERM_COLUMNS[column].meaning, chosen)

    return Section(
        name="terms",
        label_head="next piece" if terms[0].is_piece else "next neuron",
        summary=f"{field.capitalize()}  {symbol} = Σₖ δₖ · wₖ over {next_rows(terms)}",
        columns=TERM_COLUMNS,
        rows=tuple(Row(t.label, (t.delta, t.weight, t.product)) for t in terms),
        derive=derive,
        total=result,
        total_symbol=f"Σₖ = {symbol}",
        total_needs="upstream",
        fields=TERM_FIELDS,
        total_field=field,
        blanks=blanks,
    )


def _boxes(reading: NeuronReading) -> tuple[Box, ...]:
    terms = reading.upstream_terms
    arrives = plain_note(f"from {next_rows(terms)}" if terms else reading.upstream_note)
    inside: tuple[Segment, ...] = (
        *plain_note("z ="),
        (_noted(reading, "z", reading.z), "forward"),
        *plain_note("a ="),
        (_noted(reading, "a", reading.a), "forward"),
        *plain_note(reading.activation),
    )
    leaving = partial(_downstream, reading)
    leaves = plain_note(_goes_on_to(reading))
    arriving, local = partial(_upstream, reading), partial(_local, reading)
    symbol = _SUMS["upstream"]
    boxes = (
        Box("Upstream", symbol, reading.upstream, "gradient", arrives, arriving, "upstream", "upstream"),
        Box("Local", reading.local_formula, reading.local, "local", inside, local, "forward", "local"),
        Box("Downstream", "∂Lᵢ/∂z = δ", reading.downstream, "gradient", leaves, leaving, "backward", "downstream"),
    )
    return tuple(with_blank(box, reading.blanks) for box in boxes)


def _noted(reading: NeuronReading, field: str, value: float) -> float | str:
    return HIDDEN_TEXT if (field, 0) in reading.blanks else value


def _edges(reading: NeuronReading) -> Section:
    rows = tuple(
        Row(e.label, (e.x, e.weight, e.weight_gradient, e.input_gradient, e.update_gradient, e.next_weight), e.key)
        for e in reading.edges
    )
    return Section(
        name="edges",
        label_head="input",
        summary=numbers.plural(len(rows), "{count} incoming edge", "{count} incoming edges"),
        columns=EDGE_COLUMNS,
        rows=rows,
        derive=partial(_edge_cell, reading),
        fields=EDGE_FIELDS,
        blanks=reading.blanks,
    )


def _upstream(reading: NeuronReading) -> str:
    if reading.upstream_terms:
        return derivations.total("∂Lᵢ/∂a", reading.upstream_terms, reading.upstream)
    return derivations.value("∂Lᵢ/∂a", reading.upstream_note, reading.upstream)


def _local(reading: NeuronReading) -> str:
    if ("z", 0) in reading.blanks or ("a", 0) in reading.blanks:
        return f"{reading.local_formula}\n{reading.activation}"
    lines = [
        f"{reading.local_formula}",
        f"{reading.activation} at z = {numbers.full(reading.z)}",
        f"a = {numbers.full(reading.a)}",
        f"∂a/∂z = {numbers.full(reading.local)}",
    ]
    return "\n".join([*lines, reading.local_note] if reading.local_note else lines)


def _downstream(reading: NeuronReading) -> str:
    formula = "upstream × local = ∂Lᵢ/∂a · ∂a/∂z"
    return derivations.product("δ = ∂Lᵢ/∂z", formula, reading.upstream, reading.local, reading.downstream)


def _edge_cell(reading: NeuronReading, row: int, column: int) -> str:
    edge, delta = reading.edges[row], reading.downstream
    if column == 0:
        return derivations.value("x", "always 1: the bias" if edge.key.source == BIAS else edge.label, edge.x)
    if column == 1:
        return derivations.value("w", EDGE_COLUMNS[1].meaning, edge.weight)
    if column == 2:
        if edge.weight_gradient == 0.0 and delta * edge.x != 0.0:
            return "∂Lᵢ/∂w = 0\nthis piece did not win: the gradient takes another way"
        return derivations.product("∂Lᵢ/∂w", "δ · x", delta, edge.x, edge.weight_gradient)
    if column == 3:
        return _input_gradient(edge.input_gradient, delta, edge.weight)
    if column == 4:
        return derivations.value(BATCH_GRADIENT, reading.update_note, edge.update_gradient)
    change = edge.next_weight - edge.weight
    text = f"next w = w + Δw\n{numbers.four(edge.weight)} + {numbers.bracketed(change)} ≈ "
    return f"{text}{numbers.four(edge.next_weight)}\nall digits: {numbers.full(edge.next_weight)}"


def _input_gradient(gradient: float | None, delta: float, weight: float) -> str:
    if gradient is None:
        return "the bias has no input: its x is the constant 1"
    if gradient == 0.0 and delta * weight != 0.0:
        return "∂Lᵢ/∂x = 0\nthis piece did not win: nothing goes back along it"
    return derivations.product("∂Lᵢ/∂x", "δ · w", delta, weight, gradient)


def _goes_on_to(reading: NeuronReading) -> str:
    weights = sum(edge.key.source != BIAS for edge in reading.edges)
    if weights < len(reading.edges):
        return numbers.plural(weights, "to {count} weight, inputs, bias", "to {count} weights, inputs, bias")
    return numbers.plural(weights, "to {count} weight, inputs", "to {count} weights, inputs")


def next_rows(terms: tuple[UpstreamTerm, ...]) -> str:
    """Return where a gradient comes from: ``3 next neurons``, ``6 next pieces`` where these are Maxout units."""
    if terms and terms[0].is_piece:
        return numbers.plural(len(terms), "{count} next piece", "{count} next pieces")
    return numbers.plural(len(terms), "{count} next neuron", "{count} next neurons")
