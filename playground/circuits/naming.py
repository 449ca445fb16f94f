"""The names of the values of a circuit: inputs by their own, the result f, inner values q or q1, q2, …."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from playground.circuits.gates import CONSTANT, INPUT
from playground.circuits.graph import Circuit
from playground.circuits.numerals import factor, numeral
from playground.engine.notation import subscript

_TWICE = re.compile(r"(\(|, )\((−[^()]+)\)(?=[,)])")
SHOWN = 4
"""How many inputs of a wide gate a formula writes out."""


@lru_cache(maxsize=64)
def names(circuit: Circuit) -> tuple[str, ...]:
    """Return the name of every node; a single inner gate is q, as in the lecture."""
    taken = {node.name for node in circuit.nodes if node.name}
    result = _free("f", taken)
    unnamed = [i for i, n in enumerate(circuit.nodes) if n.is_gate and not n.name and i != circuit.output]
    stem = next(letter for letter in ("q", "g", "h", "gate") if not _clashes(letter, taken) or letter == "gate")
    inner = {i: stem if len(unnamed) == 1 else f"{stem}{k}" for k, i in enumerate(unnamed, start=1)}
    found = []
    for i, node in enumerate(circuit.nodes):
        if node.op == INPUT or node.name:
            found.append(node.name)
        elif node.op == CONSTANT:
            found.append(numeral(node.value))
        else:
            found.append(result if i == circuit.output else inner[i])
    return tuple(found)


def differentiated(circuit: Circuit, upstream: float) -> str:
    """Return the name of what the gradients belong to: the result, or L beyond it where an upstream ∂L/∂f is given.

    A part of the network knows what lies beyond it: the loss of one example, Lᵢ.
    """
    if circuit.beyond:
        return circuit.beyond
    called = names(circuit)
    if upstream == 1.0:
        return called[circuit.output]
    return next(name for name in ("L", "Loss", "the loss") if name not in called)


def local_symbol(circuit: Circuit, i: int, slot: int) -> str:
    """Return ``∂out/∂in₂``: the local gradient of one wire, which a value that branches has several of."""
    return "∂out/∂in" + (subscript(slot + 1) if len(circuit.nodes[i].inputs) > 1 else "")


def written(template: str, inputs: Sequence[str], this: int = 0, out: str = "out") -> str:
    """Fill a formula of the gate table with names or numbers."""
    shown = inputs if len(inputs) <= SHOWN else [*inputs[: SHOWN - 1], "…", inputs[-1]]
    joined = (" + " if template == "{all}" else ", ").join(shown)
    return template.format(x=inputs[0], y=inputs[min(1, len(inputs) - 1)], this=inputs[this], all=joined, out=out)


def plugged(template: str, inputs: Sequence[float], this: int = 0, out: float = 0.0) -> str:
    """Fill a formula of the gate table with numbers; negative ones in parentheses."""
    if len(inputs) > SHOWN and "{all}" not in template:  # a wide gate: only what the formula names
        inputs, this = (inputs[0], inputs[1], inputs[this]), 2
    return bare(written(template, [factor(v) for v in inputs], this, factor(out)))


def bare(text: str) -> str:
    """Return `text` without parentheses round a number that stands alone in others: σ(−2) for σ((−2))."""
    return _TWICE.sub(r"\1\2", text)


def _free(name: str, taken: set[str]) -> str:
    return next(candidate for candidate in (name, "out", "result", "the result") if candidate not in taken)


def _clashes(stem: str, taken: set[str]) -> bool:
    return any(name == stem or (name.startswith(stem) and name[len(stem) :].isdigit()) for name in taken)
