"""Pass: all the buffers that one forward and backward pass over N examples needs, bound once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from playground.engine.activations import ACTIVATIONS, constants
from playground.engine.layers import Brick, Dense, Dropout, Elementwise, Maxout, Op, column_buffer
from playground.engine.losses import LOSSES, Loss
from playground.engine.network import LayerLayout, Network
from playground.engine.spec import choose, require

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class LayerBuffers:
    """What a pass holds of one layer; examples are columns."""

    layout: LayerLayout
    # Pre-activations; overwritten by `a` where no one needs them and the pass does not keep them; shape (units ×
    # pieces, N).
    z: Array
    a: Array  # activations, before dropout; shape (units, N)
    output: Array  # what the next layer reads: `a`, or `a` × `mask`; shape (units, N)
    upstream: Array  # ∂L_B/∂a of the mean loss (after `mask`); zeros before a backward pass; shape (units, N)
    delta: Array  # δ = ∂L_B/∂z, the downstream gradient of the activation; shape (units × pieces, N)
    mask: Array | None  # dropout mask; shape (units, N)


class Pass:
    """The pre-allocated workspace of a network for `n_samples` examples.

    Fill ``inputs`` and ``targets`` (they are the two parts of ``batch``), then call ``forward()`` and
    ``backward()``; the gradient of the *mean* loss over `total` examples is then in `gradients`.

    Parameters
    ----------
    network : Network
    loss : str or None
        A key of ``LOSSES``; None for a pass that only reads activations.
    n_samples : int
    parameters : array, shape (n_parameters,)
        Read in place.
    gradients : array, shape (n_parameters,), optional
        Written in place; without it there is no backward pass.
    keep : bool
        Keep every z, also where the activation could overwrite it.
    dropout : bool
        Apply the layers' dropout; fill the masks first.
    dtype : data type
        float64; float32 for maps, complex128 for the complex step of the gradient check.
    input_gradients : bool
        Compute ∂L_B/∂x of the network's inputs as well (``input_gradient``).
    tamper : callable (LayerBuffers) -> callable or None, optional
        An extra operation after δ of a layer: the gradient check's broken derivative.

    Attributes
    ----------
    inputs, targets : views into `batch`
    forward_ops, backward_ops : tuples of callables
    """

    def __init__(
        self,
        network: Network,
        loss: str | None,
        n_samples: int,
        parameters: Array,
        gradients: Array | None = None,
        *,
        keep: bool = False,
        dropout: bool = False,
        dtype: DTypeLike = np.float64,
        input_gradients: bool = False,
        tamper: Callable[[LayerBuffers], Op | None] | None = None,
    ) -> None:
        require(n_samples >= 1, "batch: expected at least 1 example, got {n_samples}", n_samples=n_samples)
        self.network = network
        self.n_samples = n_samples
        self.loss: Loss | None = None if loss is None else choose("loss", loss, LOSSES)
        n_inputs, n_outputs = network.spec.n_inputs, network.spec.n_outputs
        # The inputs, a row of ones, the targets: one copy fills all of it; shape (n_inputs + 1 + n_outputs, N).
        self.batch: Array = np.zeros((n_inputs + 1 + n_outputs, n_samples), dtype=dtype)
        self.batch[n_inputs] = 1.0
        self.inputs = self.batch[: n_inputs + 1]
        self.targets = self.batch[n_inputs + 1 :]
        # 1 / (number of examples that the mean is over); set it for a part of a larger batch.
        self.share = np.array(1.0 / n_samples)
        self._below_inputs = np.zeros((n_inputs + 1, n_samples), dtype=dtype)
        self.input_gradient = self._below_inputs[:-1]
        self._keep, self._dtype, self._tamper = keep, dtype, tamper
        self._build(parameters, gradients, dropout, input_gradients)

    def _build(self, parameters: Array, gradients: Array | None, dropout: bool, input_gradients: bool) -> None:
        """Connect the bricks, first layer to last."""
        trains = gradients is not None
        weights = self.network.matrices(parameters)
        slots = self.network.matrices(gradients) if gradients is not None else [None] * len(weights)
        inputs = self.inputs
        downstream = self._below_inputs if input_gradients and trains else None
        layers: list[LayerBuffers] = []
        forward: list[Op] = []
        backward: list[tuple[Op, ...]] = []
        for layout, matrix, slot in zip(self.network.layers, weights, slots, strict=True):
            buffers, column, below = self._allocate(layout, trains, dropout)
            dense = Dense(matrix, inputs, buffers.z, buffers.delta if trains else None, slot, downstream)
            bricks: list[Brick] = [dense, self._activation(buffers, trains)]
            if buffers.mask is not None:
                upstream = buffers.upstream if trains else None
                bricks.append(Dropout(buffers.mask, buffers.a, buffers.output, upstream))
            forward.extend(op for brick in bricks for op in brick.forward_ops)
            backward.append(self._backward_ops(bricks, buffers))
            layers.append(buffers)
            inputs, downstream = column, below
        self.layers = tuple(layers)
        self.scores = layers[-1].a
        self.forward_ops = tuple(forward)
        self.backward_ops: tuple[Op, ...] = ()
        if trains and self.loss is not None:
            self.backward_ops = (*self._loss_ops(), *(op for ops in reversed(backward) for op in ops))

    def _allocate(self, layout: LayerLayout, trains: bool, dropout: bool) -> tuple[LayerBuffers, Array, Array | None]:
        """Return the buffers of one layer, and the next layer's inputs and their gradient."""
        n, units, dtype = self.n_samples, layout.units, self._dtype
        column = column_buffer(units, n, dtype)
        output = column[:-1]
        drops = dropout and layout.spec.dropout > 0.0
        mask: Array | None = np.ones((units, n), dtype=dtype) if drops else None
        a: Array = np.zeros((units, n), dtype=dtype) if drops else output
        activation = ACTIVATIONS.get(layout.activation)
        separate = activation is None or (self._keep and activation.name != "linear") or activation.needs_z
        z: Array = np.zeros((layout.rows, n), dtype=dtype) if separate else a
        below: Array = np.zeros((units + 1, n if trains else 0), dtype=dtype)
        upstream = below[:-1]
        if activation is not None and activation.name == "linear":
            delta = upstream
        else:
            delta = np.zeros((layout.rows, below.shape[1]), dtype=dtype)
        return LayerBuffers(layout, z, a, output, upstream, delta, mask), column, below if trains else None

    def _activation(self, buffers: LayerBuffers, trains: bool) -> Brick:
        """Return the brick that turns z into a."""
        upstream, delta = (buffers.upstream, buffers.delta) if trains else (None, None)
        if buffers.layout.is_maxout:
            return Maxout(buffers.z, buffers.a, upstream, delta)
        entry = ACTIVATIONS[buffers.layout.activation]
        numbers = constants(buffers.layout.spec, self._dtype)
        return Elementwise(entry, numbers, buffers.z, buffers.a, upstream, delta)

    def _backward_ops(self, bricks: list[Brick], buffers: LayerBuffers) -> tuple[Op, ...]:
        """Return the backward calls of one layer, last brick first, with the tampering in the middle."""
        after = [op for brick in reversed(bricks[1:]) for op in brick.backward_ops]
        extra = self._tamper(buffers) if self._tamper else None
        if extra is not None:
            after.append(extra)
        return (*after, *bricks[0].backward_ops)

    def _loss_ops(self) -> tuple[Op, ...]:
        """∂L_B/∂score of the mean: the loss gradient of each example, times 1/N."""
        assert self.loss is not None
        out = self.layers[-1].upstream
        work = np.empty((out.shape[0] + 1, self.n_samples))
        return (
            self.loss.bind(self.scores, self.targets, out, work),
            partial(np.multiply, out, self.share, out),
        )

    def forward(self) -> None:
        """Compute every z and a from ``inputs``."""
        for op in self.forward_ops:
            op()

    def backward(self) -> None:
        """Compute every gradient from the loss back; the forward pass comes first."""
        for op in self.backward_ops:
            op()

    def losses(self) -> Array:
        """Return Lᵢ of each example, shape (N,), in the data type of the pass, from the current scores."""
        require(self.loss is not None, "loss: this pass only reads activations; give it a loss")
        assert self.loss is not None
        return self.loss.per_example(self.scores, self.targets)
