"""What is computed from a number that is to be predicted waits with it."""

from __future__ import annotations

from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.circuits.sweep import complete
from playground.circuits.waiting import without_waiting

CIRCUIT = parse("(x + y) * z")
X, Y, Q, Z, F = (next(i for i, node in enumerate(CIRCUIT.nodes) if test(node)) for test in (
    lambda node: node.name == "x", lambda node: node.name == "y", lambda node: node.op == "add",
    lambda node: node.name == "z", lambda node: node.op == "multiply",
))  # fmt: skip
STATE = complete(evaluate(CIRCUIT, {"x": -2.0, "y": 5.0, "z": -4.0}))


def test_nothing_waits_while_nothing_is_hidden() -> None:
    assert without_waiting(CIRCUIT, STATE, frozenset()) is STATE


def test_a_hidden_gradient_hides_what_it_is_passed_on_to() -> None:
    state = without_waiting(CIRCUIT, STATE, {(Q, "gradient")})
    assert state.gradients[Q] == -4.0  # asked: it is known to the quiz, and covered
    assert (state.gradients[X], state.gradients[Y]) == (None, None)
    assert state.wire_gradients[Q] == (None, None)
    assert (state.gradients[Z], state.values) == (3.0, STATE.values)


def test_a_hidden_value_hides_the_values_behind_it_and_the_backward_pass() -> None:
    state = without_waiting(CIRCUIT, STATE, {(Q, "value")})
    assert (state.values[Q], state.values[F]) == (3.0, None)
    assert set(state.gradients) == {None}


def test_what_is_asked_itself_does_not_wait() -> None:
    asked = {(Q, "gradient"), (X, "gradient"), (F, "wire_0")}
    state = without_waiting(CIRCUIT, STATE, asked)
    assert (state.gradients[X], state.gradients[Y]) == (1.0 * -4.0, None)
    assert state.wire_gradients[F][0] == -4.0
