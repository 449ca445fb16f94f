"""The losses on scores: Lᵢ per example, ∂Lᵢ/∂score, targets, prediction; one entry each.

Scores and targets have shape (n_outputs, n_samples): an example is a column. Losses sum over the
outputs; the mean over the examples (the 1/N) belongs to the network. ``n_classes`` is 2 to 10, or 0
for regression. Softmax, hinge and logistic take scores of a linear output layer.

Reference: CS231n lectures 3 and 4 (softmax cross-entropy, multi-class SVM hinge with margin 1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.spec import MAX_CLASSES, choose, require

Array = NDArray[np.float64]
Labels = NDArray[np.intp]
Backward = Callable[[], None]

REGRESSION = 0
_ZERO = np.array(0.0)
_ONE = np.array(1.0)
_LARGEST_EXPONENT = np.array(709.0)


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss: what the user reads about it, and how it is computed.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    formula, derivative : str
        Lᵢ and ∂Lᵢ/∂sⱼ as text.
    """

    name: str
    label: str
    formula: str
    derivative: str
    piece: str  # what one row of ``pieces`` is, as text
    targets: tuple[float, float]  # what is wanted from a score of the wrong class, and of the right one
    single_output: bool  # two classes share one score
    # ``backward()`` writes ∂Lᵢ/∂score into `out`, not divided by the number of examples, and allocates nothing. `work`
    # is scratch of shape (n_outputs + 1, n_samples).
    bind: Callable[[Array, Array, Array, Array], Backward] = field(repr=False)
    per_example: Callable[[Array, Array], Array] = field(repr=False)  # Lᵢ of each example
    # What the loss node shows inside: probabilities, hinge terms or differences.
    pieces: Callable[[Array, Array], Array] = field(repr=False)
    sureness: Callable[[Array], Array] = field(repr=False)  # see `confidence`
    # ``output_activation`` where the loss takes the outputs of any; otherwise the scores of a linear layer.
    settings: tuple[str, ...] = ()
    fits_values: bool = False  # it can learn values, not classes alone
    kinked: bool = False  # ∂Lᵢ/∂score jumps where an entry of ``pieces`` reaches 0

    @property
    def takes_scores(self) -> bool:
        """Whether it takes the scores s of a linear layer; otherwise outputs ŷ, which may have an activation."""
        return "output_activation" not in self.settings

    @property
    def output_symbol(self) -> str:
        """What it takes, as a symbol: s or ŷ."""
        return "s" if self.takes_scores else "ŷ"

    def outputs(self, n_classes: int) -> int:
        """Count the scores for `n_classes` classes (0: regression, squared error only)."""
        if n_classes == REGRESSION:
            fitting = " or ".join(entry.name for entry in LOSSES.values() if entry.fits_values)
            require(
                self.fits_values,
                "loss: regression needs {fitting}, got {name}; choose {fitting}",
                fitting=fitting,
                name=self.name,
            )
            return 1
        require(
            2 <= n_classes <= MAX_CLASSES,
            "classes: expected 2 to {max_classes} (or 0 for regression), got {n_classes}",
            max_classes=MAX_CLASSES,
            n_classes=n_classes,
        )
        return 1 if self.single_output and n_classes == 2 else n_classes

    def encode(self, labels: ArrayLike, n_classes: int) -> Array:
        """Return the targets, shape (n_outputs, n_samples) for `labels` (n_samples,): classes 0, 1, … or values."""
        n_outputs = self.outputs(n_classes)
        if n_classes == REGRESSION:
            return np.array(labels, dtype=np.float64).reshape(1, -1)
        classes = np.asarray(labels).reshape(-1)
        require(
            bool(np.isin(classes, np.arange(n_classes)).all()),
            "labels: expected whole numbers 0 to {n_classes}; number the classes from 0",
            n_classes=n_classes - 1,
        )
        wrong, right = self.targets
        rows = np.arange(1, 2) if n_outputs == 1 else np.arange(n_outputs)
        return np.where(rows[:, None] == classes, right, wrong)

    def gradient(self, scores: Array, targets: Array, out: Array, work: Array) -> None:
        """Write ∂Lᵢ/∂score into `out`, once; a training loop calls what ``bind`` returns instead."""
        self.bind(scores, targets, out, work)()

    def predict(self, scores: Array) -> Labels:
        """Return the winning class of each column: a single score wins for class 1 above 0; a tie goes to the first."""
        if scores.shape[0] == 1:
            return np.asarray(scores[0] > 0.0, dtype=np.intp)
        return np.asarray(np.argmax(scores, axis=0))

    def confidence(self, scores: Array) -> Array:
        """Return how sure the prediction is, in 0 … 1: the winner's lead over the next, 0 at the boundary."""
        return self.sureness(scores)


# ---- softmax cross-entropy ---------------------------------------------------------------------


def softmax_probabilities(scores: Array, targets: Array | None = None) -> Array:
    """pₖ = e^sₖ / Σⱼ e^sⱼ, with the largest score subtracted first."""
    powers = np.exp(scores - scores.max(axis=0))
    return np.asarray(powers / powers.sum(axis=0))


def _bind_softmax(scores: Array, targets: Array, out: Array, work: Array) -> Backward:
    """∂Lᵢ/∂sⱼ = pⱼ − tⱼ."""
    row = work[-1]
    total = np.ones(scores.shape[0]).dot
    largest = np.maximum.reduce

    def backward() -> None:
        largest(scores, 0, None, row)
        np.subtract(scores, row, out)
        np.exp(out, out)
        total(out, row)
        np.divide(out, row, out)
        np.subtract(out, targets, out)

    return backward


def _softmax(scores: Array, targets: Array) -> Array:
    """Lᵢ = ln Σⱼ e^sⱼ − s_y."""
    shifted = scores - scores.max(axis=0)
    return np.asarray(np.log(np.exp(shifted).sum(axis=0)) - (shifted * targets).sum(axis=0))


def _softmax_sureness(scores: Array) -> Array:
    return _lead(softmax_probabilities(scores))


# ---- multi-class SVM hinge ---------------------------------------------------------------------


def hinge_terms(scores: Array, targets: Array) -> Array:
    """Return max(0, 1 − margin), margin = s_y − sⱼ, for j ≠ y, and 0 at the right class."""
    right = (scores * targets).sum(axis=0)
    return np.asarray(np.maximum(0.0, scores - right + 1.0) * (1.0 - targets))


def _bind_hinge(scores: Array, targets: Array, out: Array, work: Array) -> Backward:
    """∂Lᵢ/∂sⱼ = [sⱼ − s_y + 1 > 0] for j ≠ y, and ∂Lᵢ/∂s_y = −(how many of them)."""
    chosen, row = work[:-1], work[-1]
    total = np.ones(scores.shape[0]).dot

    def backward() -> None:
        np.multiply(scores, targets, out)
        total(out, row)
        np.subtract(scores, row, out)
        np.add(out, _ONE, out)
        np.greater(out, _ZERO, out)
        # The right class always counts itself once, since its own term is +1: 1 − (1 + how many) is −how many.
        total(out, row)
        np.multiply(targets, row, chosen)
        np.subtract(out, chosen, out)

    return backward


def _hinge(scores: Array, targets: Array) -> Array:
    """Lᵢ = Σ_{j≠y} max(0, sⱼ − s_y + 1)."""
    return np.asarray(hinge_terms(scores, targets).sum(axis=0))


def _hinge_sureness(scores: Array) -> Array:
    return np.minimum(_lead(scores), 1.0)


# ---- squared error -----------------------------------------------------------------------------


def differences(scores: Array, targets: Array) -> Array:
    """Return ŷ − t."""
    return np.asarray(scores - targets)


def _bind_squared(scores: Array, targets: Array, out: Array, work: Array) -> Backward:
    """∂Lᵢ/∂ŷ = ŷ − t."""

    def backward() -> None:
        np.subtract(scores, targets, out)

    return backward


def _squared(scores: Array, targets: Array) -> Array:
    """Lᵢ = ½ Σ (ŷ − t)²."""
    return np.asarray(0.5 * np.square(scores - targets).sum(axis=0))


def _squared_sureness(scores: Array) -> Array:
    # Targets are −1 and +1: a single score at ±1, or two scores 2 apart, is all that was asked for.
    return np.minimum(_lead(scores) if scores.shape[0] == 1 else 0.5 * _lead(scores), 1.0)


# ---- logistic ----------------------------------------------------------------------------------


def logistic_probabilities(scores: Array, targets: Array | None = None) -> Array:
    """`p = σ(s) = 1 / (1 + e⁻ˢ)`, the exponent held below the overflow of exp."""
    return np.asarray(1.0 / (1.0 + np.exp(np.minimum(-scores, _LARGEST_EXPONENT))))


def _bind_logistic(scores: Array, targets: Array, out: Array, work: Array) -> Backward:
    """∂Lᵢ/∂s = σ(s) − t."""

    def backward() -> None:
        np.negative(scores, out)
        np.minimum(out, _LARGEST_EXPONENT, out=out)
        np.exp(out, out)
        np.add(out, _ONE, out)
        np.reciprocal(out, out)
        np.subtract(out, targets, out)

    return backward


def _logistic(scores: Array, targets: Array) -> Array:
    """Lᵢ = Σ ln(1 + eˢ) − t·s."""
    softplus = np.maximum(scores, 0.0) + np.log1p(np.exp(np.minimum(scores, -scores)))
    return np.asarray((softplus - targets * scores).sum(axis=0))


def _logistic_sureness(scores: Array) -> Array:
    if scores.shape[0] == 1:
        return np.asarray(np.abs(2.0 * logistic_probabilities(scores)[0] - 1.0))
    return _lead(logistic_probabilities(scores))


def _lead(scores: Array) -> Array:
    """Return the lead of the winner over the runner-up; of a single score, its distance from 0."""
    if scores.shape[0] == 1:
        return np.asarray(np.abs(scores[0]))
    best = np.partition(scores, -2, axis=0)
    return np.asarray(best[-1] - best[-2])


# ---- the table ---------------------------------------------------------------------------------

_ENTRIES = (
    Loss(
        "softmax",
        "Softmax cross-entropy",
        "Lᵢ = −ln p_y, pⱼ = e^sⱼ / Σₖ e^sₖ",
        "∂Lᵢ/∂sⱼ = pⱼ − 1 for the right class j = y, pⱼ for the others",
        "probability pⱼ",
        (0.0, 1.0),
        False,
        _bind_softmax,
        _softmax,
        softmax_probabilities,
        _softmax_sureness,
    ),
    Loss(
        "hinge",
        "SVM hinge",
        "Lᵢ = Σ_{j≠y} max(0, sⱼ − s_y + 1)",
        "∂Lᵢ/∂sⱼ = 1 where the margin s_y − sⱼ < 1, else 0; ∂Lᵢ/∂s_y = −(number of those j)",
        "max(0, 1 − margin)",
        (0.0, 1.0),
        False,
        _bind_hinge,
        _hinge,
        hinge_terms,
        _hinge_sureness,
        kinked=True,
    ),
    Loss(
        "squared",
        "Squared error",
        "Lᵢ = ½ Σ (ŷ − t)²",
        "∂Lᵢ/∂ŷ = ŷ − t",
        "difference ŷ − t",
        (-1.0, 1.0),
        True,
        _bind_squared,
        _squared,
        differences,
        _squared_sureness,
        settings=("output_activation",),
        fits_values=True,
    ),
    Loss(
        "logistic",
        "Logistic",
        "Lᵢ = Σ −t·ln p − (1 − t)·ln(1 − p), p = σ(s)",
        "∂Lᵢ/∂s = p − t",
        "probability p",
        (0.0, 1.0),
        True,
        _bind_logistic,
        _logistic,
        logistic_probabilities,
        _logistic_sureness,
    ),
)

LOSSES: dict[str, Loss] = {entry.name: entry for entry in _ENTRIES}


def loss(name: str) -> Loss:
    """Return the entry called `name`; ValueError with the known names if there is none."""
    return choose("loss", name, LOSSES)


def accuracy(predicted: Labels, labels: Labels) -> float:
    """Return the share of `predicted` that equals `labels`, both (n_samples,); NaN of no examples."""
    require(
        predicted.shape == labels.shape,
        "labels: expected shape {shape}, got {labels_shape}",
        shape=predicted.shape,
        labels_shape=labels.shape,
    )
    return float(np.mean(predicted == labels)) if labels.size else float("nan")
