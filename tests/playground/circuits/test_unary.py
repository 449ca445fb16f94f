"""Which constants stand in their gates, and which wires are left to draw."""

from __future__ import annotations

from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.circuits.reading import read
from playground.circuits.step_text import step_text
from playground.circuits.sweep import Sweep
from playground.circuits.unary import drawn_inputs, drawn_nodes, drawn_slots, drawn_symbol


def test_a_constant_that_one_gate_uses_stands_in_it() -> None:
    circuit = parse("1 / (1 + x)")
    assert [drawn_symbol(circuit, i) for i in drawn_nodes(circuit)][1:] == ["+1", "1/x"]
    total, ratio = drawn_nodes(circuit)[1:]
    assert drawn_inputs(circuit, ratio) == (total,)
    assert drawn_slots(circuit, ratio) == (1,)


def test_1_over_x_is_called_so_in_words_too() -> None:
    circuit = parse("1 / (1 + exp(-1 * x))")
    evaluation = evaluate(circuit, {"x": 1.0})
    card = read(circuit, evaluation, circuit.output)
    assert card.title == "f: 1/x gate"
    assert card.pattern == "scales: the input gets upstream × (−1 / input²)"
    steps = Sweep(circuit, evaluation)
    said = [step_text(steps, position) for position in range(len(steps.steps) + 1)]
    assert any(text.startswith("Backward through 1/x: upstream 1; ") for text in said)
    divided = parse("2 / x")
    assert read(divided, evaluate(divided, {"x": 1.0}), divided.output).title == "f: divide gate"


def test_a_branch_is_named_by_the_gate_as_it_is_drawn() -> None:
    circuit = parse("2 * x + 1 / x")
    card = read(circuit, evaluate(circuit, {"x": 2.0}), circuit.inputs["x"])
    assert {name.partition(" (")[0] for name, _ in card.upstream_terms} == {"through 2·", "through 1/x"}


def test_a_constant_of_max_is_a_node_of_its_own_because_it_can_win() -> None:
    circuit = parse("max(0, x)")
    assert drawn_nodes(circuit) == (0, 1, 2)
    assert drawn_slots(circuit, 2) == (0, 1)


def test_a_gate_of_two_constants_or_of_none_stays_as_it_is() -> None:
    for text in ("x + y", "2 + 3 + x"):
        circuit = parse(text)
        gate = next(i for i, node in enumerate(circuit.nodes) if node.is_gate)
        assert drawn_inputs(circuit, gate) == circuit.nodes[gate].inputs
        assert drawn_symbol(circuit, gate) == circuit.nodes[gate].symbol
