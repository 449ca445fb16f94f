from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import CircuitError
from playground.circuits.parser.expression import parse
from playground.circuits.parser.vocabulary import FUNCTIONS
from playground.circuits.passes import evaluate, forward, gradients

WORKED = json.loads((Path(__file__).parents[3] / "data" / "worked-examples.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", WORKED, ids=lambda e: e["name"])
def test_worked_examples_agree_to_the_digit(example: dict[str, Any]) -> None:
    circuit = parse(example["expression"])
    numbers = evaluate(circuit, example["inputs"], example.get("upstream", 1.0))
    assert numbers.values[circuit.output] == pytest.approx(example["value"], rel=1e-15)
    assert gradients(circuit, numbers) == pytest.approx(example["gradients"], rel=1e-14, abs=1e-16)


@pytest.mark.parametrize("example", WORKED, ids=lambda e: e["name"])
def test_the_examples_menu_has_the_worked_examples(example: dict[str, Any]) -> None:
    entry = EXAMPLES[example["name"]]
    assert entry.expression == example["expression"]
    assert entry.inputs == example["inputs"]
    assert entry.upstream == example.get("upstream", 1.0)


def test_every_example_of_the_menu_is_worked() -> None:
    assert {example["name"] for example in WORKED} == set(EXAMPLES)


def test_inner_numbers_of_the_first_example_are_those_of_the_lecture() -> None:
    circuit = parse("(x + y) * z")
    numbers = evaluate(circuit, {"x": -2.0, "y": 5.0, "z": -4.0})
    (q,) = [i for i, node in enumerate(circuit.nodes) if node.op == "add"]
    assert numbers.values[q] == 3.0
    assert numbers.gradients[q] == -4.0


def test_inner_numbers_of_the_hidden_unit_are_those_of_the_lecture() -> None:
    example = EXAMPLES["one-hidden-relu-unit"]
    circuit = parse(example.expression)
    numbers = evaluate(circuit, example.inputs)
    relus = [i for i, node in enumerate(circuit.nodes) if node.op == "relu"]
    assert [numbers.values[i] for i in relus] == [2.0, 7.0]
    assert [numbers.gradients[i] for i in relus] == [6.0, 2.0]


# ---- what may be typed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14.0), ("2 ** 3 ** 2", 512.0), ("-2 ** 2", -4.0), ("(-2) ** 2", 4.0), ("8 / 2 / 2", 2.0),
        ("10 - 3 - 2", 5.0), ("--3", 3.0), ("+3", 3.0), ("2 ** -1", 0.5), ("max(1, 5, 3)", 5.0), ("min(4, 2)", 2.0),
        ("abs(-3) + sqrt(16)", 7.0), ("log(exp(2))", 2.0), ("cos(0) + sin(0)", 1.0), ("tanh(0)", 0.0),
        ("sigmoid(0)", 0.5), ("relu(-3) + relu(2)", 2.0), ("leaky_relu(-2)", -0.02), ("leaky_relu(-2, 0.5)", -1.0),
        ("elu(0, 2)", 0.0), ("softplus(0)", math.log(2.0)), ("gelu(0) + silu(0)", 0.0), ("sum(1, 2, 3)", 6.0),
        ("log_sum_exp(0, 0)", math.log(2.0)), ("1e3 + .5 + 2. + 1E-1", 1002.6), ("2 × 3 − 1 ÷ 2", 5.5), ("2·3", 6.0),
        (" 2\n+\t2 ", 4.0), ("pi", math.pi), ("2 * π", 2 * math.pi), ("((((3))))", 3.0), ("1 - -1", 2.0),
    ],
)  # fmt: skip
def test_expressions_have_the_value_that_arithmetic_gives_them(text: str, value: float) -> None:
    circuit = parse(text)
    assert forward(circuit, {})[circuit.output] == pytest.approx(value, rel=1e-15)


def test_the_values_of_an_expression_may_be_named_and_used_again() -> None:
    circuit = parse("z = w * x + b; a = relu(z); J = (a - y) ** 2 + a;")
    values = forward(circuit, {"w": 2.0, "x": 3.0, "b": 1.0, "y": 5.0})
    named = {node.name: value for node, value in zip(circuit.nodes, values, strict=True) if node.is_gate and node.name}
    assert named == {"z": 7.0, "a": 7.0, "J": 11.0}
    assert values[circuit.output] == 11.0
    assert list(circuit.inputs) == ["w", "x", "b", "y"]


def test_a_named_expression_has_the_gates_and_gradients_of_the_expression_in_one() -> None:
    parts, whole = (
        parse("q = x + y; r = q * z; s = -r; max(s, r) / q"),
        parse("max(-((x + y) * z), (x + y) * z) / (x + y)"),
    )
    at = {"x": -2.0, "y": 5.0, "z": -4.0}
    assert parts.n_gates == 5
    assert gradients(parts, evaluate(parts, at)) == pytest.approx(gradients(whole, evaluate(whole, at)))


def test_a_name_that_is_given_a_number_is_an_input_with_that_value() -> None:
    circuit = parse("x = -2; y = 5; z = -4; q = x + y; f = q * z")
    assert circuit.given == {"x": -2.0, "y": 5.0, "z": -4.0}
    assert gradients(circuit, evaluate(circuit, circuit.given)) == {"x": -4.0, "y": -4.0, "z": 3.0}
    assert parse("a = 2; b = a; -b * x").given == {"a": 2.0}


def test_a_name_is_one_input_however_often_it_is_used() -> None:
    circuit = parse("a * b + a * c + a")
    assert list(circuit.inputs) == ["a", "b", "c"]
    assert len(circuit.consumers[circuit.inputs["a"]]) == 3


def test_a_minus_before_a_number_is_part_of_the_number() -> None:
    assert [node.op for node in parse("-1 * x").nodes] == ["constant", "input", "multiply"]
    assert [node.op for node in parse("-x").nodes] == ["input", "negate"]


def test_gates_remember_the_column_of_their_sign_also_behind_wide_letters() -> None:
    circuit = parse("  (é + ß) * exp(ж)")
    columns = {node.symbol: node.column for node in circuit.nodes}
    assert columns == {"é": 4, "ß": 8, "+": 6, "×": 11, "exp": 13, "ж": 17}


@pytest.mark.parametrize(
    "text",
    ["+".join(["x"] * 1001), "(" * 100 + "x" + ")" * 100, "exp(" * 100 + "x" + ")" * 100, "-" * 100 + "x",
     "max(x, " * 100 + "x" + ")" * 100, "x ** " * 100 + "x", "x" + " " * 19_999, "*".join(["(x)"] * 1001)],
)  # fmt: skip
def test_the_stated_limits_are_reached(text: str) -> None:
    assert parse(text).inputs == {"x": 0}


BROKEN = [
    ("", 1), ("   ", 1), ("x +", 4), ("x -", 4), ("x **", 5), ("* x", 1), ("/ x", 1), ("** x", 1), ("x + * y", 5),
    ("x * / y", 5), ("(x", 1), ("x)", 2), ("(x + y) * (z", 11), ("((x)", 1), ("(x))", 4), ("()", 2), ("x + ()", 6),
    ("x)*(y", 2), ("max()", 5), ("max(x)", 1), ("z + min(x)", 5), ("max(x,)", 7), ("max(,x)", 5), ("max(x,,y)", 7),
    ("max(*x)", 5), ("max(x y)", 7), ("exp(x, y)", 1), ("sin()", 5), ("leaky_relu(x, 1, 2)", 1), ("exp(x", 4),
    ("exp", 1), ("x + max", 5), ("max * 2", 1), ("sqrt x", 1), ("2x", 2), ("x y", 3), ("2 3", 3), ("4 (x)", 3),
    ("(x)(y)", 4), ("(x) y", 5), ("x(y)", 1), ("foo(x)", 1), ("ln(x)", 1), ("x, y", 2), ("0,5 * x", 2), ("(x, y)", 3),
    ("f = ", 5), ("= x", 1), ("x == y", 3), ("2 = x", 3), ("x + y = z", 7), ("a = b = x", 7), ("f(x) = x", 1),
    ("max = x; 2 * max", 1), ("pi = 3; 2 * pi", 1), ("a = x; a = y; a", 8), ("q = x * y; z", 1), ("x * y; z", 1),
    ("x * q; q = 2", 1), ("f = x * q; q = 2; f + 1", 12), ("; x", 1), ("x;; y", 1), ("a = ; x", 5), ("a = (x; 2)", 5),
    ("x^2", 2), ("x // y", 3), ("x % y", 3), ("x @ y", 3), ("x & y", 3), ("x | y", 3),
    ("x < y", 3), ("~x", 1), ("!x", 1), ("x!", 2), ("[x]", 1), ("{x}", 1), ("x[0]", 2), ("x.y", 2), ("1.2.3", 4),
    ("1e", 2), ("1_000", 2), ("01", 1), ("0x10", 2), ("1j", 2), ("1e999", 1), ("9" * 400, 1), ("9" * 5000, 1),
    ("'a'", 1), ('"a"', 1), ("x # note", 3), ("x; y", 1), ("x\\y", 2), ("lambda: x", 7), ("x if y else z", 3),
    ("not x", 1), ("x and y", 3), ("True", 1), ("None", 1), ("import os", 1), ("__import__('os')", 12),
    ("(yield)", 2), ("x := 1", 3), ("x²", 2), ("√x", 1), ("😀", 1), ("x\x00y", 2), ("x\x1by", 2),
    ("\ufeffx", 1), ("x\u200by", 2), ("$x", 1), ("?", 1), ("`x`", 1), ("a" * 41, 1), ("x" * 20_001, 20_001),
    ("+".join(["x"] * 1002), 2002),
    ("sum(" + ",".join(["x"] * 1002) + ")", 2006), ("(" * 101 + "x" + ")" * 101, 101), ("-" * 101 + "x", 101),
    ("2 ** " * 150 + "2", 0), ("exp(" * 101 + "x" + ")" * 101, 404), ("x\ny", 3), ("(" * 20_000, 101),
]  # fmt: skip


def test_there_are_at_least_sixty_broken_expressions() -> None:
    assert len({text for text, _ in BROKEN}) >= 60


@pytest.mark.parametrize(("text", "column"), BROKEN, ids=lambda v: repr(v)[:24])
def test_a_broken_expression_gives_one_line_with_column_and_cure(text: str, column: int) -> None:
    with pytest.raises(CircuitError) as caught:
        parse(text)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"column {caught.value.column}: ")
    if column:
        assert caught.value.column == column
    assert ";" in message
    assert len(message) < 320


def read_or_refused(text: str) -> bool:
    try:
        return bool(parse(text).nodes)
    except CircuitError as error:
        return error.column is not None and "\n" not in str(error)


@given(st.text(max_size=60))
def test_any_text_is_a_circuit_or_one_line_with_a_column(text: str) -> None:
    assert read_or_refused(text)


@given(st.text(alphabet="xy0.e+-*/(), max", max_size=40))
def test_any_text_of_our_own_signs_is_a_circuit_or_one_line_with_a_column(text: str) -> None:
    assert read_or_refused(text)


@pytest.mark.parametrize(
    ("text", "inputs", "value", "gradients", "words"),
    [
        (
            "sqrt(x)",
            {"x": 0.0},
            0.0,
            (None,),
            "∂out/∂in = 1 / (2 · 0) does not exist here: the slope is infinite there",
        ),
        ("x ** 0.5", {"x": 0.0}, 0.0, (None,), "∂out/∂in₁ = 0.5 · 0 ^ (0.5 − 1) does not exist here"),
        (
            "x ** p",
            {"x": -2.0, "p": 2.0},
            4.0,
            (-4.0, None),
            "∂out/∂in₂ = (−2) ^ 2 · ln (−2) does not exist here: ln (−2)",
        ),
        ("x ** p + p", {"x": -1.0, "p": 3.0}, 2.0, (3.0, None), "a logarithm needs a base above 0"),
        ("1 / x", {"x": 1e-200}, 1e200, (None,), "∂out/∂in₂"),
    ],
)
def test_a_gradient_that_does_not_exist_leaves_the_others(
    text: str, inputs: dict[str, float], value: float, gradients: tuple[float | None, ...], words: str
) -> None:
    circuit = parse(text)
    found = evaluate(circuit, inputs)
    assert found.values[circuit.output] == value
    assert tuple(found.gradients[i] for i in circuit.inputs.values()) == gradients
    (missing,) = found.missing
    assert words in str(missing)
    assert missing.node is not None
    assert missing.column == circuit.nodes[missing.node].column


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ln(x)", "log(x)"),
        ("2 * ln x", "log(x)"),
        ("log10(x)", "log(x) / log(10)"),
        ("pow(x, y)", "x ** y"),
        ("tan(x)", "sin(x) / cos(x)"),
        ("σ(x)", "sigmoid(x)"),
    ],
)
def test_a_function_of_another_name_is_refused_with_what_to_write(text: str, meant: str) -> None:
    with pytest.raises(CircuitError) as caught:
        parse(text)
    assert str(caught.value).endswith(f"; write {meant}")


@pytest.mark.parametrize(
    ("text", "inputs", "words"),
    [
        ("y + log(x)", {"x": -1.0, "y": 0.0}, "column 5, gate natural logarithm: log of −1"),
        ("log(x)", {"x": 0.0}, "log of 0"),
        ("1 / x", {"x": 0.0}, "column 3, gate divide: 1 ÷ 0 has no value"),
        ("exp(x)", {"x": 1000.0}, "exponential: the result for 1000 is too large"),
        ("x * x", {"x": 1e300}, "multiply: the result for 1e300, 1e300 is too large"),
        ("x ** 0.5", {"x": -8.0}, "−8 to the fractional power 0.5 is not real"),
        ("x ** -1", {"x": 0.0}, "0 to the power −1 divides by 0"),
        ("x ** 400", {"x": 1e3}, "too large"),
        ("sqrt(x)", {"x": -4.0}, "sqrt of −4 is not real"),
    ],
)
def test_domain_errors_name_the_gate_and_its_column(text: str, inputs: dict[str, float], words: str) -> None:
    with pytest.raises(CircuitError) as caught:
        evaluate(parse(text), inputs)
    assert words in str(caught.value)
    assert ";" in str(caught.value)
    assert caught.value.column is not None
    assert caught.value.node is not None


# ---- against central differences and autograd ---------------------------------------------------

SAFE = ["exp", "tanh", "sigmoid", "sin", "cos", "softplus", "gelu", "silu"]
leaves = st.sampled_from(["x", "y", "z", "0.5", "2", "-1", "1.5"])


def grown(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(children, st.sampled_from(["+", "-", "*"]), children).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
    calls = st.tuples(st.sampled_from(SAFE), children).map(lambda t: f"{t[0]}({t[1]})")
    others = children.map(lambda t: f"({t} / (2 + {t} * {t}))")
    powers = st.tuples(children, st.sampled_from(["2", "3"])).map(lambda t: f"({t[0]}) ** {t[1]}")
    roots = children.map(lambda t: f"sqrt(1 + ({t}) ** 2)")
    logs = children.map(lambda t: f"-log(2 + sin({t}))")
    return pairs | calls | others | powers | roots | logs


expressions = st.recursive(leaves, grown, max_leaves=10)
ORACLE = {
    **{name: getattr(anp, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tanh")},
    "sigmoid": lambda x: 0.5 * (anp.tanh(0.5 * x) + 1.0),
    "softplus": lambda x: anp.logaddexp(0.0, x),
    "silu": lambda x: x * 0.5 * (anp.tanh(0.5 * x) + 1.0),
    "gelu": lambda x: 0.5 * x * (1.0 + anp.tanh(anp.sqrt(2.0 / anp.pi) * (x + 0.044715 * x**3))),
}
points = st.tuples(*[st.floats(-1.5, 1.5).map(lambda v: round(v, 3))] * 3)


@settings(max_examples=150)
@given(expressions, points)
def test_random_expressions_agree_with_autograd(text: str, point: tuple[float, float, float]) -> None:
    circuit = parse(text)
    at = dict(zip("xyz", point, strict=True))
    try:
        numbers = evaluate(circuit, at)
    except CircuitError:
        assume(False)
    if not circuit.inputs or any(abs(v) > 1e6 for v in numbers.values):
        assume(False)

    def oracle(v: Any) -> Any:
        return eval(text, dict(ORACLE), {"x": v[0], "y": v[1], "z": v[2]})  # noqa: S307

    assert numbers.values[circuit.output] == pytest.approx(float(oracle(np.array(point))), rel=1e-9, abs=1e-9)
    wanted = grad(oracle)(np.array(point))
    found = gradients(circuit, numbers)
    size = max(1.0, *(abs(g) for g in numbers.gradients if g is not None))
    for k, name in enumerate("xyz"):
        assert found.get(name, 0.0) == pytest.approx(wanted[k], rel=1e-9, abs=1e-9 * size)


@settings(max_examples=80)
@given(expressions, points)
def test_random_expressions_agree_with_central_differences(text: str, point: tuple[float, float, float]) -> None:
    circuit = parse(text)
    at = dict(zip("xyz", point, strict=True))
    h = 1e-5
    try:
        numbers = evaluate(circuit, at)
        found = gradients(circuit, numbers)
        assume(all(abs(v) < 1e3 for v in numbers.values))
        assume(all(abs(g) < 1e3 for g in numbers.gradients if g is not None))
        for name, gradient in found.items():
            up = forward(circuit, {**at, name: at[name] + h})[circuit.output]
            down = forward(circuit, {**at, name: at[name] - h})[circuit.output]
            assert gradient == pytest.approx((up - down) / (2 * h), rel=1e-3, abs=1e-3)
    except CircuitError:
        assume(False)


def test_every_function_of_the_issue_can_be_called() -> None:
    wanted = {"max", "min", "exp", "log", "sqrt", "abs", "sin", "cos", "tanh", "sigmoid", "relu"}
    assert wanted <= set(FUNCTIONS)
