"""The initializers: how the weights of a layer start; one entry each. Biases start at 0, always.

Reference: Glorot and Bengio 2010 (Xavier, uniform), He et al. 2015 (normal); the same definitions as
PyTorch's ``xavier_uniform_`` and ``kaiming_normal_``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playground.engine.spec import choose, require

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Start:
    """What an initializer may use: fans, shape, randomness, scale."""

    fan_in: int
    fan_out: int
    shape: tuple[int, ...]
    rng: np.random.Generator
    scale: float


@dataclass(frozen=True, slots=True)
class Initializer:
    """One initializer.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    """

    name: str
    label: str
    formula: str  # the distribution as text
    trait: str  # what it is good for
    weights: Callable[[Start], Array] = field(repr=False)
    settings: tuple[str, ...] = ()  # the fields of ``TrainingSpec`` that belong to it


def _xavier(start: Start) -> Array:
    """U(−r, r), r = √(6 / (n_in + n_out))."""
    r = math.sqrt(6.0 / (start.fan_in + start.fan_out))
    return start.rng.uniform(-r, r, start.shape)


def _he(start: Start) -> Array:
    """N(0, 2 / n_in)."""
    return start.rng.standard_normal(start.shape) * math.sqrt(2.0 / start.fan_in)


def _normal(start: Start) -> Array:
    """N(0, s²)."""
    return start.rng.standard_normal(start.shape) * start.scale


def _uniform(start: Start) -> Array:
    """U(−s, s)."""
    return start.rng.uniform(-1.0, 1.0, start.shape) * start.scale


def _zeros(start: Start) -> Array:
    """`w = 0`."""
    return np.zeros(start.shape)


def _constant(start: Start) -> Array:
    """`w = s`."""
    return np.full(start.shape, start.scale)


_ENTRIES = (
    Initializer(
        "xavier",
        "Xavier",
        "w ~ U(−r, r), r = √(6 / (n_in + n_out)); b = 0",
        "keeps the spread of signals and gradients: for tanh and sigmoid",
        _xavier,
    ),
    Initializer(
        "he",
        "He",
        "w ~ N(0, 2 / n_in); b = 0",
        "makes up for the half that ReLU cuts off",
        _he,
    ),
    Initializer(
        "normal",
        "Small normal",
        "w ~ N(0, s²); b = 0",
        "signals fade layer by layer when s is small, explode when it is large",
        _normal,
        ("initial_scale",),
    ),
    Initializer(
        "uniform",
        "Uniform",
        "w ~ U(−s, s); b = 0",
        "as small normal, with no far outliers",
        _uniform,
        ("initial_scale",),
    ),
    Initializer(
        "zeros",
        "Zeros",
        "w = 0; b = 0",
        "symmetry: every unit of a layer gets the same gradient and stays equal",
        _zeros,
    ),
    Initializer(
        "constant",
        "Constant",
        "w = s; b = 0",
        "symmetry: every unit of a layer gets the same gradient and stays equal",
        _constant,
        ("initial_scale",),
    ),
)

INITIALIZERS: dict[str, Initializer] = {entry.name: entry for entry in _ENTRIES}


def fill(
    name: str,
    fan_in: int,
    fan_out: int,
    shape: tuple[int, ...],
    rng: np.random.Generator,
    scale: float = 0.1,
) -> Array:
    """Return the start weights of one layer, without its biases, which start at 0.

    Parameters
    ----------
    name : str
        A key of ``INITIALIZERS``.
    fan_in, fan_out : int
        Inputs of a unit, units of the layer.
    shape : tuple of int
        Shape of the weights, for instance (units·pieces, fan_in).
    rng : numpy.random.Generator
        Where the randomness comes from.
    scale : float
        s of normal, uniform and constant; the others ignore it.

    Raises
    ------
    ValueError
        If there is no such initializer, or a fan is below 1.
    """
    entry = choose("initializer", name, INITIALIZERS)
    require(
        fan_in >= 1 and fan_out >= 1,
        "initializer: expected fans of at least 1, got {fan_in} and {fan_out}",
        fan_in=fan_in,
        fan_out=fan_out,
    )
    return entry.weights(Start(fan_in, fan_out, shape, rng, scale))
