"""From numbers over the plane to indices into colour tables: 128 is zero, 255 the scale, 0 its negative.

Images have shape (size, size); rows run from the top of the plane (largest x₂) to the bottom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import losses
from playground.engine.losses import Loss

Floats = NDArray[Any]
_LOW, _HIGH = np.float32(-127.0), np.float32(127.0)


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """What the output plane shows: indices (n,), and the table that they are for.

    ``kind`` is ``"value"`` (two classes or a value: 128 is the boundary or the middle) or ``"classes"``
    (class · 256 + confidence).
    """

    indices: NDArray[np.uint16]
    kind: str


def grid(left: float, right: float, bottom: float, top: float, size: int) -> NDArray[np.float64]:
    """Return the centres of size × size cells over the plane, row by row from the top, (size², 2)."""
    across, up = (low + (high - low) / size * (np.arange(size) + 0.5) for low, high in ((left, right), (bottom, top)))
    x, y = np.meshgrid(across, up[::-1])
    return np.column_stack([x.ravel(), y.ravel()])


def steady_scale(largest: float, least: float = 1.0) -> float:
    """Return a power of two at or above `largest` and `least`, so that colours do not flicker from frame to frame.

    For what is larger than every power of two it is the largest of them.
    """
    if not math.isfinite(largest) or largest <= least:
        return least
    return 2.0 ** min(math.ceil(math.log2(largest)), np.finfo(np.float64).maxexp - 1)


def levels(values: Floats, scale: float) -> NDArray[np.uint8]:
    """Return indices 0…255 of `values`, of their shape; NaN counts as the low end."""
    with np.errstate(all="ignore"):  # what overflows is as far out as any picture shows
        scaled = np.multiply(values, 127.0 / scale).astype(np.float32, copy=False)
    np.fmax(scaled, _LOW, out=scaled)
    np.fmin(scaled, _HIGH, out=scaled)
    scaled += 128.5
    return scaled.astype(np.uint8)


def decision(outputs: Floats, loss: Loss, n_classes: int, middle: float = 0.0, spread: float = 1.0) -> Decision:
    """Return the picture of network outputs of shape (n_outputs, n).

    Two classes show the lead of class 1 over class 0: p₂ − p₁ of softmax and logistic, s₂ − s₁ of hinge, a of
    squared error. Regression shows the value, `middle` ± `spread` being the ends.
    """
    if n_classes == 0:
        return Decision(levels(outputs[0] - middle, spread).astype(np.uint16), "value")
    if n_classes == 2:
        return Decision(levels(lead_of_class_1(outputs, loss), 1.0).astype(np.uint16), "value")
    sure = np.clip(np.nan_to_num(loss.confidence(outputs)), 0.0, 1.0)
    winner = loss.predict(outputs)
    return Decision((winner * 256 + np.rint(sure * 255)).astype(np.uint16), "classes")


def lead_of_class_1(outputs: Floats, loss: Loss) -> Floats:
    """Return by how much class 1 leads class 0, (n,): −1 … 1 where the loss gives probabilities."""
    if loss.name == "softmax":
        p = losses.softmax_probabilities(outputs)
        return np.asarray(p[1] - p[0])
    if loss.name == "logistic":
        return np.asarray(2.0 * losses.logistic_probabilities(outputs)[0] - 1.0)
    if outputs.shape[0] == 1:
        return np.asarray(outputs[0])
    return np.asarray(outputs[1] - outputs[0])
