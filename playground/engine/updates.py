"""The pieces that optimizers are composed of: small named transformations of a gradient.

Each returns the NumPy calls that do it, bound to its arrays beforehand, so that a step is one list of calls
that take nothing and allocate nothing. `Workspace` is what the pieces of one update share.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from playground.engine.layers import Op
from playground.engine.spec import OptimizerSpec

Array = NDArray[np.float64]
Slots = tuple[Array, ...]
Ops = tuple[Op, ...]


@dataclass(slots=True, eq=False)
class Workspace:
    """What one update reads and writes.

    Attributes
    ----------
    w, g : array, shape (n_parameters,)
        Parameters and gradient; the pieces leave both alone.
    delta, work : array, shape (n_parameters,)
        Δw, and scratch.
    """

    w: Array
    g: Array
    slots: Slots  # what the optimizer remembers; each (n_parameters,)
    spec: OptimizerSpec  # the constants
    delta: Array
    work: Array
    # −η of the current update; a ufunc takes a 0-d array faster than a Python float.
    minus_rate: Array = field(default_factory=lambda: np.zeros(()))
    t: int = 1  # the number of the current update; the first is 1


class Update:
    """w ← w + Δw: call it with (rate, t)."""

    __slots__ = ("delta", "step")

    def __init__(self, on: Workspace, ops: Ops) -> None:
        self.delta = on.delta  # Δw of the latest update; shape (n_parameters,)
        # The same without the detour through ``__call__``, for a training loop.
        self.step = _step(on, (*ops, partial(np.add, on.w, on.delta, on.w)))

    def __call__(self, rate: float, t: int) -> None:
        """Update the parameters with learning rate `rate` as update number `t` (1 is the first)."""
        self.step(rate, t)


def _step(on: Workspace, ops: Ops) -> Callable[[float, int], None]:
    minus_rate = on.minus_rate

    def step(rate: float, t: int) -> None:
        minus_rate[()] = -rate
        on.t = t
        for op in ops:
            op()

    return step


# ---- memory ------------------------------------------------------------------------------------


def update_velocity(v: Array, g: Array, mu: float) -> Ops:
    """`v ← μ·v + g`; v starts as 0, so the first v is g, as in PyTorch."""
    return partial(np.multiply, v, np.array(mu), v), partial(np.add, v, g, v)


def look_ahead(v: Array, g: Array, mu: float, out: Array) -> Ops:
    """`out = g + μ·v`: the velocity as it will be after one more step."""
    return partial(np.multiply, v, np.array(mu), out), partial(np.add, out, g, out)


def accumulate_square(s: Array, g: Array, work: Array) -> Ops:
    """`s ← s + g²`."""
    return partial(np.multiply, g, g, work), partial(np.add, s, work, s)


def update_moment(m: Array, g: Array, beta: float, work: Array) -> Ops:
    """`m ← β·m + (1 − β)·g`; `g` may be `work`."""
    return (
        partial(np.multiply, g, np.array(1.0 - beta), work),
        partial(np.multiply, m, np.array(beta), m),
        partial(np.add, m, work, m),
    )


def update_second_moment(v: Array, g: Array, beta: float, work: Array) -> Ops:
    """`v ← β·v + (1 − β)·g²`."""
    return partial(np.multiply, g, g, work), *update_moment(v, work, beta, work)


# ---- from memory to Δw -------------------------------------------------------------------------


def root(v: Array, out: Array) -> Ops:
    """`out = √v`."""
    return (partial(np.sqrt, v, out),)


def bias_correction(root_of_v: Array, beta: float, on: Workspace) -> Ops:
    """`√(v / (1 − βᵗ)) = √v / √(1 − βᵗ)`, in place: a moment that started as 0 is too small by 1 − βᵗ."""
    too_small = np.ones(())

    def correct() -> None:
        too_small[()] = math.sqrt(1.0 - beta**on.t)
        np.divide(root_of_v, too_small, root_of_v)

    return (correct,)


def divide_by_root(x: Array, root_of_v: Array, epsilon: float, out: Array) -> Ops:
    """`out = x / (√v + ε)`; ε is added in place."""
    return partial(np.add, root_of_v, np.array(epsilon), root_of_v), partial(np.divide, x, root_of_v, out)


def descend(x: Array, on: Workspace) -> Ops:
    """`Δw = −η·x`."""
    return (partial(np.multiply, x, on.minus_rate, on.delta),)


def descend_unbiased(x: Array, beta: float, on: Workspace) -> Ops:
    """`Δw = −η·x / (1 − βᵗ)`: the bias correction of a first moment, taken into the rate."""
    step_size = np.zeros(())

    def descend() -> None:
        step_size[()] = float(on.minus_rate) / (1.0 - beta**on.t)
        np.multiply(x, step_size, on.delta)

    return (descend,)


def decay_weights(decay: float, on: Workspace) -> Ops:
    """`Δw ← Δw − η·d·w`, with the w before the update."""
    share = np.zeros(())

    def shrink() -> None:
        share[()] = -float(on.minus_rate) * decay
        np.multiply(on.w, share, on.work)

    return shrink, partial(np.subtract, on.delta, on.work, on.delta)
