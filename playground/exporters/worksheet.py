"""Worksheets in Markdown: a neuron's gradient card or a circuit, with blanks to fill in, or with the answers.

The givens are exact, in the digits that restore them, so that a careful answer agrees to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from playground.circuits.gates import GATES
from playground.circuits.graph import Circuit
from playground.circuits.naming import differentiated, names, written
from playground.circuits.passes import Evaluation
from playground.circuits.reading import read
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.spec import LayerSpec
from widgets.style.numbers import full
from widgets.values import EdgeRow, NeuronReading

BLANK = "________"

Shown = Callable[[float | None], str]


def neuron_worksheet(card: NeuronReading, *, answers: bool, constants: str = "") -> str:
    """Return the worksheet of one neuron at one example: z, a, upstream × local = downstream, ∂Lᵢ/∂w.

    `constants` tells what else its activation needs (see `constants_of`).
    """
    asked = _asked(answers)
    lines = [
        f"# {_plain(card.title)}: forward and backward by hand{' (answers)' if answers else ''}",
        "",
        f"Read at {_plain(card.example)}. Lᵢ is the data loss of this example alone.",
        "",
        *_forward(card, constants, asked),
        *_upstream(card, asked),
        *_local(card, asked),
        *_weights(card, asked),
    ]
    return "\n".join(lines) + "\n"


def constants_of(layer: LayerSpec) -> str:
    """Return the constants in the activation's formula: ``s = 0.01``, ``α = 1``, or nothing."""
    return {"leaky_relu": f"s = {full(layer.slope)}", "elu": f"α = {full(layer.alpha)}"}.get(layer.activation, "")


def circuit_worksheet(circuit: Circuit, evaluation: Evaluation, *, answers: bool, title: str = "") -> str:
    """Return the worksheet of a circuit: a forward table, then a backward table from the result to the inputs."""
    asked, called = _asked(answers), names(circuit)
    seed = f"∂{differentiated(circuit, evaluation.upstream)}/∂{called[circuit.output]} = {full(evaluation.upstream)}"
    head = f"# {_plain(title or 'A circuit')}: forward and backward by hand{' (answers)' if answers else ''}"
    given = [(f"`{name}`", full(evaluation.values[i])) for name, i in circuit.inputs.items()]
    forward, backward = [], []
    for i, node in enumerate(circuit.nodes):
        if node.is_gate:
            formula = written(GATES[node.op].formula, [called[j] for j in node.inputs])
            forward.append((f"`{called[i]}`", f"{called[i]} = {formula}", asked(evaluation.values[i])))
    for i in reversed(range(len(circuit.nodes))):
        if not circuit.nodes[i].is_gate:
            continue
        for factor in read(circuit, evaluation, i).factors:
            if factor.downstream is not None:
                row = (asked(evaluation.gradients[i]), factor.local_formula, asked(factor.local))
                backward.append((f"`{called[i]}` → `{factor.name}`", *row, asked(factor.downstream)))
    total = [(f"`{name}`", _branches(circuit, i), asked(evaluation.gradients[i])) for name, i in circuit.inputs.items()]
    lines = [
        head, "", "## Given", "", *_table(("input", "value"), given), "",
        f"{seed} reaches the result from outside.", "",
        "## Forward, from the inputs to the result", "", *_table(("gate", "formula", "value"), forward), "",
        "## Backward: upstream × local = downstream", "",
        "The upstream of a value that branches is the sum of what its branches send back.", "",
        *_table(("from → to", "upstream", "local", "∂out/∂in", "downstream"), backward), "",
        "## Gradients of the inputs", "", *_table(("input", "branches", "gradient"), total),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


# ---- the neuron --------------------------------------------------------------------------------


def _forward(card: NeuronReading, constants: str, asked: Shown) -> list[str]:
    pieces: dict[int, list[EdgeRow]] = {}
    for edge in card.edges:
        pieces.setdefault(edge.key.piece, []).append(edge)
    lines = ["## 1. Forward", "", "z = Σ x·w, where the bias has x = 1."]
    sums = {}
    for piece, edges in pieces.items():
        rows = [(_plain(e.label), full(e.x), full(e.weight), asked(e.x * e.weight)) for e in edges]
        sums[piece] = sum(e.x * e.weight for e in edges)
        lines += ["", *_table(("input", "x", "w", "x·w"), rows)]
        if len(pieces) > 1:
            lines += ["", f"z of piece {piece + 1} = {asked(sums[piece])}"]
    if len(pieces) == 1:
        lines += ["", f"z = {asked(card.z)}"]
    formula = _activation_formula(card.activation) + (f", with {constants}" if constants else "")
    return [*lines, "", formula, "", f"a = {asked(card.a)}", ""]


def _upstream(card: NeuronReading, asked: Shown) -> list[str]:
    lines = ["## 2. Upstream gradient ∂Lᵢ/∂a", "", _plain(card.upstream_note), ""]
    if card.upstream_terms:
        rows = [(_plain(t.label), full(t.delta), full(t.weight), asked(t.product)) for t in card.upstream_terms]
        lines += [*_table(("from", "δₖ", "wₖ", "δₖ·wₖ"), rows), "", f"upstream = Σ = {asked(card.upstream)}", ""]
    else:
        lines += [f"upstream = {full(card.upstream)}", ""]
    return lines


def _local(card: NeuronReading, asked: Shown) -> list[str]:
    return [
        "## 3. Local gradient and downstream gradient", "",
        f"{_plain(card.local_formula)}", "", f"local = ∂a/∂z = {asked(card.local)}", "",
        f"downstream δ = ∂Lᵢ/∂z = upstream × local = {asked(card.downstream)}", "",
    ]  # fmt: skip


def _weights(card: NeuronReading, asked: Shown) -> list[str]:
    lines = ["## 4. Gradients of the weights and inputs", "", "∂Lᵢ/∂w = δ·x, and each input gets δ·w back."]
    if any(edge.key.piece for edge in card.edges):
        lines[-1] += " Only the piece that won has a δ; that of the others is 0."
    rows = [
        (
            _plain(edge.label),
            asked(edge.weight_gradient),
            "–" if edge.input_gradient is None else asked(edge.input_gradient),
        )
        for edge in card.edges
    ]
    return [*lines, "", *_table(("input", "∂Lᵢ/∂w = δ·x", "δ·w"), rows)]


def _activation_formula(label: str) -> str:
    if label == MAXOUT.label:
        return MAXOUT.formula
    return next(entry.formula for entry in ACTIVATIONS.values() if entry.label == label)


# ---- text --------------------------------------------------------------------------------------


def _asked(answers: bool) -> Shown:
    """Return what to print where an answer is asked for."""
    if not answers:
        return lambda _value: BLANK
    return lambda value: "–" if value is None else full(value)


def _branches(circuit: Circuit, i: int) -> str:
    called = names(circuit)
    return " + ".join(f"from `{called[gate]}`" for gate, _ in circuit.consumers[i]) or "none"


def _plain(text: str) -> str:
    """Return `text` on one line, so that no name can become a table, a heading or a link."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    for sign in "\\`*_<>|#[]":
        kept = kept.replace(sign, f"\\{sign}")
    return kept


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table."""
    made = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return made + ["| " + " | ".join(cell.replace("|", "\\|") if "\\|" not in cell else cell for cell in row) + " |"
                   for row in rows]  # fmt: skip
