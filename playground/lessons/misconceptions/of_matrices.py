"""Exercises on matrices and checks: shapes, entries of a product, Jacobians, difference quotients, dead units."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.network import Network
from playground.engine.notation import entry, subscript
from playground.engine.spec import LayerSpec, NetworkSpec
from playground.lessons.misconceptions.exercise import DIGITS, Exercise, exercise
from playground.lessons.misconceptions.facts import Value

Floats = NDArray[np.float64]
_SHAPES = {"X": "ND", "W": "DH", "Y": "NH", "dX": "ND", "dW": "DH", "dY": "NH"}
_IS = {"N": "the number of examples", "D": "the number of inputs", "H": "the number of neurons"}


def side(matrix: str, sizes: dict[str, int], axis: int, digits: int = DIGITS) -> Exercise:
    """Ask for the rows (axis 0) or columns (axis 1) of X, W, Y or a gradient in Y = X·W, with `sizes` N, D and H."""
    letters = _SHAPES[matrix]
    foreign = next(letter for letter in "NDH" if letter not in letters)
    shape = f"{matrix} is [{letters[0]} × {letters[1]}]"
    of = matrix.removeprefix("d")
    facts: dict[str, Value] = {
        "transposed": sizes[letters[1 - axis]],
        "foreign": sizes[foreign],
        "foreign_is": _IS[foreign],
        "matrix": matrix,
        "shape": f"{letters[axis]} ({shape})",
        "shape_rule": f"{matrix} has the shape of {of}, the variable that it is the gradient of."
        if of != matrix
        else "In Y = X·W an example is a row of X and of Y, and each column of W is a neuron.",
    }
    symbol = f"{'rows' if axis == 0 else 'columns'} of {matrix}"
    return exercise("shape", symbol, sizes[letters[axis]], facts, digits)


def parameters(widths: Sequence[int], digits: int = DIGITS) -> Exercise:
    """Ask how many parameters a network of these `widths` has, inputs first."""
    spec = NetworkSpec(
        n_inputs=widths[0], hidden=tuple(LayerSpec(width=one) for one in widths[1:-1]), n_outputs=widths[-1]
    )
    counted = " + ".join(f"({m} + 1) · {n}" for m, n in pairwise(widths))
    facts: dict[str, Value] = {"widths": widths, "counted": counted}
    return exercise("parameters", "number of parameters", Network(spec).n_parameters, facts, digits)


def weight_gradient_entry(X: ArrayLike, dY: ArrayLike, j: int, k: int, digits: int = DIGITS) -> Exercise:
    """Ask for an entry of dW = Xᵀ·dY."""
    x, dy = np.asarray(X, dtype=np.float64), np.asarray(dY, dtype=np.float64)
    line = f"column {j + 1} of X with column {k + 1} of dY"
    untransposed = _product(x, dy, j, k)
    return _entry("dW", "dW = Xᵀ·dY", x.T, dy, j, k, line, untransposed, _same_place(x, dy, j, k), digits)


def input_gradient_entry(dY: ArrayLike, W: ArrayLike, n: int, j: int, digits: int = DIGITS) -> Exercise:
    """Ask for an entry of dX = dY·Wᵀ."""
    dy, w = np.asarray(dY, dtype=np.float64), np.asarray(W, dtype=np.float64)
    line = f"row {n + 1} of dY with row {j + 1} of W"
    return _entry("dX", "dX = dY·Wᵀ", dy, w.T, n, j, line, _product(dy, w, n, j), _same_place(dy, w, n, j), digits)


def _entry(
    name: str, rule: str, left: Floats, right: Floats, i: int, j: int, line: str, untransposed: float | None,
    elementwise: float | None, digits: int,
) -> Exercise:  # fmt: skip
    row, column = left[i], right[:, j]
    facts: dict[str, Value] = {
        "terms": row * column,
        "rule": rule,
        "line": line,
        "sums": float(row.sum() * column.sum()),
    }
    facts |= {} if untransposed is None else {"untransposed": untransposed}
    facts |= {} if elementwise is None else {"elementwise": elementwise}
    return exercise("product", entry(name, i, j), float((left @ right)[i, j]), facts, digits)


def _product(left: Floats, right: Floats, i: int, j: int) -> float | None:
    """Return the entry of the product without the transpose, where the shapes allow it."""
    fits = left.shape[1] == right.shape[0] and i < left.shape[0] and j < right.shape[1]
    return float(left[i] @ right[:, j]) if fits else None


def _same_place(left: Floats, right: Floats, i: int, j: int) -> float | None:
    fits = all(i < one.shape[0] and j < one.shape[1] for one in (left, right))
    return float(left[i, j] * right[i, j]) if fits else None


def jacobian_size(units: int, *, zeros: bool, digits: int = DIGITS) -> Exercise:
    """Ask how many entries of the Jacobian of an element-wise function of `units` units can differ from 0, or not."""
    diagonal = int(np.count_nonzero(np.eye(units)))
    right = units * units - diagonal if zeros else diagonal
    counted = f"{units}² − {units}" if zeros else f"{units}"
    symbol = "entries that are always 0" if zeros else "entries that can differ from 0"
    asked = "jacobian_size.zero" if zeros else "jacobian_size.nonzero"
    return exercise(asked, symbol, right, {"units": units, "counted": counted}, digits)


def jacobian_entry(W: ArrayLike, local: Sequence[float], i: int, j: int, digits: int = DIGITS) -> Exercise:
    """Ask for ∂aᵢ/∂xⱼ of a layer with weights W (a row is a neuron) and the slopes `local` of its curves."""
    w = np.asarray(W, dtype=np.float64)
    facts: dict[str, Value] = {"w": w[i, j], "local": local[i], "i": subscript(i + 1), "j": subscript(j + 1)}
    facts |= {"row": f"{i + 1}", "column": f"{j + 1}"}
    if i != j and j < w.shape[0]:
        facts |= {"other_local": local[j]}
        facts |= {"w_transposed": w[j, i]} if i < w.shape[1] else {}
    right = float((np.diag(local) @ w)[i, j])
    return exercise("jacobian", f"∂{entry('a', i)}/∂{entry('x', j)}", right, facts, digits)


def central(
    plus: float, here: float, minus: float, epsilon: float, symbol: str = "numeric ∂L/∂w", digits: int = DIGITS
) -> Exercise:
    """Ask for (L(w + ε) − L(w − ε)) / 2ε."""
    facts: dict[str, Value] = {"plus": plus, "here": here, "minus": minus, "epsilon": epsilon}
    return exercise("central", symbol, (plus - minus) / (2.0 * epsilon), facts, digits)


def passes(n_parameters: int, digits: int = DIGITS) -> Exercise:
    """Ask how many forward passes central differences cost."""
    facts: dict[str, Value] = {"parameters": n_parameters}
    return exercise("passes", "forward passes", 2 * n_parameters, facts, digits)


def relative_error(backprop: float, numeric: float, digits: int = DIGITS) -> Exercise:
    """Ask for |a − n| / max(|a|, |n|), the verdict of a gradient check."""
    right = abs(backprop - numeric) / max(abs(backprop), abs(numeric))
    facts: dict[str, Value] = {"backprop": backprop, "numeric": numeric}
    return exercise("relative", "relative error", right, facts, digits)


def alive(pre_activations: Sequence[float], digits: int = DIGITS) -> Exercise:
    """Ask at how many of the examples a ReLU unit passes a gradient."""
    facts: dict[str, Value] = {"pre_activations": pre_activations, "n": len(pre_activations)}
    right = int((np.asarray(pre_activations) > 0.0).sum())
    return exercise("alive", "examples that pass a gradient", right, facts, digits)
