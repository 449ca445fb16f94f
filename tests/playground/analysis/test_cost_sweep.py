"""What gradients cost: the counts of the lecture, and times that a given clock tells."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from playground.analysis.cost_sweep import WIDTHS, Cost, cost_sweep, counted, widened
from playground.engine.iteration import TrainingData
from playground.engine.network import Network
from playground.engine.slices import finish
from playground.engine.spec import LayerSpec, NetworkSpec


def test_n_counts_z_and_a_of_every_unit() -> None:
    cost = counted(Network(NetworkSpec(2, (LayerSpec(4),), 1)))
    assert (cost.nodes, cost.parameters) == (2 * 4 + 2 * 1, 4 * 3 + 5)
    assert (cost.one_by_one, cost.backprop, cost.passes) == (10 * 17, 10 + 17, 34)


def test_the_layers_keep_their_kind_and_a_network_without_one_gets_one() -> None:
    spec = NetworkSpec(2, (LayerSpec(4, "relu"), LayerSpec(3, "maxout", pieces=3)), 1)
    wide = widened(spec, 7)
    assert [(layer.width, layer.activation, layer.pieces) for layer in wide.hidden] == [
        (7, "relu", spec.hidden[0].pieces),
        (7, "maxout", 3),
    ]
    assert [layer.width for layer in widened(NetworkSpec(2, (), 1), 7).hidden] == [7]


@pytest.mark.parametrize("hidden", [(), (LayerSpec(4, "relu"),), (LayerSpec(4, "maxout", pieces=2), LayerSpec(2))])
def test_a_sweep_counts_every_width_and_times_it_by_the_given_clock(hidden: tuple[LayerSpec, ...]) -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    data = TrainingData(rng.normal(size=(20, 2)), rng.normal(size=(1, 20)))
    ticks = count()
    costs = finish(cost_sweep(NetworkSpec(2, hidden, 1), "squared", data, lambda: float(next(ticks))))
    assert len(costs) == len(WIDTHS)
    for cost, width in zip(costs, WIDTHS, strict=True):
        network = Network(widened(NetworkSpec(2, hidden, 1), width))
        assert (cost.nodes, cost.parameters) == (counted(network).nodes, network.n_parameters)
        assert (cost.seconds_numeric, cost.seconds_backprop) == (float(cost.passes), 1.0)


def test_a_sweep_can_be_given_up_between_two_passes() -> None:
    data = TrainingData(np.zeros((4, 2)), np.zeros((1, 4)))
    work = cost_sweep(NetworkSpec(2, (LayerSpec(1),), 1), "squared", data, lambda: 0.0)
    shares = [next(work) for _ in range(20)]
    assert shares == sorted(shares)
    assert shares[-1] < 1.0
    work.close()


def test_one_by_one_grows_as_a_product_and_backprop_as_a_sum() -> None:
    assert Cost(100, 1000).one_by_one == 100_000
    assert Cost(100, 1000).backprop == 1100
