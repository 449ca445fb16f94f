"""A circuit is drawn with its places once and its numbers by frame; a quiz blanks what would give it away."""

from __future__ import annotations

import pytest

from playground.app.views.circuits.drawing import asked_by_card, blanks_of_card, diagram, gate_reading, gate_values
from playground.app.views.circuits.open_circuit import OpenCircuit, circuit_of
from playground.app.views.circuits.quiz import with_blank, with_quiz_of
from playground.circuits.bundles import fold_all


@pytest.fixture
def shown() -> OpenCircuit:
    return circuit_of("(x + y) * z", {"x": -2.0, "y": 5.0, "z": -4.0})


def test_every_gate_stands_right_of_its_inputs(shown: OpenCircuit) -> None:
    made = diagram(shown.circuit, drill_downs={0})
    for gate in made.gates:
        assert all(made.gates[source].x < gate.x for source in gate.inputs)
    assert [gate.drills_down for gate in made.gates] == [gate.id == 0 for gate in made.gates]


def test_inputs_gates_and_bundles_are_drawn_apart() -> None:
    circuit = fold_all(circuit_of("z * (1 / (1 + exp(-x)))").circuit).circuit
    kinds = {gate.kind for gate in diagram(circuit).gates}
    assert {"input", "gate", "bundle"} <= kinds


def test_the_card_multiplies_upstream_and_local(shown: OpenCircuit) -> None:
    reading = gate_reading(shown, shown.circuit.output)
    assert reading is not None
    assert (reading.value, reading.upstream) == (-12.0, 1.0)
    assert [factor.downstream for factor in reading.factors] == [-4.0, 3.0]
    for factor in reading.factors:
        assert factor.downstream == reading.upstream * factor.local


def test_what_is_not_computed_has_no_number(shown: OpenCircuit) -> None:
    values = gate_values(shown.at(0))
    assert set(values.gradients) == {None}
    assert gate_values(shown).values[shown.circuit.output] == -12.0


def test_a_quiz_blanks_every_number_of_the_card_that_gives_it_away(shown: OpenCircuit) -> None:
    x, total = shown.circuit.inputs["x"], shown.circuit.consumers[shown.circuit.inputs["x"]][0][0]
    assert blanks_of_card(shown, total) == frozenset()
    asked = with_blank(shown, x, "gradient")
    assert blanks_of_card(asked, total) == {"downstream_0"}
    assert asked_by_card(asked, total, "downstream_0") == (x, "gradient")
    assert asked_by_card(asked, total, "value") is None
    assert "upstream" in blanks_of_card(with_quiz_of(shown, "backward"), total)


def test_a_constant_does_not_give_away_what_a_quiz_asks() -> None:
    shown = circuit_of("tanh(max(x, 1))", {"x": 0.5})
    constant = next(i for i, node in enumerate(shown.circuit.nodes) if node.op == "constant")
    (total, _slot), *_ = shown.circuit.consumers[constant]
    assert gate_values(shown).gradients[constant] is not None
    asked = with_quiz_of(shown, "backward")
    assert gate_values(asked).gradients[constant] is None
    reading = gate_reading(asked, total)
    assert reading is not None
    assert [factor.downstream for factor in reading.factors if factor.name == "1"] == [None]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("1 / (1 + exp(-1 * x))", ["x", "−1·", "exp", "+1", "1/x"]),
        ("max(x, y) * 2 + x", ["x", "y", "max", "2·", "+"]),
        ("(x - 3) ** 2 / 4", ["x", "−3", "^2", "÷4"]),
        ("x + -2", ["x", "−2"]),
        ("3 - x", ["x", "3−"]),
        ("2 / x", ["x", "2÷"]),
        ("max(0, x)", ["0", "x", "max"]),
    ],
)
def test_a_constant_stands_in_its_gate_as_on_the_slide(text: str, symbols: list[str]) -> None:
    shown = circuit_of(text)
    made = diagram(shown.circuit)
    assert [gate.name if gate.kind == "input" else gate.symbol for gate in made.gates] == symbols
    values = gate_values(shown)
    assert len(values.values) == len(made.gates)
    for gate, value in zip(made.gates, values.values, strict=True):
        assert value == shown.state.values[gate.id]


def test_a_number_of_a_gate_with_a_constant_keeps_its_name() -> None:
    shown = circuit_of("(1 + x) * (2 * x)", {"x": 3.0})
    made = diagram(shown.circuit)
    x = shown.circuit.inputs["x"]
    slots = {gate.id: gate.slots for gate in made.gates if gate.inputs == (x,)}
    assert {slots[gate] for gate, _ in shown.circuit.consumers[x]} == {(1,)}
    assert all(slot == slots[gate][0] for gate, slot in shown.circuit.consumers[x])


@pytest.mark.parametrize("text", ["1 / x", "x + 1", "-1 * x", "x ** 2"])
def test_a_constant_in_its_gate_has_no_row_on_the_card(text: str) -> None:
    shown = circuit_of(text, {"x": 0.5})
    reading = gate_reading(shown, shown.circuit.output)
    assert reading is not None
    assert [factor.name for factor in reading.factors if factor.is_drawn] == ["x"]
    both = circuit_of("x * y", {"x": 0.5, "y": 2.0})
    card = gate_reading(both, both.circuit.output)
    assert card is not None
    assert all(factor.is_drawn for factor in card.factors)
