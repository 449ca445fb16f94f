"""From the network into its circuit: a neuron or a whole small network as scalar gates.

ReLU becomes max(0, ·), Maxout the max of its pieces, the bias one more term of the sum. Weights, biases
and features are inputs of the circuit, so that each of them has a value and a gradient.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.circuits.graph import MAX_GATES, Builder, Circuit
from playground.circuits.loss_circuits import add_loss, add_penalty, add_up, give
from playground.engine.activations import ACTIVATIONS

MAXOUT = "maxout"
BIAS = -1
_OTHER_NAMES = {"sine": "sin"}
Edge = tuple[int, int, int, int]
_Place = TypeVar("_Place")


@dataclass(frozen=True, slots=True, eq=False)
class LayerValues:
    """One layer as the engine keeps it.

    Attributes
    ----------
    matrix : array, shape (pieces · units, n_in + 1)
        Weights, bias in the last column; row piece · units + unit.
    activation : str
        A key of the engine's table, or ``"maxout"``.
    pieces : int
        Weight vectors per unit, 1 unless Maxout.
    slope, alpha : float
        Constants of ``leaky_relu`` and ``elu``.
    """

    matrix: NDArray[np.float64]
    activation: str = "linear"
    pieces: int = 1
    slope: float = 0.01
    alpha: float = 1.0

    @property
    def units(self) -> int:
        """Number of units."""
        return int(self.matrix.shape[0]) // self.pieces


@dataclass(frozen=True, slots=True, eq=False)
class Unrolled:
    """A circuit and the values of its inputs.

    Attributes
    ----------
    activations : dict
        Id of the node that is a of (layer, unit); layer 0 are the features.
    pre_activations : dict
        Id of z of (layer, unit, piece).
    parameters : dict
        Id of the weight of (layer, unit, piece, source); source −1 is the bias.
    """

    circuit: Circuit
    inputs: dict[str, float]
    activations: dict[tuple[int, int], int] = field(default_factory=dict)
    pre_activations: dict[tuple[int, int, int], int] = field(default_factory=dict)
    parameters: dict[Edge, int] = field(default_factory=dict)


def neuron(
    weights: ArrayLike,
    inputs: ArrayLike,
    activation: str = "linear",
    *,
    names: Sequence[str] = (),
    slope: float = 0.01,
    alpha: float = 1.0,
) -> Unrolled:
    """Return one unit as scalar gates: products, sum, bias, activation.

    Parameters
    ----------
    weights : array, shape (n_in + 1,) or (pieces, n_in + 1)
        Bias last; several rows are the pieces of a Maxout unit.
    inputs : array, shape (n_in,)
        What comes in: features, or activations of the layer before.
    names : sequence of str
        What the inputs are called; x1, x2, … unless told.

    Raises
    ------
    ValueError
        If the shapes do not fit or the activation is unknown.
    """
    matrix = np.atleast_2d(np.asarray(weights, dtype=np.float64))
    x = np.asarray(inputs, dtype=np.float64)
    if x.ndim != 1 or matrix.shape[1] != x.size + 1:
        raise ValueError(f"neuron: {x.size} inputs need {x.size + 1} weights with the bias, got {matrix.shape[1]}")
    layer = LayerValues(matrix, activation, matrix.shape[0], slope, alpha)
    work = _Work()
    called = tuple(names) or tuple(f"x{k + 1}" for k in range(x.size))
    sources = work.features(x, called)
    work.layer(1, layer, sources, _Names(None, 1, x.size, layer.pieces))
    return work.unrolled()


def network(
    layers: Sequence[LayerValues],
    inputs: ArrayLike,
    loss: str = "",
    targets: ArrayLike = (),
    *,
    regularizer: str = "none",
    penalty: float = 0.0,
    l1_ratio: float = 0.5,
    names: Sequence[str] = (),
    held: Mapping[tuple[int, int], float] | None = None,
) -> Unrolled:
    """Return a whole small network, with the loss of one example and λ·R(W), as one circuit.

    Parameters
    ----------
    layers : sequence of LayerValues
        Hidden layers, then the output.
    inputs : array, shape (n_inputs,)
    loss : str
        ``softmax``, ``hinge``, ``squared`` or ``logistic``; empty for no loss (one output only).
    targets : array, shape (n_outputs,)
        As the engine encodes them.
    held : mapping, optional
        Hidden units (layer, unit) whose activation is a given number: each is an input of the circuit, and what
        would have computed it is left out.

    Raises
    ------
    ValueError
        If the shapes do not fit, a name is unknown, or the network is too large for a circuit.
    """
    x = np.asarray(inputs, dtype=np.float64)
    size = sum(layer.matrix.size for layer in layers)
    if size > MAX_GATES:
        raise ValueError(
            f"network: {size} parameters are more than a circuit of {MAX_GATES} gates holds; open a neuron"
        )
    work = _Work(held or {})
    sources = work.features(x, tuple(names) or tuple(f"x{k + 1}" for k in range(x.size)))
    for index, layer in enumerate(layers, start=1):
        if layer.matrix.shape[1] != len(sources) + 1:
            raise ValueError(
                f"layer {index}: {len(sources)} inputs need {len(sources) + 1} columns with the bias, "
                f"got {layer.matrix.shape[1]}"
            )
        sources = work.layer(index, layer, sources, _Names(index, layer.units, len(sources), layer.pieces))
    if loss:
        data = add_loss(work.builder, work.inputs, loss, sources, np.asarray(targets, dtype=np.float64))
        weights = [i for (_, _, _, source), i in work.parameters.items() if source != BIAS]
        if regularizer != "none":
            added = add_penalty(work.builder, weights, regularizer, penalty, l1_ratio)
            work.builder.gate("add", data, added, name="L")
    elif len(sources) != 1:
        raise ValueError(f"loss: {len(sources)} outputs need a loss to become one number; name one")
    return work.unrolled()


# ---- the gates ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """Names within one layer: w1, b, z, a of a neuron alone; w2[unit,source], b2[unit], … within a network."""

    layer: int | None
    units: int
    n_in: int
    pieces: int

    def weight(self, unit: int, source: int, piece: int) -> str:
        if self.layer is None:
            return f"w{source + 1}" + self._place((), piece)
        many = self.units * self.n_in > 1
        return f"w{self.layer}" + self._place((unit, source) if many else (), piece)

    def of(self, letter: str, unit: int, piece: int = 0) -> str:
        if self.layer is None:
            return letter + self._place((), piece)
        return f"{letter}{self.layer}" + self._place((unit,) if self.units > 1 else (), piece)

    def activation(self, unit: int) -> str:
        many = self.layer is not None and self.units > 1
        return f"a{self.layer or ''}" + (f"[{unit}]" if many else "")

    def _place(self, place: tuple[int, ...], piece: int) -> str:
        shown = (*place, piece) if self.pieces > 1 else place
        return f"[{','.join(map(str, shown))}]" if shown else ""


class _Work:
    """Collects the gates of one network."""

    def __init__(self, held: Mapping[tuple[int, int], float] = MappingProxyType({})) -> None:
        self.held = held
        self.builder = Builder()
        self.inputs: dict[str, float] = {}
        self.activations: dict[tuple[int, int], int] = {}
        self.pre_activations: dict[tuple[int, int, int], int] = {}
        self.parameters: dict[Edge, int] = {}

    def unrolled(self) -> Unrolled:
        """Freeze the circuit; its output is the last gate, and what does not reach it is left out."""
        if not self.held:
            circuit = self.builder.circuit()
            return Unrolled(circuit, self.inputs, self.activations, self.pre_activations, self.parameters)
        circuit, ids = self.builder.reaching()
        return Unrolled(
            circuit,
            {name: value for name, value in self.inputs.items() if name in circuit.inputs},
            _renumbered(self.activations, ids),
            _renumbered(self.pre_activations, ids),
            _renumbered(self.parameters, ids),
        )

    def features(self, x: NDArray[np.float64], names: Sequence[str]) -> list[int]:
        """Add the inputs of the first layer."""
        if len(names) != x.size:
            raise ValueError(f"names: expected {x.size}, got {len(names)}")
        ids = [give(self.builder, self.inputs, name, value) for name, value in zip(names, x, strict=True)]
        self.activations.update({(0, k): i for k, i in enumerate(ids)})
        return ids

    def layer(self, index: int, layer: LayerValues, sources: Sequence[int], names: _Names) -> list[int]:
        """Add every unit of one layer; return the ids of their activations."""
        if layer.pieces > 1 and layer.activation != MAXOUT:
            raise ValueError(f"layer {index}: only maxout has several pieces, {layer.activation} has one")
        for unit in range(layer.units):
            if (index, unit) in self.held:
                self.activations[index, unit] = self._held(index, layer, unit, names)
                continue
            pieces = [self._sum(index, layer, unit, piece, sources, names) for piece in range(layer.pieces)]
            self.activations[index, unit] = self._activation(layer, pieces, names.activation(unit))
        return [self.activations[index, unit] for unit in range(layer.units)]

    def _held(self, index: int, layer: LayerValues, unit: int, names: _Names) -> int:
        """Add a held activation; the unit's own weights are there for λ·R(W)."""
        for piece in range(layer.pieces):
            for k, value in enumerate(layer.matrix[piece * layer.units + unit, :-1]):
                self.parameters[index, unit, piece, k] = give(
                    self.builder, self.inputs, names.weight(unit, k, piece), value
                )
        return give(self.builder, self.inputs, names.activation(unit), self.held[index, unit])

    def _sum(self, index: int, layer: LayerValues, unit: int, piece: int, sources: Sequence[int], names: _Names) -> int:
        """Add z = Σ w·x + b of one row."""
        row = layer.matrix[piece * layer.units + unit]
        products = []
        for k, source in enumerate(sources):
            weight = give(self.builder, self.inputs, names.weight(unit, k, piece), row[k])
            self.parameters[index, unit, piece, k] = weight
            products.append(self.builder.gate("multiply", weight, source))
        total = add_up(self.builder, products)
        bias = give(self.builder, self.inputs, names.of("b", unit, piece), row[-1])
        self.parameters[index, unit, piece, BIAS] = bias
        is_last = layer.activation == "linear"
        name = names.activation(unit) if is_last else names.of("z", unit, piece)
        z = self.builder.gate("add", total, bias, name=name)
        self.pre_activations[index, unit, piece] = z
        return z

    def _activation(self, layer: LayerValues, pieces: list[int], name: str) -> int:
        """Add a = f(z)."""
        build, kind = self.builder, layer.activation
        if kind == "linear":
            return pieces[0]
        if kind == "relu":
            return build.gate("max", build.constant(0.0), pieces[0], name=name)
        if kind == MAXOUT:
            return build.gate("max", *pieces, name=name)
        constants = {"leaky_relu": layer.slope, "elu": layer.alpha}
        if kind in constants:
            return build.gate(kind, pieces[0], build.constant(constants[kind]), name=name)
        if kind not in ACTIVATIONS:
            known = ", ".join((*ACTIVATIONS, MAXOUT))
            raise ValueError(f"activation: no circuit for {kind!r}; choose one of {known}")
        return build.gate(_OTHER_NAMES.get(kind, kind), pieces[0], name=name)


def _renumbered(known: dict[_Place, int], ids: Mapping[int, int]) -> dict[_Place, int]:
    return {at: ids[i] for at, i in known.items() if i in ids}
