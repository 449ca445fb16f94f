"""Numbers as text: rounding is said, exactness is kept, what is shown can be typed back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.style import numbers

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.0, "2"),
        (-12.0, "−12"),
        (0.25, "0.25"),
        (-0.42131, "−0.4213"),
        (0.1966119332, "0.1966"),
        (1.1852, "1.185"),
        (0.30000000000000004, "0.3000"),
        (9.99996, "10.00"),
        (0.000123456, "0.0001235"),
        (0.0000123456, "1.235e−5"),
        (1e-7, "1e−7"),
        (12345.5, "1.235e4"),
        (284123.0, "284123"),
        (-1234567.0, "−1.235e6"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_four_significant_digits_with_a_true_minus(x: float, text: str) -> None:
    assert numbers.four(x) == text


@pytest.mark.parametrize(("x", "text"), [(0.31261, "≈ 0.3126"), (0.25, "0.25"), (7.0, "7"), (0.1 + 0.2, "≈ 0.3000")])
def test_rounding_is_said_and_exact_values_stay_plain(x: float, text: str) -> None:
    assert numbers.approximately(x) == text


@given(finite)
def test_four_digits_are_never_off_by_more_than_half_a_unit_of_the_last(x: float) -> None:
    shown = numbers.parse(numbers.four(x)) if abs(x) < 1e308 else x
    assert abs(shown - x) <= 0.500001e-3 * abs(x) + 5e-324


@given(finite)
def test_full_text_reads_back_as_the_same_number(x: float) -> None:
    assert numbers.parse(numbers.full(x)) == x


@given(st.integers(-(10**9), 10**9))
def test_grouped_digits_read_back_as_the_same_integer(n: int) -> None:
    assert numbers.parse(numbers.grouped(n, 6)) == n


def test_iterations_are_zero_filled_in_groups_of_three() -> None:
    assert [numbers.grouped(n, 6) for n in (0, 1284, 1234567)] == ["000 000", "001 284", "1 234 567"]


def test_a_fixed_number_never_reads_minus_zero() -> None:
    assert [numbers.fixed(x, 2) for x in (-0.001, -1.0, 98.765)] == ["0.00", "−1.00", "98.77"]


@pytest.mark.parametrize(
    ("text", "x"), [("−0,5", -0.5), (" 1 284 ", 1284.0), ("≈ 3e-4", 3e-4), ("50 %", 0.5), ("1e−3", 1e-3)]
)
def test_what_people_type_is_read(text: str, x: float) -> None:
    assert numbers.parse(text) == x


@pytest.mark.parametrize("text", ["", "four", "1_000", "nan", "inf", "1,000,000", "--1"])
def test_what_is_no_number_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a (finite )?number") as caught:
        numbers.parse(text)
    assert "\n" not in str(caught.value)
