"""Iteration: everything that one parameter update does, from the batch to w + Δw, bound once.

The trainer runs it, a step record runs the same calls one by one and keeps what they make: that is
why both yield the same bits. A part that is not asked for (regularization, clipping, dropout,
frozen parameters) is not in the list of calls at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from playground.engine import optimizers, regularizers
from playground.engine.batches import fill_mask, order
from playground.engine.layers import Op
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import TrainingSpec, require

Array = NDArray[np.float64]
NORM_MARGIN = 1e-6
"""What clipping by norm adds to ‖g‖, so that it never divides by 0."""
Flags = NDArray[np.bool_]

# A micro-batch is about 4 ms of work: 0.12 ns per parameter and 12 ns per unit, each example. Below 100 examples
# or so a wide network's matrix products fall short of the processor's rate.
_MICRO_NANOSECONDS = 4_000_000
_FEWEST, _MOST = 32, 16_384


@dataclass(frozen=True, eq=False)
class TrainingData:
    """What a network is trained or tested on."""

    inputs: Array  # input features, as they are: no hidden scaling; shape (n_samples, n_features)
    targets: Array  # as ``Loss.encode`` makes them; shape (n_outputs, n_samples)

    def __post_init__(self) -> None:
        """Refuse parts that do not belong together."""
        shapes = f"inputs {self.inputs.shape} and targets {self.targets.shape}"
        require(
            self.inputs.ndim == 2 and self.targets.ndim == 2 and len(self.inputs) == self.targets.shape[1],
            "data: expected inputs (n, d) and targets (outputs, n) of the same n, got {shapes}",
            shapes=shapes,
        )

    @property
    def n_samples(self) -> int:
        """Return the number of examples."""
        return len(self.inputs)

    @cached_property
    def table(self) -> Array:
        """Return inputs, a row of ones and targets, shape (n_features + 1 + n_outputs, n_samples); read-only."""
        n_features = self.inputs.shape[1]
        table = np.ones((n_features + 1 + len(self.targets), self.n_samples))
        table[:n_features] = self.inputs.T
        table[n_features + 1 :] = self.targets
        table.flags.writeable = False
        return table


def micro_batch_size(network: Network) -> int:
    """Return the examples per micro-batch, from the network's size alone, so that every machine cuts alike."""
    cost = 0.12 * network.n_parameters + 12.0 * sum(layer.rows for layer in network.layers)
    return int(min(_MOST, max(_FEWEST, _MICRO_NANOSECONDS / cost // 32 * 32)))


class Iteration:
    """One iteration's workspace over `parameters` and `slots`, which it changes in place.

    Parameters
    ----------
    network : Network
    training : TrainingSpec
    data : TrainingData
    seed : int
        Of the shuffles and the dropout masks.
    parameters : array, shape (n_parameters,)
    slots : tuple of arrays, each (n_parameters,)
    frozen : bool array, shape (n_parameters,), optional
        True where Δw is forced to 0.
    keep : bool
        Keep every z, for a record.
    """

    def __init__(
        self,
        network: Network,
        training: TrainingSpec,
        data: TrainingData,
        seed: int,
        parameters: Array,
        slots: tuple[Array, ...],
        frozen: Flags | None = None,
        *,
        keep: bool = False,
    ) -> None:
        _require_fit(network, data)
        self.network, self.training, self.data, self.seed = network, training, data, seed
        # Examples of a full batch (the whole data when the setting asks for more).
        self.batch_size = min(training.batch_size, data.n_samples)
        self.micro = micro_batch_size(network)  # examples per micro-batch
        self.whole = self.batch_size <= self.micro  # a batch is one micro-batch, and its gradient needs no adding up
        self.gradients = np.zeros(network.n_parameters)  # the gradient that the optimizer takes; shape (n_parameters,)
        self._partial = self.gradients if self.whole else np.zeros(network.n_parameters)
        self._parameters, self._keep = parameters, keep
        self._passes: dict[int, Pass] = {}
        self._drops = tuple(layer for layer in network.layers if layer.spec.dropout > 0.0)
        # ``update.delta`` is the latest Δw.
        self.update = optimizers.bind(parameters, self.gradients, slots, training.optimizer)
        self.apply: Callable[[float, int], None] = self.update.step
        add = regularizers.bind(parameters, self.gradients, network.weight_mask, training)
        self.regularize_ops: tuple[Op, ...] = () if add is None else (add,)
        self.clip_ops: tuple[Op, ...] = (*self._freeze(frozen), *self._clips())
        # What happens to the mean data gradient before the optimizer: regularization, freezing, clipping.
        self.finish_ops = (*self.regularize_ops, *self.clip_ops)

    @property
    def has_dropout(self) -> bool:
        """Return whether any layer drops units."""
        return bool(self._drops)

    def workspace(self, n_samples: int) -> Pass:
        """Return the pass for `n_samples` examples, made at its first use: full and last batch, and their cuts."""
        found = self._passes.get(n_samples)
        if found is None:
            found = self._passes[n_samples] = Pass(
                self.network,
                self.training.loss,
                n_samples,
                self._parameters,
                self._partial,
                keep=self._keep,
                dropout=self.has_dropout,
            )
        return found

    def batch_count(self, position: int) -> int:
        """Return the examples of the batch that starts at `position` of the epoch."""
        return min(self.batch_size, self.data.n_samples - position)

    def load_batch(self, epoch: int, position: int, offset: int = 0) -> Pass:
        """Return the pass that holds the micro-batch `offset` examples into the batch at `position`, ready to run."""
        total = self.batch_count(position)
        count = min(self.micro, total - offset)
        work = self.workspace(count)
        work.share[...] = 1.0 / total
        start = position + offset
        places = order(self.seed, epoch, self.data.n_samples)[start : start + count]
        self.data.table.take(places, 1, work.batch, "clip")
        for layer in self._drops:
            mask = work.layers[layer.index - 1].mask
            assert mask is not None
            fill_mask(mask, layer.spec.dropout, self.seed, epoch, start, layer.index)
        return work

    def collect(self, offset: int) -> None:
        """Add the gradient of a micro-batch to those before it in the batch."""
        if self.whole:
            return
        if offset == 0:
            np.copyto(self.gradients, self._partial)
        else:
            np.add(self.gradients, self._partial, self.gradients)

    def _freeze(self, frozen: Flags | None) -> tuple[Op, ...]:
        """Wrap the update so that frozen parameters stay to the bit, whatever the optimizer remembers."""
        if frozen is None or not frozen.any():
            return ()
        live = (~frozen).astype(np.float64)
        values = np.empty_like(self._parameters)
        step, parameters, delta = self.update.step, self._parameters, self.update.delta

        def apply(rate: float, t: int) -> None:
            np.copyto(values, parameters)
            step(rate, t)
            np.copyto(parameters, values, where=frozen)
            np.copyto(delta, 0.0, where=frozen)

        self.apply = apply
        return (partial(np.multiply, self.gradients, live, self.gradients),)

    def _clips(self) -> tuple[Op, ...]:
        """Return the clipping by value, then by norm."""
        ops: list[Op] = []
        g = self.gradients
        if self.training.clip_value is not None:
            high = np.array(self.training.clip_value)
            ops.append(partial(np.minimum, g, high, out=g))
            ops.append(partial(np.maximum, g, -high, out=g))
        if self.training.clip_norm is not None:
            ops.append(partial(_clip_norm, g, self.training.clip_norm))
        return tuple(ops)


def _clip_norm(gradients: Array, limit: float) -> None:
    """`g ← g · min(1, limit / (‖g‖ + NORM_MARGIN))`, as PyTorch's ``clip_grad_norm_``."""
    share = limit / (math.sqrt(gradients.dot(gradients)) + NORM_MARGIN)
    if share < 1.0:
        np.multiply(gradients, share, gradients)


def _require_fit(network: Network, data: TrainingData) -> None:
    n_inputs, n_outputs = data.inputs.shape[1], data.targets.shape[0]
    require(
        n_inputs == network.spec.n_inputs,
        "data: the network has {expected} inputs, the data {found} features; make them equal",
        expected=network.spec.n_inputs,
        found=n_inputs,
    )
    require(
        n_outputs == network.spec.n_outputs,
        "data: the network has {expected} outputs, the targets {found} rows; make them equal",
        expected=network.spec.n_outputs,
        found=n_outputs,
    )
    require(data.n_samples >= 1, "data: there is no training example; add points or raise the train share")
