"""The optimizers: how a gradient g becomes the update Δw; one entry each, over the flat vectors.

``update(rate, t)`` does w += Δw in place and leaves Δw in ``update.delta``; it allocates nothing. t is 1
for the first update after the slots were zeros. Definitions are PyTorch's (``torch.optim.SGD``
with dampening 0, ``Adagrad`` without lr_decay, ``RMSprop`` not centred, ``Adam``, ``AdamW``), without their
coupled weight decay: the regularization gradient is part of g.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playground.engine.spec import OptimizerSpec, choose, require

Array = NDArray[np.float64]
Slots = tuple[Array, ...]
Step = Callable[[float, int], None]


class Update:
    """w += Δw: call it with (rate, t).

    Attributes
    ----------
    step : callable (rate, t)
        The same without the detour through ``__call__``, for a training loop.
    delta : array, shape (n_parameters,)
        Δw of the latest update.
    """

    __slots__ = ("delta", "step")

    def __init__(self, step: Step, delta: Array) -> None:
        self.step = step
        self.delta = delta

    def __call__(self, rate: float, t: int) -> None:
        """Update the parameters with learning rate `rate` as update number `t` (1 is the first)."""
        self.step(rate, t)


Maker = Callable[[Array, Array, Slots, OptimizerSpec, Array], Step]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One optimizer: what people read about it, and how it is computed.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    formula : str
        The update as text: g the gradient, η the rate, t counts from 1.
    trait : str
        What it is good for.
    slots : tuple of str
        What it remembers per parameter, as symbols; each slot starts as zeros.
    make : callable
        (parameters, gradients, slots, spec, delta) -> step.
    """

    name: str
    label: str
    formula: str
    trait: str
    slots: tuple[str, ...]
    make: Maker = field(repr=False)

    def fresh_slots(self, n_parameters: int) -> Slots:
        """Slots of a run that has not begun: zeros."""
        return tuple(np.zeros(n_parameters) for _ in self.slots)


# ---- the updates -------------------------------------------------------------------------------


def _sgd(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """Δw = −η·g."""

    def step(rate: float, t: int) -> None:
        np.multiply(g, -rate, delta)
        np.add(w, delta, w)

    return step


def _momentum(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """`b = μ·b + g, Δw = −η·b`; b starts as 0, so the first b is g, as in PyTorch."""
    (b,) = slots
    mu = np.array(spec.momentum)

    def step(rate: float, t: int) -> None:
        np.multiply(b, mu, b)
        np.add(b, g, b)
        np.multiply(b, -rate, delta)
        np.add(w, delta, w)

    return step


def _nesterov(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """`b = μ·b + g, Δw = −η·(g + μ·b)`."""
    (b,) = slots
    mu = np.array(spec.momentum)

    def step(rate: float, t: int) -> None:
        np.multiply(b, mu, b)
        np.add(b, g, b)
        np.multiply(b, mu, delta)
        np.add(delta, g, delta)
        np.multiply(delta, -rate, delta)
        np.add(w, delta, w)

    return step


def _adagrad(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """`s = s + g², Δw = −η·g / (√s + ε)`."""
    (s,) = slots
    epsilon = np.array(spec.epsilon)
    work = np.empty_like(w)

    def step(rate: float, t: int) -> None:
        np.multiply(g, g, work)
        np.add(s, work, s)
        np.sqrt(s, work)
        np.add(work, epsilon, work)
        np.divide(g, work, delta)
        np.multiply(delta, -rate, delta)
        np.add(w, delta, w)

    return step


def _rmsprop(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """`v = ρ·v + (1 − ρ)·g², Δw = −η·g / (√v + ε)`."""
    (v,) = slots
    rho, rest, epsilon = np.array(spec.rho), np.array(1.0 - spec.rho), np.array(spec.epsilon)
    work = np.empty_like(w)

    def step(rate: float, t: int) -> None:
        np.multiply(g, g, work)
        np.multiply(work, rest, work)
        np.multiply(v, rho, v)
        np.add(v, work, v)
        np.sqrt(v, work)
        np.add(work, epsilon, work)
        np.divide(g, work, delta)
        np.multiply(delta, -rate, delta)
        np.add(w, delta, w)

    return step


def _adam_delta(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """Δw = −η·m̂ / (√v̂ + ε), left in `delta` only."""
    m, v = slots
    beta1, rest1 = np.array(spec.beta1), np.array(1.0 - spec.beta1)
    beta2, rest2 = np.array(spec.beta2), np.array(1.0 - spec.beta2)
    epsilon = np.array(spec.epsilon)
    work = np.empty_like(w)

    def step(rate: float, t: int) -> None:
        np.multiply(g, rest1, work)
        np.multiply(m, beta1, m)
        np.add(m, work, m)
        np.multiply(g, g, work)
        np.multiply(work, rest2, work)
        np.multiply(v, beta2, v)
        np.add(v, work, v)
        np.sqrt(v, work)
        np.divide(work, math.sqrt(1.0 - spec.beta2**t), work)
        np.add(work, epsilon, work)
        np.divide(m, work, delta)
        np.multiply(delta, -rate / (1.0 - spec.beta1**t), delta)

    return step


def _adam(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """Δw = −η·m̂ / (√v̂ + ε)."""
    compute = _adam_delta(w, g, slots, spec, delta)

    def step(rate: float, t: int) -> None:
        compute(rate, t)
        np.add(w, delta, w)

    return step


def _adamw(w: Array, g: Array, slots: Slots, spec: OptimizerSpec, delta: Array) -> Step:
    """Δw = −η·(m̂ / (√v̂ + ε) + d·w), with the w before the update."""
    compute = _adam_delta(w, g, slots, spec, delta)
    decay = np.empty_like(w)

    def step(rate: float, t: int) -> None:
        compute(rate, t)
        np.multiply(w, rate * spec.weight_decay, decay)
        np.subtract(delta, decay, delta)
        np.add(w, delta, w)

    return step


# ---- the table ---------------------------------------------------------------------------------

_MOMENTS = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)"

_ENTRIES = (
    Optimizer("sgd", "SGD", "Δw = −η·g", "straight down the gradient of the batch", (), _sgd),
    Optimizer(
        "momentum",
        "Momentum",
        "b ← μ·b + g, Δw = −η·b",
        "keeps rolling: smooths noise, overshoots; the step is up to 1 / (1 − μ) times as long",
        ("b",),
        _momentum,
    ),
    Optimizer(
        "nesterov",
        "Nesterov",
        "b ← μ·b + g, Δw = −η·(g + μ·b)",
        "momentum that looks one step ahead",
        ("b",),
        _nesterov,
    ),
    Optimizer(
        "adagrad",
        "AdaGrad",
        "s ← s + g², Δw = −η·g / (√s + ε)",
        "a rate per parameter that only ever shrinks",
        ("s",),
        _adagrad,
    ),
    Optimizer(
        "rmsprop",
        "RMSProp",
        "v ← ρ·v + (1 − ρ)·g², Δw = −η·g / (√v + ε)",
        "a rate per parameter that forgets old gradients",
        ("v",),
        _rmsprop,
    ),
    Optimizer(
        "adam",
        "Adam",
        f"{_MOMENTS}, Δw = −η·m̂ / (√v̂ + ε)",
        "momentum and a rate per parameter, corrected for the start at 0",
        ("m", "v"),
        _adam,
    ),
    Optimizer(
        "adamw",
        "AdamW",
        f"{_MOMENTS}, Δw = −η·(m̂ / (√v̂ + ε) + d·w)",
        "Adam with its own decay d of every parameter, biases included, apart from λ·R(W)",
        ("m", "v"),
        _adamw,
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {entry.name: entry for entry in _ENTRIES}


def bind(parameters: Array, gradients: Array, slots: Slots, spec: OptimizerSpec) -> Update:
    """Update of `spec` over these very arrays.

    Parameters
    ----------
    parameters, gradients : array, shape (n_parameters,)
        Changed in place; read in place.
    slots : tuple of arrays, each (n_parameters,)
        One per entry of ``OPTIMIZERS[spec.name].slots``, changed in place; zeros at the start.
    spec : OptimizerSpec

    Raises
    ------
    ValueError
        If there is no such optimizer, or the slots are not its own.
    """
    entry = choose("optimizer", spec.name, OPTIMIZERS)
    require(
        len(slots) == len(entry.slots),
        f"optimizer: {spec.name} keeps {len(entry.slots)} values per parameter, got {len(slots)}; start it afresh",
    )
    delta = np.zeros_like(parameters)
    return Update(entry.make(parameters, gradients, slots, spec, delta), delta)
