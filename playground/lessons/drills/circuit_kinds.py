"""Drills on circuits: gates, branches, and the sigmoid taken apart."""

from __future__ import annotations

from collections.abc import Sequence

from playground.circuits.gates import is_tie
from playground.circuits.graph import Circuit
from playground.circuits.naming import names
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate, forward
from playground.circuits.quiz import backward_quiz
from playground.lessons.drills.draw import Generator, friendly, given, one_of, small
from playground.lessons.drills.drawing import Drawing
from playground.lessons.drills.task import Draft
from playground.lessons.misconceptions.of_circuit import of_circuit

_GATES = (
    ("x + y", "x * y", "x - y", "max(x, y)", "x * y", "min(x, y)"),
    ("(x + y) * z", "x * y + z", "(x - y) * z", "max(x, y) * z", "x * y - z", "x * max(y, z)"),
    ("(x + y) * z - w", "x * y + max(z, w)", "(x + y) * (z - w)", "max(x, y) * z + w", "x ** 2 * y + z", "x / y + z"),
    ("(x * y + z) * max(v, w)", "(x + y) * (z - w) / v", "max(x * y, z) * w - v", "(x - y) ** 2 * z + w * v"),
)
_BRANCHES = (
    ("x * y + x", "x * x", "x * y - x", "(x + y) * x"),
    ("(x + y) * (x - y)", "x * y + x * z", "max(x, y) * 2 + x", "x * x + x * y"),
    ("q = x * y; q * x + q", "q = x + y; q * z + q * x", "q = x - y; q * q + x"),
    ("q = x * y + z; q * q + x * z", "q = x + y; max(q, z) * q + x", "q = x * y; q * z - q * x + y"),
)
_SIGMOIDS = (
    ("sigmoid(x)", "tanh(x)"),
    ("sigmoid(w * x + b)", "tanh(w * x + b)", "sigmoid(w * x) * v"),
    ("1 / (1 + exp(-x))", "1 / (1 + exp(-(x + b)))"),
    ("1 / (1 + exp(-(w * x + b)))", "v * sigmoid(w * x + b) + c"),
)


def gates(rng: Generator, level: int) -> Draft:
    """Draw one gate, or several in a row."""
    return _task(rng, level, one_of(rng, *_GATES[level - 1]), "Gates: what each input gets back")


def branches(rng: Generator, level: int) -> Draft:
    """Draw a circuit in which a value is used more than once."""
    return _task(rng, level, one_of(rng, *_BRANCHES[level - 1]), "Branches: a value that is used more than once")


def sigmoid(rng: Generator, level: int) -> Draft:
    """Draw a sigmoid or tanh as one gate, or in stages."""
    expression = one_of(rng, *_SIGMOIDS[level - 1])
    inputs = parse(expression).inputs
    values = dict(zip(inputs, small(rng, len(inputs)), strict=True))
    upstream = float(rng.integers(2, 6)) * float(rng.choice([-1.0, 1.0]))
    return _draft(expression, values, upstream, "A curve on the way: its slope at this place")


def _task(rng: Generator, level: int, expression: str, title: str) -> Draft:
    circuit = parse(expression)
    while True:
        *numbers, upstream = friendly(rng, level, len(circuit.inputs) + 1)
        values = dict(zip(circuit.inputs, numbers, strict=True))
        if upstream != 1.0 and not _has_tie(circuit, forward(circuit, values)):
            return _draft(expression, values, upstream, title)


def _has_tie(circuit: Circuit, values: Sequence[float]) -> bool:
    return any(node.is_gate and is_tie(node.op, [values[j] for j in node.inputs]) for node in circuit.nodes)


def _draft(expression: str, values: dict[str, float], upstream: float, title: str) -> Draft:
    """Return the whole way through a circuit: every value, then the backward pass."""
    circuit = parse(expression)
    numbers = evaluate(circuit, values, upstream)
    keys = [(i, "value") for i, node in enumerate(circuit.nodes) if node.is_gate]
    made = [(key, of_circuit(circuit, numbers, *key)) for key in (*keys, *backward_quiz(circuit, numbers).asked)]
    steps = {key: step for key, step in made if step is not None}
    result = names(circuit)[circuit.output]
    *before, last = expression.split("; ")
    lines = ("; ".join([*before, f"{result} = {last}"]), given(values), given({f"∂L/∂{result}": upstream}))
    return Draft(title, lines, tuple(steps.values()), Drawing(circuit, values, upstream, tuple(steps)))
