"""The floor: a training step written out by hand in NumPy, one line a call, nothing general about it.

tanh hidden layers, a linear output, ½ mean squared error, SGD; the same layout tricks as the engine
(columns, a row of ones, everything in flat vectors, bound ``dot``, in-place ufuncs). The text is put
together per depth, because seven layers are not written by hand, but it holds no loop over layers and
no abstraction: ``print(unrolled_source(2))`` shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np


def unrolled_source(depth: int) -> str:
    """Return the text of ``train(steps)`` for `depth` hidden layers."""
    out = depth + 1
    lines = ["def train(steps):", "    global place, epoch_number", "    for _ in range(steps):"]
    body = [
        "if place + B > n:",
        "    table.take(shuffle(epoch_number), 1, epoch, 'clip')",
        "    epoch_number += 1",
        "    place = 0",
        "copy(epoch[:, place:place + B], batch)",
        "place += B",
    ]
    for layer in range(1, out):
        body += [f"forward{layer}(A{layer - 1}, H{layer})", f"tanh(H{layer}, H{layer})"]
    body += [f"forward{out}(A{depth}, Z)", f"subtract(Z, Y, D{out})", f"multiply(D{out}, share, D{out})"]
    for layer in range(out, 0, -1):
        body.append(f"D{layer}.dot(A{layer - 1}T, G{layer})")
        if layer > 1:
            below = layer - 1
            body += [
                f"backward{layer}(D{layer}, V{below})",
                f"multiply(H{below}, H{below}, D{below})",
                f"multiply(D{below}, U{below}, D{below})",
                f"subtract(U{below}, D{below}, D{below})",
            ]
    body += ["multiply(g, minus_rate, delta)", "add(w, delta, w)"]
    return "\n".join(lines + [" " * 8 + line for line in body])


def unrolled(
    widths: tuple[int, ...], inputs: np.ndarray, targets: np.ndarray, batch_size: int, start: np.ndarray, rate: float
) -> tuple[Callable[[int], None], np.ndarray]:
    """Return ``train(steps)`` and the flat parameters it moves.

    Parameters
    ----------
    widths : inputs, hidden layers, outputs
    inputs : (n, d); targets : (K, n)
    """
    n, depth = len(inputs), len(widths) - 2
    table = np.ascontiguousarray(np.concatenate([inputs.T, np.ones((1, n)), targets]))
    batch = np.zeros((len(table), batch_size))
    w, g, delta = start.copy(), np.zeros_like(start), np.zeros_like(start)
    names: dict[str, object] = {
        "table": table, "epoch": table.copy(), "batch": batch, "B": batch_size, "n": n, "place": n, "epoch_number": 0,
        "copy": np.positive, "tanh": np.tanh, "multiply": np.multiply, "subtract": np.subtract, "add": np.add,
        "shuffle": lambda epoch: np.random.Generator(np.random.PCG64([0, epoch])).permutation(n),
        "A0": batch[: widths[0] + 1], "A0T": batch[: widths[0] + 1].T, "Y": batch[widths[0] + 1 :],
        "Z": np.zeros((widths[-1], batch_size)), "share": np.array(1.0 / batch_size),
        "minus_rate": np.array(-rate), "w": w, "g": g, "delta": delta,
    }  # fmt: skip
    at = 0
    for layer, (n_in, n_out) in enumerate(pairwise(widths), start=1):
        size = n_out * (n_in + 1)
        matrix = w[at : at + size].reshape(n_out, n_in + 1)
        names[f"G{layer}"] = g[at : at + size].reshape(n_out, n_in + 1)
        names[f"forward{layer}"] = matrix.dot
        names[f"backward{layer}"] = matrix.T.dot
        names[f"D{layer}"], whole = np.zeros((n_out, batch_size)), np.zeros((n_out + 1, batch_size))
        # One row more than needed: dot copies a matrix without its last column, but not the whole matrix.
        names[f"V{layer}"], names[f"U{layer}"] = whole, whole[:-1]
        if layer <= depth:
            column = np.ones((n_out + 1, batch_size))
            names[f"A{layer}"], names[f"A{layer}T"], names[f"H{layer}"] = column, column.T, column[:-1]
        at += size
    exec(unrolled_source(depth), names)  # noqa: S102 - our own text, made above
    return names["train"], w  # type: ignore[return-value]
