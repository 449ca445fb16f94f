"""A typed function over arrays says what the circuit of the same text says, point by point."""

from __future__ import annotations

import numpy as np
import pytest

from playground.circuits.gates import GATES
from playground.circuits.parser.expression import parse
from playground.circuits.passes import forward
from playground.document import catalogue
from playground.document.typed_function import curve_of

TEXTS = [
    "x1 + 2", "x1 - 2 * x1", "-x1 / 3", "(x1 + 3) ** 1.5", "max(x1, 0, -1)", "min(x1, 1)", "sum(x1, x1, 1)",
    "exp(x1)", "log(x1 + 3)", "sqrt(x1 + 2)", "abs(x1)", "sin(3 * x1)", "cos(x1)", "tanh(x1)", "sigmoid(4 * x1)",
    "relu(x1)", "leaky_relu(x1, 0.2)", "elu(x1, 0.5)", "softplus(x1)", "gelu(x1)", "silu(x1)", "step(x1)",
    "log_sum_exp(x1, 1, 2 * x1)", "1.5", "a = 2; b = a * x1; b - a",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_it_computes_what_the_circuit_computes(text: str) -> None:
    places = np.linspace(-2.0, 2.0, 41)
    circuit = parse(text)
    expected = [
        forward(circuit, {"x1": float(x), **circuit.given} if circuit.inputs else {})[circuit.output] for x in places
    ]

    np.testing.assert_allclose(curve_of(text)(places), expected, rtol=1e-12, atol=1e-12)


def test_every_gate_is_tried() -> None:
    used = {node.op for text in TEXTS for node in parse(text).nodes if node.is_gate}

    assert used == set(GATES)


@pytest.mark.parametrize("text", ["x1 ** 2", "x ** 2", "x₁ ** 2", "x1 * x1"])
def test_the_coordinate_may_be_written_in_several_ways(text: str) -> None:
    np.testing.assert_allclose(curve_of(text)(np.array([-1.5, 0.0, 2.0])), [2.25, 0.0, 4.0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y + 1", "function: unknown name y; write it in x1 alone"),
        ("1 / x1", "function: no finite value at x₁ = 0; choose one that has values from −2 to 2"),
        ("sqrt(x1)", "function: no finite value at x₁ = −2;"),
        ("", "column 1: there is nothing to read"),
        ("x1 +", "column 5: the text ends"),
        ("__import__('os')", "column"),
    ],
)
def test_what_is_no_function_of_x1_is_refused_with_the_cure(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("+", r"\+")):
        curve_of(text)


def test_the_text_offered_first_is_the_function_that_the_data_begin_with() -> None:
    first, typed = (
        catalogue.make("function", points=60, seed=2, curve=curve)
        for curve in (None, curve_of(catalogue.DEFAULT_FUNCTION))
    )

    assert first.points.tobytes() == typed.points.tobytes()
