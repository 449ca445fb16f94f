"""The optimizers: how a gradient g becomes the update Δw; one entry each, over the flat vectors.

``update(rate, t)`` does w ← w + Δw in place and leaves Δw in ``update.delta``; it allocates nothing. t is 1
for the first update after the slots were zeros. Definitions are PyTorch's (``torch.optim.SGD``
with dampening 0, ``Adagrad`` without lr_decay, ``RMSprop`` not centred, ``Adam``, ``AdamW``), without their
coupled weight decay: the regularization gradient is part of g.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from playground.engine.spec import OptimizerSpec, choose, require
from playground.engine.updates import (
    Array,
    Ops,
    Slots,
    Update,
    Workspace,
    accumulate_square,
    bias_correction,
    decay_weights,
    descend,
    descend_unbiased,
    divide_by_root,
    look_ahead,
    root,
    update_moment,
    update_second_moment,
    update_velocity,
)


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One optimizer: what the user reads about it, and how it is computed.

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
    compose : callable (Workspace) -> tuple of calls
        Leaves Δw in ``delta``.
    """

    name: str
    label: str
    formula: str
    trait: str
    slots: tuple[str, ...]
    compose: Callable[[Workspace], Ops] = field(repr=False)

    def fresh_slots(self, n_parameters: int) -> Slots:
        """Return the slots of a run that has not begun: zeros."""
        return tuple(np.zeros(n_parameters) for _ in self.slots)


# ---- the updates -------------------------------------------------------------------------------


def _sgd(on: Workspace) -> Ops:
    """Δw = −η·g."""
    return descend(on.g, on)


def _momentum(on: Workspace) -> Ops:
    """`v ← μ·v + g, Δw = −η·v`."""
    (v,), mu = on.slots, on.spec.momentum
    return *update_velocity(v, on.g, mu), *descend(v, on)


def _nesterov(on: Workspace) -> Ops:
    """`v ← μ·v + g, Δw = −η·(g + μ·v)`."""
    (v,), mu = on.slots, on.spec.momentum
    return *update_velocity(v, on.g, mu), *look_ahead(v, on.g, mu, on.delta), *descend(on.delta, on)


def _adagrad(on: Workspace) -> Ops:
    """`s ← s + g², Δw = −η·g / (√s + ε)`."""
    (s,) = on.slots
    return (
        *accumulate_square(s, on.g, on.work),
        *root(s, on.work),
        *divide_by_root(on.g, on.work, on.spec.epsilon, on.delta),
        *descend(on.delta, on),
    )


def _rmsprop(on: Workspace) -> Ops:
    """`v ← ρ·v + (1 − ρ)·g², Δw = −η·g / (√v + ε)`."""
    (v,) = on.slots
    return (
        *update_second_moment(v, on.g, on.spec.rho, on.work),
        *root(v, on.work),
        *divide_by_root(on.g, on.work, on.spec.epsilon, on.delta),
        *descend(on.delta, on),
    )


def _adam(on: Workspace) -> Ops:
    """Δw = −η·m̂ / (√v̂ + ε), m̂ and v̂ the moments of g and g² corrected for their start at 0."""
    (m, v), spec = on.slots, on.spec
    return (
        *update_moment(m, on.g, spec.beta1, on.work),
        *update_second_moment(v, on.g, spec.beta2, on.work),
        *root(v, on.work),
        *bias_correction(on.work, spec.beta2, on),
        *divide_by_root(m, on.work, spec.epsilon, on.delta),
        *descend_unbiased(on.delta, spec.beta1, on),
    )


def _adamw(on: Workspace) -> Ops:
    """Δw = −η·(m̂ / (√v̂ + ε) + d·w)."""
    return *_adam(on), *decay_weights(on.spec.weight_decay, on)


# ---- the table ---------------------------------------------------------------------------------

_MOMENTS = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)"

_ENTRIES = (
    Optimizer("sgd", "SGD", "Δw = −η·g", "straight down the gradient of the batch", (), _sgd),
    Optimizer(
        "momentum",
        "Momentum",
        "v ← μ·v + g, Δw = −η·v",
        "keeps rolling: smooths noise, overshoots; the step is up to 1 / (1 − μ) times as long",
        ("v",),
        _momentum,
    ),
    Optimizer(
        "nesterov",
        "Nesterov",
        "v ← μ·v + g, Δw = −η·(g + μ·v)",
        "momentum that looks one step ahead",
        ("v",),
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
    on = Workspace(parameters, gradients, slots, spec, np.zeros_like(parameters), np.empty_like(parameters))
    return Update(on, entry.compose(on))
