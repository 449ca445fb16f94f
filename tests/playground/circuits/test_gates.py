from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playground.circuits.gates import GATES, gate, is_tie, winner
from playground.engine import activations
from playground.engine.spec import LayerSpec

SMOOTH = sorted(set(GATES) - {"max", "min", "relu", "leaky_relu", "elu", "abs", "step"})
KINKED = sorted(set(GATES) - set(SMOOTH))
ABOVE_ZERO = {"log", "sqrt", "power"}
numbers = st.floats(-3.0, 3.0).map(lambda x: round(x, 3))


def central(name: str, v: list[float], k: int, h: float = 1e-6) -> float:
    up, down = list(v), list(v)
    up[k] += h
    down[k] -= h
    return (GATES[name].forward(up) - GATES[name].forward(down)) / (2 * h)


def arity(name: str) -> int:
    return 3 if GATES[name].most == 0 else GATES[name].most


@pytest.mark.parametrize("name", GATES)
@given(data=st.data())
def test_local_gradients_agree_with_central_differences(name: str, data: st.DataObject) -> None:
    v = data.draw(st.lists(numbers, min_size=arity(name), max_size=arity(name)))
    if name in ABOVE_ZERO:
        v = [abs(x) + 0.2 for x in v]
    if name == "divide":
        assume(abs(v[1]) > 0.2)
    if name in KINKED:
        assume(all(abs(x) > 0.01 for x in v) and len({round(x, 2) for x in v}) == len(v))
    local = GATES[name].local(v, GATES[name].forward(v))
    assert len(local) == len(v)
    for k, d in enumerate(local):
        assert d == pytest.approx(central(name, v, k), rel=2e-5, abs=2e-6)


@pytest.mark.parametrize("name", GATES)
def test_every_gate_says_what_it_does(name: str) -> None:
    entry = GATES[name]
    assert entry.name == name
    assert entry.pattern
    assert entry.symbol
    assert entry.local_formulas
    for slot in range(arity(name)):
        assert entry.local_formula(slot).format(x="x", y="y", this="x", out="q", all="x, y")
    assert entry.takes(arity(name))
    assert not entry.takes(0)


def test_the_patterns_of_the_lecture_are_named() -> None:
    assert GATES["add"].pattern.startswith("distributes")
    assert GATES["multiply"].pattern.startswith("swaps and scales")
    assert GATES["max"].pattern.startswith("routes")


def test_a_tie_goes_to_the_first_winner() -> None:
    assert winner("max", [2.0, 5.0, 5.0]) == 1
    assert GATES["max"].local([2.0, 5.0, 5.0], 5.0) == (0.0, 1.0, 0.0)
    assert winner("min", [2.0, 2.0, 5.0]) == 0
    assert GATES["min"].local([2.0, 2.0, 5.0], 2.0) == (1.0, 0.0, 0.0)
    assert is_tie("max", [5.0, 5.0])
    assert not is_tie("max", [5.0, 4.0])
    assert not is_tie("add", [5.0, 5.0])
    assert winner("add", [5.0, 5.0]) is None


def test_relu_has_no_slope_at_zero_and_leaky_relu_its_slope() -> None:
    assert GATES["relu"].local([0.0], 0.0) == (0.0,)
    assert GATES["leaky_relu"].local([0.0, 0.1], 0.0)[0] == 0.1
    assert GATES["elu"].local([0.0, 0.7], 0.0)[0] == pytest.approx(0.7)
    assert GATES["abs"].local([0.0], 0.0) == (0.0,)


@pytest.mark.parametrize(
    ("name", "other"),
    [("tanh", "tanh"), ("sigmoid", "sigmoid"), ("softplus", "softplus"), ("gelu", "gelu"), ("silu", "silu"),
     ("sin", "sine"), ("relu", "relu"), ("leaky_relu", "leaky_relu"), ("elu", "elu")],
)  # fmt: skip
@given(z=st.floats(-50.0, 50.0))
def test_activation_gates_agree_with_the_engine(name: str, other: str, z: float) -> None:
    layer = LayerSpec(activation=other, slope=0.1, alpha=0.8)
    v = [z, {"leaky_relu": 0.1, "elu": 0.8}.get(name, 0.0)][: GATES[name].most]
    out = GATES[name].forward(v)
    assert out == pytest.approx(float(activations.value(other, z, layer)), rel=1e-12, abs=1e-12)
    wanted = float(activations.local(other, z, layer))
    assert GATES[name].local(v, out)[0] == pytest.approx(wanted, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "gelu", "silu", "tanh", "elu", "relu", "log_sum_exp"])
@pytest.mark.parametrize("z", [-1e4, -800.0, 0.0, 800.0, 1e4])
def test_activation_gates_are_stable_far_out(name: str, z: float) -> None:
    v = [z, 1.0][: max(GATES[name].most, 1)]
    out = GATES[name].forward(v)
    assert math.isfinite(out)
    assert all(d is not None and math.isfinite(d) for d in GATES[name].local(v, out))


def test_log_sum_exp_sends_back_probabilities() -> None:
    v = [1000.0, 1001.0, 999.0]
    e = np.exp(np.array(v) - 1001.0)
    assert GATES["log_sum_exp"].local(v, GATES["log_sum_exp"].forward(v)) == pytest.approx(tuple(e / e.sum()))


def test_the_exponent_of_a_negative_base_has_no_gradient() -> None:
    assert GATES["power"].local([-2.0, 2.0], 4.0) == (-4.0, None)
    assert GATES["power"].local([0.0, 2.0], 0.0) == (0.0, 0.0)
    assert GATES["power"].local([0.0, 0.5], 0.0)[0] is None
    assert GATES["power"].local([3.0, 0.0], 1.0)[0] == 0.0


def test_an_unknown_gate_is_refused_with_the_names_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"no gate 'nand'.*add, sum"):
        gate("nand")
