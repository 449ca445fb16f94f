"""Which constants stand in their gates, and which wires are left to draw."""

from __future__ import annotations

from playground.circuits.parser.expression import parse
from playground.circuits.unary import drawn_inputs, drawn_nodes, drawn_slots, drawn_symbol


def test_a_constant_that_one_gate_uses_stands_in_it() -> None:
    circuit = parse("1 / (1 + x)")
    assert [drawn_symbol(circuit, i) for i in drawn_nodes(circuit)][1:] == ["+1", "1/x"]
    total, ratio = drawn_nodes(circuit)[1:]
    assert drawn_inputs(circuit, ratio) == (total,)
    assert drawn_slots(circuit, ratio) == (1,)


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
