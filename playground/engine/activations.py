"""The table of the activations: what people read about each, and how it is computed; one short entry each.

The calculus itself, function by function, is in `derivatives.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from playground.engine import derivatives
from playground.engine.derivatives import Array, Constants, constants
from playground.engine.spec import LayerSpec, choose

__all__ = [
    "ACTIVATIONS",
    "MAXOUT",
    "Activation",
    "Array",
    "Constants",
    "constants",
    "largest_local",
    "local",
    "value",
]

Forward = Callable[[Array, Array, Array, Constants], None]
Local = Callable[[Array, Array, Array, Array, Constants], None]


@dataclass(frozen=True, slots=True)
class Activation:
    """One element-wise activation: what people read about it, and how it is computed.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    formula, derivative : str
        a = f(z) and ∂a/∂z as text.
    traits : tuple of str
        What the lecture says of it, shortest words first.
    forward : callable (z, out, work, constants)
        Writes f(z) into `out`, which may be `z` itself unless ``needs_z``.
    local : callable (z, a, out, work, constants)
        Writes ∂a/∂z into `out`; reads `z` only if ``needs_z``, and leaves `z` and `a` alone.
    needs_z : bool
        ``local`` reads z, and ``forward`` must not overwrite it.
    needs_work : bool
        ``forward`` or ``local`` uses the scratch array.
    saturates : bool
        The lecture calls it saturating: a flat end where ∂a/∂z fades to 0.
    local_maximum : float
        Largest absolute ∂a/∂z over all z, with the default constants (`largest_local` for a layer's own).
    """

    name: str
    label: str
    formula: str
    derivative: str
    traits: tuple[str, ...]
    forward: Forward = field(repr=False)
    local: Local = field(repr=False)
    needs_z: bool = False
    needs_work: bool = False
    saturates: bool = False
    local_maximum: float = 1.0


# ---- the table ---------------------------------------------------------------------------------

_ENTRIES = (
    Activation(
        "linear",
        "Linear",
        "a = z",
        "∂a/∂z = 1",
        ("no non-linearity: a stack of linear layers stays linear",),
        derivatives.linear,
        derivatives.linear_local,
    ),
    Activation(
        "relu",
        "ReLU",
        "a = max(0, z)",
        "∂a/∂z = 1 for z > 0, else 0 (0 at z = 0)",
        ("does not saturate for z > 0", "not zero-centred", "can die: no gradient for z ≤ 0"),
        derivatives.relu,
        derivatives.relu_local,
    ),
    Activation(
        "leaky_relu",
        "Leaky ReLU",
        "a = z for z > 0, else s·z",
        "∂a/∂z = 1 for z > 0, else s (s at z = 0)",
        ("does not saturate", "cannot die while s > 0"),
        derivatives.leaky_relu,
        derivatives.leaky_relu_local,
        needs_work=True,
    ),
    Activation(
        "elu",
        "ELU",
        "a = z for z > 0, else α·(eᶻ − 1)",
        "∂a/∂z = 1 for z > 0, else a + α (α at z = 0)",
        ("saturates at −α for z ≪ 0", "nearly zero-centred", "needs exp"),
        derivatives.elu,
        derivatives.elu_local,
        needs_work=True,
        saturates=True,
    ),
    Activation(
        "tanh",
        "tanh",
        "a = tanh(z)",
        "∂a/∂z = 1 − a²",
        ("saturates at −1 and 1", "zero-centred", "gradients vanish where it is flat"),
        derivatives.tanh,
        derivatives.tanh_local,
        saturates=True,
    ),
    Activation(
        "sigmoid",
        "Sigmoid",
        "a = σ(z) = 1 / (1 + e⁻ᶻ)",
        "∂a/∂z = a·(1 − a)",
        ("saturates at 0 and 1", "not zero-centred", "local gradient at most ¼", "needs exp"),
        derivatives.sigmoid,
        derivatives.sigmoid_local,
        saturates=True,
        local_maximum=0.25,
    ),
    Activation(
        "softplus",
        "Softplus",
        "a = ln(1 + eᶻ)",
        "∂a/∂z = σ(z) = 1 − e⁻ᵃ",
        ("smooth ReLU", "flat for z ≪ 0", "not zero-centred"),
        derivatives.softplus,
        derivatives.softplus_local,
        needs_work=True,
    ),
    Activation(
        "gelu",
        "GELU",
        "a = z·p, p = ½·(1 + tanh u), u = √(2/π)·(z + 0.044715·z³)",
        "∂a/∂z = p + a·(1 − p)·2·√(2/π)·(1 + 0.134145·z²)",
        ("smooth ReLU, tanh form", "dips below 0", "flat for z ≪ 0"),
        derivatives.gelu,
        derivatives.gelu_local,
        needs_z=True,
        needs_work=True,
        local_maximum=1.1289,
    ),
    Activation(
        "silu",
        "SiLU",
        "a = z·σ(z)",
        "∂a/∂z = σ(z) + a·(1 − σ(z))",
        ("smooth ReLU", "dips below 0", "flat for z ≪ 0"),
        derivatives.silu,
        derivatives.silu_local,
        needs_z=True,
        needs_work=True,
        local_maximum=1.0998,
    ),
    Activation(
        "sine",
        "Sine",
        "a = sin(z)",
        "∂a/∂z = cos(z)",
        ("zero-centred", "periodic: never monotonic for long"),
        derivatives.sine,
        derivatives.sine_local,
        needs_z=True,
    ),
)

ACTIVATIONS: dict[str, Activation] = {entry.name: entry for entry in _ENTRIES}


@dataclass(frozen=True, slots=True)
class MaxoutText:
    """What people read about Maxout, which is a brick of `layers.py` and no element-wise function."""

    name: str
    label: str
    formula: str
    derivative: str
    traits: tuple[str, ...]


MAXOUT = MaxoutText(
    "maxout",
    "Maxout",
    "a = max(z₁, …, zₖ), zᵢ = wᵢ·x + bᵢ",
    "∂a/∂zᵢ = 1 for the winning piece (the first at a tie), else 0",
    ("does not saturate", "cannot die", "k weight vectors per unit: k times the parameters"),
)


# ---- readings and plots ------------------------------------------------------------------------


def value(name: str, z: ArrayLike, layer: LayerSpec | None = None) -> Array:
    """Activation a = f(z) in a new array of the shape of `z`.

    Parameters
    ----------
    name : str
        A key of ``ACTIVATIONS``.
    z : array_like
        Pre-activations, any shape.
    layer : LayerSpec, optional
        Whose slope and α to use; the defaults without it.

    Raises
    ------
    ValueError
        If there is no such element-wise activation.
    """
    entry = choose("activation", name, ACTIVATIONS)
    given = np.array(z, dtype=np.float64)
    out = np.empty_like(given)
    entry.forward(given, out, np.empty_like(given), constants(layer or LayerSpec()))
    return out


def local(name: str, z: ArrayLike, layer: LayerSpec | None = None) -> Array:
    """∂a/∂z in a new array of the shape of `z`; parameters and errors as for `value`."""
    entry = choose("activation", name, ACTIVATIONS)
    given = np.array(z, dtype=np.float64)
    out = np.empty_like(given)
    entry.local(given, value(name, given, layer), out, np.empty_like(given), constants(layer or LayerSpec()))
    return out


def largest_local(name: str, layer: LayerSpec) -> float:
    """Largest absolute ∂a/∂z over all z with the constants of `layer`; Maxout's is 1."""
    if name == MAXOUT.name:
        return 1.0
    entry = choose("activation", name, ACTIVATIONS)
    return max(entry.local_maximum, layer.alpha) if name == "elu" else entry.local_maximum
