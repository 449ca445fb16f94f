"""Cards come back after 1, 3, 7 and 21 days, on the days that the caller names."""

from __future__ import annotations

from playground.lessons.recall import Card, after, due, first

TODAY = 739_000


def test_a_card_that_is_always_known_comes_back_four_times() -> None:
    card: Card | None = first(TODAY)
    days = []
    while card is not None:
        days.append(card.due - TODAY)
        card = after(card, knew=True, today=card.due)
    assert days == [1, 1 + 3, 1 + 3 + 7, 1 + 3 + 7 + 21]


def test_a_card_that_was_not_known_begins_again_tomorrow() -> None:
    assert after(Card(TODAY, 3), knew=False, today=TODAY) == Card(TODAY + 1)


def test_a_card_that_is_asked_late_waits_from_that_day_on() -> None:
    assert after(Card(TODAY, 1), knew=True, today=TODAY + 40) == Card(TODAY + 47, 2)


def test_the_card_that_waits_longest_is_asked_first() -> None:
    cards = {"new": first(TODAY), "late": Card(TODAY - 9), "now": Card(TODAY), "early": Card(TODAY - 2, 1)}
    assert due(cards, TODAY) == ("late", "early", "now")
    assert due({}, TODAY) == ()


def test_a_card_that_is_known_before_it_is_due_stays_where_it_is() -> None:
    assert after(first(TODAY), knew=True, today=TODAY) == first(TODAY)
    assert after(Card(TODAY + 5, 2), knew=False, today=TODAY) == Card(TODAY + 1)
