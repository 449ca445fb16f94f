"""Fields that several blocks of a lesson have: actions, conditions, a number that is asked for, a circuit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from playground.document.quantity import KINDS as QUANTITIES
from playground.document.quantity import Quantity
from playground.lessons.actions import read_action
from playground.lessons.conditions import read_condition
from playground.lessons.expressions import quantity_in, read_expression
from playground.lessons.faults import unknown
from playground.lessons.keys import Keys
from playground.lessons.lesson import Action, CircuitQuantity, Condition, Expression
from playground.lessons.targets import MOST_EXAMPLES

Read = TypeVar("Read")

_MOST_DIGITS = 8


@dataclass(slots=True)
class View:
    """What stands in the window at the current place of the file: a circuit, or a network."""

    circuit: Expression | None = None


def line_of(keys: Keys) -> int:
    """Return the line in which the block begins."""
    return keys.block.line - 1


def each(keys: Keys, key: str, read: Callable[[str], Read], *, required: bool = False) -> tuple[Read, ...]:
    """Return what `read` makes of each text of a list; what it refuses is a fault of that line."""
    made = []
    for text in keys.texts(key, required=required, is_markdown=False):
        with keys.faults.at(keys.line(key, text), f"{key}: "):
            made.append(read(text))
    return tuple(made)


def actions_of(keys: Keys, key: str, *, required: bool = False) -> tuple[Action, ...]:
    """Return the actions of a list."""
    return each(keys, key, lambda text: read_action(text, keys.line(key, text)), required=required)


def condition_of(keys: Keys, key: str, *, required: bool = False) -> Condition | None:
    """Return the condition of a text; None where there is none, or it is a fault."""
    text = keys.text(key, required=required, is_markdown=False)
    if text:
        with keys.faults.at(keys.line(key), f"{key}: "):
            return read_condition(text)
    return None


def quantity_of(keys: Keys, view: View, *, required: bool) -> Quantity | CircuitQuantity | None:
    """Return the number that is asked for: of the block's own circuit, else of what stands in the window."""
    of = keys.text("of", required=required, is_markdown=False)
    at = keys.text("at", is_markdown=False)
    example = keys.whole("example", 0, MOST_EXAMPLES) if "example" in keys else None
    expression = expression_of(keys) or view.circuit
    if not of:
        return None
    if expression is None and of not in QUANTITIES:
        keys.line_fault("of", "{unknown}", unknown=unknown(of, QUANTITIES, "quantity"))
        return None
    try:
        return Quantity(of, at, example) if expression is None else quantity_in(expression, of, at)
    except ValueError as error:
        field = str(error).partition(":")[0]
        keys.faults.add(keys.line(field if field in keys else "of"), "{error}", error=error)
        return None


def expression_of(keys: Keys) -> Expression | None:
    """Return the circuit of a block, with the values of its inputs."""
    text, given = keys.text("circuit", is_markdown=False), keys.raw("with")
    if given is not None and (not text or not isinstance(given, dict)):
        keys.line_fault(
            "with", "it gives the inputs of circuit their values: with = {example}", example="{ x = -2, y = 5 }"
        )
    elif text:
        with keys.faults.at(keys.line("circuit"), "circuit: "):
            return read_expression(text, given or {})
    return None


def digits_of(keys: Keys) -> int | None:
    """Return to how many digits an answer is asked; None where the answer says it."""
    return keys.whole("digits", 0, _MOST_DIGITS) or None
