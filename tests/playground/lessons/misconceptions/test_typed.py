"""What can be typed as an answer, and what to type instead of the rest."""

from __future__ import annotations

import pytest

from playground.lessons.misconceptions.exercise import exercise
from playground.lessons.misconceptions.reply import reply_to
from playground.lessons.misconceptions.typed import read


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("-0.55", -0.55, 0.01), ("−0.55", -0.55, 0.01), ("−0,55", -0.55, 0.01), (" .5 ", 0.5, 0.1), (",5", 0.5, 0.1),
        ("5e-3", 0.005, 0.001), ("5.0E-3", 0.005, 0.0001), ("12", 12.0, 1.0), ("12.", 12.0, 1.0), ("1/4", 0.25, 0.0),
        ("½", 0.5, 0.0), ("-¾", -0.75, 0.0), ("2·0,5", 1.0, 0.0), ("−4 × 3", -12.0, 0.0), ("≈ 0.31", 0.31, 0.01),
        ("= 3", 3.0, 1.0), ("50 %", 0.5, 0.01), ("+2", 2.0, 1.0), ("1 - 0.8**2", 0.36, 0.0),
    ],
)  # fmt: skip
def test_an_answer_is_read(typed: str, value: float, unit: float) -> None:
    found = read(typed)
    assert found.value == pytest.approx(value)
    assert found.unit == pytest.approx(unit)
    assert "-" not in found.text


@pytest.mark.parametrize("typed", ["", "  ", "abc", "1,284", "1 2", "--", "1/0", "nan", "inf", "1e999", "0.5.1", "3²"])
def test_what_is_no_number_is_no_try_and_gets_the_cure(typed: str) -> None:
    found = reply_to(exercise("batch", "g", 12.0, {"terms": (8.0, 16.0), "n": 2}), typed)
    assert found.kind == "unreadable"
    assert found.sentence.startswith("That is not read as a number: ")
