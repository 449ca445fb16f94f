"""What-if: a snapshot read as if the activation of a hidden unit were clamped to a number; training never sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.document.document import Node
from playground.document.selection import Example
from playground.engine.network import Network
from playground.engine.record import StepRecord
from playground.engine.trace import GradientTrace, LayerTrace
from playground.training.history import Losses
from playground.training.snapshot import Snapshot, example_arrays

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The activation of hidden unit `node`, clamped to `value` for every example."""

    node: Node
    value: float

    def fits(self, network: Network) -> bool:
        """Return whether `network` has the unit, in a hidden layer."""
        layer, unit = self.node
        return 1 <= layer <= network.depth and 0 <= unit < network.layers[layer - 1].units


class WhatIfSnapshot(Snapshot):
    """The snapshot `base` with one activation clamped; weights and the pending step are those of `base`.

    The next layer reads w·a of the clamped unit as a constant: b + w·c with w = 0 computes the same, so every
    reading downstream follows; no gradient flows back through the clamped unit, because its z does not matter.
    """

    def __init__(self, base: Snapshot, what_if: WhatIf) -> None:
        """Read `base` under `what_if`."""
        super().__init__(base.version, base._instruments, base.state)
        self.base, self.what_if = base, what_if
        self._clamped = base.state.parameters.copy()
        after = self.network.matrices(self._clamped)[what_if.node.layer]
        after[:, -1] += after[:, what_if.node.unit] * what_if.value
        after[:, what_if.node.unit] = 0.0

    @cached_property
    def losses(self) -> Losses:
        """The losses and accuracies with the activation clamped; regularization is that of the weights as they are."""
        found = self._instruments.losses(self._clamped, self.state.iteration)
        return replace(found, regularization=self.base.losses.regularization)

    @property
    def pending(self) -> StepRecord:
        """The next step of the run as it is."""
        return self.base.pending

    @property
    def next(self) -> Snapshot:
        """What the next step of the run as it is leads to."""
        return self.base.next

    @property
    def read_parameters(self) -> Floats:
        """Parameters under which everything downstream of the clamped unit reads its number."""
        return self._clamped

    @property
    def clamped(self) -> tuple[Node, float]:
        """The unit, and the number that its activation is clamped to."""
        return self.what_if.node, self.what_if.value

    def trace(self, example: Example) -> GradientTrace:
        """Return the reading of `example` with the activation clamped."""
        if example not in self._traces:
            inputs, target = example_arrays(self.document, self.data, example)
            whole = self._instruments.tracer.trace(self._clamped, inputs, target)
            layers = list(whole.layers)
            at = self.what_if.node.layer
            layers[at] = self._next_layer(layers[at])
            layers[at - 1] = self._clamped_layer(layers[at - 1], layers[at])
            self._traces[example] = replace(whole, layers=tuple(layers))
        return self._traces[example]

    def maps(self, size: int) -> tuple[NDArray[np.float32], ...]:
        """Return what every neuron computes over the plane with the activation clamped; as ``Snapshot.maps``."""
        columns = super().maps(size)
        columns[self.what_if.node.layer][self.what_if.node.unit] = self.what_if.value
        return columns

    def _next_layer(self, layer: LayerTrace) -> LayerTrace:
        """Return the next layer with its own weights, reading the clamped activation."""
        unit, value = self.what_if.node.unit, self.what_if.value
        weights = self.matrices()[self.what_if.node.layer].copy()
        inputs, gradients = layer.inputs.copy(), layer.weight_gradients.copy()
        inputs[unit] = value
        gradients[:, unit] = layer.downstream * value
        terms = weights[:, :-1] * layer.downstream[:, None]
        return replace(layer, weights=weights, inputs=inputs, weight_gradients=gradients, input_terms=terms)

    def _clamped_layer(self, layer: LayerTrace, after: LayerTrace) -> LayerTrace:
        """Return the layer of the clamped unit: its activation is the number, its local gradient 0."""
        unit = self.what_if.node.unit
        a, upstream, local = layer.a.copy(), layer.upstream.copy(), layer.local.copy()
        a[unit] = self.what_if.value
        upstream[unit] = after.input_terms[:, unit].sum()
        local.reshape(layer.layout.pieces, layer.layout.units)[:, unit] = 0.0
        return replace(layer, a=a, upstream=upstream, local=local, upstream_terms=after.input_terms.T)
