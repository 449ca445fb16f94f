"""How each number of a gate's card is computed, in words; a hidden number is written as "?"."""

from __future__ import annotations

from collections.abc import Mapping

from widgets.controls.judgement import Judgement
from widgets.style import numbers
from widgets.values import GateReading

Known = Mapping[str, float | None]
"""The numbers of a card by name; None for one that is hidden or not computed."""
_LONGEST_ANSWER = 20


def verdict(reading: GateReading, which: str, typed: str, judgement: Judgement, known: Known) -> str:
    """Return what to show after number `which` was answered."""
    answer = typed[:_LONGEST_ANSWER]
    if judgement == "unreadable":
        return f"✗ “{answer}” is not a number. Type one such as −0.25 or 3e-2."
    why = derivation(reading, which, known)
    return f"✓ Right. {why}" if judgement == "right" else f"✗ {answer} is not it, try again. {why}"


def derivation(reading: GateReading, which: str, known: Known) -> str:
    """Return how number `which` is computed."""
    kind, _, slot = which.partition("_")
    result = _written(known, which)
    if kind == "upstream" and len(reading.upstream_terms) > 1:
        terms = " + ".join(_written(known, f"term_{k}") for k in range(len(reading.upstream_terms)))
        return f"upstream = sum over the branches = {terms} = {result}"
    if kind == "downstream":
        product = f"{_written(known, f'upstream_{slot}')} × {_written(known, f'local_{slot}')}"
        return f"downstream = upstream × local = {product} = {result}"
    if kind == "local":
        return f"{reading.factors[int(slot)].local_formula} = {result}"
    if which == "value":
        formula = gate_formula(reading, is_hidden=known[which] is None)
        return f"{formula} = {result}" if known[which] is None else formula
    return f"It comes from the gate beside this one: {result}"


def gate_formula(reading: GateReading, *, is_hidden: bool) -> str:
    """Return the formula of the gate, without the numbers after its second "=" while its value is hidden."""
    parts = reading.formula.split(" = ")
    return " = ".join(parts[:2]) if is_hidden else reading.formula


def local_formula(reading: GateReading, slot: int, *, is_hidden: bool) -> str:
    """Return the formula of a local gradient, with the numbers plugged in unless it is hidden."""
    factor = reading.factors[slot]
    if not is_hidden and factor.local is None and factor.local_numbers:  # why it does not exist
        return f"{factor.local_formula} {factor.local_numbers}"
    is_plain = is_hidden or factor.local is None or not factor.local_numbers
    if is_plain or factor.local_formula.endswith(f" = {factor.local_numbers}"):
        return factor.local_formula
    return f"{factor.local_formula} = {factor.local_numbers}"


def _written(known: Known, which: str) -> str:
    number = known[which]
    return "?" if number is None else numbers.bracketed(number)
