"""The gates of the data loss Lᵢ and of λ·R(W), added behind scores and weights.

Softmax cross-entropy is ln Σ eˢ − s_y: its log-sum-exp gate is a bundle that opens into exp, Σ and ln, and
stays finite for any scores. Hinge is made of max(0, ·), so it keeps the rule of ReLU at 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.circuits.graph import Builder
from playground.engine.losses import LOSSES
from playground.engine.notation import entry
from playground.engine.regularizers import REGULARIZERS
from playground.engine.spec import choose


def give(builder: Builder, inputs: dict[str, float], name: str, value: float) -> int:
    """Add an input with its value; ValueError if the name is taken."""
    if name in inputs:
        raise ValueError(f"names: {name!r} is used twice; give every input a name of its own")
    inputs[name] = float(value)
    return builder.input(name)


def add_up(builder: Builder, terms: Sequence[int], name: str = "") -> int:
    """Add + for two terms, Σ for more, nothing for one."""
    if len(terms) == 1:
        return terms[0]
    return builder.gate("add" if len(terms) == 2 else "sum", *terms, name=name)


def add_loss(
    builder: Builder, inputs: dict[str, float], loss: str, scores: Sequence[int], targets: NDArray[np.float64]
) -> int:
    """Add the gates of Lᵢ behind `scores`; return the id of the last one."""
    choose("loss", loss, LOSSES)
    if targets.shape != (len(scores),):
        raise ValueError(f"targets: {len(scores)} scores need as many targets, got shape {targets.shape}")
    if loss == "softmax":
        return _softmax(builder, scores, _right_class(targets))
    if loss == "hinge":
        return _hinge(builder, scores, _right_class(targets))
    wanted = ["t"] if len(scores) == 1 else [entry("t", k) for k in range(len(scores))]
    ids = [give(builder, inputs, name, value) for name, value in zip(wanted, targets, strict=True)]
    return (_squared if loss == "squared" else _logistic)(builder, scores, ids)


def _right_class(targets: NDArray[np.float64]) -> int:
    if targets.size < 2 or sorted(targets.tolist()) != [0.0] * (targets.size - 1) + [1.0]:
        raise ValueError("targets: expected a 1 at the right class and 0 elsewhere")
    return int(np.argmax(targets))


def _softmax(builder: Builder, scores: Sequence[int], right: int) -> int:
    """Lᵢ = ln Σⱼ e^sⱼ − s_y."""
    return builder.gate("subtract", builder.gate("log_sum_exp", *scores), scores[right], name="Lᵢ")


def _hinge(builder: Builder, scores: Sequence[int], right: int) -> int:
    """Lᵢ = Σ_{j≠y} max(0, sⱼ − s_y + 1)."""
    terms = []
    for j, score in enumerate(scores):
        if j != right:
            lead = builder.gate("subtract", score, scores[right])
            shifted = builder.gate("add", lead, builder.constant(1.0))
            name = "Lᵢ" if len(scores) == 2 else entry("hinge", j)
            terms.append(builder.gate("max", builder.constant(0.0), shifted, name=name))
    return add_up(builder, terms, "Lᵢ")


def _squared(builder: Builder, scores: Sequence[int], wanted: Sequence[int]) -> int:
    """Lᵢ = ½ Σ (ŷ − t)²."""
    squares = []
    for score, target in zip(scores, wanted, strict=True):
        difference = builder.gate("subtract", score, target)
        squares.append(builder.gate("power", difference, builder.constant(2.0)))
    return builder.gate("multiply", builder.constant(0.5), add_up(builder, squares), name="Lᵢ")


def _logistic(builder: Builder, scores: Sequence[int], wanted: Sequence[int]) -> int:
    """Lᵢ = Σ ln(1 + eˢ) − t·s."""
    terms = []
    for score, target in zip(scores, wanted, strict=True):
        curve, line = builder.gate("softplus", score), builder.gate("multiply", target, score)
        name = "Lᵢ" if len(scores) == 1 else ""
        terms.append(builder.gate("subtract", curve, line, name=name))
    return add_up(builder, terms, "Lᵢ")


def add_penalty(builder: Builder, weights: Sequence[int], regularizer: str, penalty: float, l1_ratio: float) -> int:
    """Add the gates of λ·R(W), R = c₁·Σ|w| + c₂·Σw²; return the id of the last one."""
    first, second = choose("regularization", regularizer, REGULARIZERS).shares(l1_ratio)
    if regularizer == "none" or not weights:
        raise ValueError("regularization: none has no circuit; choose l2, l1 or elastic_net, and at least one weight")
    parts = []
    if first:
        parts.append(_share(builder, first, [builder.gate("abs", w) for w in weights]))
    if second:
        squares = [builder.gate("power", w, builder.constant(2.0)) for w in weights]
        parts.append(_share(builder, second, squares))
    return builder.gate("multiply", builder.constant(penalty), add_up(builder, parts), name="λR")


def _share(builder: Builder, share: float, terms: Sequence[int]) -> int:
    total = add_up(builder, terms)
    return total if share == 1.0 else builder.gate("multiply", builder.constant(share), total)
