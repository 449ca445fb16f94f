"""Health: dead and saturated units, vanishing and exploding layers, update-to-weight ratios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import ACTIVATIONS, constants, largest_local
from playground.engine.iteration import TrainingData
from playground.engine.network import Network
from playground.engine.passes import LayerBuffers, Pass
from playground.engine.record import StepRecord

Floats = NDArray[np.float64]

SATURATED_SHARE = 0.95
"""A unit is saturated when more than this share of the examples is flat there."""
FLAT = 0.01
"""Flat means |∂a/∂z| below this share of its largest value."""
VANISHING = 1e-3
"""A layer vanishes when its gradient norm is below this share of the last layer's."""
EXPLODING = 1e3
"""A layer explodes when its gradient norm is above this multiple of the last layer's."""

_CHUNK = 2048


@dataclass(frozen=True, slots=True, eq=False)
class UnitHealth:
    """The units of one hidden layer over the training set."""

    # Share of examples whose local gradient is exactly 0; a unit is dead at 1. A Maxout unit always has a winning
    # piece, so its share is 0; shape (n_units,).
    zero_share: Floats
    flat_share: Floats  # share of examples with |∂a/∂z| below 1 % of its largest value; shape (n_units,)
    lowest: Floats  # smallest z of any example; shape (n_units,)
    highest: Floats  # largest z; shape (n_units,)

    @property
    def dead(self) -> NDArray[np.bool_]:
        """Units that no example moves."""
        return np.asarray(self.zero_share == 1.0)

    @property
    def saturated(self) -> NDArray[np.bool_]:
        """Units that are flat on more than 95 % of the examples, and not dead."""
        return np.asarray((self.flat_share > SATURATED_SHARE) & ~self.dead)


@dataclass(frozen=True, slots=True)
class LayerHealth:
    """One layer of weights in one update.

    Attributes
    ----------
    weight_norm, update_norm : float
        ‖W‖ and ‖ΔW‖, without biases.
    """

    gradient_norm: float  # ‖g‖ of the update gradient, without biases
    # The ratio of ‖g‖, biases included, to the last layer's; NaN when that is 0. Zero weights let no gradient
    # through to a matrix, but one to the last biases.
    gradient_ratio: float
    weight_norm: float
    update_norm: float
    update_ratio: float  # ‖ΔW‖ / ‖W‖; around 1e-3 is healthy. 0 when nothing moves, infinite from zero weights

    @property
    def verdict(self) -> str:
        """``"vanishing"``, ``"exploding"`` or ``""``."""
        if self.gradient_ratio < VANISHING:
            return "vanishing"
        return "exploding" if self.gradient_ratio > EXPLODING else ""


def unit_health(network: Network, parameters: Floats, data: TrainingData) -> tuple[UnitHealth, ...]:
    """Look at every hidden unit's local gradient on all of `data`, without dropout.

    Returns one `UnitHealth` per hidden layer; shares are NaN of no examples.
    """
    n, hidden = data.n_samples, network.layers[:-1]
    zeros = [np.zeros(layer.units) for layer in hidden]
    flats = [np.zeros(layer.units) for layer in hidden]
    lows = [np.full(layer.units, np.inf) for layer in hidden]
    highs = [np.full(layer.units, -np.inf) for layer in hidden]
    for start in range(0, n, _CHUNK):
        part = data.table[: network.spec.n_inputs + 1, start : start + _CHUNK]
        here = Pass(network, None, part.shape[1], parameters, keep=True)
        np.copyto(here.inputs, part)
        with np.errstate(all="ignore"):
            here.forward()
            for layer, zero, flat, low, high in zip(here.layers[:-1], zeros, flats, lows, highs, strict=True):
                size = np.abs(_local(layer))
                zero += np.count_nonzero(size == 0.0, axis=1)
                limit = FLAT * largest_local(layer.layout.activation, layer.layout.spec)
                flat += np.count_nonzero(size < limit, axis=1)
                read = layer.a if layer.layout.is_maxout else layer.z
                np.minimum(low, read.min(axis=1), out=low)
                np.maximum(high, read.max(axis=1), out=high)
    count = n or float("nan")
    shares = ((zero / count, flat / count) for zero, flat in zip(zeros, flats, strict=True))
    return tuple(UnitHealth(*two, low, high) for two, low, high in zip(shares, lows, highs, strict=True))


def _local(layer: LayerBuffers) -> Floats:
    """Return ∂a/∂z, shape (n_units, N); of Maxout, that of the winning piece, which is 1."""
    if layer.layout.is_maxout:
        return np.ones_like(layer.a)
    out = np.empty_like(layer.z)
    entry = ACTIVATIONS[layer.layout.activation]
    entry.local(layer.z, layer.a, out, np.empty_like(out), constants(layer.layout.spec))
    return out


def mean_gradient(network: Network, loss: str, parameters: Floats, data: TrainingData) -> Floats:
    """Return ∂L/∂w of the mean data loss over all of `data`, flat, without dropout; zeros of no examples."""
    total = np.zeros(network.n_parameters)
    for start in range(0, data.n_samples, _CHUNK):
        part = data.table[:, start : start + _CHUNK]
        gradients = np.zeros(network.n_parameters)
        here = Pass(network, loss, part.shape[1], parameters, gradients)
        np.copyto(here.batch, part)
        here.share[...] = 1.0 / data.n_samples
        with np.errstate(all="ignore"):
            here.forward()
            here.backward()
            total += gradients
    return total


def layer_health(network: Network, record: StepRecord, gradient: Floats | None = None) -> tuple[LayerHealth, ...]:
    """Compare gradient, weights and update of every layer in the step `record`, first layer to output.

    The ratios, and so the verdicts, are those of `gradient` where it is given: one batch, of a single example maybe,
    says little about a layer.
    """
    with np.errstate(all="ignore"):
        judged = network.matrices(record.gradient if gradient is None else gradient)
        last = float(np.linalg.norm(judged[-1]))
        return tuple(
            _layer(step, float(np.linalg.norm(by)), last, weights[:, :-1], update[:, :-1])
            for step, by, weights, update in zip(
                network.matrices(record.gradient), judged, network.matrices(record.before.parameters),
                network.matrices(record.delta), strict=True,
            )
        )  # fmt: skip


def _layer(gradients: Floats, size: float, last: float, weights: Floats, update: Floats) -> LayerHealth:
    weight_norm, update_norm = float(np.linalg.norm(weights)), float(np.linalg.norm(update))
    from_nothing = float("inf") if update_norm else 0.0
    ratio = update_norm / weight_norm if weight_norm else from_nothing
    gradient_ratio = size / last if last else float("nan")
    return LayerHealth(float(np.linalg.norm(gradients[:, :-1])), gradient_ratio, weight_norm, update_norm, ratio)
