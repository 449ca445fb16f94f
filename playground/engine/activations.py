"""The table of the activations: what the user reads about each, and how it is computed; one entry each.

An entry is everything that the program knows of an activation: menus, files, the command line, circuits and
exported scripts read it from here. The calculus itself, function by function, is in `derivatives.py`.
"""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from playground.engine import derivatives
from playground.engine.derivatives import Array, Constants, constants
from playground.engine.spec import LayerSpec, choose

__all__ = [
    "ACTIVATIONS",
    "LAYER_ACTIVATIONS",
    "MAXOUT",
    "Activation",
    "Array",
    "Constants",
    "LayerActivation",
    "constants",
    "largest_local",
    "local",
    "value",
]

Forward = Callable[[Array, Array, Array, Constants], None]
Local = Callable[[Array, Array, Array, Array, Constants], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerActivation:
    """What the user reads about an activation, and what follows from its law.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    formula, derivative : str
        a = f(z) and ∂a/∂z as text.
    """

    name: str
    label: str
    formula: str
    derivative: str
    traits: tuple[str, ...]  # what the lecture says of it, shortest words first
    settings: tuple[str, ...] = ()  # the settings of a layer (fields of ``LayerSpec``) that belong to it
    range: tuple[float, float] = (-math.inf, math.inf)  # between which numbers a always lies
    kinked: bool = False  # ∂a/∂z jumps at z = 0, or can with some constants
    # Largest absolute ∂a/∂z over all z, with the constants of the layer.
    local_maximum: Callable[[LayerSpec], float] = field(default=lambda layer: 1.0, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation(LayerActivation):
    """One element-wise activation.

    Attributes
    ----------
    pytorch, keras : str or None
        The module, or layer, of an exported script; empty for none, None where the library has no text for it.
    """

    forward: Forward = field(repr=False)  # writes f(z) into `out`, which may be `z` itself unless ``needs_z``
    # Writes ∂a/∂z into `out`; reads `z` only if ``needs_z``, and leaves `z` and `a` alone.
    local: Local = field(repr=False)
    needs_z: bool = False  # ``local`` reads z, and ``forward`` must not overwrite it
    needs_work: bool = False  # ``forward`` or ``local`` uses the scratch array
    # F(z), and ∂a/∂z of (z, a), as an exported script computes them; ``{slope}`` stands for that setting.
    numpy: tuple[str, str]
    pytorch: str | None = None
    keras: str | None = None


# ---- the table ---------------------------------------------------------------------------------

_ENTRIES = (
    Activation(
        name="linear",
        label="Linear",
        formula="a = z",
        derivative="∂a/∂z = 1",
        traits=("no non-linearity: a stack of linear layers stays linear",),
        forward=derivatives.linear,
        local=derivatives.linear_local,
        numpy=("z", "np.ones_like(z)"),
        pytorch="",
        keras="",
    ),
    Activation(
        name="relu",
        label="ReLU",
        formula="a = max(0, z)",
        derivative="∂a/∂z = 1 for z > 0, else 0 (0 at z = 0)",
        traits=(
            "does not saturate for z > 0",
            "not zero-centred",
            "can die: no gradient for z ≤ 0",
        ),
        range=(0.0, math.inf),
        kinked=True,
        forward=derivatives.relu,
        local=derivatives.relu_local,
        numpy=("np.maximum(z, 0.0)", "(z > 0.0) * 1.0"),
        pytorch="nn.ReLU()",
        keras='keras.layers.Activation("relu")',
    ),
    Activation(
        name="leaky_relu",
        label="Leaky ReLU",
        formula="a = z for z > 0, else s·z",
        derivative="∂a/∂z = 1 for z > 0, else s (s at z = 0)",
        traits=(
            "does not saturate",
            "cannot die while s > 0",
        ),
        settings=("slope",),
        kinked=True,
        forward=derivatives.leaky_relu,
        local=derivatives.leaky_relu_local,
        needs_work=True,
        numpy=("np.where(z > 0.0, z, {slope} * z)", "np.where(z > 0.0, 1.0, {slope})"),
        pytorch="nn.LeakyReLU({slope})",
        keras="keras.layers.LeakyReLU(negative_slope={slope})",
    ),
    Activation(
        name="elu",
        label="ELU",
        formula="a = z for z > 0, else α·(eᶻ − 1)",
        derivative="∂a/∂z = 1 for z > 0, else a + α (α at z = 0)",
        traits=(
            "saturates at −α for z ≪ 0",
            "nearly zero-centred",
            "needs exp",
        ),
        settings=("alpha",),
        kinked=True,
        local_maximum=lambda layer: max(1.0, layer.alpha),
        forward=derivatives.elu,
        local=derivatives.elu_local,
        needs_work=True,
        numpy=("np.where(z > 0.0, z, {alpha} * np.expm1(np.minimum(z, 0.0)))", "np.where(z > 0.0, 1.0, a + {alpha})"),
        pytorch="nn.ELU(alpha={alpha})",
        keras="keras.layers.ELU(alpha={alpha})",
    ),
    Activation(
        name="tanh",
        label="tanh",
        formula="a = tanh(z)",
        derivative="∂a/∂z = 1 − a²",
        traits=(
            "saturates at −1 and 1",
            "zero-centred",
            "gradients vanish where it is flat",
        ),
        range=(-1.0, 1.0),
        forward=derivatives.tanh,
        local=derivatives.tanh_local,
        numpy=("np.tanh(z)", "1.0 - a * a"),
        pytorch="nn.Tanh()",
        keras='keras.layers.Activation("tanh")',
    ),
    Activation(
        name="sigmoid",
        label="Sigmoid",
        formula="a = σ(z) = 1 / (1 + e⁻ᶻ)",
        derivative="∂a/∂z = a·(1 − a)",
        traits=(
            "saturates at 0 and 1",
            "not zero-centred",
            "local gradient at most ¼",
            "needs exp",
        ),
        range=(0.0, 1.0),
        local_maximum=lambda layer: 0.25,
        forward=derivatives.sigmoid,
        local=derivatives.sigmoid_local,
        numpy=("sigmoid(z)", "a * (1.0 - a)"),
        pytorch="nn.Sigmoid()",
        keras='keras.layers.Activation("sigmoid")',
    ),
    Activation(
        name="softplus",
        label="Softplus",
        formula="a = ln(1 + eᶻ)",
        derivative="∂a/∂z = σ(z) = 1 − e⁻ᵃ",
        traits=(
            "smooth ReLU",
            "flat for z ≪ 0",
            "not zero-centred",
        ),
        range=(0.0, math.inf),
        forward=derivatives.softplus,
        local=derivatives.softplus_local,
        needs_work=True,
        numpy=("np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))", "sigmoid(z)"),
        pytorch="nn.Softplus(threshold=40)",
        keras='keras.layers.Activation("softplus")',
    ),
    Activation(
        name="gelu",
        label="GELU",
        formula="a = z·p, p = ½·(1 + tanh u), u = √(2/π)·(z + 0.044715·z³)",
        derivative="∂a/∂z = p + a·(1 − p)·2·√(2/π)·(1 + 0.134145·z²)",
        traits=(
            "smooth ReLU, tanh form",
            "dips below 0",
            "flat for z ≪ 0",
        ),
        local_maximum=lambda layer: 1.1289,
        forward=derivatives.gelu,
        local=derivatives.gelu_local,
        needs_z=True,
        needs_work=True,
        numpy=("z * gelu_share(z)", "gelu_local(z, a)"),
        pytorch='nn.GELU(approximate="tanh")',
        keras="keras.layers.Activation(gelu)",
    ),
    Activation(
        name="silu",
        label="SiLU",
        formula="a = z·σ(z)",
        derivative="∂a/∂z = σ(z) + a·(1 − σ(z))",
        traits=(
            "smooth ReLU",
            "dips below 0",
            "flat for z ≪ 0",
        ),
        local_maximum=lambda layer: 1.0998,
        forward=derivatives.silu,
        local=derivatives.silu_local,
        needs_z=True,
        needs_work=True,
        numpy=("z * sigmoid(z)", "sigmoid(z) + a * (1.0 - sigmoid(z))"),
        pytorch="nn.SiLU()",
        keras='keras.layers.Activation("silu")',
    ),
    Activation(
        name="sine",
        label="Sine",
        formula="a = sin(z)",
        derivative="∂a/∂z = cos(z)",
        traits=(
            "zero-centred",
            "periodic: never monotonic for long",
        ),
        range=(-1.0, 1.0),
        forward=derivatives.sine,
        local=derivatives.sine_local,
        needs_z=True,
        numpy=("np.sin(z)", "np.cos(z)"),
        pytorch="Sine()",
        keras="keras.layers.Activation(ops.sin)",
    ),
    Activation(
        name="step",
        label="Step",
        formula="a = 1 for z > 0, else 0",
        derivative="∂a/∂z = 0 (none exists at the jump z = 0; 0 is used)",
        traits=(
            "no gradient: nothing before it can learn",
            "the perceptron's: fires or does not",
        ),
        range=(0.0, 1.0),
        kinked=True,
        local_maximum=lambda layer: 0.0,
        forward=derivatives.step,
        local=derivatives.step_local,
        numpy=("(z > 0.0) * 1.0", "np.zeros_like(z)"),
        pytorch="Step()",
        keras="keras.layers.Activation(unit_step)",
    ),
)

ACTIVATIONS: dict[str, Activation] = {entry.name: entry for entry in _ENTRIES}

MAXOUT = LayerActivation(
    name="maxout",
    label="Maxout",
    formula="a = max(z₁, …, zₖ), zᵢ = wᵢ·x + bᵢ",
    derivative="∂a/∂zᵢ = 1 for the winning piece (the first at a tie), else 0",
    traits=("does not saturate", "cannot die", "k weight vectors per unit: k times the parameters"),
    settings=("pieces",),
    kinked=True,
)
"""Maxout is a brick of `layers.py` and no element-wise function: an output layer cannot have it."""

LAYER_ACTIVATIONS: Mapping[str, LayerActivation] = ChainMap[str, LayerActivation](
    {MAXOUT.name: MAXOUT},
    ACTIVATIONS,  # type: ignore[arg-type]
)
"""What a hidden layer may be: the element-wise ones, then Maxout."""


# ---- readings and plots ------------------------------------------------------------------------


def value(name: str, z: ArrayLike, layer: LayerSpec | None = None) -> Array:
    """Return a = f(z) in a new array of the shape of `z`.

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
    """Return ∂a/∂z in a new array of the shape of `z`; parameters and errors as for `value`."""
    entry = choose("activation", name, ACTIVATIONS)
    given = np.array(z, dtype=np.float64)
    out = np.empty_like(given)
    entry.local(given, value(name, given, layer), out, np.empty_like(given), constants(layer or LayerSpec()))
    return out


def largest_local(name: str, layer: LayerSpec) -> float:
    """Return the largest absolute ∂a/∂z over all z with the constants of `layer`."""
    return choose("activation", name, LAYER_ACTIVATIONS).local_maximum(layer)
