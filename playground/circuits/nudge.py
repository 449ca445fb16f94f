"""What a gradient predicts: f(x + ε) − f(x) ≈ gradient × ε, and the error of the prediction."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from playground.circuits.graph import Circuit, CircuitError
from playground.circuits.passes import evaluate, forward
from playground.engine.messages import message

EPSILONS = tuple(10.0 ** (-k / 2) for k in range(31))
"""From 1 down to 1e-15, two to a decade."""


@dataclass(frozen=True, slots=True)
class NudgeReading:
    """One nudge of one input, and the error of the slope over many ε.

    Attributes
    ----------
    value, nudged, difference : float
        f(x), f(x + ε), f(x + ε) − f(x).
    gradient, predicted : float
        ∂f/∂x, and gradient × ε.
    """

    name: str
    epsilon: float
    value: float
    nudged: float
    difference: float
    gradient: float
    predicted: float
    error: float  # |difference − predicted|
    # Shrinks with ε until rounding takes over and it grows again; an ε with which f has no value is left out.
    errors: tuple[tuple[float, float], ...]


def nudge(circuit: Circuit, inputs: Mapping[str, float], name: str, epsilon: float) -> NudgeReading:
    """Change input `name` by `epsilon` and compare with what its gradient predicts (for ∂L/∂f = 1).

    Raises
    ------
    CircuitError
        If there is no such input, `epsilon` is 0 or not finite, or f has no value at x + ε.
    """
    if name not in circuit.inputs:
        raise CircuitError(
            message(
                "{name} is not an input of this circuit; its inputs: {known}",
                name=name,
                known=", ".join(circuit.inputs),
            )
        )
    if not math.isfinite(epsilon) or epsilon == 0.0:
        raise CircuitError(message("ε: expected a finite number other than 0, got {epsilon}", epsilon=epsilon))
    numbers = evaluate(circuit, inputs)
    value, gradient = numbers.values[circuit.output], numbers.gradients[circuit.inputs[name]]
    if gradient is None:
        raise CircuitError(message("∂f/∂{name} does not exist here; there is nothing to predict with", name=name))
    nudged = _at(circuit, inputs, name, epsilon)
    errors = []
    for small in EPSILONS:
        try:
            slope = (_at(circuit, inputs, name, small) - value) / small
        except CircuitError:
            continue
        if math.isfinite(slope):
            errors.append((small, abs(slope - gradient)))
    predicted = gradient * epsilon
    difference = nudged - value
    return NudgeReading(
        name, epsilon, value, nudged, difference, gradient, predicted, abs(difference - predicted), tuple(errors)
    )


def _at(circuit: Circuit, inputs: Mapping[str, float], name: str, epsilon: float) -> float:
    return forward(circuit, {**inputs, name: inputs[name] + epsilon})[circuit.output]
