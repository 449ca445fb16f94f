"""A typed function of x₁ as a curve over arrays; parsed by the circuits, never evaluated as code."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from playground.circuits.gates import CONSTANT, GATES, INPUT
from playground.circuits.graph import Circuit
from playground.circuits.parser.expression import parse
from playground.engine.messages import message
from playground.engine.spec import require

Floats = NDArray[np.float64]
Curve = Callable[[Floats], Floats]

NAMES = ("x1", "x", "x₁")
HALF = 2.0
_PROBES = 401


@lru_cache(maxsize=16)
def curve_of(text: str) -> Curve:
    """Return the function x₁ (n,) ↦ x₂ (n,) that `text` describes; x₁ may be written x1 or x.

    Raises
    ------
    ValueError
        With the column and the cure when `text` is not an expression of x₁ alone, or has no finite value somewhere
        from −2 to 2.
    """
    circuit = parse(text.replace("₁", "1"))
    for name in circuit.inputs.keys() - circuit.given.keys():
        template = "function: unknown name {name}; write it in x1 alone, such as sin(3 * x1) / 2"
        require(name in NAMES, message(template, name=name))
    places = np.linspace(-HALF, HALF, _PROBES)
    wrong = np.flatnonzero(~np.isfinite(_computed(circuit, places)))
    if len(wrong):
        x = f"{places[wrong[0]]:.3g}".replace("-", "−")
        raise ValueError(message("function: no finite value at x₁ = {x}; choose one that has values from −2 to 2", x=x))
    return lambda x1: _computed(circuit, x1)


def _computed(circuit: Circuit, x1: Floats) -> Floats:
    values: list[Floats] = []
    with np.errstate(all="ignore"):
        for node in circuit.nodes:
            if node.op == INPUT:
                values.append(x1 if node.given is None else np.full(x1.shape, node.given))
            elif node.op == CONSTANT:
                values.append(np.full(x1.shape, node.value))
            else:
                values.append(GATES[node.op].forward([values[i] for i in node.inputs]))
    return np.array(values[circuit.output])
