"""Answers of a quiz are read like every typed number: a decimal comma counts, two readings are refused."""

from __future__ import annotations

import pytest

from playground.app.views.circuits.open_circuit import circuit_of
from playground.app.views.circuits.quiz import answered, with_blank


@pytest.mark.parametrize("typed", ["2.5", "2,5", "5/2", "0,5 * 5", "1 + 1,5"])
def test_a_decimal_comma_counts(typed: str) -> None:
    shown = circuit_of("x * y", {"x": 2.5, "y": 1.0})
    _, verdict = answered(with_blank(shown, shown.circuit.output, "value"), shown.circuit.output, "value", typed)
    assert verdict.right


def test_an_answer_that_could_be_two_numbers_is_not_judged() -> None:
    shown = circuit_of("x * y", {"x": 1.0, "y": 1.0})
    with pytest.raises(ValueError, match=r"expected 1000 or 1\.000"):
        answered(with_blank(shown, shown.circuit.output, "value"), shown.circuit.output, "value", "1,000")
