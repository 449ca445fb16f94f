"""Bricks with forward() and backward() over buffers that were allocated once.

This is the only file that knows how examples lie in memory: **as columns**. The activations of a
layer have shape (n_units + 1, N) with a last row of ones, so that f = W·x as in the lecture, the bias
being the last column of W. A brick is a handful of NumPy calls bound to its buffers beforehand
(``forward_ops``, ``backward_ops``); a training loop strings the calls of all bricks together.

Reference: CS231n lecture 4: Y = X·W, dX = dY·Wᵀ, dW = Xᵀ·dY (there with examples as rows).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from playground.engine.activations import Activation, Constants

Array = NDArray[Any]
Op = Callable[[], object]


def column_buffer(n_units: int, n_samples: int, dtype: DTypeLike = np.float64) -> Array:
    """Return the activations of a layer: zeros of shape (n_units + 1, n_samples) with a last row of ones."""
    buffer = np.zeros((n_units + 1, n_samples), dtype=dtype)
    buffer[-1] = 1.0
    return buffer


class Brick:
    """Something with a forward and a backward pass.

    Attributes
    ----------
    forward_ops, backward_ops : tuple of callables
        The bound calls of each pass, in order; they take nothing and allocate nothing.
    """

    forward_ops: tuple[Op, ...] = ()
    backward_ops: tuple[Op, ...] = ()

    def forward(self) -> None:
        """Compute the output from the input."""
        for op in self.forward_ops:
            op()

    def backward(self) -> None:
        """Compute the downstream gradient from the upstream gradient: upstream × local."""
        for op in self.backward_ops:
            op()


class Dense(Brick):
    """z = W·x, the bias being W's last column; ∂L_B/∂W = δ·xᵀ, ∂L_B/∂x = Wᵀ·δ.

    Parameters
    ----------
    weights : array, shape (n_rows, n_in + 1)
    inputs : array, shape (n_in + 1, N)
        Last row ones.
    z : array, shape (n_rows, N)
        Output.
    delta : array, shape (n_rows, N), optional
        δ = ∂L_B/∂z, the upstream gradient; without it there is no backward pass.
    gradients : array of the shape of `weights`, optional
        Where ∂L_B/∂W goes: the gradient has the shape of the variable.
    downstream : array, shape (n_in + 1, N), optional
        Where ∂L_B/∂x goes; without it (the first layer) it is not computed. The last row belongs to the
        row of ones and is never read: ``dot`` copies W without its last column, but not W.
    """

    def __init__(
        self,
        weights: Array,
        inputs: Array,
        z: Array,
        delta: Array | None = None,
        gradients: Array | None = None,
        downstream: Array | None = None,
    ) -> None:
        self.forward_ops = (partial(weights.dot, inputs, z),)
        if delta is None:
            return
        ops: list[Op] = []
        if gradients is not None:
            ops.append(partial(delta.dot, inputs.T, gradients))
        if downstream is not None:
            ops.append(partial(weights.T.dot, delta, downstream))
        self.backward_ops = tuple(ops)


class Elementwise(Brick):
    """a = f(z); δ = ∂L_B/∂z = ∂L_B/∂a × ∂a/∂z, unit by unit.

    Parameters
    ----------
    activation : Activation
    constants : Constants
    z, a : arrays, shape (n_units, N)
        They may be one array unless ``activation.needs_z``.
    upstream, delta : arrays, shape (n_units, N), optional
        Without them there is no backward pass. One array for both serves a linear layer.
    """

    def __init__(
        self,
        activation: Activation,
        constants: Constants,
        z: Array,
        a: Array,
        upstream: Array | None = None,
        delta: Array | None = None,
    ) -> None:
        linear = activation.name == "linear"
        work = np.empty_like(z) if activation.needs_work else z
        if not (linear and z is a):
            self.forward_ops = (partial(activation.forward, z, a, work, constants),)
        if upstream is None or delta is None or (linear and delta is upstream):
            return
        self.backward_ops = (
            partial(activation.local, z, a, delta, work, constants),
            partial(np.multiply, delta, upstream, delta),
        )


class Maxout(Brick):
    """a = max over the k pieces of z; the winning piece gets the upstream gradient, the others 0.

    Row p·n_units + u of `z` is piece p of unit u. At a tie the first piece wins, so that the
    gradient never doubles.

    Parameters
    ----------
    z, delta : arrays, shape (k·n_units, N)
    a, upstream : arrays, shape (n_units, N)
    """

    def __init__(self, z: Array, a: Array, upstream: Array | None = None, delta: Array | None = None) -> None:
        pieces = z.reshape(-1, *a.shape)
        rest = [partial(np.maximum, a, piece, out=a) for piece in pieces[2:]]
        self.forward_ops = (partial(np.maximum, pieces[0], pieces[1], out=a), *rest)
        if upstream is None or delta is None:
            return
        won, free = np.empty(a.shape, dtype=np.bool_), np.empty(a.shape, dtype=np.bool_)
        ops: list[Op] = [partial(free.fill, True)]
        for piece, share in zip(pieces, delta.reshape(pieces.shape), strict=True):
            ops.append(partial(np.equal, piece, a, won))
            ops.append(partial(np.logical_and, won, free, won))
            ops.append(partial(np.logical_xor, free, won, free))
            ops.append(partial(np.multiply, upstream, won, share))
        self.backward_ops = tuple(ops)


class Dropout(Brick):
    """out = a × mask, both ways; a mask entry is 0 (dropped) or 1 / (1 − rate).

    Parameters
    ----------
    mask, a, out : arrays, shape (n_units, N)
        `mask` is filled before each forward pass (``batches.fill_mask``).
    upstream : array, shape (n_units, N), optional
        Changed in place from ∂L_B/∂out to ∂L_B/∂a.
    """

    def __init__(self, mask: Array, a: Array, out: Array, upstream: Array | None = None) -> None:
        self.mask = mask
        self.forward_ops = (partial(np.multiply, a, mask, out),)
        if upstream is not None:
            self.backward_ops = (partial(np.multiply, upstream, mask, upstream),)
