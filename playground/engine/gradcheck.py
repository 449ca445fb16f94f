"""Gradient check: backprop beside central differences, parameter by parameter.

numeric = (L(w + ε) − L(w − ε)) / 2ε costs two forward passes for each parameter, 2·P in all; backprop
costs one forward and one backward pass for all of them. L is the full loss: mean data loss plus
λ Σ R(W), without dropout.

What the verdict on a parameter rests on is in `gradient_verdict.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from playground.engine.gradient_verdict import Finding, Judge, Tamper, backprop_gradient, relative_errors
from playground.engine.iteration import TrainingData
from playground.engine.messages import message, plural
from playground.engine.network import Network
from playground.engine.spec import TrainingSpec, require, require_number

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Clock = Callable[[], float]

LIMIT = 5000
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
    findings : int array
        A `Finding` for each. ``ROUNDING`` and ``CURVATURE`` say why the difference quotient is off although backprop is
        not; at a ``KINK`` it can be off.
    undecided : bool array
        Examples on a kink, or a gradient below rounding: no number can contradict backprop there.
    epsilon : float
    parameters : int
        All parameters of the network; more than `indices` where a seeded sample was checked.
    refined : bool
        Where a kink was crossed or the difference quotient is off, `numeric` holds the slope by a complex step instead.
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
        Show the slope by a complex step where a kink was crossed or the difference quotient is off; False, to see what
        ε does. The findings are the same.
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
    analytic = backprop_gradient(network, training, data, parameters, tamper)
    seconds_backprop = clock() - start
    indices = _chosen(network.n_parameters, limit, seed)
    judge = Judge(network, training, data, parameters, epsilon, analytic, tamper)
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
        errors=relative_errors(checked, numeric),
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


def _break(layer: int | None) -> Tamper:
    """Return what flips the sign of the local gradient of `layer`."""
    return lambda buffers: partial(np.negative, buffers.delta, buffers.delta) if buffers.layout.index == layer else None
