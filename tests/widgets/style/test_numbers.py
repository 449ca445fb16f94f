"""Numbers as text: rounding is said, exactness is kept, what is shown can be typed back."""

from __future__ import annotations

import math
from collections.abc import Callable

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


REFUSED = None
TYPED: list[tuple[str, float | None, int | None]] = [
    # what is typed, as a number, as a whole number; None: refused
    ("1000", 1000.0, 1000), ("−0,5", -0.5, REFUSED), ("- 5", -5.0, -5), ("≈ 3e-4", 3e-4, REFUSED), ("+7", 7.0, 7),
    ("1e−3", 1e-3, REFUSED), ("1e3", 1000.0, 1000), ("50 %", 0.5, REFUSED), ("100 %", 1.0, REFUSED),
    ("2.0", 2.0, 2), ("2,5", 2.5, REFUSED), (",5", 0.5, REFUSED), ("0,03", 0.03, REFUSED), ("0,030", 0.03, REFUSED),
    ("12,5000", 12.5, REFUSED), ("1234,567", 1234.567, REFUSED),
    # a group of three: a decimal point is what the program shows, a comma in a whole number marks thousands
    ("1,000", REFUSED, 1000), ("100,000", REFUSED, 100_000), ("-1,000", REFUSED, -1000), ("1,000e3", REFUSED, REFUSED),
    ("1.000", 1.0, REFUSED), ("1.500", 1.5, REFUSED), ("100.000", 100.0, REFUSED), ("0.125", 0.125, REFUSED),
    # marks that can only be thousands
    ("1,000,000", 1e6, 10**6), ("1.000.000", 1e6, 10**6), ("1,000.5", 1000.5, REFUSED), ("1.000,5", 1000.5, REFUSED),
    ("1,000.0", 1000.0, 1000), (" 1 284 ", 1284.0, 1284), ("1\u202f284", 1284.0, 1284), ("1\xa0284", 1284.0, 1284),
    ("1 284,5", 1284.5, REFUSED), ("001 284", 1284.0, 1284), ("1'000", 1000.0, 1000), ("1 20", REFUSED, 120),
    ("1,00,000", REFUSED, REFUSED), ("1.000,000.5", REFUSED, REFUSED), ("1 000'000", REFUSED, REFUSED),
    # no number, or one that a float cannot hold
    ("", REFUSED, REFUSED), ("four", REFUSED, REFUSED), ("1_000", REFUSED, REFUSED), ("nan", REFUSED, REFUSED),
    ("inf", REFUSED, REFUSED), ("--1", REFUSED, REFUSED), ("0x10", REFUSED, REFUSED), ("1e999", REFUSED, REFUSED),
    ("1e-400", REFUSED, REFUSED), ("0e-400", 0.0, 0), ("1\n2", REFUSED, REFUSED),
    ("9007199254740993", 9007199254740992.0, 9007199254740993), ("9" * 400, REFUSED, REFUSED),
    ("-" + "9" * 400, REFUSED, REFUSED), ("9" * 5000, REFUSED, REFUSED), ("9" * 300, 1e300, int("9" * 300)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "count"), TYPED)
def test_what_is_typed_is_read_as_that_number_or_refused(text: str, number: float | None, count: int | None) -> None:
    for read, right in ((numbers.parse, number), (numbers.whole, count)):
        if right is not REFUSED:
            assert read(text) == right
            continue
        with pytest.raises(ValueError, match=r"^expected (a (finite |whole )?number|[-+]?\d)") as caught:
            read(text)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("read", "text", "cure"),
    [(numbers.parse, "1,000", "expected 1000 or 1.000"), (numbers.parse, "-100,250", "expected -100250 or -100.250"),
     (numbers.whole, "1.000", "expected 1000 or 1"), (numbers.whole, "1.500", "expected 1500")],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused_with_both(read: Callable[[str], float], text: str, cure: str) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        read(text)
    assert str(caught.value).startswith(cure)


@pytest.mark.parametrize("text", ["1\n2", "1\t2", "1\n200", "1\u2028200", "1\x0b2"])
def test_a_line_break_joins_no_digits(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        numbers.whole(text)
    with pytest.raises(ValueError, match="expected"):
        numbers.parse(text)


@pytest.mark.parametrize(
    ("x", "other", "texts"),
    [
        (2.0, 1.99991, ("2", "1.9999")),
        (2.00001, 1.99991, ("2.0000", "1.9999")),
        (0.12345678, 0.12345699, ("0.1234568", "0.1234570")),
        (0.3, 0.3, ("0.3", "0.3")),
        (0.5, -0.5, ("0.5", "−0.5")),
        (1.0, math.nextafter(1.0, 2.0), ("1", "1.0000000000000002")),
        (math.nan, 1.5, ("NaN", "1.5")),
        (math.inf, -math.inf, ("∞", "−∞")),
        (1.23456e-9, 1.23457e-9, ("1.23456e−9", "1.23457e−9")),
    ],
)
def test_different_numbers_are_shown_until_they_differ(x: float, other: float, texts: tuple[str, str]) -> None:
    assert (numbers.told_apart(x, other, 17), numbers.told_apart(other, x, 17)) == texts


@given(finite, finite)
def test_numbers_told_apart_never_read_alike(x: float, other: float) -> None:
    alike = numbers.told_apart(x, other, 17) == numbers.told_apart(other, x, 17)
    assert alike == (x == other)


def test_numbers_that_agree_to_the_last_digit_shown_go_on() -> None:
    a, b = 0.031629751234567, 0.031629751234568
    assert numbers.told_apart(a, b) == numbers.told_apart(b, a) == "0.031629751…"
    assert (numbers.told_apart(2.0, 2.0 - 1e-12), numbers.told_apart(2.0 - 1e-12, 2.0)) == ("2", "2.0000000…")


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"),
        (-1.0, "−1"),
        (0.5618, "0.56"),
        (-0.0346, "−0.035"),
        (0.00123, "0.0012"),
        (9.996, "10.0"),
        (123.4, "123"),
        (3.1e-5, "3e−5"),
        (-21234.5, "−2e4"),
        (0.00096, "1e−3"),
        (-0.000996, "−0.0010"),
        (9.6e-5, "1e−4"),
        (9.46e-5, "9e−5"),
        (97_000.0, "1e5"),
        (float("inf"), "∞"),
        (float("nan"), "NaN"),
    ],
)
def test_a_number_on_a_picture_is_short(x, text):
    assert numbers.brief(x) == text


@pytest.mark.parametrize("power", range(-300, 301, 25))
def test_no_number_on_a_picture_is_longer_than_seven_figures_and_each_is_within_a_tenth(power):
    for digits in (1.0, 1.05, 3.3333, 9.4, 9.99):
        x = digits * 10.0**power
        assert len(numbers.brief(-x)) <= 7
        assert abs(numbers.parse(numbers.brief(x)) - x) <= 0.17 * x


@pytest.mark.parametrize(("x", "text"), [(-0.0071532, "−7e−3"), (0.00012, "1e−4"), (0.0, "0"), (1234.0, "1e3")])
def test_where_there_is_least_room_one_digit_and_the_power_of_ten_remain(x: float, text: str) -> None:
    assert numbers.briefest(x) == text


@given(finite | st.integers(-(10**7), 10**7).map(float) | st.floats(-2.0, 2.0).map(lambda x: round(x, 4)))
def test_a_number_is_exact_where_its_four_digits_read_back_as_it(x: float) -> None:
    text = numbers.four(x)
    if abs(x) < 1e308:  # what is beyond may round to infinity, which cannot be typed
        assert numbers.is_exact(x) == (numbers.parse(text) == x)
