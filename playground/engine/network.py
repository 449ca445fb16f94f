"""The stack of layers over ONE flat parameter vector: where every weight lives, and how it starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine import initializers
from playground.engine.activations import ACTIVATIONS, LAYER_ACTIVATIONS, MAXOUT
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec, choose, require

Array = NDArray[np.float64]
_INITIAL = 3


@dataclass(frozen=True, slots=True)
class LayerLayout:
    """Where one layer's weight matrix lies in the flat vector.

    Attributes
    ----------
    units, pieces, n_in : int
        Units, weight vectors per unit (1 unless Maxout), inputs without the bias.
    """

    index: int  # 1…H for the hidden layers, H + 1 for the output
    name: str  # ``"hidden 1"`` … or ``"output"``
    spec: LayerSpec  # activation and its constants (for the output: made from ``output_activation``)
    units: int
    pieces: int
    n_in: int
    slice: slice  # the layer's part of the flat vector

    @property
    def activation(self) -> str:
        """Return the name of the activation."""
        return self.spec.activation

    @property
    def is_maxout(self) -> bool:
        """Return whether the layer takes the largest of several pieces."""
        return self.spec.activation == MAXOUT.name

    @property
    def rows(self) -> int:
        """Return the number of rows of the weight matrix: units × pieces."""
        return self.units * self.pieces

    @property
    def shape(self) -> tuple[int, int]:
        """Return the shape of the weight matrix, (units × pieces, n_in + 1): the last column holds the biases."""
        return self.rows, self.n_in + 1

    def row(self, unit: int, piece: int = 0) -> int:
        """Return the row of the weight matrix that belongs to `piece` of `unit`: piece × units + unit."""
        return piece * self.units + unit

    def position(self, unit: int, source: int, piece: int = 0) -> int:
        """Return the place in the flat vector of the weight from input `source` to `unit`; source −1 is the bias."""
        require(
            0 <= unit < self.units and -1 <= source < self.n_in and 0 <= piece < self.pieces,
            "{name}: there is no edge from {source} to unit {unit}, piece {piece}; it has {n_in} "
            "inputs, {units} units, {pieces} pieces",
            name=self.name,
            source=source,
            unit=unit,
            piece=piece,
            n_in=self.n_in,
            units=self.units,
            pieces=self.pieces,
        )
        column = self.n_in if source == -1 else source
        return int(self.slice.start) + self.row(unit, piece) * (self.n_in + 1) + column


class Network:
    """A fully connected network as `spec` says; it holds no parameters, only knows where they are.

    Raises
    ------
    ValueError
        If an activation is unknown.
    """

    def __init__(self, spec: NetworkSpec) -> None:
        self.spec = spec
        choose("output activation", spec.output_activation, ACTIVATIONS)
        output = LayerSpec(width=spec.n_outputs, activation=spec.output_activation)
        layers, n_in, start = [], spec.n_inputs, 0
        for index, layer in enumerate((*spec.hidden, output), start=1):
            is_output = index > len(spec.hidden)
            if not is_output:
                choose(f"hidden layer {index}: activation", layer.activation, LAYER_ACTIVATIONS)
            pieces = layer.pieces if layer.activation == MAXOUT.name else 1
            size = layer.width * pieces * (n_in + 1)
            name = "output" if is_output else f"hidden {index}"
            layers.append(LayerLayout(index, name, layer, layer.width, pieces, n_in, slice(start, start + size)))
            n_in, start = layer.width, start + size
        self.layers = tuple(layers)  # hidden layers, then the output
        self.n_parameters = start  # weights and biases of all layers
        self.weight_mask = np.ones(start)  # 1.0 at weights, 0.0 at biases (read-only); shape (n_parameters,)
        for matrix in self.matrices(self.weight_mask):
            matrix[:, -1] = 0.0
        self.weight_mask.flags.writeable = False

    @property
    def depth(self) -> int:
        """Return the number of hidden layers."""
        return len(self.layers) - 1

    @property
    def widths(self) -> tuple[int, ...]:
        """Return the units per column: inputs, hidden layers, outputs."""
        return (self.spec.n_inputs, *(layer.units for layer in self.layers))

    def matrices(self, flat: Array) -> list[Array]:
        """Return the weight matrix of every layer as a view into `flat`, shape (units × pieces, n_in + 1).

        Raises
        ------
        ValueError
            If `flat` has not the shape (n_parameters,).
        """
        require(
            flat.shape == (self.n_parameters,),
            "parameters: expected shape ({n_parameters},) for this network, got {shape}",
            n_parameters=self.n_parameters,
            shape=flat.shape,
        )
        return [flat[layer.slice].reshape(layer.shape) for layer in self.layers]

    def initial(self, training: TrainingSpec, seed: int) -> Array:
        """Return the start parameters, shape (n_parameters,): weights by the initializer, biases 0.

        Each layer has a generator of its own, made from (seed, layer), so that its start does not
        depend on the other layers.
        """
        flat = np.zeros(self.n_parameters)
        for layer, matrix in zip(self.layers, self.matrices(flat), strict=True):
            # The output keeps its own stream when a hidden layer is added before it.
            stream = 0 if layer.index > self.depth else layer.index
            rng = np.random.Generator(np.random.PCG64([seed, _INITIAL, stream]))
            shape = (layer.rows, layer.n_in)
            matrix[:, :-1] = initializers.fill(
                training.initializer, layer.n_in, layer.units, shape, rng, training.initial_scale
            )
        return flat
