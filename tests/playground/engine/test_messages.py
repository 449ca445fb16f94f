"""Messages are templates with named places, which a translation replaces whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playground.engine.messages import ENGLISH, Language, grouped, message, plural, use
from playground.engine.spec import LayerSpec
from widgets.style import numbers

GERMAN = Language(
    templates={
        "{name}: expected {expected}, got {value!r}": "{name}: erwartet {expected}, nicht {value!r}",
        "an integer from {low} to {high}": "eine ganze Zahl von {low} bis {high}",
    },
    plurals={("{count} example is left out", "{count} examples are left out"): ("{count} fehlt", "{count} fehlen")},
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use(ENGLISH)


def left_out(count: int) -> str:
    return plural(count, "{count} example is left out", "{count} examples are left out")


def test_a_template_is_filled_by_name() -> None:
    assert message("{name}: expected {low:g}", name="noise", low=2.0) == "noise: expected 2"


def test_a_text_without_places_is_taken_as_it_is() -> None:
    assert message('no object: {"a": 1}') == 'no object: {"a": 1}'


def test_a_plural_goes_by_the_number() -> None:
    assert [left_out(n) for n in (0, 1, 2)] == [
        "0 examples are left out", "1 example is left out", "2 examples are left out",
    ]  # fmt: skip


def test_a_language_says_what_it_knows_and_the_rest_stays_english() -> None:
    use(GERMAN)
    with pytest.raises(ValueError, match="width: erwartet eine ganze Zahl von 1 bis 256, nicht 0"):
        LayerSpec(0)
    with pytest.raises(ValueError, match="slope: erwartet a number from 0 to 1, nicht 2"):
        LayerSpec(slope=2)
    assert (left_out(1), left_out(3)) == ("1 fehlt", "3 fehlen")
    assert plural(1, "{count} point", "{count} points") == "1 point"


def test_a_language_may_have_more_than_two_forms() -> None:
    key = ("{count} example is left out", "{count} examples are left out")
    use(Language(plurals={key: ("jeden", "kilka", "wiele")}, form=lambda n: 0 if n == 1 else 1 if n < 5 else 2))
    assert [left_out(n) for n in (1, 3, 9)] == ["jeden", "kilka", "wiele"]


@pytest.mark.parametrize("n", [0, 7, 999, 1000, 123456, 1000000])
def test_thousands_stand_apart_as_in_the_window(n: int) -> None:
    assert grouped(n) == message("{n:,}", n=n) == numbers.grouped(n)
