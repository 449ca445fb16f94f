"""From the network to its circuit: a neuron or a whole small network as scalar gates.

ReLU becomes max(0, ·), Maxout the max of its pieces, the bias one more term of the sum. Weights, biases
and features are inputs of the circuit, so that each of them has a value and a gradient.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from playground.circuits.graph import MAX_GATES, Circuit
from playground.circuits.layer_gates import BIAS, Edge, LayerGates, LayerValues, Symbols
from playground.circuits.loss_circuits import add_loss, add_penalty
from playground.engine.losses import LOSSES
from playground.engine.notation import entry, output_symbol
from playground.engine.spec import choose

_Place = TypeVar("_Place")


@dataclass(frozen=True, slots=True, eq=False)
class Unrolled:
    """A circuit and the values of its inputs."""

    circuit: Circuit
    inputs: dict[str, float]
    activations: dict[tuple[int, int], int]  # id of the node that is a of (layer, unit); layer 0 are the features
    pre_activations: dict[tuple[int, int, int], int]  # id of z of (layer, unit, piece)
    parameters: dict[Edge, int]  # id of the weight of (layer, unit, piece, source); source −1 is the bias


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
        Symbols of the inputs; x₁, x₂, … by default.

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
    gates = LayerGates()
    sources = gates.add_inputs(x, _names_of(x.size, names))
    gates.add_layer(1, layer, sources, Symbols(layer.pieces))
    return _finished(gates)


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
    clamped: Mapping[tuple[int, int], float] | None = None,
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
    clamped : mapping, optional
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
    gates = LayerGates(clamped or {})
    sources = gates.add_inputs(x, _names_of(x.size, names))
    outputs = layers[-1].units
    is_score = not loss or choose("loss", loss, LOSSES).takes_scores
    labels = tuple(output_symbol(k, outputs, is_score=is_score) for k in range(outputs))
    for index, layer in enumerate(layers, start=1):
        if layer.matrix.shape[1] != len(sources) + 1:
            raise ValueError(
                f"layer {index}: {len(sources)} inputs need {len(sources) + 1} columns with the bias, "
                f"got {layer.matrix.shape[1]}"
            )
        symbols = Symbols(layer.pieces, index, labels if index == len(layers) else ())
        sources = gates.add_layer(index, layer, sources, symbols)
    if loss:
        data = add_loss(gates.builder, gates.inputs, loss, sources, np.asarray(targets, dtype=np.float64))
        weights = [i for (_, _, _, source), i in gates.parameters.items() if source != BIAS]
        if regularizer != "none":
            added = add_penalty(gates.builder, weights, regularizer, penalty, l1_ratio)
            gates.builder.gate("add", data, added)
    elif len(sources) != 1:
        raise ValueError(f"loss: {len(sources)} outputs need a loss to become one number; name one")
    return _finished(gates)


def _names_of(n: int, names: Sequence[str]) -> Sequence[str]:
    return names or [entry("x", k) for k in range(n)]


def _finished(gates: LayerGates) -> Unrolled:
    """Freeze the circuit; its output is the last gate, and what does not reach it is left out."""
    circuit, ids = gates.builder.reaching()
    return Unrolled(
        circuit,
        {name: value for name, value in gates.inputs.items() if name in circuit.inputs},
        _renumbered(gates.activations, ids),
        _renumbered(gates.pre_activations, ids),
        _renumbered(gates.parameters, ids),
    )


def _renumbered(known: dict[_Place, int], ids: Mapping[int, int]) -> dict[_Place, int]:
    return {at: ids[i] for at, i in known.items() if i in ids}
