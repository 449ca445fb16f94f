"""Exercises: what a lesson asks for, with what the classic mistakes would give for it."""

from __future__ import annotations

from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.lessons.expressions import opened, place_in
from playground.lessons.lesson import CircuitQuantity
from playground.lessons.misconceptions.exercise import DIGITS, Exercise
from playground.lessons.misconceptions.of_circuit import of_circuit
from playground.lessons.misconceptions.of_run import exercise_for
from playground.training.snapshot import Snapshot


def exercise_of(
    quantity: Quantity | CircuitQuantity, snapshot: Snapshot, selected: Example, digits: int | None = None
) -> Exercise | None:
    """Return the exercise for a number of the network or of a circuit; None for a given one, which nobody computes.

    Raises
    ------
    ValueError
        Where there is no such number.
    """
    if isinstance(quantity, Quantity):
        return exercise_for(snapshot, quantity, selected, digits)
    return of_circuit(*opened(quantity.expression), place_in(quantity), quantity.of, digits or DIGITS)
