"""Where sliders rest, and how a field's number is shown and read."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.controls import fields, stops
from widgets.values import NumberField

RATE = NumberField("rate", "Learning rate", "η", stops.decades(-3, 0), 0.1, 0.0, 10.0, open_low=True)
SHARE = NumberField("share", "Train / test", "share", (0.25, 0.5), 0.5, 0.01, 0.99, percent=True)
COUNT = NumberField("n", "Points", "n", (10, 20), 10, 4, 1e6, integer=True)
SPEED = NumberField("speed", "Speed", "", (1.0, inf), inf, 1.0, 1e6, unit="steps/s", infinity_text="max")


def test_linear_stops_are_short_decimals() -> None:
    assert stops.linear(0.0, 0.3, 0.1) == (0.0, 0.1, 0.2, 0.3)


def test_decades_are_logarithmic_and_end_at_the_last_power() -> None:
    assert stops.decades(-2, 0, stops.ONE_TWO_FIVE) == (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@given(st.floats(-2.0, 3.0), st.lists(st.floats(-1.0, 2.0), min_size=1, max_size=9, unique=True))
def test_the_nearest_stop_is_nearer_than_every_other(value: float, some: list[float]) -> None:
    at = tuple(sorted(some))
    index = stops.nearest(at, value)
    assert abs(at[index] - value) == min(abs(stop - value) for stop in at)


def test_infinity_is_only_near_infinity() -> None:
    assert [stops.nearest((1.0, 10.0, inf), x) for x in (0.0, 7.0, 1e9, inf)] == [0, 1, 1, 2]


def test_neighbours_of_a_value_between_stops() -> None:
    at = (1.0, 2.0, 5.0)
    assert [stops.next_above(at, x) for x in (1.0, 1.5, 5.0, 9.0)] == [1, 1, 2, 2]
    assert [stops.next_below(at, x) for x in (0.5, 1.0, 1.5, 5.0, 9.0)] == [0, 0, 0, 1, 2]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [(RATE, 0.03, "0.03"), (SHARE, 0.55, "55 %"), (COUNT, 12345.0, "12345"), (SPEED, 20.0, "20 steps/s"),
     (SPEED, inf, "max")],
)  # fmt: skip
def test_a_value_is_shown_in_the_terms_of_its_field(field: NumberField, value: float, text: str) -> None:
    assert fields.shown(field, value) == text


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [(RATE, "3e-2", 0.03), (SHARE, "55 %", 0.55), (SHARE, "55", 0.55), (SHARE, "0.55", 0.55), (COUNT, "1 000", 1000.0),
     (SPEED, "MAX", inf), (SPEED, "20 steps/s", 20.0)],
)  # fmt: skip
def test_what_is_typed_is_read_in_the_terms_of_its_field(field: NumberField, text: str, value: float) -> None:
    assert fields.read(field, text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        (RATE, "0", "Learning rate: expected a number above 0 and at most 10, got 0"),
        (RATE, "11", "Learning rate: expected a number above 0 and at most 10, got 11"),
        (COUNT, "10.5", "Points: expected a whole number from 4 to 1e6, got 10.5"),
        (COUNT, "3", "Points: expected a whole number from 4 to"),
        (RATE, "max", "Learning rate: expected a number such as"),
    ],
)
def test_what_will_not_do_is_refused_with_the_field_and_the_cure(field: NumberField, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        fields.read(field, text)
    assert str(caught.value).startswith(reason.replace("1e6", "1000000"))


@given(st.floats(0.01, 0.99))
def test_the_exact_text_of_a_share_reads_back(value: float) -> None:
    assert fields.read(SHARE, fields.exact(SHARE, value)) == pytest.approx(value, abs=1e-12)
