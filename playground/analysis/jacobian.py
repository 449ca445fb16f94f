"""Jacobians at one example: of an activation, of a whole layer, of a layer's output by the network's input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.spec import choose, require
from playground.engine.trace import GradientTrace, LayerTrace

Floats = NDArray[np.float64]

PARTS = {
    "activation": "∂a/∂z: diagonal for element-wise functions, one winner a row for Maxout",
    "linear": "∂z/∂x = W: the weights themselves",
    "layer": "∂a/∂x = ∂a/∂z · W: through the whole layer",
    "network": "∂a/∂x of the network's inputs: the product of all layers up to this one",
}


@dataclass(frozen=True, slots=True, eq=False)
class Jacobian:
    """A matrix of derivatives at one example."""

    matrix: Floats  # row i, column j: how output i changes with input j; shape (n_out, n_in)
    part: str  # a key of ``PARTS``

    @property
    def n_nonzero(self) -> int:
        """Entries that are not 0."""
        return int(np.count_nonzero(self.matrix))

    @property
    def sparsity(self) -> float:
        """Share of entries that are 0, from 0 to 1."""
        return 1.0 - self.n_nonzero / self.matrix.size


def layer_jacobian(trace: GradientTrace, layer: int, part: str = "layer") -> Jacobian:
    """Jacobian of `layer` (1…H hidden, H + 1 output) at the example of `trace`.

    Parameters
    ----------
    part : str
        ``"activation"`` (a by z), ``"linear"`` (z by the layer's inputs), ``"layer"`` (a by the layer's
        inputs) or ``"network"`` (a by the network's inputs).

    Raises
    ------
    ValueError
        If there is no such layer or part.
    """
    choose("jacobian", part, PARTS)
    require(1 <= layer <= len(trace.layers), f"jacobian: expected a layer from 1 to {len(trace.layers)}, got {layer}")
    here = trace.layer(layer)
    if part == "activation":
        return Jacobian(_activation(here), part)
    if part == "linear":
        return Jacobian(here.weights[:, :-1].copy(), part)
    matrix = _whole(here)
    if part == "network":
        for below in reversed(trace.layers[: layer - 1]):
            matrix = matrix @ _whole(below)
    return Jacobian(matrix, part)


def _activation(here: LayerTrace) -> Floats:
    """∂a/∂z, shape (units, rows)."""
    units, rows = here.layout.units, here.layout.rows
    matrix = np.zeros((units, rows))
    places = np.arange(rows)
    matrix[places % units, places] = here.local
    return matrix


def _whole(here: LayerTrace) -> Floats:
    """∂a/∂x, shape (units, n_in): each row of W times its local gradient, the pieces of a unit summed."""
    scaled = here.local[:, None] * here.weights[:, :-1]
    return np.asarray(scaled.reshape(here.layout.pieces, here.layout.units, -1).sum(axis=0))
