"""The table of the misconceptions: every question that can be asked, and every wrong law that belongs to it."""

from __future__ import annotations

from functools import lru_cache

from playground.lessons.misconceptions import gate_laws, loss_laws, matrix_laws, neuron_laws, training_laws, way_laws
from playground.lessons.misconceptions.law import Question, WrongLaw

_ROOMS = (gate_laws, way_laws, neuron_laws, loss_laws, training_laws, matrix_laws)

QUESTIONS: dict[str, Question] = {one.key: one for room in _ROOMS for one in room.QUESTIONS}
WRONG_LAWS: dict[str, WrongLaw] = {one.key: one for room in _ROOMS for one in room.LAWS}


def question(key: str) -> Question:
    """Return the entry of `key`, or of what it is a kind of: of ``wire`` for ``wire.max``."""
    while key not in QUESTIONS:
        key, dot, _ = key.rpartition(".")
        if not dot:
            raise KeyError(key)
    return QUESTIONS[key]


@lru_cache(maxsize=256)
def laws_of(key: str) -> tuple[WrongLaw, ...]:
    """Return the mistakes that can be made at the question `key`."""
    return tuple(one for one in WRONG_LAWS.values() if one.belongs_to(key))
