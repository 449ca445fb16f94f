"""Worksheets: the blank version asks for exactly what the other answers, and the answers follow from the givens."""

from __future__ import annotations

import re

import pytest

from playground.app.views.inspector.reading import card
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.document.document import Document, Node
from playground.document.selection import Example
from playground.engine.spec import LayerSpec
from playground.exporters.worksheet import BLANK, circuit_worksheet, constants_of, neuron_worksheet
from playground.training.run import Run
from widgets.style import numbers
from widgets.values import NeuronReading


def reading(activation: str, layer: int = 1) -> NeuronReading:
    run = Run(Document(hidden=(LayerSpec(3, activation, slope=0.2, pieces=2),)))
    run.train(20)
    found = card(run.snapshot(), Node(layer, 0), Example(3))
    assert isinstance(found, NeuronReading)
    return found


def rows(text: str, columns: int) -> list[list[str]]:
    """The cells of all table rows with so many columns, heads left out."""
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row for row in cells if len(row) == columns and any(character.isdigit() for character in row[-1])]


def asked_and_answered(blank: str, answered: str) -> list[str]:
    """The answers that stand where the blank version has blanks; all else must be the same."""
    answered = answered.replace(" (answers)", "", 1)
    pattern = re.escape(blank).replace(BLANK, "([^|\n]+)")
    match = re.fullmatch(pattern, answered)
    assert match, "the two versions differ in more than the answers"
    return list(match.groups())


@pytest.mark.parametrize("activation", ["tanh", "maxout", "leaky_relu"])
@pytest.mark.parametrize("layer", [1, 2])
def test_a_neurons_two_versions_differ_in_the_answers_alone(activation: str, layer: int) -> None:
    read = reading(activation, layer)
    blank, answered = (neuron_worksheet(read, answers=on) for on in (False, True))
    answers = asked_and_answered(blank, answered)
    for value in (read.z, read.a, read.local, read.downstream, *(edge.weight_gradient for edge in read.edges)):
        assert any(numbers.parse(answer) == pytest.approx(value, abs=1e-12) for answer in answers if answer != "–")
    # At the output the upstream is given, and a linear unit passes it on as it is.
    assert (numbers.full(read.downstream) in blank) == (layer == 2)


def test_products_and_sums_of_a_neuron_follow_from_the_givens() -> None:
    read = reading("tanh")
    text = neuron_worksheet(read, answers=True)
    products = [[numbers.parse(cell) for cell in row[1:]] for row in rows(text, 4)]
    forward = products[: len(read.edges)]
    assert all(x * w == product for x, w, product in forward)
    assert sum(product for *_, product in forward) == pytest.approx(read.z, abs=1e-12)


def test_constants_of_the_activation_are_given() -> None:
    assert constants_of(LayerSpec(activation="leaky_relu", slope=0.2)) == "s = 0.2"
    assert constants_of(LayerSpec(activation="elu", alpha=1.5)) == "α = 1.5"
    assert constants_of(LayerSpec(activation="tanh")) == ""
    assert "with s = 0.2" in neuron_worksheet(reading("leaky_relu"), answers=False, constants="s = 0.2")


@pytest.mark.parametrize("expression", ["(x + y) * x", "max(x, y) + abs(x)", "sigmoid(x * y)"])
def test_a_circuits_two_versions_differ_in_the_answers_alone(expression: str) -> None:
    circuit = parse(expression)
    found = evaluate(circuit, {"x": -2.0, "y": 5.0})
    blank, answered = (circuit_worksheet(circuit, found, answers=on, title=expression) for on in (False, True))
    answers = asked_and_answered(blank, answered)
    for i in circuit.inputs.values():
        assert numbers.full(found.gradients[i]) in answers


def test_downstream_is_upstream_times_local_in_every_row_of_a_circuit() -> None:
    circuit = parse("sigmoid(x * y + x)")
    text = circuit_worksheet(circuit, evaluate(circuit, {"x": 0.3, "y": 0.7}, 2.0), answers=True)
    products = [[numbers.parse(cell) for cell in (row[1], row[3], row[4])] for row in rows(text, 5)]
    assert len(products) == 5
    assert all(upstream * local == downstream for upstream, local, downstream in products)
    assert products[0][0] == 2.0


def test_a_title_cannot_become_markdown() -> None:
    circuit = parse("x")
    text = circuit_worksheet(circuit, evaluate(circuit, {"x": 1.0}), answers=True, title="a\n# b [c](d) <script>")
    assert text.startswith(r"# a \# b \[c\](d) \<script\>: ")
