"""Trainer: moves the parameters of one network, an iteration at a time."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from playground.engine import schedules
from playground.engine.epoch_buffer import EpochBuffer
from playground.engine.iteration import Iteration, TrainingData
from playground.engine.layers import Op
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.record import StepRecord, record_step
from playground.engine.spec import TrainingSpec, choose, require
from playground.engine.state import RunState

__all__ = ["Trainer", "TrainingData"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Trainer:
    """One network being trained: it owns its parameters and its optimizer's slots.

    The same arguments give the same parameters, bit for bit, on one machine; so does going on from
    a ``state()``.

    Parameters
    ----------
    network : Network
    training : TrainingSpec
    data : TrainingData
    seed : int
        Of the start, the shuffles and the dropout masks; 0 or more.
    state : RunState, optional
        Where to resume; without it, iteration 0 of the initializer's parameters.

    Attributes
    ----------
    iteration, epoch, position, updates : int
        See ``RunState``.

    Raises
    ------
    ValueError
        If data, network and state do not belong together.
    """

    def __init__(
        self, network: Network, training: TrainingSpec, data: TrainingData, seed: int, state: RunState | None = None
    ) -> None:
        require(seed >= 0, "seed: expected 0 or more, got {seed}", seed=seed)
        self.network, self.training, self.data, self.seed = network, training, data, seed
        # The live parameters: read them, never write (``load``); shape (n_parameters,).
        self.parameters = np.empty(network.n_parameters)
        self._slots = self._fresh_slots()
        self._frozen: Flags | None = None
        self.load(state or RunState(network.initial(training, seed), self._slots))

    # ---- what it is ----------------------------------------------------------------------------

    @property
    def pulses(self) -> int:
        """Return the number of micro-batches of the current iteration."""
        work = self._work
        return -(-work.batch_count(self.position) // work.micro)

    def state(self) -> RunState:
        """Return a copy of what training has made so far, as of the last completed iteration."""
        slots = tuple(slot.copy() for slot in self._slots)
        return RunState(self.parameters.copy(), slots, self.iteration, self.epoch, self.position, self.updates)

    def is_finite(self) -> bool:
        """Return whether every parameter is a finite number."""
        with np.errstate(all="ignore"):
            return math.isfinite(self.parameters.dot(self._zeros))  # 0·w is NaN for an infinite w, too

    def record(self) -> StepRecord:
        """Return the coming iteration whole, worked out in a workspace of its own; nothing here changes."""
        return record_step(self.network, self.training, self.data, self.seed, self.state(), self._frozen)

    # ---- changing it ---------------------------------------------------------------------------

    def load(self, state: RunState) -> None:
        """Go to `state`, bit for bit; a half-done iteration is dropped.

        Raises
        ------
        ValueError
            If the state belongs to another network, optimizer or data set.
        """
        name, n = self.training.optimizer.name, self.data.n_samples
        require(
            state.parameters.shape == self.parameters.shape,
            "state: expected {size} parameters for this network, got {parameters_size}",
            size=self.parameters.size,
            parameters_size=state.parameters.size,
        )
        require(
            len(state.slots) == len(self._slots),
            "state: {name} keeps {count} values per parameter, got {found}; start it afresh",
            name=name,
            count=len(self._slots),
            found=len(state.slots),
        )
        require(
            0 <= state.position < max(n, 1),
            "state: position {position} is outside the {n} training examples",
            position=state.position,
            n=n,
        )
        np.copyto(self.parameters, state.parameters)
        for mine, given in zip(self._slots, state.slots, strict=True):
            np.copyto(mine, given)
        self.iteration, self.epoch = state.iteration, state.epoch
        self.position, self.updates = state.position, state.updates
        self._bind()

    def set_frozen(self, frozen: Flags | None) -> None:
        """Force Δw to 0 where `frozen` (n_parameters,) is True; None frees everything."""
        require(
            frozen is None or frozen.shape == self.parameters.shape,
            "frozen: expected one flag for each of the {size} parameters",
            size=self.parameters.size,
        )
        self._frozen = None if frozen is None else frozen.astype(np.bool_)
        self._bind()

    # ---- moving --------------------------------------------------------------------------------

    def step(self) -> None:
        """Train one iteration."""
        self.advance(1)

    def advance(self, steps: int) -> None:
        """Train `steps` iterations; one that pulses had begun is completed and counts as the first."""
        with np.errstate(all="ignore"):
            while steps > 0:
                steps -= self._run(steps) or self._complete()

    def pulse(self) -> bool:
        """Train one micro-batch, a few ms at most; True when that completed the iteration."""
        with np.errstate(all="ignore"):
            return self._micro()

    def _bind(self) -> None:
        """Choose the calls of an iteration for the current settings."""
        choose("schedule", self.training.schedule.name, schedules.SCHEDULES)
        self._work = work = Iteration(
            self.network, self.training, self.data, self.seed, self.parameters, self._slots, self._frozen
        )
        self._offset = 0
        self._zeros = np.zeros_like(self.parameters)
        self._rate: Callable[[int], float] | None = None
        if self.training.schedule.name != "constant":
            self._rate = partial(schedules.rate, self.training.schedule, self.training.learning_rate)
        self._buffer: EpochBuffer | None = None
        if work.whole and not work.has_dropout and EpochBuffer.fits(self.data.table, work.batch_size):
            self._buffer = EpochBuffer(self.data.table, work.batch_size, self.seed)
            self._full = full = work.workspace(work.batch_size)
            self._ops: tuple[Op, ...] = (*full.forward_ops, *full.backward_ops, *work.finish_ops)

    def _run(self, steps: int) -> int:
        """Train full batches of the current epoch, the hot path; return how many (0: not possible here)."""
        buffer, size = self._buffer, self._work.batch_size
        if buffer is None or self._offset or self.position % size:
            return 0
        first = self.position // size
        blocks = buffer.blocks[first : first + steps]
        if blocks:
            buffer.turn_to(self.epoch)
            self._full.share[...] = 1.0 / size
            self._run_blocks(blocks)
            self._count(len(blocks), len(blocks) * size)
        return len(blocks)

    def _run_blocks(self, blocks: list[Array]) -> None:
        """Train one iteration for each batch of `blocks`."""
        copy, batch, ops, apply = np.positive, self._full.batch, self._ops, self._work.apply
        rate, t = self.training.learning_rate, self.updates
        if self._rate is None:
            for block in blocks:
                t += 1
                copy(block, batch)
                for op in ops:
                    op()
                apply(rate, t)
            return
        for iteration, block in enumerate(blocks, start=self.iteration):
            t += 1
            copy(block, batch)
            for op in ops:
                op()
            apply(self._rate(iteration), t)

    def _complete(self) -> int:
        """Train the rest of one iteration, on any path; return 1."""
        while not self._micro():
            pass
        return 1

    def _micro(self) -> bool:
        """Train one micro-batch, on any path; True when the iteration is complete."""
        work = self._work
        here = work.load_batch(self.epoch, self.position, self._offset)
        here.forward()
        here.backward()
        work.collect(self._offset)
        self._offset += here.n_samples
        total = work.batch_count(self.position)
        if self._offset < total:
            return False
        for op in work.finish_ops:
            op()
        rate = self.training.learning_rate if self._rate is None else self._rate(self.iteration)
        work.apply(rate, self.updates + 1)
        self._offset = 0
        self._count(1, total)
        return True

    def _count(self, iterations: int, examples: int) -> None:
        """Move on by `iterations` that used `examples` of the epoch."""
        self.iteration += iterations
        self.updates += iterations
        self.position += examples
        if self.position >= self.data.n_samples:
            self.epoch, self.position = self.epoch + 1, 0

    def _fresh_slots(self) -> tuple[Array, ...]:
        entry = choose("optimizer", self.training.optimizer.name, OPTIMIZERS)
        return entry.fresh_slots(self.network.n_parameters)
