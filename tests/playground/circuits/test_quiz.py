from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.circuits.examples import EXAMPLES
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.circuits.quiz import Quiz, backward_quiz, both_quiz, derivation, forward_quiz, number, quiz


def started(name: str = "add-then-multiply", make: Callable[..., Quiz] = backward_quiz) -> Quiz:
    entry = EXAMPLES[name]
    circuit = parse(entry.expression)
    return make(circuit, evaluate(circuit, entry.inputs, entry.upstream))


def test_the_whole_backward_pass_is_asked_in_the_order_of_working_it_out() -> None:
    asked = started().asked
    assert asked == ((3, "gradient"), (2, "gradient"), (1, "gradient"), (0, "gradient"))


def test_at_a_branch_the_contributions_are_asked_before_their_sum() -> None:
    ask = started("max-routes-x-branches")
    x = ask.circuit.inputs["x"]
    wires = [(gate, f"wire_{slot}") for gate, slot in ask.circuit.consumers[x]]
    assert ask.asked[-3:] == (*wires, (x, "gradient"))


def test_the_forward_pass_asks_every_gate() -> None:
    assert started(make=forward_quiz).asked == ((2, "value"), (4, "value"))


def test_both_passes_are_asked_the_forward_one_first() -> None:
    assert started(make=both_quiz).asked == started(make=forward_quiz).asked + started().asked


def test_a_right_answer_solves_its_blank_and_shows_the_derivation() -> None:
    ask, is_right = started().answer(2, "gradient", "-4")
    assert is_right
    assert derivation(ask.circuit, ask.evaluation, 2, "gradient") == "∂f/∂q = upstream × local = 1 × (−4) = −4"
    assert (2, "gradient") not in ask.hidden
    assert (ask.right, ask.wrong) == (1, 0)


def test_a_wrong_answer_may_be_tried_again() -> None:
    ask, is_right = started().answer(2, "gradient", "4")
    assert not is_right
    assert (2, "gradient") in ask.hidden
    assert (ask.right, ask.wrong) == (0, 1)
    ask, is_right = ask.answer(2, "gradient", "−4")
    assert is_right
    assert (ask.right, ask.wrong) == (1, 1)


@pytest.mark.parametrize("typed", ["0.1966", "0.197", " .19661 ", "0.7311*(1-0.7311)", "0.7310585786 × 0.2689414214"])
def test_three_digits_or_arithmetic_are_enough(typed: str) -> None:
    ask = started("sigmoid-neuron")
    _, is_right = ask.answer(ask.circuit.output, "local_0", typed)
    assert is_right


@pytest.mark.parametrize("typed", ["-0.1966", "0.2", "0.1866", "0", "1"])
def test_a_wrong_sign_or_digit_is_wrong(typed: str) -> None:
    ask = started("sigmoid-neuron")
    assert not ask.answer(ask.circuit.output, "local_0", typed)[1]


@pytest.mark.parametrize("typed", ["", "four", "x", "1/0", "2 +", "1e999"])
def test_what_is_no_number_is_refused_and_changes_nothing(typed: str) -> None:
    with pytest.raises(ValueError, match=r"column|type a number|no value"):
        started().answer(2, "gradient", typed)


def test_blanks_are_revealed_one_by_one() -> None:
    ask = started()
    for left in (3, 2, 1, 0):
        ask = ask.reveal_next()
        assert len(ask.hidden) == left
    assert ask.reveal_next() == ask
    assert ask.right == 0
    assert ask.answer(2, "gradient", "-4")[0].right == 0


def test_every_derivation_ends_in_its_number() -> None:
    for name in EXAMPLES:
        for ask in (started(name), started(name, forward_quiz)):
            for gate, which in ask.asked:
                text = derivation(ask.circuit, ask.evaluation, gate, which)
                told = float(text.split()[-1].replace("−", "-"))
                assert told == pytest.approx(number(ask.circuit, ask.evaluation, gate, which), rel=1e-3, abs=1e-9)


def test_names_of_the_card_and_of_the_graph_mean_the_same_numbers() -> None:
    ask = started("max-routes-x-branches")
    circuit, numbers, x = ask.circuit, ask.evaluation, ask.circuit.inputs["x"]
    gate, slot = circuit.consumers[x][1]
    assert number(circuit, numbers, x, "upstream") == number(circuit, numbers, x, "gradient") == 3.0
    assert number(circuit, numbers, gate, f"downstream_{slot}") == number(circuit, numbers, gate, f"wire_{slot}") == 2.0
    assert number(circuit, numbers, x, "term_1") == 2.0
    assert "sum over the branches = 1 + 2 = 3" in derivation(circuit, numbers, x, "gradient")
    assert derivation(circuit, numbers, x, "term_0") == derivation(circuit, numbers, circuit.output, "wire_1")
    assert derivation(circuit, numbers, circuit.output, "gradient").endswith("given from outside")
    assert derivation(circuit, numbers, x, "value") == "x = 4: given"


@pytest.mark.parametrize(
    "key", [(0, "wire_0"), (9, "value"), (2, "wire_7"), (2, "colour"), (2, "wire_x"), (0, "term_3")]
)
def test_a_number_that_does_not_exist_cannot_be_asked(key: tuple[int, str]) -> None:
    ask = started()
    with pytest.raises(ValueError, match="no number"):
        quiz(ask.circuit, ask.evaluation, [key])
