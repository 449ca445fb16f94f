"""Recall: a card comes back after 1, 3, 7 and 21 days; one that was not known begins again.

Days are counted by the caller (``date.toordinal()``): nothing here looks at a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

DAYS = (1, 3, 7, 21)


@dataclass(frozen=True, slots=True)
class Card:
    """When a card is asked next, and how often in a row it was known."""

    due: int
    stage: int = 0


def first(today: int) -> Card:
    """Return a card whose lesson was finished `today`."""
    return Card(today + DAYS[0])


def after(card: Card, *, knew: bool, today: int) -> Card | None:
    """Return the card after it was asked `today`; None when it was known at the last of its days and is done with.

    A card that is asked late waits from today on, so that a holiday brings no heap of cards; one that is known before
    it is due stays where it is, so that a lesson that is taken twice in a day does not use it up.
    """
    if knew and today < card.due:
        return card
    stage = card.stage + 1 if knew else 0
    return Card(today + DAYS[stage], stage) if stage < len(DAYS) else None


def due(cards: Mapping[str, Card], today: int) -> tuple[str, ...]:
    """Return the names of the cards that are due, the longest due first."""
    waiting = [name for name, card in cards.items() if card.due <= today]
    return tuple(sorted(waiting, key=lambda name: cards[name].due))
