"""A sentence does not say what is still hidden."""

from __future__ import annotations

import pytest

from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.session.session import Session
from playground.training.quantities import value_of
from playground.training.redaction import hidden_values, redacted


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("take what arrives, −0.3194, times 2", -0.31936387, "take what arrives, ?, times 2"),
        ("0.3194 has the wrong sign", -0.31936387, "0.3194 has the wrong sign"),
        ("−0.31936387802080796 ≈ −0.319", -0.31936387802080796, "? ≈ ?"),
        ("1.235e−7 is small", 1.23456e-7, "? is small"),
        ("the mean over its 16 examples is 1", 16.0, "the mean over its 16 examples is 1"),
    ],
)
def test_a_number_is_recognized_by_its_digits_and_its_sign(text: str, value: float, said: str) -> None:
    assert redacted(text, [value]) == said


def test_every_number_that_waits_is_hidden_too(qapp: object) -> None:
    session = Session()
    session.prediction.ask([Quantity("upstream", "h1.1")])
    found = list(hidden_values(session.snapshot(), session.prediction.hidden(), Example(0)))
    for of, at in (("upstream", "h1.1"), ("downstream", "h1.1"), ("gradient", "x1-h1.1")):
        assert value_of(session.snapshot(), Quantity(of, at)) in found
    assert value_of(session.snapshot(), Quantity("local", "h1.1")) not in found
