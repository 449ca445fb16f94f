from __future__ import annotations

import pytest

from playground.circuits.graph import MAX_GATES, Builder, Circuit, CircuitError, Node
from playground.circuits.parser.expression import parse
from playground.circuits.passes import check_inputs, count_derivatives, evaluate, forward, gradients


def product() -> Circuit:
    build = Builder()
    total = build.gate("add", build.input("x"), build.input("y"), name="q")
    return build.circuit(build.gate("multiply", total, build.input("z")))


def test_two_wires_from_one_node_are_two_wires() -> None:
    build = Builder()
    x = build.input("x")
    circuit = build.circuit(build.gate("multiply", x, x))
    assert circuit.consumers[x] == ((1, 0), (1, 1))
    numbers = evaluate(circuit, {"x": 3.0})
    assert numbers.wires[1] == (3.0, 3.0)
    assert numbers.gradients[x] == 6.0


def test_repeated_evaluation_gives_the_same_gradients() -> None:
    circuit, at = product(), {"x": -2.0, "y": 5.0, "z": -4.0}
    assert evaluate(circuit, at) == evaluate(circuit, at)
    assert gradients(circuit, evaluate(circuit, at)) == {"x": -4.0, "y": -4.0, "z": 3.0}


def test_the_upstream_scales_every_gradient() -> None:
    circuit, at = product(), {"x": -2.0, "y": 5.0, "z": -4.0}
    assert gradients(circuit, evaluate(circuit, at, 2.0)) == {"x": -8.0, "y": -8.0, "z": 6.0}
    assert set(gradients(circuit, evaluate(circuit, at, 0.0)).values()) == {0.0}


def test_a_chain_of_five_thousand_gates_needs_no_recursion() -> None:
    build = Builder()
    node = build.input("x")
    for _ in range(MAX_GATES):
        node = build.gate("negate", node)
    circuit = build.circuit(node)
    numbers = evaluate(circuit, {"x": 2.0})
    assert numbers.values[-1] == 2.0
    assert numbers.gradients[0] == 1.0


def test_more_gates_than_the_limit_are_refused() -> None:
    build = Builder()
    node = build.input("x")
    for _ in range(MAX_GATES + 1):
        node = build.gate("negate", node)
    with pytest.raises(ValueError, match="5001 gates are more than 5000"):
        build.circuit(node)


@pytest.mark.parametrize(
    ("nodes", "output", "words"),
    [
        ((Node("input", name="x"),), 3, "output 3"),
        ((Node("input"),), 0, "needs a name"),
        ((Node("input", name="x"), Node("input", name="x"), Node("add", (0, 1))), 2, "name of its own"),
        ((Node("constant", value=float("inf")),), 0, "finite value"),
        ((Node("input", name="x"), Node("nand", (0,))), 1, "no gate 'nand'"),
        ((Node("input", name="x"), Node("add", (0,))), 1, "does not take 1 inputs"),
        ((Node("input", name="x"), Node("negate", (1,))), 1, "must come before"),
        ((Node("input", name="x"), Node("input", name="y"), Node("negate", (0,))), 2, "feeds nothing"),
        ((Node("input", name="x"), Node("negate", (0,)), Node("negate", (1,))), 1, "must feed nothing"),
    ],
)  # fmt: skip
def test_what_is_not_a_circuit_is_refused(nodes: tuple[Node, ...], output: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Circuit(nodes, output)


def test_missing_and_unknown_inputs_are_named() -> None:
    circuit = product()
    with pytest.raises(CircuitError, match="no value for z"):
        forward(circuit, {"x": 1.0, "y": 1.0})
    with pytest.raises(CircuitError, match="no value for y, z"):
        check_inputs(circuit, ["x"])
    with pytest.raises(CircuitError, match=r"t is not an input.*x, y, z"):
        check_inputs(circuit, ["x", "y", "z", "t"])
    check_inputs(circuit, ["x", "y", "z"])
    with pytest.raises(CircuitError, match="input x: expected a finite number"):
        forward(circuit, {"x": float("nan"), "y": 1.0, "z": 1.0})


def test_an_upstream_that_is_not_finite_is_refused() -> None:
    with pytest.raises(CircuitError, match="upstream: expected a finite"):
        evaluate(product(), {"x": 1.0, "y": 1.0, "z": 1.0}, float("inf"))


def test_a_gradient_that_overflows_names_its_gate() -> None:
    circuit = product()
    with pytest.raises(CircuitError, match=r"multiply.*gradient is too large") as caught:
        evaluate(circuit, {"x": 1.0, "y": 1.0, "z": 1e200}, 1e200)
    assert caught.value.node == circuit.output


def test_derivatives_are_counted_once_per_wire_and_once_per_wire_and_input() -> None:
    assert count_derivatives(product()) == (4, 2 + 2 + 1)


def test_an_input_that_branches_pays_for_every_wire_that_it_reaches() -> None:
    assert count_derivatives(parse("max(x, y) * 2 + x")) == (5, 4 + 3)


def test_constants_do_not_vary_and_need_no_gradient() -> None:
    build = Builder()
    power = build.gate("power", build.input("x"), build.constant(2.0))
    circuit = build.circuit(power)
    assert circuit.varies == (True, False, True)
    assert evaluate(circuit, {"x": -2.0}).gradients == (-4.0, None, 1.0)


def test_what_does_not_reach_the_last_node_is_left_out() -> None:
    build = Builder()
    x, y = build.input("x"), build.input("y")
    build.gate("exp", y)
    last = build.gate("multiply", x, build.input("z"))
    circuit, ids = build.reaching()
    assert list(circuit.inputs) == ["x", "z"]
    assert ids == {x: 0, last - 1: 1, last: 2}
    assert evaluate(circuit, {"x": 2.0, "z": 3.0}).values[circuit.output] == 6.0
