"""Expressions: the circuit of a typed expression with the values of its inputs, and the numbers that it has."""

from __future__ import annotations

from collections.abc import Mapping

from playground.circuits.gates import CONSTANT, GATES, INPUT
from playground.circuits.graph import Circuit
from playground.circuits.naming import names
from playground.circuits.parser.expression import parse
from playground.circuits.passes import Evaluation, check_inputs, evaluate, forward
from playground.engine.messages import message
from playground.lessons.faults import unknown
from playground.lessons.lesson import CircuitQuantity, Expression
from playground.lessons.typed_numbers import read_number

_MOST = 1e100
_NUDGE = 1e-6
_OF = {"value": "value", "gradient": "gradient", "downstream": "gradient", "upstream": "gradient"}
"""What a named number of a circuit can be; ∂f/∂q is what q is sent from above, and sends back."""


def read_expression(text: str, given: Mapping[str, object]) -> Expression:
    """Return the expression `text` with its inputs as `given`, which the text may give itself: ``x = -2``.

    Raises
    ------
    ValueError
        A sentence with the cure.
    """
    circuit = parse(text)
    for name, value in given.items():
        if type(value) not in (int, float) or not -_MOST <= value <= _MOST:  # type: ignore[operator]
            raise ValueError(message("{name}: expected a number such as -2", name=name))
    values = {**circuit.given, **{name: float(value) for name, value in given.items()}}  # type: ignore[arg-type]
    check_inputs(circuit, values)
    evaluate(circuit, values)
    return Expression(text, tuple(values.items()))


def read_typed_expression(text: str) -> Expression:
    """Return what ``(x + y) * z with x = -2, y = 5, z = -4`` says."""
    expression, _, rest = text.partition(" with ")
    given = {}
    for part in rest.split(",") if rest.strip() else ():
        name, _, number = part.partition("=")
        given[name.strip()] = read_number(number)
    return read_expression(expression.strip(), given)


def with_input(expression: Expression, name: str, value: float) -> Expression:
    """Return `expression` with another value of one input; ValueError where it has no such input."""
    if name not in dict(expression.inputs):
        raise ValueError(unknown(name, dict(expression.inputs), "input"))
    return Expression(expression.text, tuple((n, value if n == name else v) for n, v in expression.inputs))


def quantity_in(expression: Expression, of: str, at: str) -> CircuitQuantity:
    """Return the number `of` the input or gate `at`; ValueError where there is none."""
    if of not in _OF:
        raise ValueError(message("of: expected one of {known}, got {of!r}", known="value, gradient", of=of))
    found = CircuitQuantity(_OF[of], at, expression)
    place_in(found)
    return found


def opened(expression: Expression) -> tuple[Circuit, Evaluation]:
    """Return the circuit and its numbers."""
    circuit = parse(expression.text)
    return circuit, evaluate(circuit, dict(expression.inputs))


def place_in(quantity: CircuitQuantity) -> int:
    """Return the node of the circuit that `quantity` is about; ValueError where it has none."""
    circuit = parse(quantity.expression.text)
    known = {name: i for i, name in enumerate(names(circuit))}
    if quantity.at not in known:
        raise ValueError(message("at: {unknown}", unknown=unknown(quantity.at, known, "input or named value")))
    return known[quantity.at]


def value_in_circuit(quantity: CircuitQuantity) -> float:
    """Return the number; ValueError where there is no derivative."""
    _, evaluation = opened(quantity.expression)
    found = (evaluation.values if quantity.of == "value" else evaluation.gradients)[place_in(quantity)]
    if found is None:
        raise ValueError(message("at: there is no gradient of {at} here: a gate stands at a kink", at=quantity.at))
    return found


def by_nudging(quantity: CircuitQuantity) -> float | None:
    """Return a gradient by central differences, the value of its node nudged; None for a value."""
    if quantity.of == "value":
        return None
    circuit, at = parse(quantity.expression.text), place_in(quantity)
    inputs = dict(quantity.expression.inputs)
    h = _NUDGE * max(1.0, abs(forward(circuit, inputs)[at]))
    return (_nudged(circuit, inputs, at, h) - _nudged(circuit, inputs, at, -h)) / (2.0 * h)


def _nudged(circuit: Circuit, inputs: Mapping[str, float], at: int, by: float) -> float:
    """Return the result of `circuit` with `by` added to the value of node `at`."""
    values: list[float] = []
    for i, node in enumerate(circuit.nodes):
        if node.op == INPUT:
            value = inputs[node.name]
        elif node.op == CONSTANT:
            value = node.value
        else:
            value = GATES[node.op].forward([values[j] for j in node.inputs])
        values.append(value + (by if i == at else 0.0))
    return values[circuit.output]
