"""NeuronMaps: what every neuron computes over a grid of points, in one forward pass."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import require

Floats = NDArray[np.float64]
Array = NDArray[Any]

# Points per forward pass: small enough that all layers' buffers stay in the processor's cache.
_CHUNK = 2048


def grid_points(left: float, right: float, bottom: float, top: float, size: int) -> Floats:
    """Centres of size × size pixels over the plane, shape (size², 2), row by row from the top.

    Parameters
    ----------
    left, right, bottom, top : float
        Edges of the picture.
    size : int
        Pixels per side.
    """
    steps = (np.arange(size) + 0.5) / size
    x1 = left + (right - left) * steps
    x2 = top - (top - bottom) * steps
    points = np.empty((size * size, 2))
    points[:, 0] = np.tile(x1, size)
    points[:, 1] = np.repeat(x2, size)
    return points


class NeuronMaps:
    """Activations of all neurons over the same points, into buffers made once.

    Parameters
    ----------
    network : Network
    inputs : array, shape (n_points, n_inputs)
        Input features of the points (``features.compute`` of a grid).
    dtype : data type
        float32 is enough for a picture and several times faster; float64 for exact values.
    """

    def __init__(self, network: Network, inputs: Floats, dtype: DTypeLike = np.float32) -> None:
        n_points, n_inputs = inputs.shape
        require(
            n_inputs == network.spec.n_inputs,
            f"maps: the network has {network.spec.n_inputs} inputs, the points {n_inputs} features",
        )
        self._parameters: Array = np.zeros(network.n_parameters, dtype=dtype)
        # Inputs, hidden layers, output (scores); filled by ``compute``, the same arrays every time; each (n_units,
        # n_points).
        self.maps: tuple[Array, ...] = tuple(np.empty((units, n_points), dtype=dtype) for units in network.widths)
        self.maps[0][:] = inputs.T
        self._parts = [slice(start, min(start + _CHUNK, n_points)) for start in range(0, n_points, _CHUNK)]
        self._passes = {
            size: Pass(network, None, size, self._parameters, dtype=dtype)
            for size in {part.stop - part.start for part in self._parts}
        }

    def compute(self, parameters: Floats) -> tuple[Array, ...]:
        """Fill and return ``maps`` for `parameters` (n_parameters,)."""
        with np.errstate(all="ignore"):
            self._parameters[:] = parameters
            for part in self._parts:
                here = self._passes[part.stop - part.start]
                np.copyto(here.inputs[:-1], self.maps[0][:, part])
                here.forward()
                for layer, column in zip(here.layers, self.maps[1:], strict=True):
                    np.copyto(column[:, part], layer.a)
        return self.maps
