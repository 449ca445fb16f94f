"""What gradients cost: one forward pass for each parameter beside one backward pass for all, over a sweep of widths.

N counts the nodes that a forward pass computes (z and a of every unit), P the parameters. Moving the parameters one by
one takes about N·P operations, backprop about N + P: it visits each node once on its way back, and each parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from playground.engine.iteration import TrainingData
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import LayerSpec, NetworkSpec

WIDTHS = (1, 2, 4, 8, 16, 32, 64, 128)
MOST_PASSES = 64
"""Passes that are timed at one width; the shortest counts, because whatever else runs only adds to a time."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the gradients of one network cost, for one way and the other."""

    nodes: int
    parameters: int
    seconds_numeric: float = 0.0
    seconds_backprop: float = 0.0

    @property
    def one_by_one(self) -> int:
        """N·P: operations when the parameters are moved one by one."""
        return self.nodes * self.parameters

    @property
    def backprop(self) -> int:
        """N + P: operations of one forward and one backward pass."""
        return self.nodes + self.parameters

    @property
    def passes(self) -> int:
        """2·P: forward passes of central differences."""
        return 2 * self.parameters


def counted(network: Network) -> Cost:
    """Return the counts of `network`, without times."""
    return Cost(sum(layer.rows + layer.units for layer in network.layers), network.n_parameters)


def widened(spec: NetworkSpec, width: int) -> NetworkSpec:
    """Return `spec` with every hidden layer `width` wide; a network without one gets one."""
    hidden = spec.hidden or (LayerSpec(),)
    return replace(spec, hidden=tuple(replace(layer, width=width) for layer in hidden))


def cost_sweep(
    spec: NetworkSpec, loss: str, data: TrainingData, clock: Callable[[], float]
) -> Generator[float, None, tuple[Cost, ...]]:
    """Time both ways at every width of ``WIDTHS``: yields the done share, returns the costs.

    Parameters
    ----------
    spec : NetworkSpec
        Its layers are kept, but for their width.
    data : TrainingData
        One batch; a few hundred examples.
    clock : callable
        Returns seconds; nothing here reads a clock of its own.
    """
    rng = np.random.Generator(np.random.PCG64(0))
    found = []
    for at, width in enumerate(WIDTHS):
        network = Network(widened(spec, width))
        here = _pass(network, loss, data, rng.normal(0.0, 0.1, network.n_parameters))
        cost = counted(network)
        timed, one, both = min(cost.passes, MOST_PASSES), float("inf"), float("inf")
        for k in range(timed):
            one, both = min(one, _timed(here, clock)), min(both, _timed(here, clock, with_backward=True))
            yield (at + k / timed) / len(WIDTHS)
        found.append(replace(cost, seconds_numeric=one * cost.passes, seconds_backprop=both))
    return tuple(found)


def _pass(network: Network, loss: str, data: TrainingData, parameters: NDArray[np.float64]) -> Pass:
    here = Pass(network, loss, data.n_samples, parameters, np.zeros(network.n_parameters))
    np.copyto(here.batch, data.table)
    return here


def _timed(here: Pass, clock: Callable[[], float], *, with_backward: bool = False) -> float:
    """Return the seconds of one forward pass with its loss, or of a forward and a backward pass."""
    start = clock()
    here.forward()
    if with_backward:
        here.backward()
    else:
        here.losses().mean()
    return clock() - start
