"""GradientTrace: every number of one example's forward and backward pass, frozen.

The identity *upstream × local = downstream* holds for one example. It does not hold for means over
a batch, where even the sign can differ; so this is the reading of one example, without dropout and
without regularization, and L here is that example's data loss Lᵢ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import activations
from playground.engine.losses import LOSSES
from playground.engine.network import LayerLayout, Network
from playground.engine.passes import LayerBuffers, Pass
from playground.engine.spec import require

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LayerTrace:
    """One layer at the example. Rows are pieces × units (``layout.row``); without Maxout, units."""

    layout: LayerLayout
    inputs: Array  # x: what the layer reads; shape (n_in,)
    weights: Array  # w, the bias last; shape (rows, n_in + 1)
    z: Array
    a: Array
    winners: NDArray[np.intp]  # the winning piece of each Maxout unit; zeros otherwise; shape (units,)
    upstream: Array  # ∂Lᵢ/∂a; shape (units,)
    # Δₖ · wₖ of each row k of the next layer, whose sum is `upstream`; no columns at the output; shape (units, next
    # rows).
    upstream_terms: Array
    local: Array  # ∂a/∂z; for Maxout 1 at the winning piece and 0 at the others; shape (rows,)
    downstream: Array  # δ = ∂Lᵢ/∂z = upstream × local; shape (rows,)
    weight_gradients: Array  # ∂Lᵢ/∂w = δ · x, the bias's last (δ · 1); shape (rows, n_in + 1)
    input_terms: Array  # w · δ: what each edge sends back to its input; shape (rows, n_in)


@dataclass(frozen=True, slots=True, eq=False)
class GradientTrace:
    """The reading of one example."""

    inputs: Array
    layers: tuple[LayerTrace, ...]  # hidden layers, then the output
    input_gradient: Array  # ∂Lᵢ/∂x; it exists, but nothing updates x; shape (n_inputs,)
    target: Array
    example_loss: float  # Lᵢ
    score_gradients: Array  # ∂Lᵢ/∂score: the upstream of the output layer; shape (n_outputs,)
    pieces: Array  # what the loss makes of each score on the way (``Loss.pieces``); shape (n_outputs,)

    @property
    def scores(self) -> Array:
        """Return the network's outputs, shape (n_outputs,)."""
        return self.layers[-1].a

    def layer(self, index: int) -> LayerTrace:
        """Return layer 1…H or H + 1 (the output)."""
        return self.layers[index - 1]

    def gradient(self) -> Array:
        """Return ∂Lᵢ/∂w of all parameters, flat, shape (n_parameters,)."""
        return np.concatenate([layer.weight_gradients.reshape(-1) for layer in self.layers])


class Tracer:
    """Makes traces of one network; it keeps the buffers, so that a hover costs little.

    Parameters
    ----------
    network : Network
    loss : str
        A key of ``LOSSES``.
    """

    def __init__(self, network: Network, loss: str) -> None:
        self._network, self._loss = network, loss
        self._parameters = np.zeros(network.n_parameters)
        gradients = np.zeros(network.n_parameters)
        self._pass = Pass(network, loss, 1, self._parameters, gradients, keep=True, input_gradients=True)
        self._weights = network.matrices(self._parameters)
        self._gradients = network.matrices(gradients)

    def trace(self, parameters: Array, inputs: Array, target: Array) -> GradientTrace:
        """Read the example `inputs` (n_inputs,) with `target` (n_outputs,) at `parameters`.

        Raises
        ------
        ValueError
            If a shape does not belong to the network.
        """
        here, spec = self._pass, self._network.spec
        require(
            inputs.shape == (spec.n_inputs,),
            "example: expected {n_inputs} inputs, got shape {shape}",
            n_inputs=spec.n_inputs,
            shape=inputs.shape,
        )
        require(
            target.shape == (spec.n_outputs,),
            "example: expected {n_outputs} targets, got shape {shape}",
            n_outputs=spec.n_outputs,
            shape=target.shape,
        )
        require(parameters.shape == self._parameters.shape, "parameters: they belong to another network")
        np.copyto(self._parameters, parameters)
        here.inputs[:-1, 0] = inputs
        here.targets[:, 0] = target
        with np.errstate(all="ignore"):
            here.forward()
            here.backward()
            layers = self._layers(inputs)
            example_loss = float(here.losses()[0])
            pieces = LOSSES[self._loss].pieces(here.scores, here.targets)[:, 0]
        return GradientTrace(
            inputs=_freeze(np.array(inputs, dtype=np.float64)),
            layers=layers,
            input_gradient=_freeze(here.input_gradient[:, 0].copy()),
            target=_freeze(np.array(target, dtype=np.float64)),
            example_loss=example_loss,
            score_gradients=layers[-1].upstream,
            pieces=_freeze(pieces),
        )

    def _layers(self, inputs: Array) -> tuple[LayerTrace, ...]:
        """Return the traces from the last layer to the first, because a layer's upstream terms are its successor's."""
        made: list[LayerTrace] = []
        buffers = self._pass.layers
        for index in range(len(buffers) - 1, -1, -1):
            reads = inputs if index == 0 else buffers[index - 1].a[:, 0]
            terms = made[-1].input_terms.T if made else np.zeros((buffers[index].layout.units, 0))
            made.append(self._layer(buffers[index], reads, terms, self._weights[index], self._gradients[index]))
        return tuple(reversed(made))

    @staticmethod
    def _layer(here: LayerBuffers, reads: Array, terms: Array, weights: Array, gradients: Array) -> LayerTrace:
        layout = here.layout
        z, a, delta = here.z[:, 0].copy(), here.a[:, 0].copy(), here.delta[:, 0].copy()
        own = weights.copy()
        if layout.is_maxout:
            winners = z.reshape(layout.pieces, layout.units).argmax(axis=0)
            local = (np.arange(layout.pieces)[:, None] == winners).astype(np.float64).reshape(-1)
        else:
            winners = np.zeros(layout.units, dtype=np.intp)
            local = activations.local(layout.activation, z, layout.spec)
        arrays = (
            np.array(reads, dtype=np.float64),
            own,
            z,
            a,
            winners,
            here.upstream[:, 0].copy(),
            terms,
            local,
            delta,
            gradients.copy(),
            own[:, :-1] * delta[:, None],
        )
        return LayerTrace(layout, *(_freeze(array) for array in arrays))


def _freeze(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
