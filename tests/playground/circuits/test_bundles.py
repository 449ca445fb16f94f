from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.circuits.bundles import BUNDLES, FORMS, expand, expand_all, expandable, fold, fold_all, foldable
from playground.circuits.examples import EXAMPLES
from playground.circuits.gates import GATES
from playground.circuits.graph import Builder, Circuit
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate, gradients

STAGED = EXAMPLES["sigmoid-staged"]


def results(circuit: Circuit, at: dict[str, float]) -> tuple[float, dict[str, float]]:
    numbers = evaluate(circuit, {name: at[name] for name in circuit.inputs})
    return numbers.values[circuit.output], gradients(circuit, numbers)


def assert_same(one: Circuit, other: Circuit, at: dict[str, float]) -> None:
    (f, g), (f2, g2) = results(one, at), results(other, at)
    assert f2 == pytest.approx(f, rel=1e-12, abs=1e-14)
    assert g2 == pytest.approx(g, rel=1e-12, abs=1e-14)


def test_the_staged_sigmoid_folds_into_one_gate_with_the_same_gradients() -> None:
    staged = parse(STAGED.expression)
    assert foldable(staged) == (staged.output,)
    folded = fold(staged, staged.output)
    assert [node.op for node in folded.circuit.nodes if node.op not in ("input", "multiply", "add")] == ["sigmoid"]
    assert_same(staged, folded.circuit, STAGED.inputs)


def test_the_sigmoid_gate_expands_into_its_stages_with_the_same_gradients() -> None:
    whole = parse(EXAMPLES["sigmoid-neuron"].expression)
    assert expandable(whole) == (whole.output,)
    staged = expand(whole, whole.output).circuit
    ops = [node.op for node in staged.nodes if node.is_gate][-4:]
    assert ops == ["multiply", "exp", "add", "divide"]
    assert_same(whole, staged, STAGED.inputs)


@pytest.mark.parametrize("op", BUNDLES)
@given(z=st.floats(-5.0, 5.0).map(lambda v: round(v, 2)))
def test_every_bundle_expands_and_folds_back_to_itself(op: str, z: float) -> None:
    build = Builder()
    n = 3 if GATES[op].most == 0 else 1
    fed = [build.input(f"z{k}") for k in range(n)]
    whole = build.circuit(build.gate(op, *fed, name="a"))
    staged = expand(whole, whole.output).circuit
    assert len(staged.nodes) > len(whole.nodes)
    assert_same(whole, staged, {"z0": z, "z1": 0.4, "z2": -z})
    assert fold(staged, staged.output).circuit.nodes == whole.nodes


@pytest.mark.parametrize(("op", "form"), [(op, form) for op, forms in FORMS.items() for form in forms])
def test_every_form_folds(op: str, form: str) -> None:
    folded = fold_all(parse(form.replace("z", "(a + b)"))) if form.count("z") == 1 else fold_all(parse(form))
    assert folded.circuit.nodes[folded.circuit.output].op == op


def test_ids_follow_the_nodes_that_stay() -> None:
    staged = parse(STAGED.expression)
    result = fold(staged, staged.output)
    for old, new in enumerate(result.ids):
        if new is not None and old != staged.output:
            assert result.circuit.nodes[new].symbol == staged.nodes[old].symbol
    assert result.ids[staged.output] == result.circuit.output
    assert result.ids.count(None) == 6


def test_a_value_that_is_used_elsewhere_is_not_folded_away() -> None:
    build = Builder()
    e = build.gate("exp", build.gate("negate", build.input("z")))
    s = build.gate("divide", build.constant(1.0), build.gate("add", build.constant(1.0), e))
    circuit = build.circuit(build.gate("add", s, e))
    assert foldable(circuit) == ()
    with pytest.raises(ValueError, match="no bundle ends here"):
        fold(circuit, s)


@pytest.mark.parametrize(
    "text", ["1 / (2 + exp(-z))", "2 / (1 + exp(-z))", "1 / (1 + exp(z))", "1 / (1 + exp(-2 * z))", "max(z, 0)",
             "z * sigmoid(y)", "log(2 + exp(z))", "1 / (1 - exp(-z))", "z"],
)  # fmt: skip
def test_what_only_looks_like_a_bundle_stays(text: str) -> None:
    assert foldable(parse(text)) == ()


def test_folding_all_folds_inside_and_outside() -> None:
    folded = fold_all(parse("x / (1 + exp(-x)) + x * (1 / (1 + exp(-x)))"))
    assert [node.op for node in folded.circuit.nodes if node.op in BUNDLES] == ["silu"]
    staged = parse("1 / (1 + exp(-(1 / (1 + exp(-x)))))")
    twice = fold_all(staged)
    assert [node.op for node in twice.circuit.nodes] == ["input", "sigmoid", "sigmoid"]
    assert twice.ids[staged.inputs["x"]] == 0


def test_expanding_all_leaves_no_bundle() -> None:
    circuit = parse("silu(x) + relu(x) * tanh(x) - softplus(x)")
    staged = expand_all(circuit)
    assert expandable(staged.circuit) == ()
    assert staged.ids[0] == 0
    assert_same(circuit, staged.circuit, {"x": 0.7})
    with pytest.raises(ValueError, match="not a bundle"):
        expand(circuit, 0)


def test_relu_and_its_expansion_agree_at_zero() -> None:
    whole = parse("relu(x)")
    assert results(whole, {"x": 0.0}) == results(expand_all(whole).circuit, {"x": 0.0}) == (0.0, {"x": 0.0})


@given(st.lists(st.floats(-8.0, 8.0), min_size=5, max_size=5))
def test_the_neuron_and_its_stages_agree_for_random_inputs(v: list[float]) -> None:
    at = dict(zip(STAGED.inputs, (x / 4.0 for x in v), strict=True))
    staged = parse(STAGED.expression)
    assert_same(staged, fold_all(staged).circuit, at)
