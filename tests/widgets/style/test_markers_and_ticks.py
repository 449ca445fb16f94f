"""Markers differ from class to class; ticks are round and few."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.style import markers
from widgets.style.ticks import tick_text, ticks, whole_ticks


@pytest.mark.parametrize("shape", markers.SHAPES)
def test_every_marker_lies_about_its_place(shape: str) -> None:
    box = markers.marker_path(shape, 10.0).boundingRect()
    assert abs(box.center().x()) < 0.2
    assert abs(box.center().y()) <= 4.0
    assert 8.0 <= box.width() / 2 <= 14.0


def test_ten_classes_have_ten_shapes() -> None:
    assert len({markers.shape_of(label) for label in range(10)}) == 10


def test_two_classes_take_the_ends_of_the_value_map_and_more_the_class_table() -> None:
    assert len(markers.class_colours(2)) == 2
    assert len(set(markers.class_colours(3))) >= 10


@given(
    st.floats(-1e6, 1e6),
    st.floats(1e-6, 1e6),
    st.integers(2, 12),
)
def test_ticks_are_few_rising_and_inside(low: float, span: float, most: int) -> None:
    high = low + span
    places = ticks(low, high, most)
    assert len(places) <= most
    assert list(places) == sorted(places)
    assert all(low - 1e-6 * span <= place <= high + 1e-6 * span for place in places)


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [(-1.2, 1.2, 5, (-1.0, -0.5, 0.0, 0.5, 1.0)), (0.0, 10.0, 6, (0, 2, 4, 6, 8, 10)), (0.0, 1.0, 3, (0.0, 0.5, 1.0))],
)
def test_ticks_are_round_numbers(low: float, high: float, most: int, expected: tuple[float, ...]) -> None:
    assert ticks(low, high, most) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.0, 1.0, (0.0, 1.0)), (0.2, 2.4, (1.0, 2.0)), (0.0, 400.0, (0.0, 100.0, 200.0, 300.0, 400.0))],
)
def test_iterations_are_counted_in_whole_numbers(low: float, high: float, expected: tuple[float, ...]) -> None:
    assert whole_ticks(low, high, 5) == expected


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, 1.0), (math.nan, 1.0), (0.0, math.inf)])
def test_an_axis_without_extent_has_no_ticks(low: float, high: float) -> None:
    assert ticks(low, high, 5) == ()


@pytest.mark.parametrize(
    ("value", "step", "text"), [(-0.5, 0.5, "−0.5"), (1.0, 0.25, "1.0"), (20.0, 10.0, "20"), (-0.0, 0.5, "0.0")]
)
def test_ticks_have_the_decimals_that_they_need(value: float, step: float, text: str) -> None:
    assert tick_text(value, step) == text
