"""Decision lines of the first hidden layer, w·x + b = 0, and contours of its confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.analysis import plane
from playground.analysis.contours import contour, joined
from playground.engine.losses import Loss

Floats = NDArray[np.float64]
LEADS = (0.5, 0.9)
SURENESS = (0.5, 0.75, 0.9)
_LARGEST = 1e30
"""Scores beyond it count as it, so that differences of float32 stay finite."""


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """A contour: the level, whether it is the decision itself, and its points (n, 2) with NaN rows between."""

    value: float
    is_decision: bool
    points: Floats


def line_in_box(
    weights: tuple[float, float], bias: float, left: float, right: float, bottom: float, top: float
) -> Floats:
    """Return both ends (2, 2) of w₁x₁ + w₂x₂ + b = 0 on the plane shown; shape (0, 2) where it does not pass.

    A neuron without weights has no line.
    """
    w = np.array(weights, dtype=np.float64)
    size = float(np.hypot(*w))
    if not np.isfinite(size) or size < 1e-300 or not np.isfinite(bias):
        return np.zeros((0, 2))
    normal = w / size
    foot, along = -bias / size * normal, np.array([-normal[1], normal[0]])
    first, last = -np.inf, np.inf
    ends = (left, right), (bottom, top)
    for at, step, (low, high) in zip(foot.tolist(), along.tolist(), ends, strict=True):
        if abs(step) < 1e-12:
            if not low <= at <= high:
                return np.zeros((0, 2))
            continue
        entry, leaving = sorted(((low - at) / step, (high - at) / step))
        first, last = max(first, entry), min(last, leaving)
    if first >= last:
        return np.zeros((0, 2))
    return np.stack((foot + first * along, foot + last * along))


def boundary_fields(outputs: NDArray[Any], loss: Loss, n_classes: int, middle: float = 0.0) -> list[NDArray[Any]]:
    """Return fields (n,) that are 0 where the decision changes, from network outputs (n_outputs, n).

    Two classes: the lead of class 1. More: each class's score minus the best of the others. Regression:
    the value minus `middle`.
    """
    if n_classes == 0:
        return [outputs[0] - middle]
    if n_classes == 2:
        return [plane.lead_of_class_1(outputs, loss)]
    finite = np.clip(np.nan_to_num(outputs), -_LARGEST, _LARGEST)
    ordered = np.sort(finite, axis=0)
    best, second = ordered[-1], ordered[-2]
    return [scores - np.where(scores == best, second, best) for scores in finite]


def decision(
    outputs: NDArray[Any], loss: Loss, n_classes: int, x: Floats, y: Floats, middle: float = 0.0
) -> tuple[Floats, ...]:
    """Return the lines where the decision changes, each (n, 2), from outputs (n_outputs, rows·columns)."""
    shape = (len(y), len(x))
    fields = boundary_fields(outputs, loss, n_classes, middle)
    chains = [chain for field in fields for chain in contour(field.reshape(shape), 0.0, x, y)]
    return tuple(chains)


def confidence(
    outputs: NDArray[Any],
    loss: Loss,
    n_classes: int,
    x: Floats,
    y: Floats,
    middle: float = 0.0,
    spread: float = 1.0,
) -> tuple[Level, ...]:
    """Return contours of the confidence of the network, the decision first.

    Two classes: where the lead of class 1 is ±0.5 and ±0.9. More: where the winner's probability is 0.5, 0.75, 0.9.
    Regression: where the value is `middle`, and half and nine tenths of `spread` away from it.
    """
    shape = (len(y), len(x))
    lines = [
        Level(middle if n_classes == 0 else 0.0, True, joined(list(decision(outputs, loss, n_classes, x, y, middle))))
    ]
    levels: tuple[float, ...]
    if n_classes > 2:
        field, levels = loss.confidence(outputs), SURENESS
    elif n_classes == 2:
        field, levels = plane.lead_of_class_1(outputs, loss), tuple(s * v for s in (-1.0, 1.0) for v in LEADS)
    else:
        field, levels = outputs[0], tuple(middle + s * v * spread for s in (-1.0, 1.0) for v in LEADS)
    for level in levels:
        lines.append(Level(level, False, joined(contour(np.reshape(field, shape), level, x, y))))
    return tuple(line for line in lines if len(line.points))
