from __future__ import annotations

from dataclasses import replace

import pytest

from playground.circuits.bundles import fold_all
from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import Builder, Circuit
from playground.circuits.naming import differentiated
from playground.circuits.parser.expression import parse
from playground.circuits.passes import Evaluation, evaluate
from playground.circuits.reading import read
from playground.circuits.sweep import Sweep


def example(name: str) -> tuple[Circuit, Evaluation]:
    entry = EXAMPLES[name]
    circuit = parse(entry.expression)
    return circuit, evaluate(circuit, entry.inputs, entry.upstream)


def test_the_card_of_a_multiply_gate_swaps_and_scales() -> None:
    circuit, numbers = example("add-then-multiply")
    card = read(circuit, numbers, circuit.output)
    assert card.title == "f: multiply gate"
    assert card.formula == "f = q · z = 3 · (−4) = −12"
    assert card.pattern.startswith("swaps and scales")
    assert (card.value, card.upstream, card.upstream_terms) == (-12.0, 1.0, ())
    left, right = card.factors
    assert (left.name, left.local_formula, left.local_numbers) == ("q", "∂out/∂in₁ = z", "−4")
    assert (left.value, left.local, left.downstream) == (3.0, -4.0, -4.0)
    assert (right.name, right.local, right.downstream) == ("z", 3.0, 3.0)


def test_the_local_derivative_of_sigmoid_has_its_numbers_plugged_in() -> None:
    circuit, numbers = example("sigmoid-neuron")
    (only,) = read(circuit, numbers, circuit.output).factors
    assert only.local_formula.endswith("= f · (1 − f)")
    assert only.local_numbers == "0.7311 · (1 − 0.7311) ≈ 0.1966"


@pytest.mark.parametrize("name", EXAMPLES)
def test_upstream_times_local_is_downstream_on_every_card(name: str) -> None:
    circuit, numbers = example(name)
    for i in range(len(circuit.nodes)):
        card = read(circuit, numbers, i)
        assert card.value == numbers.values[i]
        assert len(card.factors) == len(circuit.nodes[i].inputs)
        for factor in card.factors:
            if factor.downstream is not None:
                assert factor.local is not None
                assert card.upstream is not None
                assert factor.downstream == card.upstream * factor.local
        if card.upstream_terms:
            assert sum(term or 0.0 for _, term in card.upstream_terms) == card.upstream


def test_a_branch_lists_its_contributions_and_says_so() -> None:
    circuit, numbers = example("max-routes-x-branches")
    card = read(circuit, numbers, circuit.inputs["x"])
    assert card.title == "input x"
    assert card.formula == "x = 4"
    assert card.upstream == 3.0
    assert card.upstream_terms == (("through + (f)", 1.0), ("through max (q1)", 2.0))
    assert card.pattern.endswith("its upstream is the sum over the branches")


def test_two_wires_into_one_gate_are_told_apart() -> None:
    circuit, numbers = example("square-by-branching")
    terms = read(circuit, numbers, 0).upstream_terms
    assert terms == (("through × (f, input 1)", 3.0), ("through × (f, input 2)", 3.0))


def test_max_names_its_winner_and_the_rule_of_a_tie() -> None:
    circuit = parse("max(x, y)")
    clear = read(circuit, evaluate(circuit, {"x": 1.0, "y": 4.0}), circuit.output)
    assert clear.pattern.endswith("here y wins")
    assert [factor.local_numbers for factor in clear.factors] == ["does not win: 0", "wins: 1"]
    tie = read(circuit, evaluate(circuit, {"x": 4.0, "y": 4.0}), circuit.output)
    assert "a corner at 4: " in tie.pattern
    assert tie.pattern.endswith("the first of the inputs that tie, x, gets 1 and the others get 0")
    assert [factor.downstream for factor in tie.factors] == [1.0, 0.0]


def test_what_a_sweep_has_not_reached_is_blank_on_the_card() -> None:
    circuit, numbers = example("add-then-multiply")
    sweep = Sweep(circuit, numbers)
    card = read(circuit, numbers, circuit.output, sweep.state(1))
    assert (card.value, card.upstream) == (None, None)
    assert card.formula == "f = q · z"
    assert [(f.value, f.local, f.local_numbers, f.downstream) for f in card.factors] == [
        (3.0, None, "", None),
        (-4.0, None, "", None),
    ]
    forward_done = read(circuit, numbers, circuit.output, sweep.state(2))
    assert [f.local for f in forward_done.factors] == [-4.0, 3.0]
    assert [f.downstream for f in forward_done.factors] == [None, None]


def test_a_constant_says_that_it_needs_no_gradient() -> None:
    circuit = parse("x ** 2")
    numbers = evaluate(circuit, {"x": -3.0})
    card = read(circuit, numbers, 1)
    assert card.title == "constant 2"
    assert card.upstream is None
    base, exponent = read(circuit, numbers, 2).factors
    assert base.local_numbers == "2 · (−3) ^ (2 − 1) = −6"
    assert exponent.local is None
    assert exponent.local_numbers.startswith("does not exist")


def test_a_wide_gate_is_written_short() -> None:
    circuit = parse("sum(a, b, c, d, e, g, h)")
    card = read(circuit, evaluate(circuit, dict.fromkeys("abcdegh", 1.0)), circuit.output)
    assert card.formula == "f = a + b + c + … + h = 1 + 1 + 1 + … + 1 = 7"
    assert len(card.factors) == 7


def test_the_card_of_a_very_wide_gate_plugs_in_its_own_numbers() -> None:
    build = Builder()
    wide = build.gate("log_sum_exp", *(build.input(f"s{k}") for k in range(4000)))
    circuit = build.circuit(wide)
    numbers = evaluate(circuit, {f"s{k}": float(k == 3999) for k in range(4000)})
    last = read(circuit, numbers, circuit.output).factors[-1]
    assert last.local_formula == "∂out/∂in₄₀₀₀ = e ^ (s3999 − f)"
    assert last.local_numbers.startswith("e ^ (1 − 8.294) ≈ ")


def test_result_and_inner_values_avoid_the_names_of_inputs() -> None:
    circuit = parse("(f + q) * f")
    card = read(circuit, evaluate(circuit, {"f": 1.0, "q": 2.0}), circuit.output)
    assert card.formula == "out = g · f = 3 · 1 = 3"


def test_a_gate_that_is_not_there_is_refused() -> None:
    circuit, numbers = example("square-by-branching")
    with pytest.raises(ValueError, match="gates 0 to 1"):
        read(circuit, numbers, 2)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("x * x", ["∂out/∂in₁ = x", "∂out/∂in₂ = x"]),
        ("x + 1", ["∂out/∂in₁ = 1", "∂out/∂in₂ = 1"]),
        ("exp(x)", ["∂out/∂in = f"]),
    ],
)
def test_a_local_gradient_is_named_by_its_slot_and_never_as_the_whole_derivative(text: str, symbols: list[str]) -> None:
    circuit = parse(text)
    card = read(circuit, evaluate(circuit, {"x": 3.0}), circuit.output)
    assert [factor.local_formula for factor in card.factors] == symbols


def test_a_part_of_something_larger_says_what_its_gradients_belong_to_folded_or_not() -> None:
    part = replace(parse("1 / (1 + exp(-x))"), beyond="Lᵢ")
    assert differentiated(part, 1.0) == differentiated(fold_all(part).circuit, 0.3) == "Lᵢ"
    assert differentiated(parse("x * y"), 0.3) == "L"
