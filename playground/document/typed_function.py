"""A typed function of x₁ as a curve over arrays; parsed by the circuits, never evaluated as code."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.circuits.gates import CONSTANT, INPUT
from playground.circuits.graph import Circuit
from playground.circuits.parser.expression import parse
from playground.engine.spec import require

Floats = NDArray[np.float64]
Curve = Callable[[Floats], Floats]

NAMES = ("x1", "x", "x₁")
HALF = 2.0
_PROBES = 401
_GELU = float(np.sqrt(2.0 / np.pi))


def _sigmoid(v: Floats) -> Floats:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * v)))


def _gelu(v: Floats) -> Floats:
    return np.asarray(0.5 * v * (1.0 + np.tanh(_GELU * (v + 0.044715 * v**3))))


OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": np.add,
    "sum": lambda *v: reduce(np.add, v),
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "power": np.power,
    "negate": np.negative,
    "max": lambda *v: reduce(np.maximum, v),
    "min": lambda *v: reduce(np.minimum, v),
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
    "relu": lambda v: np.maximum(v, 0.0),
    "leaky_relu": lambda v, slope: np.where(v > 0.0, v, slope * v),
    "elu": lambda v, alpha: np.where(v > 0.0, v, alpha * np.expm1(np.minimum(v, 0.0))),
    "softplus": lambda v: np.logaddexp(v, 0.0),
    "gelu": _gelu,
    "silu": lambda v: v * _sigmoid(v),
    "log_sum_exp": lambda *v: reduce(np.logaddexp, v),
}
"""What each gate computes over arrays; the law of each stands in ``circuits.gates``."""


@lru_cache(maxsize=16)
def curve_of(text: str) -> Curve:
    """Return the function x₁ (n,) ↦ x₂ (n,) that `text` says; x₁ may be written x1 or x.

    Raises
    ------
    ValueError
        With the column and the cure when `text` is no expression of x₁ alone, or has no finite value somewhere
        from −2 to 2.
    """
    circuit = parse(text.replace("₁", "1"))
    for name in circuit.inputs:
        require(name in NAMES, f"function: unknown name {name}; write it in x1 alone, such as sin(3 * x1) / 2")
    places = np.linspace(-HALF, HALF, _PROBES)
    wrong = np.flatnonzero(~np.isfinite(_computed(circuit, places)))
    if len(wrong):
        x = f"{places[wrong[0]]:.3g}".replace("-", "−")
        raise ValueError(f"function: no finite value at x₁ = {x}; choose one that has values from −2 to 2")
    return lambda x1: _computed(circuit, x1)


def _computed(circuit: Circuit, x1: Floats) -> Floats:
    values: list[Any] = []
    with np.errstate(all="ignore"):
        for node in circuit.nodes:
            if node.op == INPUT:
                values.append(x1)
            elif node.op == CONSTANT:
                values.append(np.float64(node.value))
            else:
                values.append(OPERATIONS[node.op](*(values[i] for i in node.inputs)))
    return np.array(np.broadcast_to(values[circuit.output], x1.shape), dtype=np.float64)
