"""Health: dead and saturated units, vanishing and exploding layers, update-to-weight ratios."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import ACTIVATIONS, constants, largest_local
from playground.engine.iteration import TrainingData
from playground.engine.network import LayerLayout, Network
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


class Examination:
    """Looks at a network on the same examples again and again, without dropout; it keeps its buffers.

    Parameters
    ----------
    network : Network
    loss : str or None
        A key of ``LOSSES``; None where no gradients are asked for.
    data : TrainingData
    """

    def __init__(self, network: Network, loss: str | None, data: TrainingData) -> None:
        self._network, self._loss, self._data = network, loss, data
        self._parameters = np.zeros(network.n_parameters)
        self._gradients = None if loss is None else np.zeros(network.n_parameters)
        self._passes: dict[int, Pass] = {}

    @property
    def n_samples(self) -> int:
        """Return the number of examples."""
        return self._data.n_samples

    def look(self, parameters: Floats) -> tuple[tuple[UnitHealth, ...], Floats]:
        """Return the health of each hidden layer's units, and ∂L/∂w of the mean data loss over all examples, flat.

        Shares are NaN of no examples; the gradient is 0 then, and without a loss.
        """
        network, n = self._network, self._data.n_samples
        total, seen = np.zeros(network.n_parameters), [_Seen(layer) for layer in network.layers[:-1]]
        np.copyto(self._parameters, parameters)
        for start in range(0, n, _CHUNK):
            here = self._run(self._data.table[:, start : start + _CHUNK])
            with np.errstate(all="ignore"):
                for layer, units in zip(here.layers[:-1], seen, strict=True):
                    units.add(layer)
                if self._gradients is not None:
                    total += self._gradients
        return tuple(units.health(n) for units in seen), total

    def _run(self, part: Floats) -> Pass:
        here = self._passes.get(part.shape[1])
        if here is None:
            here = Pass(self._network, self._loss, part.shape[1], self._parameters, self._gradients, keep=True)
            self._passes[part.shape[1]] = here
        np.copyto(here.inputs, part[: len(here.inputs)])
        with np.errstate(all="ignore"):
            here.forward()
            if self._gradients is not None:
                np.copyto(here.targets, part[len(here.inputs) :])
                here.share[...] = 1.0 / self._data.n_samples
                here.backward()
        return here


def unit_health(network: Network, parameters: Floats, data: TrainingData) -> tuple[UnitHealth, ...]:
    """Look at every hidden unit's local gradient on all of `data`, without dropout.

    Returns one `UnitHealth` per hidden layer; shares are NaN of no examples.
    """
    return Examination(network, None, data).look(parameters)[0]


class _Seen:
    """What was seen of the units of one layer so far."""

    def __init__(self, layout: LayerLayout) -> None:
        self._zero, self._flat = np.zeros(layout.units), np.zeros(layout.units)
        self._low, self._high = np.full(layout.units, np.inf), np.full(layout.units, -np.inf)
        self._limit = FLAT * largest_local(layout.activation, layout.spec)

    def add(self, layer: LayerBuffers) -> None:
        """See what stands in the buffers of a pass."""
        size = _local(layer)
        np.abs(size, out=size)
        # Sums of bytes: to count along an axis takes NumPy several times as long.
        self._zero += np.add.reduce(size == 0.0, axis=1, dtype=np.intp)
        self._flat += np.add.reduce(size < self._limit, axis=1, dtype=np.intp)
        read = layer.a if layer.layout.is_maxout else layer.z
        np.minimum(self._low, np.minimum.reduce(read, axis=1), out=self._low)
        np.maximum(self._high, np.maximum.reduce(read, axis=1), out=self._high)

    def health(self, n: int) -> UnitHealth:
        """Return it as shares of `n` examples."""
        count = n or float("nan")
        return UnitHealth(self._zero / count, self._flat / count, self._low, self._high)


def _local(layer: LayerBuffers) -> Floats:
    """Return ∂a/∂z, shape (n_units, N); of Maxout, that of the winning piece, which is 1."""
    if layer.layout.is_maxout:
        return np.ones_like(layer.a)
    out = np.empty_like(layer.z)
    entry = ACTIVATIONS[layer.layout.activation]
    entry.local(layer.z, layer.a, out, np.empty_like(out), constants(layer.layout.spec))
    return out


def layer_health(network: Network, record: StepRecord) -> tuple[LayerHealth, ...]:
    """Compare gradient, weights and update of every layer in the step `record`, first layer to output."""
    with np.errstate(all="ignore"):
        gradients = network.matrices(record.gradient)
        last = _norm(gradients[-1])
        return tuple(
            _layer(gradient, last, weights[:, :-1], update[:, :-1])
            for gradient, weights, update in zip(
                gradients, network.matrices(record.before.parameters), network.matrices(record.delta), strict=True
            )
        )


def judged_by(gradient: Floats, network: Network, layers: tuple[LayerHealth, ...]) -> tuple[LayerHealth, ...]:
    """Return `layers` with the ratios, and so the verdicts, of another `gradient`.

    One batch, of a single example maybe, says little about a layer.
    """
    with np.errstate(all="ignore"):
        sizes = [_norm(matrix) for matrix in network.matrices(gradient)]
    return tuple(
        replace(layer, gradient_ratio=_ratio(size, sizes[-1])) for layer, size in zip(layers, sizes, strict=True)
    )


def _layer(gradient: Floats, last: float, weights: Floats, update: Floats) -> LayerHealth:
    weight_norm, update_norm = _norm(weights), _norm(update)
    from_nothing = float("inf") if update_norm else 0.0
    ratio = update_norm / weight_norm if weight_norm else from_nothing
    return LayerHealth(_norm(gradient[:, :-1]), _ratio(_norm(gradient), last), weight_norm, update_norm, ratio)


def _ratio(size: float, last: float) -> float:
    return size / last if last else float("nan")


def _norm(matrix: Floats) -> float:
    return float(np.linalg.norm(matrix))
