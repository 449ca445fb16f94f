"""Warnings in words: dead and saturated units, vanishing and exploding layers, with number and advice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.analysis.evaluate import subset_of
from playground.analysis.health import LayerHealth, UnitHealth, layer_health, unit_health
from playground.engine.notation import layer_symbol
from playground.engine.trainer import TrainingData
from playground.training.snapshot import Snapshot
from widgets.network_graph.labels import LAYER
from widgets.style import numbers
from widgets.values import Badge, NodeKey

_NUMBERS = 200_000
_FEWEST = 100

ADVICE = {
    "dead": "No example gives it a gradient, so it cannot learn: lower η, use Leaky ReLU, or take New weights.",
    "saturated": "Its activation is flat there, so hardly any gradient passes: smaller weights, a lower η, or ReLU.",
    "vanishing": "Hardly any gradient reaches this layer, so it does not learn: ReLU with He start, or fewer layers.",
    "exploding": "The gradient grows layer by layer backwards: lower η, clip its norm, or start with smaller weights.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Health:
    """What was found at one moment: hidden layers 1 … H by unit, all layers by their weights."""

    units: tuple[UnitHealth, ...]
    layers: tuple[LayerHealth, ...]
    looked_at: str  # the examples behind the shares, in words

    def count(self, layer: int) -> tuple[int, int]:
        """Return how many units of `layer` (1 … H + 1) are dead, and how many saturated."""
        if layer > len(self.units):
            return 0, 0
        units = self.units[layer - 1]
        return int(units.dead.sum()), int(units.saturated.sum())


def sample(snapshot: Snapshot) -> TrainingData:
    """Return the training examples to look at: all, or a seeded subset where all would take long."""
    train = snapshot.data.train
    units = sum(layer.units for layer in snapshot.network.layers)
    chosen = subset_of(train.n_samples, max(_FEWEST, _NUMBERS // units), snapshot.document.data.seed)
    if chosen is None:
        return train
    return TrainingData(train.inputs[chosen], np.ascontiguousarray(train.targets[:, chosen]))


def examine(snapshot: Snapshot, examples: TrainingData) -> Health:
    """Return the health of the network over `examples` and in the pending step."""
    n, total = examples.n_samples, snapshot.data.train.n_samples
    return Health(
        units=unit_health(snapshot.network, snapshot.state.parameters, examples),
        layers=layer_health(snapshot.network, snapshot.pending),
        looked_at=f"{numbers.grouped(n)} training examples"
        if n == total
        else f"{numbers.grouped(n)} of {numbers.grouped(total)} training examples",
    )


def badges(health: Health) -> dict[NodeKey, Badge]:
    """Return a warning for each node and layer (unit −1) that has one."""
    found: dict[NodeKey, Badge] = {}
    for layer, units in enumerate(health.units, 1):
        for unit in np.flatnonzero(units.dead).tolist():
            found[NodeKey(layer, unit)] = _badge("dead", f"(∂a/∂z = 0 on all of {health.looked_at})")
        for unit in np.flatnonzero(units.saturated).tolist():
            share = numbers.fixed(100.0 * float(units.flat_share[unit]), 0)
            found[NodeKey(layer, unit)] = _badge("saturated", f"(flat on {share} % of {health.looked_at})")
    for index, layer_weights in enumerate(health.layers, 1):
        if layer_weights.verdict:
            symbol = layer_symbol("W", index)
            ratio = numbers.four(layer_weights.gradient_ratio)
            number = f"the gradient of {symbol} with its biases is {ratio} times that of the last layer"
            found[NodeKey(index, LAYER)] = _badge(layer_weights.verdict, number)
    return found


def _badge(word: str, number: str) -> Badge:
    return Badge(word, number, ADVICE[word])
