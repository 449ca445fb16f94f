from __future__ import annotations

from itertools import pairwise

import pytest

from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import Circuit
from playground.circuits.parser.expression import parse
from playground.circuits.passes import Evaluation, evaluate
from playground.circuits.step_text import mistakes_text, step_text
from playground.circuits.sweep import Sweep, complete


def loaded(text: str, **at: float) -> tuple[Circuit, Evaluation]:
    circuit = parse(text)
    return circuit, evaluate(circuit, at)


def example(name: str) -> tuple[Circuit, Evaluation]:
    entry = EXAMPLES[name]
    circuit = parse(entry.expression)
    return circuit, evaluate(circuit, entry.inputs, entry.upstream)


def test_at_the_start_only_the_inputs_are_known() -> None:
    state = Sweep(*example("add-then-multiply")).state(0)
    assert state.values == (-2.0, 5.0, None, -4.0, None)
    assert set(state.gradients) == {None}
    assert all(share is None for row in state.wire_gradients for share in row)
    assert state.active is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_at_the_end_everything_is_what_the_passes_give(name: str) -> None:
    circuit, numbers = example(name)
    sweep = Sweep(circuit, numbers)
    state, whole = sweep.state(len(sweep)), complete(numbers)
    assert state.values == whole.values
    assert state.gradients == whole.gradients
    assert state.wire_gradients == whole.wire_gradients
    assert state.winners == whole.winners


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_step_only_adds_and_a_step_back_is_exact(name: str) -> None:
    sweep = Sweep(*example(name))
    states = [sweep.state(k) for k in range(len(sweep) + 1)]
    known = [
        sum(v is not None for v in (*s.values, *s.gradients, *(w for r in s.wire_gradients for w in r))) for s in states
    ]
    assert all(b > a for a, b in pairwise(known))
    assert [sweep.state(k) for k in reversed(range(len(sweep) + 1))] == states[::-1]


def test_the_backward_pass_begins_when_the_forward_pass_is_complete() -> None:
    sweep = Sweep(*example("add-then-multiply"))
    state = sweep.state(sweep.n_forward)
    assert None not in state.values
    assert set(state.gradients) == {None}
    assert [step.kind for step in sweep.steps] == ["forward", "forward", "seed", "backward", "backward"]


def test_at_a_branch_each_contribution_appears_and_then_their_sum() -> None:
    circuit, numbers = example("max-routes-x-branches")
    sweep, x = Sweep(circuit, numbers), parse(EXAMPLES["max-routes-x-branches"].expression).inputs["x"]
    add = next(k for k, step in enumerate(sweep.steps) if step.kind == "add")
    before, after = sweep.state(add), sweep.state(add + 1)
    assert before.gradients[x] is None
    assert [before.wire_gradients[gate][slot] for gate, slot in circuit.consumers[x]] == [1.0, 2.0]
    assert after.gradients[x] == 3.0
    assert after.active == x
    assert step_text(sweep, add + 1) == "x branches: ∂f/∂x = 1 + 2 = 3"


def test_forgetting_to_add_overwrites_the_first_contribution() -> None:
    circuit, numbers = example("square-by-branching")
    sweep = Sweep(circuit, numbers, forget_to_add=True)
    assert sweep.state(len(sweep)).gradients[circuit.inputs["x"]] == 3.0
    assert mistakes_text(sweep) == "Contributions were overwritten: ∂f/∂x = 3 instead of 6."
    circuit, numbers = example("max-routes-x-branches")
    sweep = Sweep(circuit, numbers, forget_to_add=True)
    assert sweep.state(len(sweep)).gradients[circuit.inputs["x"]] == 2.0
    assert "overwriting" in step_text(sweep, len(sweep))


def test_overwriting_needs_a_branch_to_do_harm() -> None:
    circuit, numbers = loaded("exp(x) * exp(x)", x=0.0)
    shared, spoiled = loaded("y * x", x=1.0, y=1.0)
    sweep = Sweep(circuit, numbers, forget_to_add=True)
    assert sweep.state(len(sweep)).gradients[0] == 1.0
    assert numbers.gradients[0] == 2.0
    assert (
        mistakes_text(Sweep(shared, spoiled, forget_to_add=True))
        == "No branch here: forgetting to add changes nothing."
    )


def test_forgetting_to_zero_adds_the_right_gradient_once_more_in_every_pass() -> None:
    circuit, numbers = example("add-then-multiply")
    sweep = Sweep(circuit, numbers, passes=3)
    final = sweep.state(len(sweep))
    for i in circuit.inputs.values():
        assert final.gradients[i] == 3.0 * (numbers.gradients[i] or 0.0)
    assert final.gradients[2] == numbers.gradients[2]
    assert mistakes_text(sweep) == (
        "Gradients piled up: ∂f/∂x = −12 instead of −4, ∂f/∂y = −12 instead of −4, ∂f/∂z = 9 instead of 3."
    )
    again = next(k for k, step in enumerate(sweep.steps) if step.kind == "again")
    assert sweep.state(again).gradients == numbers.gradients
    assert set(sweep.state(again + 1).gradients) == {None}
    assert "not set back to zero" in step_text(sweep, again + 1)


def test_both_mistakes_at_once_are_both_told() -> None:
    sweep = Sweep(*example("max-routes-x-branches"), forget_to_add=True, passes=2)
    assert mistakes_text(sweep).startswith("Contributions were overwritten, gradients piled up")


def test_mistakes_that_cancel_are_not_called_a_missing_branch() -> None:
    sweep = Sweep(*example("square-by-branching"), forget_to_add=True, passes=2)
    assert mistakes_text(sweep) == "By chance both mistakes lead to the right numbers here."


def test_without_mistakes_nothing_is_told() -> None:
    assert mistakes_text(Sweep(*example("square-by-branching"))) == ""


def test_every_step_is_told_with_its_numbers() -> None:
    sweep = Sweep(*example("add-then-multiply"))
    assert [step_text(sweep, k) for k in range(len(sweep) + 1)] == [
        "The inputs are given; nothing is computed yet.",
        "Forward: q = x + y = (−2) + 5 = 3",
        "Forward: f = q · z = 3 · (−4) = −12",
        "Backward begins at the output: ∂f/∂f = 1, given from outside",
        "Backward through multiply: upstream 1; q gets −4, z gets 3",
        "Backward through add: upstream −4; x gets −4, y gets −4",
    ]


def test_the_winner_shows_only_when_max_was_computed() -> None:
    circuit, numbers = example("max-routes-x-branches")
    sweep = Sweep(circuit, numbers)
    gate = next(i for i, node in enumerate(circuit.nodes) if node.op == "max")
    assert sweep.state(0).winners[gate] is None
    assert sweep.state(1).winners[gate] == 0


@pytest.mark.parametrize("position", [-1, 6])
def test_a_position_outside_the_sweep_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match="position: expected 0 to 5"):
        Sweep(*example("add-then-multiply")).state(position)


def test_too_many_passes_are_refused() -> None:
    with pytest.raises(ValueError, match="passes: expected 1 to 10"):
        Sweep(*example("add-then-multiply"), passes=11)
