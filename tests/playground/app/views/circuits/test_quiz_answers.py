"""Answers of a quiz are read like every typed number: a decimal comma counts, two readings are refused."""

from __future__ import annotations

import pytest

from playground.app.views.circuits.open_circuit import circuit_of
from playground.app.views.circuits.quiz import answered, noted_on_card, with_blank


@pytest.mark.parametrize("typed", ["2.5", "2,5", "5/2", "0,5 * 5", "1 + 1,5"])
def test_a_decimal_comma_counts(typed: str) -> None:
    shown = circuit_of("x * y", {"x": 2.5, "y": 1.0})
    _, verdict = answered(with_blank(shown, shown.circuit.output, "value"), shown.circuit.output, "value", typed)
    assert verdict.right


def test_an_answer_that_could_be_two_numbers_is_not_judged() -> None:
    shown = circuit_of("x * y", {"x": 1.0, "y": 1.0})
    with pytest.raises(ValueError, match=r"expected 1000 or 1\.000"):
        answered(with_blank(shown, shown.circuit.output, "value"), shown.circuit.output, "value", "1,000")


@pytest.mark.parametrize(
    ("which", "typed", "says"),
    [
        ("wire_0", "4", "That is upstream × x, the input's own value. A multiply gate swaps"),
        ("wire_0", "-12", "That is upstream × the gate's output, −12. The derivative of the product by x leaves"),
        ("value", "7", "That subtracts: 4 and −3. This is the multiply gate."),
        ("value", "17", "f = x · y = 4 · (−3) = ?"),
    ],
)
def test_a_wrong_answer_is_called_by_its_mistake(which: str, typed: str, says: str) -> None:
    shown = circuit_of("x * y", {"x": 4.0, "y": -3.0})
    _, verdict = answered(with_blank(shown, shown.circuit.output, which), shown.circuit.output, which, typed)
    assert not verdict.right
    assert says in verdict.derivation


def test_a_wrong_answer_on_the_card_is_called_by_its_mistake_too() -> None:
    shown = with_blank(circuit_of("x * y", {"x": 4.0, "y": -3.0}), 2, "wire_0")
    _, verdict = noted_on_card(shown, (2, "wire_0"), "4", right=False)
    assert verdict.typed == "4"
    assert verdict.derivation.startswith("That is upstream × x")


def test_a_mistake_is_not_named_where_the_upstream_is_still_hidden() -> None:
    shown = circuit_of("(x + y) * z", {"x": -2.0, "y": 5.0, "z": -4.0})
    add, multiply = 2, shown.circuit.output
    shown = with_blank(with_blank(shown, multiply, "wire_0"), add, "wire_0")
    _, verdict = answered(shown, add, "wire_0", "8")
    assert verdict.derivation.startswith("Work out what stands to the right of it first")
