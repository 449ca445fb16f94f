"""Gradient check: backprop beside central differences, parameter by parameter.

numeric = (L(w + ε) − L(w − ε)) / 2ε costs two forward passes for each parameter, 2·P in all; backprop
costs one forward and one backward pass for all of them. L is the full loss: mean data loss plus
λ Σ R(W), without dropout.

A difference quotient can be off although backprop is right: a kink lies within ε (ReLU at 0, a Maxout or hinge
changing sides), the difference is smaller than the rounding error of the losses, or ε is too large for their
curvature. So where the two disagree, or a kink was crossed, the slope is taken by a *complex step*, Im L(w + ih) / h
with h = 1e-200: forward passes alone, without a difference of nearly equal numbers, without a curvature term, and
with every kink on the side that w is on. Backprop is called wrong only where this slope contradicts it by more than
rounding can.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import regularizers
from playground.engine.activations import ACTIVATIONS
from playground.engine.iteration import TrainingData
from playground.engine.layers import Op
from playground.engine.messages import message, plural
from playground.engine.network import LayerLayout, Network
from playground.engine.passes import LayerBuffers, Pass
from playground.engine.spec import TrainingSpec, require, require_number

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Clock = Callable[[], float]

LIMIT = 5000
TOLERANCE = 1e-5
_FLOOR = 1e-5
_SLICE = 16
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


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """What a gradient check found; arrays have one entry per checked parameter.

    Attributes
    ----------
    indices : int array
        Which parameters, as places in the flat vector.
    backprop, numeric : arrays
        Both gradients.
    errors : array
        |a − n| / max(|a|, |n|, 1e-5).
    findings : int array
        A `Finding` for each. ``KINK``, ``ROUNDING`` and ``CURVATURE`` say why the difference quotient is off
        although backprop is not.
    undecided : bool array
        Examples on a kink, or a gradient below rounding: no number can contradict backprop there.
    epsilon : float
    parameters : int
        All parameters of the network; more than `indices` where a seeded sample was checked.
    refined : bool
        Where the difference quotient is off, `numeric` holds the slope by a complex step instead.
    forward_passes_numeric : int
        Forward passes that the numeric gradients cost.
    seconds_numeric, seconds_backprop : float
    notes : tuple of str
        Everything of this that a reader must know, as sentences.
    """

    indices: NDArray[np.intp]
    backprop: Array
    numeric: Array
    errors: Array
    findings: NDArray[np.int8]
    undecided: Flags
    epsilon: float
    parameters: int
    refined: bool
    forward_passes_numeric: int
    seconds_numeric: float
    seconds_backprop: float
    notes: tuple[str, ...]

    @property
    def max_relative_error(self) -> float:
        """Return the largest error that says something; infinite when a gradient is not a number."""
        return float(self._telling.max(initial=0.0))

    @property
    def worst(self) -> int:
        """Return the place, among the checked, of the largest error that says something."""
        return int(np.argmax(self._telling))

    @property
    def passed(self) -> bool:
        """Return whether backprop is contradicted nowhere, and all is finite."""
        return bool((self.findings < Finding.NOT_FINITE).all())

    def count(self, finding: Finding) -> int:
        """Return at how many parameters the check found `finding`."""
        return int((self.findings == finding).sum())

    @property
    def _telling(self) -> Array:
        silent = self.undecided & self.refined
        return np.where(silent, 0.0, np.where(np.isfinite(self.errors), self.errors, np.inf))


def check_gradients(
    network: Network,
    training: TrainingSpec,
    data: TrainingData,
    parameters: Array,
    *,
    epsilon: float = 1e-5,
    seed: int = 0,
    limit: int = LIMIT,
    refine: bool = True,
    broken_layer: int | None = None,
    clock: Clock = lambda: 0.0,
) -> Generator[float, None, GradientCheck]:
    """Compare both gradients at `parameters`: yields the done share, returns the GradientCheck.

    Parameters
    ----------
    network, training, data : Network, TrainingSpec, TrainingData
        All of `data` is one batch here: choose a few hundred examples at most.
    parameters : array, shape (n_parameters,)
    epsilon : float
        How far a parameter is moved.
    seed, limit : int
        Beyond `limit` parameters, a sample of so many, drawn with `seed`.
    refine : bool
        Show the slope by a complex step where the difference quotient is off; False, to see what ε does. The
        findings are the same.
    broken_layer : int, optional
        Flip the sign of this layer's local gradient on purpose (1…H hidden, H + 1 output).
    clock : callable
        Returns seconds; the engine reads no clock of its own.

    Raises
    ------
    ValueError
        If `epsilon` or `broken_layer` is outside its range.
    """
    require_number("epsilon", epsilon, 1e-14, 1.0)
    n_layers = len(network.layers)
    require(
        broken_layer is None or 1 <= broken_layer <= n_layers,
        "broken layer: expected 1 to {n_layers}, got {broken_layer}",
        n_layers=n_layers,
        broken_layer=broken_layer,
    )
    tamper = _break(broken_layer)
    start = clock()
    analytic = _backprop(network, training, data, parameters, tamper)
    seconds_backprop = clock() - start
    indices = _chosen(network.n_parameters, limit, seed)
    judge = _Judge(network, training, data, parameters, epsilon, analytic, tamper)
    numeric = np.empty(len(indices))
    findings, undecided = np.zeros(len(indices), dtype=np.int8), np.zeros(len(indices), dtype=np.bool_)
    seconds, start = 0.0, clock()
    for at, index in enumerate(indices):
        quotient, slope, findings[at], undecided[at] = judge.verdict(int(index))
        numeric[at] = slope if refine else quotient
        if (at + 1) % _SLICE == 0:
            seconds += clock() - start
            yield (at + 1) / len(indices)
            start = clock()
    seconds += clock() - start
    checked = analytic[indices]
    check = GradientCheck(
        indices=indices,
        backprop=checked,
        numeric=numeric,
        errors=_errors(checked, numeric),
        findings=findings,
        undecided=undecided,
        epsilon=epsilon,
        parameters=network.n_parameters,
        refined=refine,
        forward_passes_numeric=judge.passes,
        seconds_numeric=seconds,
        seconds_backprop=seconds_backprop,
        notes=(),
    )
    return replace(check, notes=_notes(check, broken_layer))


def _is_kinked(layout: LayerLayout) -> bool:
    return not layout.is_maxout and ACTIVATIONS[layout.activation].kinked


def _errors(backprop: Array | float, numeric: Array | float) -> Array:
    with np.errstate(all="ignore"):
        scale = np.maximum(np.maximum(np.abs(backprop), np.abs(numeric)), _FLOOR)
        return np.asarray(np.abs(backprop - numeric) / scale)


def _chosen(n_parameters: int, limit: int, seed: int) -> NDArray[np.intp]:
    if n_parameters <= limit:
        return np.arange(n_parameters)
    rng = np.random.Generator(np.random.PCG64([seed, 5, n_parameters]))
    return np.sort(rng.choice(n_parameters, size=limit, replace=False)).astype(np.intp)


_CONFIRMED = {
    Finding.KINK: (
        "At {count:,} parameter a kink lies within ε; a complex step confirms backprop.",
        "At {count:,} parameters a kink lies within ε; a complex step confirms backprop.",
    ),
    Finding.ROUNDING: (
        "At {count:,} parameter the difference is below the rounding error of the loss; "
        "a complex step confirms backprop.",
        "At {count:,} parameters the difference is below the rounding error of the loss; "
        "a complex step confirms backprop.",
    ),
    Finding.CURVATURE: (
        "At {count:,} parameter ε is too large for the curvature of the loss; a complex step confirms backprop.",
        "At {count:,} parameters ε is too large for the curvature of the loss; a complex step confirms backprop.",
    ),
    Finding.NOT_FINITE: (
        "At {count:,} parameter the loss or a gradient is not a finite number and cannot be compared.",
        "At {count:,} parameters the loss or a gradient is not a finite number and cannot be compared.",
    ),
    Finding.WRONG: (
        "At {count:,} parameter backprop is wrong: the slope by a complex step contradicts it.",
        "At {count:,} parameters backprop is wrong: the slope by a complex step contradicts it.",
    ),
}
_UNDECIDED = {
    Finding.KINK: (
        "At {count:,} parameter examples lie on a kink to within rounding and were left out.",
        "At {count:,} parameters examples lie on a kink to within rounding and were left out.",
    ),
    Finding.ROUNDING: (
        "At {count:,} parameter the gradient itself is below its rounding error and cannot be compared.",
        "At {count:,} parameters the gradient itself is below its rounding error and cannot be compared.",
    ),
}


def _notes(check: GradientCheck, broken_layer: int | None) -> tuple[str, ...]:
    """Return what the reader must know of `check`, a sentence each, the worst first."""
    notes = []
    if len(check.indices) < check.parameters:
        sample = "A seeded sample of {checked:,} of the {all:,} parameters was checked."
        notes.append(message(sample, checked=len(check.indices), all=check.parameters))
    for finding in sorted(Finding, reverse=True):
        found = check.findings == finding
        for texts, where in ((_CONFIRMED, found & ~check.undecided), (_UNDECIDED, found & check.undecided)):
            if finding in texts and where.any():
                notes.append(plural(int(where.sum()), *texts[finding]))
    if broken_layer is not None:
        broken = "The local gradient of layer {layer} has the wrong sign, on purpose."
        notes.append(message(broken, layer=broken_layer))
    return tuple(notes)


Tamper = Callable[[LayerBuffers], Op | None]


def _backprop(network: Network, training: TrainingSpec, data: TrainingData, parameters: Array, tamper: Tamper) -> Array:
    """Return the gradient of the full loss, flat, by one forward and one backward pass."""
    gradients = np.zeros(network.n_parameters)
    here = Pass(network, training.loss, data.n_samples, parameters.copy(), gradients, tamper=tamper)
    np.copyto(here.batch, data.table)
    with np.errstate(all="ignore"):
        here.forward()
        here.backward()
        return gradients + regularizers.gradient(parameters, network.weight_mask, training)


def _break(layer: int | None) -> Tamper:
    """Return what flips the sign of the local gradient of `layer`."""
    return lambda buffers: partial(np.negative, buffers.delta, buffers.delta) if buffers.layout.index == layer else None


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


class _Judge:
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
        self._backprop = partial(_backprop, network, training)
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
            if not crossed and _errors(a, quotient) <= 0.5 * TOLERANCE:
                return quotient, quotient, Finding.AGREES, False
            slopes, blocked = self._slopes(index)
            slope = float(slopes.mean()) + penalty
            if not np.isfinite((a, slope)).all():
                return quotient, slope, Finding.NOT_FINITE, False
            if not _errors(a, slope) <= TOLERANCE:
                finding = self._contradiction(index, slopes, blocked, penalty)
                return quotient, slope, finding, finding != Finding.WRONG
            return quotient, slope, self._reason(index, quotient, slope, crossed), False

    def _reason(self, index: int, quotient: float, slope: float, crossed: bool) -> Finding:
        """Return why `quotient` is off, although backprop and `slope` agree."""
        if crossed:
            return Finding.KINK
        if _errors(slope, quotient) <= TOLERANCE:
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
        if not rest.all() and _errors(gradient[index], slope) <= TOLERANCE:
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
