"""W′: the one matrix that a stack of linear layers amounts to, W⁽²⁾(W⁽¹⁾x) = (W⁽²⁾W⁽¹⁾)x."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.engine.spec import NetworkSpec, require

Floats = NDArray[np.float64]


def is_linear(spec: NetworkSpec) -> bool:
    """Return whether every activation, the output's included, is linear."""
    return spec.output_activation == "linear" and all(layer.activation == "linear" for layer in spec.hidden)


def collapsed(network: Network, parameters: Floats) -> Floats:
    """W′ of shape (n_outputs, n_inputs + 1), bias last: scores = W′·(x, 1) for every x.

    Raises
    ------
    ValueError
        If an activation is not linear: then no single matrix does what the network does.
    """
    require(is_linear(network.spec), "W′: every activation must be linear; choose linear in all layers")
    whole = np.eye(network.spec.n_inputs + 1)
    last_row = whole[-1:].copy()
    for matrix in network.matrices(parameters):
        whole = np.concatenate([matrix @ whole, last_row])
    return np.asarray(whole[:-1])
