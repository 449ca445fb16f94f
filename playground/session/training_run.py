"""Run: one network being trained, with its curves and its timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from playground.engine.adapt import transfer
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.state import RunState
from playground.engine.trainer import Trainer
from playground.session.document import Document, Edge
from playground.session.history import Curve, History
from playground.session.prepared_data import PreparedData, prepare
from playground.session.snapshot import Instruments, Snapshot
from playground.session.timeline import Timeline
from playground.session.trouble import Trouble, find_trouble

_CHUNK_FLOPS = 2_000_000
_CHUNK_STEPS = 32


@dataclass(frozen=True, slots=True, eq=False)
class RunMemory:
    """A document and the state that training had made of it, at one moment."""

    document: Document
    state: RunState


class Run:
    """One network being trained.

    A run is moved (``train``, ``go_to``, ``reset``) and edited (``adopt``, ``restore``); everything that is
    shown is read from its ``snapshot()``, which copies the parameters.

    Attributes
    ----------
    document : Document
    data : PreparedData
    network : Network
    trainer : Trainer
    timeline : Timeline
    history : History
    trouble : Trouble or None
        Why training stopped, when a number was not finite.
    version : int
        Grows with every change of the state.
    """

    def __init__(self, document: Document) -> None:
        """Set up `document` at iteration 0."""
        self.version = 0
        self.trouble: Trouble | None = None
        self.timeline = Timeline()
        self.history = History()
        self._snapshot: Snapshot | None = None
        self._equip(document, prepare(document))
        self._begin(self._start_state())

    # ---- reading -------------------------------------------------------------------------------

    @property
    def iteration(self) -> int:
        """Parameter updates so far."""
        return self.trainer.iteration

    def memory(self) -> RunMemory:
        """Return document and state of this moment; both stay as they are."""
        return RunMemory(self.document, self.trainer.state())

    def snapshot(self) -> Snapshot:
        """Return this moment for readings; the same object until the run moves."""
        if self._snapshot is None or self._snapshot.version != self.version:
            self._snapshot = Snapshot(self.version, self._instruments, self.trainer.state())
        return self._snapshot

    def index_of(self, edge: Edge) -> int:
        """Return the place of `edge` in the parameter vector."""
        return self.network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)

    def steps_to_epoch_end(self) -> int:
        """Return how many iterations complete the present epoch."""
        n = self.data.train.n_samples
        return -(-(n - self.trainer.position) // min(self.document.training.batch_size, n))

    def last_good_iteration(self) -> int:
        """Return the last recorded iteration whose training loss was within ten times the best one."""
        iterations, losses = self.history.column("train")
        reachable = iterations >= self.timeline.first
        good = iterations[reachable & (losses <= 10.0 * losses.min())] if len(losses) else iterations
        return int(good[-1]) if len(good) else self.timeline.first

    # ---- moving --------------------------------------------------------------------------------

    def train(self, steps: int) -> int:
        """Train `steps` iterations, or fewer when a number is not finite; return how many."""
        return self.train_until(lambda: False, steps)

    def train_until(self, stop: Callable[[], bool], most: int | None = None) -> int:
        """Train until `stop()`, asked after every millisecond or less of work, or `most` iterations.

        An iteration that is too large for one slice goes on in the next call where it was left. Returns the number
        of completed iterations.
        """
        if self.trouble:
            return 0
        guard = self.trainer.state()
        self.timeline.keep(guard, self.document)
        self.history.cut(guard.iteration)
        first = self.trainer.iteration
        last = None if most is None else first + most
        while last is None or self.trainer.iteration < last:
            self._advance_chunk(last)
            if stop() or self.history.is_broken:
                break
        if self.history.is_broken or not self.trainer.is_finite():
            self._stop_at_trouble(guard)
        if self.trainer.iteration != first:
            self.version += 1
        return self.trainer.iteration - first

    def go_to(self, iteration: int) -> None:
        """Put the run at `iteration`, to the bit: from the nearest kept state, trained on from there."""
        if iteration > self.timeline.last:
            self.train(iteration - self.iteration)
            return
        mark = self.timeline.before(iteration)
        settled = self.trainer
        self.trouble = None
        if mark.document != self.document:
            data = prepare(mark.document)
            self.trainer = Trainer(self.network, mark.document.training, data.train, mark.document.seed, mark.state)
        else:
            self.trainer.load(mark.state)
        self.trainer.advance(iteration - mark.state.iteration)
        state = self.trainer.state()
        self.trainer = settled
        self.trainer.load(self._fitting(state, mark.document))
        self.history.cut(iteration)
        self._note_losses()
        self.version += 1

    def reset(self) -> None:
        """Go to iteration 0 with the start of the document."""
        self._begin(self._start_state())

    # ---- editing -------------------------------------------------------------------------------

    def adopt(self, document: Document, memory: RunMemory) -> bool:
        """Train on under `document`; every weight that still has a place is kept.

        Weights of a place that the present network does not have come from `memory`, then from the initializer.
        Returns whether the run started afresh instead.
        """
        before, network = self.document, self.network
        state = self.trainer.state()
        data = prepare(document)
        afresh = _starts_afresh(before, document, network.spec != document.network_spec(data.sample.n_classes))
        self.trouble = None
        self._equip(document, data)
        if afresh:
            self._begin(self._start_state())
            return True
        reshaped = network.spec != self.network.spec or before.features != document.features
        if reshaped:
            state = self._carried_over(before, network, state, memory)
        state = self._fitting(state, before)
        if data.train.n_samples != len(prepare(before).sample.train) and state.position:
            state = replace(state, epoch=state.epoch + 1, position=0)
        self.trainer.load(state)
        if reshaped:
            self.timeline.restart(state, document)
        else:
            self.timeline.keep(state, document, edited=True)
        self._amend()
        return False

    def restore(self, memory: RunMemory) -> None:
        """Put document and state exactly as `memory` has them."""
        same_shape = self.network.spec == memory.document.network_spec(prepare(memory.document).sample.n_classes)
        self.trouble = None
        self._equip(memory.document, prepare(memory.document))
        self.trainer.load(memory.state)
        if same_shape and self.timeline.first <= memory.state.iteration:
            self.timeline.keep(memory.state, memory.document, edited=True)
        else:
            self.timeline.restart(memory.state, memory.document)
        self._amend()

    def resume(self, document: Document, state: RunState | None = None, curves: Curve | None = None) -> None:
        """Go on with `document` at `state`, as a file has them; without a state, at iteration 0.

        What follows equals, to the bit, what would have followed in the run that was saved.
        """
        self._equip(document, prepare(document))
        if state is None:
            self._begin(self._start_state())
            return
        self.trouble = None
        self.trainer.load(state)
        self.timeline.restart(state, document)
        self.history.clear()
        if curves is not None:
            self.history.revive(curves)
        self._note_losses()
        self.version += 1

    # ---- inside --------------------------------------------------------------------------------

    def _equip(self, document: Document, data: PreparedData) -> None:
        """Make network, trainer and instruments of `document`."""
        self.document, self.data = document, data
        self.network = Network(document.network_spec(data.sample.n_classes))
        self.trainer = Trainer(self.network, document.training, data.train, document.seed)
        self._instruments = Instruments(document, self.network, data)
        flops = 6 * self.network.n_parameters * min(document.training.batch_size, data.train.n_samples)
        self._chunk = max(1, min(_CHUNK_STEPS, _CHUNK_FLOPS // flops))

    def _begin(self, state: RunState) -> None:
        self.trouble = None
        self.trainer.load(state)
        self.timeline.restart(state, self.document)
        self.history.clear()
        self._note_losses()
        self.version += 1

    def _start_state(self) -> RunState:
        """Return iteration 0: the initializer's weights, and those set by hand in their places."""
        parameters = self.network.initial(self.document.training, self.document.seed)
        for start in self.document.start_weights:
            try:
                parameters[self.index_of(start.edge)] = start.value
            except (ValueError, IndexError):
                continue  # its place is gone for now; the document keeps it for the day it is back
        return RunState(parameters, self._fresh_slots())

    def _fresh_slots(self) -> tuple[np.ndarray, ...]:
        return OPTIMIZERS[self.document.training.optimizer.name].fresh_slots(self.network.n_parameters)

    def _fitting(self, state: RunState, document: Document) -> RunState:
        """Return `state` made under `document` with slots that fit the present optimizer."""
        if document.training.optimizer.name == self.document.training.optimizer.name:
            return state
        return replace(state, slots=self._fresh_slots(), updates=0)

    def _carried_over(self, before: Document, network: Network, state: RunState, memory: RunMemory) -> RunState:
        """Return `state` in the present shape: the initializer's weights under the memory's under the state's."""
        start = self._start_state()
        parameters, slots = start.parameters, [slot.copy() for slot in start.slots]
        sources = [(before, network, state)]
        if memory.document != before:
            spec = memory.document.network_spec(prepare(memory.document).sample.n_classes)
            sources.insert(0, (memory.document, Network(spec), memory.state))
        for document, source, given in sources:
            columns = [
                document.features.index(name) if name in document.features else -1 for name in self.document.features
            ]
            transfer(given.parameters, source, self.network, parameters, columns)
            if document.training.optimizer.name == self.document.training.optimizer.name:
                for slot, old in zip(slots, given.slots, strict=True):
                    transfer(old, source, self.network, slot, columns)
        return replace(state, parameters=parameters, slots=tuple(slots))

    def _advance_chunk(self, last: int | None) -> None:
        """Train a few iterations, or one micro-batch of a large one; record losses where they are due."""
        trainer = self.trainer
        due = self.history.next_due(trainer.iteration)
        most = due - trainer.iteration if last is None else min(due, last) - trainer.iteration
        if trainer.pulses == 1:
            trainer.advance(min(self._chunk, most))
        elif not trainer.pulse():
            return
        if trainer.iteration == due:
            self._note_losses()

    def _note_losses(self) -> None:
        if self.history.is_due(self.iteration):
            self.history.record(self.iteration, self._instruments.losses(self.trainer.parameters, self.iteration))

    def _amend(self) -> None:
        """After an edit: what the curves say of this iteration is what it is now."""
        self.history.cut(self.iteration)
        self.history.amend(self.iteration, self._instruments.losses(self.trainer.parameters, self.iteration))
        self.version += 1

    def _stop_at_trouble(self, guard: RunState) -> None:
        """Go back to the last state whose losses and parameters are finite, and say what came next."""
        self.history.cut(guard.iteration)
        self.trainer.load(guard)
        finite = guard
        for _ in range(1 << 20):
            self.trainer.step()
            losses = self._instruments.losses(self.trainer.parameters, self.iteration)
            if not (self.trainer.is_finite() and losses.are_finite):
                break
            finite = self.trainer.state()
            if self.history.is_due(self.iteration):
                self.history.record(self.iteration, losses)
        self.trainer.load(finite)
        self.timeline.keep(finite, self.document)
        self.version += 1
        self.trouble = find_trouble(self.snapshot())


def _starts_afresh(before: Document, after: Document, reshaped: bool) -> bool:
    """Tell whether an edit asks for another start: seed, initializer, or a new structure without keeping weights."""
    old, new = before.training, after.training
    another_start = before.seed != after.seed or (old.initializer, old.initial_scale) != (new.initializer, new.initial_scale)
    return another_start or (reshaped and not after.keep_weights)
