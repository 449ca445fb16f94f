"""Exercises on a loss at one example: what it is, and the gradient with which the way back begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.circuits.numerals import factor
from playground.engine.losses import LOSSES
from playground.engine.notation import output_symbol
from playground.lessons.misconceptions.exercise import DIGITS, Exercise, exercise
from playground.lessons.misconceptions.facts import Value

Floats = NDArray[np.float64]


def loss_value(loss: str, scores: ArrayLike, targets: ArrayLike, digits: int = DIGITS) -> Exercise:
    """Ask for Lᵢ.

    Parameters
    ----------
    loss : str
        A key of the engine's table.
    scores, targets : array, shape (n_outputs,)
    """
    s, t = _columns(scores, targets)
    right = float(LOSSES[loss].per_example(s, t)[0])
    pieces = LOSSES[loss].pieces(s, t)[:, 0]
    facts = _facts(loss, s[:, 0], t[:, 0], pieces)
    # A square is off by the difference times what that is off.
    seen = s[:, 0] * np.abs(pieces) if loss == "squared" else s[:, 0] if loss == "hinge" else ()
    return exercise(f"loss.{loss}", "Lᵢ", right, facts, digits, seen)


def loss_gradient(loss: str, scores: ArrayLike, targets: ArrayLike, output: int, digits: int = DIGITS) -> Exercise:
    """Ask for ∂Lᵢ/∂score of one output; parameters as for `loss_value`."""
    s, t = _columns(scores, targets)
    out = np.empty_like(s)
    LOSSES[loss].gradient(s, t, out, np.empty((len(s) + 1, 1)))
    pieces = LOSSES[loss].pieces(s, t)[:, 0]
    facts = _facts(loss, s[:, 0], t[:, 0], pieces) | {"score": s[output, 0]}
    asked = f"loss_gradient.{loss}"
    if loss == "squared":
        facts |= {"output": s[output, 0], "target": t[output, 0]}
    elif loss == "logistic":
        facts |= {"p": pieces[output], "t": t[output, 0]}
    else:
        asked += "_right" if t[output, 0] else "_wrong"
        if loss == "softmax":
            facts |= {"p": pieces[output]}
        else:
            facts |= {
                "term": s[output, 0] - float(s[:, 0] @ t[:, 0]) + 1.0,
                "loss": float(LOSSES[loss].per_example(s, t)[0]),
            }
    symbol = output_symbol(output, len(s), is_score=LOSSES[loss].takes_scores)
    seen = {"squared": (s[output, 0], t[output, 0]), "hinge": ()}.get(loss, (pieces[output],))
    return exercise(asked, f"∂Lᵢ/∂{symbol}", float(out[output, 0]), facts, digits, seen)


def probability(scores: Sequence[float], output: int, digits: int = DIGITS) -> Exercise:
    """Ask for one probability that softmax makes of `scores`."""
    s = np.asarray(scores, dtype=np.float64)
    right = float(LOSSES["softmax"].pieces(s[:, None], np.zeros((len(s), 1)))[output, 0])
    facts: dict[str, Value] = {"scores": s, "score": s[output], "powers": np.exp(s)}
    return exercise("loss.probability", f"p{output_symbol(output, len(s), is_score=True)[1:]}", right, facts, digits)


def _columns(scores: ArrayLike, targets: ArrayLike) -> tuple[Floats, Floats]:
    return tuple(np.asarray(one, dtype=np.float64).reshape(-1, 1) for one in (scores, targets))  # type: ignore[return-value]


def _facts(loss: str, s: Floats, t: Floats, pieces: Floats) -> dict[str, Value]:
    if loss == "squared":
        squares = [f"({factor(y)} − {factor(target)})²" for y, target in zip(s, t, strict=True)]
        facts: dict[str, Value] = {"outputs": s, "targets": t}
        if len(s) == 1:
            return facts | {"difference": s[0] - t[0], "target": t[0], "squares": squares[0]}
        return facts | {"squares": f"({' + '.join(squares)})"}
    if loss == "logistic":
        p = float(pieces[0])
        template = f"−ln {factor(p)}" if t[0] else f"−ln(1 − {factor(p)})"
        return {"p": p, "t": float(t[0]), "template": template} if len(s) == 1 else {"t": t, "p": pieces,
                "template": "Σ −t·ln p − (1 − t)·ln(1 − p)"}  # fmt: skip
    if loss == "softmax":
        return {"probabilities": pieces, "p": float(pieces @ t), "scores": s}
    y = int(np.argmax(t))
    wrong = [float(score) for j, score in enumerate(s) if j != y]
    margins = [f"max(0, {factor(score)} − {factor(float(s[y]))} + 1)" for score in wrong]
    return {
        "wrong_scores": wrong,
        "right_score": s[y],
        "count": int((pieces > 0.0).sum()),
        "margins": " + ".join(margins),
    }
