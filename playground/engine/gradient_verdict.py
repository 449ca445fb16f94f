"""The verdict on one gradient: slopes by a difference quotient and by a complex step, and what they say of backprop.

A difference quotient can be off although backprop is right: a kink lies within ε (ReLU at 0, a Maxout or hinge
changing sides), the difference is smaller than the rounding error of the losses, or ε is too large for their
curvature. So where the two disagree, or a kink was crossed, the slope is taken by a *complex step*, Im L(w + ih) / h
with h = 1e-200: forward passes alone, without a difference of nearly equal numbers, without a curvature term, and
with every kink on the side that w is on. Backprop is called wrong only where this slope contradicts it by more than
rounding can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import regularizers
from playground.engine.activations import ACTIVATIONS
from playground.engine.iteration import TrainingData
from playground.engine.layers import Op
from playground.engine.network import LayerLayout, Network
from playground.engine.passes import LayerBuffers, Pass
from playground.engine.spec import TrainingSpec

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

TOLERANCE = 1e-5
_FLOOR = 1e-5
_STEP = 1e-200
_BITS = 8.0 * float(np.finfo(float).eps)
_NEIGHBOURS = 8
_SAFETY = 8.0


class Finding(IntEnum):
    """What the check found at a parameter; the later, the worse."""

    AGREES = 0
    KINK = 1
    ROUNDING = 2
    CURVATURE = 3
    NOT_FINITE = 4
    WRONG = 5

    @property
    def words(self) -> str:
        """Return the finding in words, as tables show it."""
        return {Finding.ROUNDING: "below rounding"}.get(self, self.name.lower().replace("_", " "))


Tamper = Callable[[LayerBuffers], Op | None]


def backprop_gradient(
    network: Network, training: TrainingSpec, data: TrainingData, parameters: Array, tamper: Tamper
) -> Array:
    """Return the gradient of the full loss, flat, by one forward and one backward pass."""
    gradients = np.zeros(network.n_parameters)
    here = Pass(network, training.loss, data.n_samples, parameters.copy(), gradients, tamper=tamper)
    np.copyto(here.batch, data.table)
    with np.errstate(all="ignore"):
        here.forward()
        here.backward()
        return gradients + regularizers.gradient(parameters, network.weight_mask, training)


def relative_errors(backprop: Array | float, numeric: Array | float) -> Array:
    """Return |backprop − numeric| over the larger of both, which counts as 1e-5 at least."""
    with np.errstate(all="ignore"):
        scale = np.maximum(np.maximum(np.abs(backprop), np.abs(numeric)), _FLOOR)
        return np.asarray(np.abs(backprop - numeric) / scale)


def _is_kinked(layout: LayerLayout) -> bool:
    return not layout.is_maxout and ACTIVATIONS[layout.activation].kinked


def _blur(rng: np.random.Generator, tamper: Tamper, output: int) -> Tamper:
    """Return `tamper`, and what changes every local gradient, and that of the loss, by some last bits of 1.

    Rounding does that: in 1 − a² and a·(1 − a) near a flat end, in p − t of a sure prediction.
    """

    def blur(buffers: LayerBuffers) -> Op:
        first, delta, upstream = tamper(buffers), buffers.delta, buffers.upstream
        is_local = delta.shape == upstream.shape and delta is not upstream
        share = 1.0 / delta.shape[1] if buffers.layout.index == output else 0.0

        def blurred() -> None:
            if first is not None:
                first()
            size = np.abs(upstream) + share if is_local else share
            np.add(delta, rng.uniform(-_BITS, _BITS, delta.shape) * size, delta)

        return blurred

    return blur


class _Forward:
    """Losses of every example, and the side of every kink that it is on, with one parameter moved.

    Attributes
    ----------
    losses, sides : arrays
        Of the unmoved parameters, shapes (N,) and (n_kinks, N).
    """

    def __init__(
        self, network: Network, training: TrainingSpec, data: TrainingData, parameters: Array, dtype: type
    ) -> None:
        self._parameters: NDArray[Any] = parameters.astype(dtype)
        self._pass = Pass(network, training.loss, data.n_samples, self._parameters, keep=True, dtype=dtype)
        np.copyto(self._pass.batch, data.table)
        self._kinked = [layer for layer in self._pass.layers if _is_kinked(layer.layout)]
        self._maxouts = [layer for layer in self._pass.layers if layer.layout.is_maxout]
        self.losses, self.sides = self._measure()

    def at(self, index: int, step: complex) -> tuple[NDArray[Any], Flags]:
        """Return the losses, and which examples cross a kink, with parameter `index` moved by `step`."""
        unmoved = self._parameters[index]
        self._parameters[index] = unmoved + step
        losses, sides = self._measure()
        self._parameters[index] = unmoved
        return losses, np.asarray(np.not_equal(sides, self.sides).any(axis=0))

    def _measure(self) -> tuple[NDArray[Any], Flags]:
        with np.errstate(all="ignore"):
            self._pass.forward()
            return self._pass.losses(), self._sides_now()

    def _sides_now(self) -> Flags:
        sides = [layer.z > 0.0 for layer in self._kinked]
        for layer in self._maxouts:
            pieces = layer.z.reshape(layer.layout.pieces, layer.layout.units, -1)
            winners = pieces.argmax(axis=0)
            sides.extend(winners == piece for piece in range(layer.layout.pieces))
        if self._pass.loss is not None and self._pass.loss.kinked:
            sides.append(self._pass.loss.pieces(self._pass.scores, self._pass.targets) > 0.0)
        return np.concatenate(sides) if sides else np.zeros((0, self._pass.n_samples), dtype=np.bool_)


class Judge:
    """Measures slopes, and says at each parameter whether they contradict backprop.

    Rounding is measured, not guessed: every number of a pass is uncertain by what a change of the parameters in their
    last bits does to it.

    Attributes
    ----------
    passes : int
        Forward passes so far, with a parameter moved.
    """

    def __init__(
        self,
        network: Network,
        training: TrainingSpec,
        data: TrainingData,
        parameters: Array,
        epsilon: float,
        analytic: Array,
        tamper: Tamper,
    ) -> None:
        self._training, self._data, self._epsilon = training, data, epsilon
        self._parameters, self._weight_mask = parameters, network.weight_mask
        self._analytic, self._tamper = analytic, tamper
        self._over: dict[bytes, tuple[Array, Array]] = {}
        self._backprop = partial(backprop_gradient, network, training)
        self._output = len(network.layers)
        self._forward = partial(_Forward, network, training, data)
        self._real = self._forward(parameters, np.float64)
        self.passes = 0

    def verdict(self, index: int) -> tuple[float, float, Finding, bool]:
        """Return the difference quotient, the best slope, the finding, and whether nothing can be decided."""
        h, a = self._epsilon, float(self._analytic[index])
        penalty = self._penalty_slope(index)
        with np.errstate(all="ignore"):
            (up, crossed_up), (down, crossed_down) = self._real.at(index, h), self._real.at(index, -h)
            self.passes += 2
            quotient = float(((up - down) / (2.0 * h)).mean()) + penalty
            crossed = bool(crossed_up.any() or crossed_down.any())
            if not crossed and relative_errors(a, quotient) <= 0.5 * TOLERANCE:
                return quotient, quotient, Finding.AGREES, False
            slopes, blocked = self._slopes(index)
            slope = float(slopes.mean()) + penalty
            if not np.isfinite((a, slope)).all():
                return quotient, slope, Finding.NOT_FINITE, False
            if not relative_errors(a, slope) <= TOLERANCE:
                finding = self._contradiction(index, slopes, blocked, penalty)
                return quotient, slope, finding, finding != Finding.WRONG
            return quotient, slope, self._reason(index, quotient, slope, crossed), False

    def _reason(self, index: int, quotient: float, slope: float, crossed: bool) -> Finding:
        """Return why `quotient` is off, although backprop and `slope` agree."""
        if crossed:
            return Finding.KINK
        if relative_errors(slope, quotient) <= TOLERANCE:
            return Finding.AGREES
        if abs(quotient - slope) <= self._loss_rounding / self._epsilon:
            return Finding.ROUNDING
        return Finding.CURVATURE

    def _contradiction(self, index: int, slopes: Array, blocked: Flags, penalty: float) -> Finding:
        """Return whether rounding, or examples on a kink, can explain that `slopes` are not those of backprop."""
        rest = ~(blocked | self._on_kinks)
        if not rest.any():
            return Finding.KINK
        gradient, spread = self._backprop_over(rest.tobytes())
        slope = float(slopes[rest].mean()) + penalty
        if not rest.all() and relative_errors(gradient[index], slope) <= TOLERANCE:
            return Finding.KINK
        bits = np.finfo(float).eps * (np.abs(slopes[rest]).mean() + abs(penalty))
        is_wrong = abs(gradient[index] - slope) > _SAFETY * (spread[index] + bits)
        return Finding.WRONG if is_wrong else Finding.ROUNDING

    def _slopes(self, index: int) -> tuple[Array, Flags]:
        """Return the slope of every example by a complex step, to the side without a kink; and where there is none."""
        losses, blocked = self._complex[0].at(index, 1j * _STEP)
        slopes = losses.imag / _STEP
        self.passes += 1
        if blocked.any():
            losses, blocked_below = self._complex[0].at(index, -1j * _STEP)
            slopes = np.where(blocked, losses.imag / -_STEP, slopes)
            blocked = blocked & blocked_below
            self.passes += 1
        return slopes, blocked

    @cached_property
    def _neighbours(self) -> Sequence[Array]:
        """Return the parameters, changed in their last bits."""
        rng = np.random.Generator(np.random.PCG64(6))
        shape = (_NEIGHBOURS, len(self._parameters))
        return tuple(self._parameters * (1.0 + rng.uniform(-_BITS, _BITS, shape)))

    @cached_property
    def _complex(self) -> Sequence[_Forward]:
        """Return complex passes: at the parameters, for complex steps, then at their neighbours."""
        return [self._forward(flat, np.complex128) for flat in (self._parameters, *self._neighbours)]

    @cached_property
    def _on_kinks(self) -> Flags:
        """Return which examples lie on a kink to within rounding."""
        return np.asarray(np.any([(one.sides != self._real.sides).any(axis=0) for one in self._complex], axis=0))

    def _backprop_over(self, rest: bytes) -> tuple[Array, Array]:
        """Return the gradient by backprop over the examples flagged in `rest`, and how uncertain rounding makes it."""
        if rest not in self._over:
            flags = np.frombuffer(rest, dtype=np.bool_)
            data = TrainingData(self._data.inputs[flags], np.ascontiguousarray(self._data.targets[:, flags]))
            gradient = self._backprop(data, self._parameters, self._tamper)
            blurred = _blur(np.random.Generator(np.random.PCG64(7)), self._tamper, self._output)
            around = [self._backprop(data, flat, blurred) for flat in self._neighbours]
            self._over[rest] = gradient, np.asarray(np.ptp([gradient, *around], axis=0))
        return self._over[rest]

    @cached_property
    def _loss_rounding(self) -> float:
        """Return how uncertain the mean loss is: its last bits, and what the last bits of the parameters do to it."""
        losses = np.array([one.losses.real for one in self._complex])
        bits = np.finfo(float).eps * np.abs(losses[0])
        return float(_SAFETY * (np.ptp(losses, axis=0) + bits).mean())

    def _penalty_slope(self, index: int) -> float:
        """Return the slope of λ·R(W), which only this weight changes.

        R is a parabola on either side of 0, so that the difference quotient is exact for every step that stays on one.
        """
        w = float(self._parameters[index])
        h = 0.5 * abs(w) or self._epsilon
        mask = self._weight_mask[index : index + 1]
        with np.errstate(all="ignore"):
            up = regularizers.penalty(np.array([w + h]), mask, self._training)
            down = regularizers.penalty(np.array([w - h]), mask, self._training)
            return (up - down) / (2.0 * h)
