"""Gradient check: backprop beside central differences, parameter by parameter.

numeric = (L(w + ε) − L(w − ε)) / 2ε costs two forward passes for each parameter, 2·P in all; backprop
costs one forward and one backward pass for all of them. L is the full loss: mean data loss plus
λ Σ R(W), without dropout.

Kinks (ReLU at 0, a Maxout or hinge changing sides, |w| at 0) are stepped around, example by example:
where one side of w lies beyond a kink, the difference is taken on the other side, which is the side
whose derivative backprop uses.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from playground.engine import regularizers
from playground.engine.activations import ACTIVATIONS
from playground.engine.iteration import TrainingData
from playground.engine.layers import Op
from playground.engine.network import LayerLayout, Network
from playground.engine.passes import Pass
from playground.engine.spec import TrainingSpec, require, require_number

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Clock = Callable[[], float]

LIMIT = 5000
TOLERANCE = 1e-5
_FLOOR = 1e-5
_WIDE = 1e-3
_SLICE = 16


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
    epsilon : float
    parameters : int
        All parameters of the network; more than `indices` where a seeded sample was checked.
    kinks : int
        Parameters at which a kink was stepped around.
    refined : int
        Parameters measured again with five points, because two were not exact enough.
    forward_passes_numeric : int
        Forward passes that the differences cost.
    seconds_numeric, seconds_backprop : float
    notes : tuple of str
        Everything of this that a reader must know, as sentences.
    """

    indices: NDArray[np.intp]
    backprop: Array
    numeric: Array
    errors: Array
    epsilon: float
    parameters: int
    kinks: int
    refined: int
    forward_passes_numeric: int
    seconds_numeric: float
    seconds_backprop: float
    notes: tuple[str, ...]

    @property
    def max_relative_error(self) -> float:
        """Return the largest error; infinite when a gradient is not a number."""
        return float(self.errors.max()) if np.isfinite(self.errors).all() else float("inf")

    @property
    def worst(self) -> int:
        """Return the place, among the checked, of the largest error."""
        return int(np.argmax(np.where(np.isfinite(self.errors), self.errors, np.inf)))

    @property
    def passed(self) -> bool:
        """Return whether every error is at most 1e-5."""
        return self.max_relative_error <= TOLERANCE


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
        Measure again with five points where two leave a doubt; off, to see what ε does.
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
    start = clock()
    analytic = _backprop(network, training, data, parameters, broken_layer)
    seconds_backprop = clock() - start
    indices = _chosen(network.n_parameters, limit, seed)
    probe = _Probe(network, training, data, parameters, epsilon)
    numeric = np.empty(len(indices))
    seconds, start = 0.0, clock()
    for at, index in enumerate(indices):
        numeric[at] = probe.slope(int(index))
        if refine and _errors(analytic[index], numeric[at]) > 0.5 * TOLERANCE:
            numeric[at] = probe.closer_slope(int(index), numeric[at])
        if (at + 1) % _SLICE == 0:
            seconds += clock() - start
            yield (at + 1) / len(indices)
            start = clock()
    seconds += clock() - start
    checked = analytic[indices]
    return GradientCheck(
        indices=indices,
        backprop=checked,
        numeric=numeric,
        errors=_errors(checked, numeric),
        epsilon=epsilon,
        parameters=network.n_parameters,
        kinks=probe.kinks,
        refined=probe.refined,
        forward_passes_numeric=probe.passes,
        seconds_numeric=seconds,
        seconds_backprop=seconds_backprop,
        notes=_notes(probe, len(indices), network.n_parameters, broken_layer),
    )


def _is_kinked(layout: LayerLayout) -> bool:
    return not layout.is_maxout and ACTIVATIONS[layout.activation].kinked


def _errors(backprop: Array, numeric: Array) -> Array:
    with np.errstate(all="ignore"):
        scale = np.maximum(np.maximum(np.abs(backprop), np.abs(numeric)), _FLOOR)
        return np.asarray(np.abs(backprop - numeric) / scale)


def _chosen(n_parameters: int, limit: int, seed: int) -> NDArray[np.intp]:
    if n_parameters <= limit:
        return np.arange(n_parameters)
    rng = np.random.Generator(np.random.PCG64([seed, 5, n_parameters]))
    return np.sort(rng.choice(n_parameters, size=limit, replace=False)).astype(np.intp)


def _notes(probe: _Probe, checked: int, n_parameters: int, broken_layer: int | None) -> tuple[str, ...]:
    notes = []
    if checked < n_parameters:
        notes.append(f"A seeded sample of {checked:,} of the {n_parameters:,} parameters was checked.")
    if probe.kinks:
        notes.append(f"At {probe.kinks:,} parameters a kink lay within ε and was stepped around.")
    if probe.unresolved:
        notes.append(f"At {probe.unresolved:,} parameters kinks lay on both sides; ε was made smaller there.")
    if probe.refined:
        notes.append(f"{probe.refined:,} parameters were measured again with five points.")
    if broken_layer is not None:
        notes.append(f"The local gradient of layer {broken_layer} has the wrong sign, on purpose.")
    return tuple(notes)


def _backprop(
    network: Network, training: TrainingSpec, data: TrainingData, parameters: Array, broken_layer: int | None
) -> Array:
    """Return the gradient of the full loss, flat, by one forward and one backward pass."""

    def tamper(layer: int, delta: Array) -> Op | None:
        return partial(np.negative, delta, delta) if layer == broken_layer else None

    gradients = np.zeros(network.n_parameters)
    here = Pass(network, training.loss, data.n_samples, parameters.copy(), gradients, tamper=tamper)
    np.copyto(here.batch, data.table)
    with np.errstate(all="ignore"):
        here.forward()
        here.backward()
        return gradients + regularizers.gradient(parameters, network.weight_mask, training)


class _Probe:
    """Moves one parameter at a time and measures the loss of every example.

    Attributes
    ----------
    passes, kinks, unresolved, refined : int
        See `GradientCheck`; `unresolved` had kinks on both sides.
    """

    def __init__(
        self, network: Network, training: TrainingSpec, data: TrainingData, parameters: Array, epsilon: float
    ) -> None:
        self._training, self._epsilon = training, epsilon
        self._weight_mask = network.weight_mask
        self._parameters = parameters.copy()
        self._pass = Pass(network, training.loss, data.n_samples, self._parameters, keep=True)
        np.copyto(self._pass.batch, data.table)
        self._kinked = [layer for layer in self._pass.layers if _is_kinked(layer.layout)]
        self._maxouts = [layer for layer in self._pass.layers if layer.layout.is_maxout]
        self.passes = self.kinks = self.unresolved = self.refined = 0
        self._losses, self._sides = self._measure()

    def slope(self, index: int) -> float:
        """Return the difference quotient of the full loss at parameter `index`."""
        h = self._epsilon
        (up, up_sides), (down, down_sides) = self._at(index, h), self._at(index, -h)
        slopes = (up - down) / (2.0 * h)
        if self._sides is not None:
            crossed_up, crossed_down = self._crossed(up_sides), self._crossed(down_sides)
            if (crossed_up | crossed_down).any():
                slopes = self._around(index, h, slopes, crossed_up, crossed_down)
        return float(slopes.mean()) + self._penalty_slope(index)

    def closer_slope(self, index: int, known: float) -> float:
        """Return (8·(f₁ − f₋₁) − (f₂ − f₋₂)) / 12h, the slope by five points, or `known` if a kink lies among them."""
        h = _WIDE
        measured = [self._at(index, step * h) for step in (1.0, -1.0, 2.0, -2.0)]
        if self._sides is not None and any(self._crossed(sides).any() for _, sides in measured):
            return known
        self.refined += 1
        f1, f_1, f2, f_2 = (losses for losses, _ in measured)
        slopes = (8.0 * (f1 - f_1) - (f2 - f_2)) / (12.0 * h)
        return float(slopes.mean()) + self._penalty_slope(index)

    def _around(self, index: int, h: float, slopes: Array, crossed_up: Flags, crossed_down: Flags) -> Array:
        """Replace the slopes of the examples that a kink lies beside by one-sided ones, three points each."""
        self.kinks += 1
        open_examples = crossed_up | crossed_down
        for step in (h, h / 8.0, h / 64.0):
            for side in (step, -step):
                near, near_sides = self._at(index, side)
                far, far_sides = self._at(index, 2.0 * side)
                usable = open_examples & ~self._crossed(near_sides) & ~self._crossed(far_sides)
                one_sided = (4.0 * near - far - 3.0 * self._losses) / (2.0 * side)
                slopes = np.where(usable, one_sided, slopes)
                open_examples = open_examples & ~usable
            if not open_examples.any():
                return slopes
        self.unresolved += 1
        return slopes

    def _at(self, index: int, step: float) -> tuple[Array, Flags | None]:
        """Return the losses, and the sides of every kink, with parameter `index` moved by `step`."""
        present = self._parameters[index]
        self._parameters[index] = present + step
        measured = self._measure()
        self._parameters[index] = present
        self.passes += 1
        return measured

    def _measure(self) -> tuple[Array, Flags | None]:
        with np.errstate(all="ignore"):
            self._pass.forward()
            return self._pass.losses(), self._sides_now()

    def _sides_now(self) -> Flags | None:
        """Return on which side of each kink every example is, shape (n_kinks, N); None without kinks."""
        sides = [layer.z > 0.0 for layer in self._kinked]
        for layer in self._maxouts:
            pieces = layer.z.reshape(layer.layout.pieces, layer.layout.units, -1)
            winners = pieces.argmax(axis=0)
            sides.extend(winners == piece for piece in range(layer.layout.pieces))
        if self._pass.loss is not None and self._pass.loss.kinked:
            sides.append(self._pass.loss.pieces(self._pass.scores, self._pass.targets) > 0.0)
        return np.concatenate(sides) if sides else None

    def _crossed(self, sides: Flags | None) -> Flags:
        """Return which examples are on another side of some kink than at the unmoved parameters."""
        assert sides is not None
        assert self._sides is not None
        return np.asarray(np.not_equal(sides, self._sides).any(axis=0))

    def _penalty_slope(self, index: int) -> float:
        """Return the difference quotient of λ·R(W), which only this weight changes; its kink at 0 is stepped around."""
        if self._weight_mask[index] == 0.0:
            return 0.0
        w = float(self._parameters[index])
        h = min(self._epsilon, 0.5 * abs(w)) or self._epsilon
        one = np.ones(1)
        up = regularizers.penalty(np.array([w + h]), one, self._training)
        down = regularizers.penalty(np.array([w - h]), one, self._training)
        return (up - down) / (2.0 * h)
