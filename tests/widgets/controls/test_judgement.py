from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.controls.judgement import judge
from widgets.style import numbers

FINITE = st.floats(-1e6, 1e6).filter(lambda x: x == 0.0 or abs(x) > 1e-6)


@pytest.mark.parametrize(("typed", "expected"), [("-4", -4.0), ("−4", -4.0), ("0,197", 0.19661), ("1e-5", 1e-5)])
def test_three_right_digits_are_right(typed: str, expected: float) -> None:
    assert judge(typed, expected) == "right"


@pytest.mark.parametrize(("typed", "expected"), [("4", -4.0), ("2", 3.0), ("0", 1e-5), ("0.2", 0.25), ("0.01", 0.0)])
def test_a_wrong_sign_or_a_forgotten_branch_is_wrong(typed: str, expected: float) -> None:
    assert judge(typed, expected) == "wrong"


@pytest.mark.parametrize("typed", ["", "x", "two", "nan", "1 + 1"])
def test_what_is_no_number_is_unreadable(typed: str) -> None:
    assert judge(typed, 2.0) == "unreadable"


@given(FINITE)
def test_the_number_as_it_is_shown_is_right(expected: float) -> None:
    assert judge(numbers.four(expected), expected) == "right"


@given(FINITE.filter(lambda x: x != 0.0))
def test_the_opposite_number_is_wrong(expected: float) -> None:
    assert judge(numbers.full(-expected), expected) == "wrong"


def test_nothing_is_right_where_the_number_is_not_finite() -> None:
    assert judge("1", math.nan) == "wrong"
