"""StepRecord: one ordinary step kept whole, in a workspace of its own; the same bits as ``Trainer.step()``."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import regularizers, schedules
from playground.engine.batches import batch_indices
from playground.engine.iteration import Iteration, TrainingData
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.slices import finish
from playground.engine.spec import TrainingSpec
from playground.engine.state import RunState

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

KEPT_EXAMPLES = 4096
"""A record keeps the layers of about so many examples of the batch; the gradients are of all of them."""


@dataclass(frozen=True, slots=True, eq=False)
class LayerRecord:
    """One layer in the step; an example is a row, as outside the engine."""

    z: Array
    a: Array  # before dropout; shape (n_kept, units)
    output: Array  # what the next layer read: a, or a × mask; shape (n_kept, units)
    upstream: Array  # ∂L_B/∂a of the batch's mean loss; shape (n_kept, units)
    delta: Array  # δ = ∂L_B/∂z; shape (n_kept, units × pieces)
    dropped: NDArray[np.bool_] | None  # which units were dropped, where the layer has dropout; shape (n_kept, units)


@dataclass(frozen=True, slots=True, eq=False)
class StepRecord:
    """One whole iteration, frozen: the anatomy of an update.

    data_gradient + regularization_gradient = gradient; clipping (and freezing) make it `clipped`; the
    optimizer turns that into `delta`; parameters + delta = next parameters. Arrays over the
    parameters have shape (n_parameters,).

    Attributes
    ----------
    before, after : RunState
        The states on both sides of the step.
    inputs, targets : arrays, shapes (n_kept, n_features), (n_kept, n_outputs)
    data_loss, regularization_loss : float
        Their mean, and λ Σ R(W).
    data_gradient, regularization_gradient, gradient, clipped, delta : arrays
    """

    before: RunState
    after: RunState
    indices: Indices  # the examples of the batch, in its order; shape (n_samples,)
    inputs: Array
    targets: Array
    layers: tuple[LayerRecord, ...]  # hidden layers, then the output, whose `a` are the scores
    losses: Array  # Lᵢ of each example; shape (n_samples,)
    data_loss: float
    regularization_loss: float
    data_gradient: Array
    regularization_gradient: Array
    gradient: Array
    clipped: Array
    delta: Array
    rate: float  # the learning rate of this iteration, after the schedule

    @property
    def next_parameters(self) -> Array:
        """Return the parameters after the step: what the next ordinary step yields, bit for bit."""
        return self.after.parameters

    @property
    def loss(self) -> float:
        """Return the full loss of the batch: its data loss and the regularization loss."""
        return self.data_loss + self.regularization_loss


def record_step(
    network: Network,
    training: TrainingSpec,
    data: TrainingData,
    seed: int,
    state: RunState,
    frozen: NDArray[np.bool_] | None = None,
) -> StepRecord:
    """Return the iteration that a trainer in `state` would do next.

    Parameters are those of ``Trainer``; nothing of them is changed.
    """
    return finish(record_in_slices(network, training, data, seed, state, frozen))


def record_in_slices(
    network: Network,
    training: TrainingSpec,
    data: TrainingData,
    seed: int,
    state: RunState,
    frozen: NDArray[np.bool_] | None = None,
) -> Generator[float, None, StepRecord]:
    """Work out a step in slices of a few ms: yields the done share, returns the StepRecord."""
    return _Work(network, training, data, seed, state, frozen).record_in_slices(state)


class StepRecorder:
    """Records the steps of one setting, in a workspace that is kept: for readings that are made again and again.

    Parameters are those of ``Trainer``; nothing of them is changed.
    """

    def __init__(
        self,
        network: Network,
        training: TrainingSpec,
        data: TrainingData,
        seed: int,
        frozen: NDArray[np.bool_] | None = None,
    ) -> None:
        self._setting = network, training, data, seed
        self._frozen = frozen
        self._work: _Work | None = None

    def record(self, state: RunState) -> StepRecord:
        """Return the iteration that a trainer in `state` would do next."""
        if self._work is None:
            self._work = _Work(*self._setting, state, self._frozen)
        return finish(self._work.record_in_slices(state))


class _Work:
    """An iteration over arrays of its own."""

    def __init__(
        self,
        network: Network,
        training: TrainingSpec,
        data: TrainingData,
        seed: int,
        state: RunState,
        frozen: NDArray[np.bool_] | None,
    ) -> None:
        self.parameters = state.parameters.copy()
        self.slots = tuple(slot.copy() for slot in state.slots)
        self.iteration = Iteration(network, training, data, seed, self.parameters, self.slots, frozen, keep=True)

    def record_in_slices(self, state: RunState) -> Generator[float, None, StepRecord]:
        """Work out the step after `state`; what it returns holds copies."""
        for own, given in zip((self.parameters, *self.slots), (state.parameters, *state.slots), strict=True):
            np.copyto(own, given)
        return _recorded(self.iteration, state, self.parameters, self.slots)


def _recorded(
    work: Iteration, state: RunState, parameters: Array, slots: tuple[Array, ...]
) -> Generator[float, None, StepRecord]:
    total = work.batch_count(state.position)
    kept: list[_Part] = []
    losses: list[Array] = []
    for offset in range(0, total, work.micro):
        with np.errstate(all="ignore"):
            here = work.load_batch(state.epoch, state.position, offset)
            here.forward()
            here.backward()
            work.collect(offset)
            losses.append(here.losses())
        if offset < KEPT_EXAMPLES:
            kept.append(_Part.of(here))
        yield (offset + here.n_samples) / total
    with np.errstate(all="ignore"):
        return _finish(work, state, parameters, slots, kept, np.concatenate(losses))


def _finish(
    work: Iteration,
    before: RunState,
    parameters: Array,
    slots: tuple[Array, ...],
    kept: list[_Part],
    losses: Array,
) -> StepRecord:
    """Regularize, clip and update as the trainer does, keeping each stage."""
    training, mask = work.training, work.network.weight_mask
    data_gradient = work.gradients.copy()
    for op in work.regularize_ops:
        op()
    gradient = work.gradients.copy()
    for op in work.clip_ops:
        op()
    rate = schedules.rate(training.schedule, training.learning_rate, before.iteration)
    work.apply(rate, before.updates + 1)
    return StepRecord(
        before=before,
        after=_after(work, before, parameters, slots),
        indices=batch_indices(work.seed, before.epoch, before.position, work.data.n_samples, work.batch_size),
        inputs=np.concatenate([part.inputs for part in kept]),
        targets=np.concatenate([part.targets for part in kept]),
        layers=tuple(_join(layers) for layers in zip(*(part.layers for part in kept), strict=True)),
        losses=losses,
        data_loss=float(losses.mean()),
        regularization_loss=regularizers.penalty(before.parameters, mask, training),
        data_gradient=data_gradient,
        regularization_gradient=regularizers.gradient(before.parameters, mask, training),
        gradient=gradient,
        clipped=work.gradients.copy(),
        delta=work.update.delta.copy(),
        rate=rate,
    )


def _after(work: Iteration, before: RunState, parameters: Array, slots: tuple[Array, ...]) -> RunState:
    """Return the state that the step leaves, one iteration on."""
    position = before.position + work.batch_count(before.position)
    ended = position >= work.data.n_samples
    epoch = before.epoch + 1 if ended else before.epoch
    kept = parameters.copy(), tuple(slot.copy() for slot in slots)
    return RunState(*kept, before.iteration + 1, epoch, 0 if ended else position, before.updates + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What is kept of one micro-batch."""

    inputs: Array
    targets: Array
    layers: tuple[LayerRecord, ...]

    @classmethod
    def of(cls, here: Pass) -> _Part:
        """Copy it out of the pass's buffers, examples as rows."""
        layers = tuple(
            LayerRecord(
                _rows(layer.z),
                _rows(layer.a),
                _rows(layer.output),
                _rows(layer.upstream),
                _rows(layer.delta),
                None if layer.mask is None else _rows(layer.mask) == 0.0,
            )
            for layer in here.layers
        )
        return cls(_rows(here.inputs[:-1]), _rows(here.targets), layers)


def _rows(columns: NDArray[Any]) -> Array:
    return columns.T.copy()


def _join(parts: tuple[LayerRecord, ...]) -> LayerRecord:
    """Return one layer's record out of its micro-batches."""
    if len(parts) == 1:
        return parts[0]
    names = ("z", "a", "output", "upstream", "delta")
    joined = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
    masks = [part.dropped for part in parts if part.dropped is not None]
    dropped = np.concatenate(masks) if masks else None
    return LayerRecord(joined[0], joined[1], joined[2], joined[3], joined[4], dropped)
