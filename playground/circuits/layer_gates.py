"""The layers of a network as scalar gates, unit by unit: products, sum, bias, activation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from playground.circuits.graph import Builder
from playground.circuits.loss_circuits import add_up, give
from playground.engine import notation
from playground.engine.activations import ACTIVATIONS, MAXOUT

BIAS = -1
_GATES = {"sine": "sin"}
"""Activations whose gate has another name."""
Edge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class LayerValues:
    """One layer as the engine keeps it.

    Attributes
    ----------
    slope, alpha : float
        Constants of ``leaky_relu`` and ``elu``.
    """

    # Weights, bias in the last column; row piece · units + unit; shape (pieces · units, n_in + 1).
    matrix: NDArray[np.float64]
    activation: str = "linear"  # a key of the engine's table, or ``"maxout"``
    pieces: int = 1  # weight vectors per unit, 1 unless Maxout
    slope: float = 0.01
    alpha: float = 1.0

    @property
    def units(self) -> int:
        """Number of units."""
        return int(self.matrix.shape[0]) // self.pieces


@dataclass(frozen=True, slots=True)
class Symbols:
    """Symbols within one layer: w₁, b, z, a for a neuron alone; w₂₁⁽¹⁾, b₂⁽¹⁾, … within a network."""

    pieces: int
    layer: int | None = None  # none for a neuron alone
    outputs: tuple[str, ...] = ()  # symbols of the output layer's activations

    def weight(self, unit: int, source: int, piece: int) -> str:
        """Return the symbol of the weight from `source` to `unit`."""
        if self.layer is None:
            return notation.piece_of(notation.entry("w", source), piece, self.pieces)
        return notation.piece_of(notation.unit_symbol("w", self.layer, unit, source), piece, self.pieces)

    def of_piece(self, symbol: str, unit: int, piece: int) -> str:
        """Return the symbol of the bias or z of one piece of `unit`."""
        return notation.piece_of(self._of(symbol, unit), piece, self.pieces)

    def activation(self, unit: int) -> str:
        """Return the symbol of a of `unit`."""
        return self.outputs[unit] if self.outputs else self._of("a", unit)

    def _of(self, symbol: str, unit: int) -> str:
        return symbol if self.layer is None else notation.unit_symbol(symbol, self.layer, unit)


class LayerGates:
    """Collects the gates of one network, layer by layer.

    `clamped` gives hidden units (layer, unit) whose activation is a given number.
    """

    def __init__(self, clamped: Mapping[tuple[int, int], float] = MappingProxyType({})) -> None:
        self.clamped = clamped
        self.builder = Builder()
        self.inputs: dict[str, float] = {}
        self.activations: dict[tuple[int, int], int] = {}
        self.pre_activations: dict[tuple[int, int, int], int] = {}
        self.parameters: dict[Edge, int] = {}

    def add_inputs(self, x: NDArray[np.float64], names: Sequence[str]) -> list[int]:
        """Add the inputs of the first layer; return their ids."""
        if len(names) != x.size:
            raise ValueError(f"names: expected {x.size}, got {len(names)}")
        ids = [self._give(name, value) for name, value in zip(names, x, strict=True)]
        self.activations.update({(0, k): i for k, i in enumerate(ids)})
        return ids

    def add_layer(self, index: int, layer: LayerValues, sources: Sequence[int], symbols: Symbols) -> list[int]:
        """Add every unit of one layer; return the ids of their activations."""
        if layer.pieces > 1 and layer.activation != MAXOUT.name:
            raise ValueError(f"layer {index}: only maxout has several pieces, {layer.activation} has one")
        for unit in range(layer.units):
            if (index, unit) in self.clamped:
                self.activations[index, unit] = self._add_clamped(index, layer, unit, symbols)
                continue
            pieces = [self._add_sum(index, layer, unit, piece, sources, symbols) for piece in range(layer.pieces)]
            self.activations[index, unit] = self._add_activation(layer, pieces, symbols.activation(unit))
        return [self.activations[index, unit] for unit in range(layer.units)]

    def _add_clamped(self, index: int, layer: LayerValues, unit: int, symbols: Symbols) -> int:
        """Add a clamped activation; the unit's own weights are there for λ·R(W)."""
        for piece in range(layer.pieces):
            for k, value in enumerate(layer.matrix[piece * layer.units + unit, :-1]):
                self.parameters[index, unit, piece, k] = self._give(symbols.weight(unit, k, piece), value)
        return self._give(symbols.activation(unit), self.clamped[index, unit])

    def _add_sum(
        self, index: int, layer: LayerValues, unit: int, piece: int, sources: Sequence[int], symbols: Symbols
    ) -> int:
        """Add z = Σ w·x + b of one row."""
        row = layer.matrix[piece * layer.units + unit]
        products = []
        for k, source in enumerate(sources):
            weight = self._give(symbols.weight(unit, k, piece), row[k])
            self.parameters[index, unit, piece, k] = weight
            products.append(self.builder.gate("multiply", weight, source))
        total = add_up(self.builder, products)
        bias = self._give(symbols.of_piece("b", unit, piece), row[-1])
        self.parameters[index, unit, piece, BIAS] = bias
        is_last = layer.activation == "linear"
        name = symbols.activation(unit) if is_last else symbols.of_piece("z", unit, piece)
        z = self.builder.gate("add", total, bias, name=name)
        self.pre_activations[index, unit, piece] = z
        return z

    def _add_activation(self, layer: LayerValues, pieces: list[int], name: str) -> int:
        """Add a = f(z)."""
        build, kind = self.builder, layer.activation
        if kind == "linear":
            return pieces[0]
        if kind == "relu":
            return build.gate("max", build.constant(0.0), pieces[0], name=name)
        if kind == MAXOUT.name:
            return build.gate("max", *pieces, name=name)
        if kind not in ACTIVATIONS:
            known = ", ".join((*ACTIVATIONS, MAXOUT.name))
            raise ValueError(f"activation: no circuit for {kind!r}; choose one of {known}")
        constants = [build.constant(getattr(layer, key)) for key in ACTIVATIONS[kind].settings]
        return build.gate(_GATES.get(kind, kind), pieces[0], *constants, name=name)

    def _give(self, name: str, value: float) -> int:
        return give(self.builder, self.inputs, name, value)
