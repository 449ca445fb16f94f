"""The reply to a typed number: never accuses a right answer, and names a mistake only where it is sure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.circuits.numerals import numeral
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.lessons.misconceptions.closeness import is_short, unit
from playground.lessons.misconceptions.exercise import Exercise, Mistake, exercise
from playground.lessons.misconceptions.of_circuit import of_circuit
from playground.lessons.misconceptions.reply import mistake_of, reply_to
from playground.lessons.misconceptions.table import QUESTIONS, WRONG_LAWS, laws_of, question

Exercises = Callable[[str, int], list[Exercise]]
ROOMS = ("circuits", "networks", "training", "matrices")


def written(value: float, digits: int) -> str:
    """Return `value` as a learner types it, to so many significant digits."""
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    decimals = digits - 1 - int(power)
    return f"{float(f'{mantissa}e{power}'):.{decimals}f}" if 0 <= decimals < 12 else f"{mantissa}e{int(power)}"


def head(asked: Exercise, mistake: Mistake) -> str:
    """Return what is said of a mistake first, without the number that was typed."""
    said = asked.facts.sentence(mistake.law.sentence, typed="it")
    return said.partition(". ")[0].removesuffix(".")


TANH = {
    "upstream": -0.5502, "local": 0.36, "own": 1.0986, "out": 0.8, "in_name": "z₂⁽¹⁾", "out_name": "a₂⁽¹⁾",
    "gate": "tanh", "local_formula": "1 − a²", "at": "a₂⁽¹⁾ = 0.8", "made_of": ": (−0.42) · 1.31",
}  # fmt: skip


def test_the_upstream_alone_is_called_by_its_name() -> None:
    asked = exercise("delta.tanh", "∂Lᵢ/∂z₂⁽¹⁾", -0.5502 * 0.36, TANH, 2)
    found = reply_to(asked, "-0.55")
    assert found.kind == "wrong_law"
    assert found.law is WRONG_LAWS["chain.local_forgotten"]
    assert found.sentence == (
        "Not yet. −0.55 is the upstream alone: (−0.42) · 1.31. The local gradient of the tanh, 1 − a², is missing: "
        "a₂⁽¹⁾ = 0.8, so how much does it let through?"
    )
    assert reply_to(asked, "−0,198").sentence == ("Yes: ∂Lᵢ/∂z₂⁽¹⁾ = upstream × local = (−0.5502) × 0.36 ≈ −0.1981.")


def test_the_height_of_tanh_in_place_of_its_slope_is_named() -> None:
    asked = exercise("delta.tanh", "∂Lᵢ/∂z₂⁽¹⁾", -0.5502 * 0.36, TANH, 2)
    found = reply_to(asked, "-0.44")
    assert found.law is WRONG_LAWS["tanh.output"]
    assert found.sentence == (
        "Not yet. −0.44 is upstream × a₂⁽¹⁾, the height of tanh. The chain rule needs its slope there: 1 − a²."
    )


def test_one_epsilon_in_the_circuit_of_a_central_difference_is_named() -> None:
    circuit = parse("plus = 9.261; minus = 6.859; epsilon = 0.1; slope = (plus - minus) / (2 * epsilon)")
    numbers = evaluate(circuit, {"plus": 9.261, "minus": 6.859, "epsilon": 0.1})
    asked = of_circuit(circuit, numbers, circuit.output, "value", digits=4)
    found = reply_to(asked, "24.02")
    assert found.law is WRONG_LAWS["value.inner_factor_forgotten"]
    assert "leaves out the factor 2 of q2: q2 is 0.2, not 0.1" in found.sentence
    assert reply_to(asked, "12.01").kind == "right"


def test_at_least_sixty_mistakes_are_known_and_each_has_a_question() -> None:
    assert len(WRONG_LAWS) >= 60
    for law in WRONG_LAWS.values():
        assert all(question(key) for key in law.of)
    assert all(laws_of(key) for key in QUESTIONS if not key.startswith("jacobian_size"))


@pytest.mark.parametrize("room", ROOMS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31), digits=st.integers(3, 8))
def test_the_right_value_is_never_accused(room: str, exercises: Exercises, seed: int, digits: int) -> None:
    for one in exercises(room, seed):
        assert reply_to(one, written(one.right, digits)).kind == "right", one
        for fewer in (1, 2):
            rounded = reply_to(one, written(one.right, fewer))
            if rounded.kind == "wrong_law":  # only where the answer needs no rounding, and this one is another number
                assert float(written(one.right, fewer)) != one.right
                assert is_short(one.right)


@pytest.mark.parametrize("room", ROOMS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31), digits=st.integers(3, 8))
def test_every_mistake_that_can_be_told_apart_gets_its_own_reply(
    room: str, exercises: Exercises, seed: int, digits: int
) -> None:
    for one in exercises(room, seed):
        assert all(mistake.value != one.right for mistake in one.mistakes)
        for mistake in one.told_apart:
            found = reply_to(one, written(mistake.value, digits))
            assert found.law is mistake.law, (one, mistake)
            assert found.kind == "wrong_law"
            assert "{" not in found.sentence
            named = mistake_of(one, mistake.value)
            assert named is not None
            assert named.law is mistake.law


@pytest.mark.parametrize("room", ROOMS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31))
def test_of_two_mistakes_that_give_one_number_both_are_named(room: str, exercises: Exercises, seed: int) -> None:
    for one in exercises(room, seed):
        for mistake in one.mistakes:
            twins = [other for other in one.mistakes if abs(other.value - mistake.value) < 1e-9 * abs(mistake.value)]
            if len(twins) > 1:
                found = reply_to(one, repr(mistake.value))
                assert found.law is None
                assert all(head(one, twin) in found.sentence for twin in twins)
                assert found.sentence.endswith(one.hint)


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_can_be_said(room: str, exercises: Exercises) -> None:
    for seed in range(12):
        for one in exercises(room, seed):
            assert "{" not in one.hint + one.solution
            assert one.hint
            for mistake in one.mistakes:
                said = one.facts.sentence(mistake.law.sentence, typed="7")
                assert said.startswith("7 ")
                assert "{" not in said


def test_every_mistake_of_the_table_is_made_somewhere(exercises: Exercises) -> None:
    made = {
        mistake.law.key
        for room, seeds in zip(ROOMS, (150, 60, 4, 8), strict=True)
        for seed in range(seeds)
        for one in exercises(room, seed)
        for mistake in one.mistakes
    }
    assert set(WRONG_LAWS) - made == set()


@pytest.mark.parametrize("room", ROOMS)
def test_a_neutral_hint_does_not_say_the_answer(room: str, exercises: Exercises) -> None:
    for seed in range(8):
        for one in exercises(room, seed):
            if len(numeral(one.right)) > 4 and numeral(one.right) not in one.working:
                assert numeral(one.right) not in reply_to(one, "123456.75").sentence


def test_too_few_digits_are_neither_right_nor_wrong() -> None:
    asked = exercise("delta.tanh", "δ", -0.19807, TANH, 3)
    assert reply_to(asked, "-0.2").kind == "rough"
    assert reply_to(asked, "-0.20").kind == "rough"
    assert "type 3 digits, such as 0.123 or −4.56." in reply_to(asked, "-0.2").sentence
    in_two = exercise("delta.tanh", "δ", -0.0925, TANH, 2)
    assert "type 2 digits, such as 0.12 or −4.5." in reply_to(in_two, "-0.1").sentence
    assert reply_to(asked, "-0.198").kind == "right"
    assert reply_to(asked, "-0.17").kind == "wrong"
    assert reply_to(asked, "0").kind == "wrong"


def test_a_whole_number_is_not_met_by_one_beside_it() -> None:
    asked = exercise("batch", "g", 12.0, {"terms": (8.0, 16.0), "n": 2}, 2)
    assert reply_to(asked, "12").kind == "right"
    assert reply_to(asked, "12.0").kind == "right"
    assert reply_to(asked, "24/2").kind == "right"
    assert reply_to(asked, "12.4").kind == "wrong"
    assert reply_to(asked, "25/2").kind == "wrong"
    assert reply_to(asked, "24").law is WRONG_LAWS["batch.summed"]


@pytest.mark.parametrize("digits", [1, 2, 3])
def test_a_number_of_two_digits_is_typed_as_it_is(digits: int) -> None:
    facts = {"products": (1.6, -0.6), "bias": 0.5, "inputs": (0.8, 0.6), "weights": (2.0, -1.0)}
    asked = exercise("pre_activation", "z", 1.5, facts, digits)
    assert [reply_to(asked, typed).kind for typed in ("1.5", "1.50", "3/2", "1,5")] == ["right"] * 4
    assert reply_to(asked, "1").law is WRONG_LAWS["z.bias_forgotten"]
    assert "right" not in {reply_to(asked, typed).kind for typed in ("2", "1.4", "1.6", "1.")}


def test_a_small_difference_of_large_numbers_may_be_computed_from_what_the_screen_shows() -> None:
    facts = {"p": 0.99943217}
    asked = exercise("loss_gradient.softmax_right", "∂Lᵢ/∂s₁", -0.00056783, facts, 3, (0.99943217,))
    assert reply_to(asked, "-0.0006").kind == "right"  # from 0.9994 on the screen
    assert reply_to(asked, "0.9994").law is WRONG_LAWS["softmax_gradient.probability"]


@pytest.mark.parametrize("answer", [-0.0, 0.0])
def test_nothing_is_a_mistake_of_its_own(answer: float) -> None:
    facts = {"delta": 1.5, "b": 0.0, "upstream": 2.0, "local": 0.75, "z": -0.4, "inputs": (1.0, 3.0)}
    asked = exercise("bias", "∂Lᵢ/∂b", 1.5, facts)
    assert reply_to(asked, str(answer)).law is None  # two mistakes give 0: b = 0, and δ · b
    assert unit(0.0, 3) == 0.01


@pytest.mark.parametrize("answer", [-0.0, 0.0])
def test_a_bias_gradient_of_nothing_is_named(answer: float) -> None:
    facts = {"delta": 1.5, "b": 0.3, "upstream": 2.0, "local": 0.75, "z": -0.4, "inputs": (1.0, 3.0)}
    found = reply_to(exercise("bias", "∂Lᵢ/∂b", 1.5, facts), str(answer))
    assert found.law is WRONG_LAWS["bias.zero"]
