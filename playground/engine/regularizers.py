"""The regularizers: R(W) over all weight matrices, never the biases, and λ·∂R/∂W; one entry each.

Full loss: L = (1/N) Σ Lᵢ + λ Σ R(W). L2 is ΣW² without a ½, so its gradient is 2λW.

Reference: CS231n lecture 4, slide "Full loss".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playground.engine.spec import TrainingSpec, choose

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regularizer:
    """One regularizer: what the user reads about it, and R = c₂·ΣW² + c₁·Σ|W|.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    formula, derivative : str
        R(W) and its gradient as text.
    pytorch, keras : str or None
        R(W) with PyTorch, and Keras' regularizer; None where a library has none.
    """

    name: str
    label: str
    formula: str
    derivative: str
    trait: str  # what it does to the weights
    shares: Callable[[float], tuple[float, float]] = field(repr=False)  # how much of Σ|W| and of ΣW² is in R
    settings: tuple[str, ...] = ()  # the fields of ``TrainingSpec`` that belong to it
    # R(W) and ∂R/∂W of a matrix without its biases, as an exported script computes them.
    numpy: tuple[str, str] = ("0.0", "0.0")
    pytorch: str | None = None
    keras: str | None = None


_ENTRIES = (
    Regularizer(
        "none",
        "None",
        "R(W) = 0",
        "∂R/∂w = 0",
        "weights are free",
        lambda l1_ratio: (0.0, 0.0),
    ),
    Regularizer(
        "l2",
        "L2",
        "R(W) = Σ w²",
        "λ·∂R/∂w = 2λ·w",
        "pulls every weight towards 0 in proportion to its size",
        lambda l1_ratio: (0.0, 1.0),
        ("penalty",),
        ("np.square(W).sum()", "2.0 * W"),
        "W.square().sum()",
        "keras.regularizers.L2(PENALTY)",
    ),
    Regularizer(
        "l1",
        "L1",
        "R(W) = Σ |w|",
        "λ·∂R/∂w = λ·sign(w), 0 at w = 0",
        "pulls every weight towards 0 with the same force; a weight at 0 may leave it again",
        lambda l1_ratio: (1.0, 0.0),
        ("penalty",),
        ("np.abs(W).sum()", "np.sign(W)"),
        "W.abs().sum()",
        "keras.regularizers.L1(PENALTY)",
    ),
    Regularizer(
        "elastic_net",
        "Elastic net",
        "R(W) = r·Σ |w| + (1 − r)·Σ w²",
        "λ·∂R/∂w = λ·(r·sign(w) + (1 − r)·2w)",
        "both pulls, mixed by r",
        lambda l1_ratio: (l1_ratio, 1.0 - l1_ratio),
        ("penalty", "l1_ratio"),
        (
            "{l1_ratio} * np.abs(W).sum() + (1.0 - {l1_ratio}) * np.square(W).sum()",
            "{l1_ratio} * np.sign(W) + (1.0 - {l1_ratio}) * 2.0 * W",
        ),
        "{l1_ratio} * W.abs().sum() + (1.0 - {l1_ratio}) * W.square().sum()",
        "keras.regularizers.L1L2(l1=PENALTY * {l1_ratio}, l2=PENALTY * (1.0 - {l1_ratio}))",
    ),
)

REGULARIZERS: dict[str, Regularizer] = {entry.name: entry for entry in _ENTRIES}


def penalty(parameters: Array, weight_mask: Array, spec: TrainingSpec) -> float:
    """Return λ Σ R(W), the regularization loss.

    Parameters
    ----------
    parameters, weight_mask : array, shape (n_parameters,)
        The flat parameters; 1.0 at weights and 0.0 at biases.
    spec : TrainingSpec
        Its regularizer, penalty λ and l1_ratio.
    """
    absolute, square = choose("regularizer", spec.regularizer, REGULARIZERS).shares(spec.l1_ratio)
    weights = parameters * weight_mask
    total = 0.0
    if absolute:
        total += absolute * float(np.abs(weights).sum())
    if square:
        total += square * float(weights.dot(weights))
    return spec.penalty * total


def gradient(parameters: Array, weight_mask: Array, spec: TrainingSpec) -> Array:
    """Return λ·∂R/∂W in a new array, 0 at biases: to the bit what `bind` adds to a gradient of 0."""
    out = np.zeros_like(parameters)
    add = bind(parameters, out, weight_mask, spec)
    if add is not None:
        add()
    return out


def bind(parameters: Array, gradients: Array, weight_mask: Array, spec: TrainingSpec) -> Callable[[], None] | None:
    """``add()``, which does gradients += λ·∂R/∂W in place; None when there is nothing to add.

    ``add()`` allocates nothing. Parameters as for `penalty`; `gradients` has their shape.
    """
    absolute, square = choose("regularizer", spec.regularizer, REGULARIZERS).shares(spec.l1_ratio)
    if not spec.penalty or not (absolute or square):
        return None
    pull = spec.penalty * absolute * weight_mask
    rate = spec.penalty * square * 2.0 * weight_mask
    work = np.empty_like(parameters)

    def add_absolute() -> None:
        np.sign(parameters, work)
        np.multiply(work, pull, work)
        np.add(gradients, work, gradients)

    def add_square() -> None:
        np.multiply(parameters, rate, work)
        np.add(gradients, work, gradients)

    def add_both() -> None:
        add_absolute()
        add_square()

    if absolute and square:
        return add_both
    return add_absolute if absolute else add_square
