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
class LibraryOptimizer:
    """How an exported script makes an optimizer of a library.

    Attributes
    ----------
    kind, options : str
        The class, and what it is given beside the rate; ``{momentum}`` stands for that setting.
    """

    kind: str
    options: str = ""
    # What the library calls the things that it remembers, where a script can hand them over.
    slots: tuple[str, ...] = ()
    differs: str = ""  # where the library's definition is not the one here


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimizer:
    """One optimizer: what the user reads about it, and how it is computed.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    pytorch, keras : LibraryOptimizer or None
        None where the library has no such optimizer.
    """

    name: str
    label: str
    formula: str  # the update as text: g the gradient, η the rate, t counts from 1
    trait: str  # what it is good for
    settings: tuple[str, ...] = ()  # the fields of ``OptimizerSpec`` that belong to it
    slots: tuple[str, ...] = ()  # what it remembers per parameter, as symbols; each slot starts as zeros
    compose: Callable[[Workspace], Ops] = field(repr=False)  # leaves Δw in ``delta``
    # The body of ``update(w, g, memory, rate, t)`` in an exported script, which returns Δw of one matrix and changes
    # `memory` in place; ``{momentum}`` stands for that setting.
    numpy: str
    pytorch: LibraryOptimizer | None = None
    keras: LibraryOptimizer | None = None

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
    """Δw = −η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε): the moments of g and g², corrected for their start at 0."""
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
    """Δw of Adam, and −η·d·w."""
    return *_adam(on), *decay_weights(on.spec.weight_decay, on)


# ---- the table ---------------------------------------------------------------------------------

_MOMENTS = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²"
# Written out: a label loses or moves the hats, which are combining marks.
_CORRECTED = "m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)"

_MOMENTS_CODE = (
    "m, v = memory\n"
    "m[...] = {beta1} * m + (1.0 - {beta1}) * g\n"
    "v[...] = {beta2} * v + (1.0 - {beta2}) * g * g\n"
    "m_hat, v_hat = m / (1.0 - {beta1} ** t), v / (1.0 - {beta2} ** t)\n"
)

_ENTRIES = (
    Optimizer(
        name="sgd",
        label="SGD",
        formula="Δw = −η·g",
        trait="straight down the gradient of the batch",
        compose=_sgd,
        numpy="return -rate * g",
        pytorch=LibraryOptimizer("SGD"),
        keras=LibraryOptimizer("SGD"),
    ),
    Optimizer(
        name="momentum",
        label="Momentum",
        formula="v ← μ·v + g, Δw = −η·v",
        trait="keeps rolling: smooths noise, overshoots; the step is up to 1 / (1 − μ) times as long",
        settings=("momentum",),
        slots=("v",),
        compose=_momentum,
        numpy="(v,) = memory\nv[...] = {momentum} * v + g\nreturn -rate * v",
        pytorch=LibraryOptimizer("SGD", "momentum={momentum}", slots=("momentum_buffer",)),
        keras=LibraryOptimizer("SGD", "momentum={momentum}", differs="keeps the rate inside its memory"),
    ),
    Optimizer(
        name="nesterov",
        label="Nesterov",
        formula="v ← μ·v + g, Δw = −η·(g + μ·v)",
        trait="momentum that looks one step ahead",
        settings=("momentum",),
        slots=("v",),
        compose=_nesterov,
        numpy="(v,) = memory\nv[...] = {momentum} * v + g\nreturn -rate * (g + {momentum} * v)",
        pytorch=LibraryOptimizer("SGD", "momentum={momentum}, nesterov={momentum} > 0.0", slots=("momentum_buffer",)),
        keras=LibraryOptimizer("SGD", "momentum={momentum}, nesterov=True", differs="keeps the rate inside its memory"),
    ),
    Optimizer(
        name="adagrad",
        label="AdaGrad",
        formula="s ← s + g², Δw = −η·g / (√s + ε)",
        trait="a rate per parameter that only ever shrinks",
        settings=("epsilon",),
        slots=("s",),
        compose=_adagrad,
        numpy="(s,) = memory\ns += g * g\nreturn -rate * g / (np.sqrt(s) + {epsilon})",
        pytorch=LibraryOptimizer("Adagrad", "eps={epsilon}", slots=("sum",)),
        keras=LibraryOptimizer(
            "Adagrad", "initial_accumulator_value=0.0, epsilon={epsilon}", differs="adds ε under the root"
        ),
    ),
    Optimizer(
        name="rmsprop",
        label="RMSProp",
        formula="v ← ρ·v + (1 − ρ)·g², Δw = −η·g / (√v + ε)",
        trait="a rate per parameter that forgets old gradients",
        settings=("rho", "epsilon"),
        slots=("v",),
        compose=_rmsprop,
        numpy=(
            "(v,) = memory\nv[...] = {rho} * v + (1.0 - {rho}) * g * g\nreturn -rate * g / (np.sqrt(v) + {epsilon})"
        ),
        pytorch=LibraryOptimizer("RMSprop", "alpha={rho}, eps={epsilon}", slots=("square_avg",)),
        keras=LibraryOptimizer("RMSprop", "rho={rho}, epsilon={epsilon}", differs="adds ε under the root"),
    ),
    Optimizer(
        name="adam",
        label="Adam",
        formula=f"{_MOMENTS}, Δw = −η · {_CORRECTED}",
        trait="momentum and a rate per parameter, corrected for the start at 0",
        settings=("beta1", "beta2", "epsilon"),
        slots=("m", "v"),
        compose=_adam,
        numpy=_MOMENTS_CODE + "return -rate * m_hat / (np.sqrt(v_hat) + {epsilon})",
        pytorch=LibraryOptimizer("Adam", "betas=({beta1}, {beta2}), eps={epsilon}", slots=("exp_avg", "exp_avg_sq")),
        keras=LibraryOptimizer(
            "Adam", "beta_1={beta1}, beta_2={beta2}, epsilon={epsilon}", differs="adds ε before the correction of v"
        ),
    ),
    Optimizer(
        name="adamw",
        label="AdamW",
        formula=f"{_MOMENTS}, Δw = −η · ({_CORRECTED} + d·w)",
        trait="Adam with its own decay d of every parameter, biases included, apart from λ·R(W)",
        settings=("beta1", "beta2", "epsilon", "weight_decay"),
        slots=("m", "v"),
        compose=_adamw,
        numpy=_MOMENTS_CODE + "return -rate * (m_hat / (np.sqrt(v_hat) + {epsilon}) + {weight_decay} * w)",
        pytorch=LibraryOptimizer(
            "AdamW",
            "betas=({beta1}, {beta2}), eps={epsilon}, weight_decay={weight_decay}",
            slots=("exp_avg", "exp_avg_sq"),
        ),
        keras=LibraryOptimizer(
            "AdamW",
            "weight_decay={weight_decay}, beta_1={beta1}, beta_2={beta2}, epsilon={epsilon}",
            differs="adds ε before the correction of v",
        ),
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {entry.name: entry for entry in _ENTRIES}


def bind(parameters: Array, gradients: Array, slots: Slots, spec: OptimizerSpec) -> Update:
    """Return the update of `spec` over these very arrays.

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
        "optimizer: {name} keeps {count} values per parameter, got {found}; start it afresh",
        name=spec.name,
        count=len(entry.slots),
        found=len(slots),
    )
    on = Workspace(parameters, gradients, slots, spec, np.zeros_like(parameters), np.empty_like(parameters))
    return Update(on, entry.compose(on))
