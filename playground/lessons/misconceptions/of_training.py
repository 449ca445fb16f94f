"""Exercises on an update: the gradient of a batch, regularization, Δw, and the next weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from playground.engine import optimizers, regularizers
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import OptimizerSpec, TrainingSpec
from playground.lessons.misconceptions.exercise import DIGITS, Exercise, exercise
from playground.lessons.misconceptions.facts import Value


def batch_gradient(symbol: str, terms: ArrayLike, right: float | None = None, digits: int = DIGITS) -> Exercise:
    """Ask for the mean over a batch of the examples' gradients, `terms`."""
    given = np.asarray(terms, dtype=np.float64)
    mean = float(given.mean()) if right is None else right
    return exercise("batch", symbol, mean, {"terms": given, "n": len(given)}, digits, given / len(given))


def regularized(w: float, data: float, training: TrainingSpec, digits: int = DIGITS) -> Exercise:
    """Ask for g, the gradient of the data loss and of λ·R together."""
    pull = float(regularizers.gradient(np.array([w]), np.ones(1), training)[0])
    facts: dict[str, Value] = {
        "data": data,
        "pull": pull,
        "w": w,
        "penalty": training.penalty,
        "formula": regularizers.REGULARIZERS[training.regularizer].derivative,
    }
    asked = "regularized.l2" if training.regularizer == "l2" else "regularized"
    return exercise(asked, "g", data + pull, facts, digits, (data, pull))


def update(
    w: float,
    gradient: float,
    rate: float,
    spec: OptimizerSpec | None = None,
    slots: Sequence[float] = (),
    *,
    right: float | None = None,
    symbol: str = "Δw",
    digits: int = DIGITS,
) -> Exercise:
    """Ask for Δw.

    Parameters
    ----------
    spec : OptimizerSpec, optional
        Plain SGD without it.
    slots : sequence of float
        What the optimizer remembers of this weight: of momentum the velocity.
    right : float, optional
        Δw, where it is known already; the optimizer is asked otherwise.
    """
    spec = spec or OptimizerSpec()
    found = _delta(w, gradient, rate, spec, slots) if right is None else right
    facts: dict[str, Value] = {"w": w, "gradient": gradient, "rate": rate, "formula": OPTIMIZERS[spec.name].formula}
    if spec.name == "momentum":
        facts |= {"momentum": spec.momentum, "velocity": slots[0]}
    asked = {"sgd": "update", "momentum": "update.momentum"}.get(spec.name, "update.other")
    return exercise(asked, symbol, found, facts, digits)


def velocity(gradient: float, rate: float, spec: OptimizerSpec, before: float, digits: int = DIGITS) -> Exercise:
    """Ask for the new velocity of momentum."""
    facts: dict[str, Value] = {
        "gradient": gradient,
        "rate": rate,
        "momentum": spec.momentum,
        "velocity": before,
    }
    right = -_delta(0.0, gradient, rate, spec, (before,)) / rate
    return exercise("velocity", "v", right, facts, digits)


def next_weight(
    w: float, delta: float, gradient: float, rate: float, *, right: float | None = None, symbol: str = "next w",
    digits: int = DIGITS,
) -> Exercise:  # fmt: skip
    """Ask for the weight after the update `delta`."""
    facts: dict[str, Value] = {"w": w, "update": delta, "gradient": gradient, "rate": rate}
    return exercise("next_weight", symbol, w + delta if right is None else right, facts, digits, (w, delta))


def _delta(w: float, gradient: float, rate: float, spec: OptimizerSpec, slots: Sequence[float]) -> float:
    memory = tuple(np.array([slot]) for slot in slots) or OPTIMIZERS[spec.name].fresh_slots(1)
    step = optimizers.bind(np.array([w]), np.array([gradient]), memory, spec)
    step(rate, 1)
    return float(step.delta[0])
