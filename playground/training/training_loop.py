"""TrainingLoop: train a network in slices, record its curves, keep its states, and stop where it diverges."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from playground.document.document import Document, Edge
from playground.document.prepared_data import prepare
from playground.engine.state import RunState
from playground.training.divergence import Divergence, find_divergence
from playground.training.history import History, Losses
from playground.training.run_memory import RunMemory
from playground.training.setup import frozen_flags, initial_state, network_of, trainer_of
from playground.training.snapshot import Instruments, Snapshot
from playground.training.timeline import Timeline
from playground.training.weight_transfer import adapt_state

_CHECKPOINT_STEPS = 512
_FLOPS_APART, _STEPS_APART = 50_000_000, 512
"""What lies between two kept states at most: it is computed again when the user goes back."""

Watch = Callable[[int, Losses], str]
"""Takes the recorded losses; returns why training should stop there, or nothing."""


class TrainingLoop:
    """One network being trained; everything that is shown is read from its ``snapshot()``, a copy."""

    def __init__(self, document: Document) -> None:
        """Set up `document` at iteration 0."""
        self.version = 0  # grows with every change of the state
        self.generation = 0  # grows when another run takes its place: at a fresh start, a reset, or an opened document
        self.divergence: Divergence | None = None  # why training stopped, when a number was not finite
        self.stopped_by = ""  # why the latest ``train_until`` stopped, when its watch said so
        self._watch: Watch | None = None
        self._is_timed = False
        self.timeline = Timeline()
        self.history = History()
        self._snapshot: Snapshot | None = None
        self._equip(document)
        self._begin(initial_state(self.document, self.network))

    @property
    def iteration(self) -> int:
        """Parameter updates so far."""
        return self.trainer.iteration

    def snapshot(self) -> Snapshot:
        """Return the current state for readings; the same object until the run moves."""
        if self._snapshot is None or self._snapshot.version != self.version:
            self._snapshot = Snapshot(self.version, self._instruments, self.trainer.state())
        return self._snapshot

    def index_of(self, edge: Edge) -> int:
        """Return the index of `edge` in the parameter vector."""
        return self.network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)

    def steps_to_epoch_end(self) -> int:
        """Return how many iterations complete the current epoch."""
        n = self.data.train.n_samples
        return -(-(n - self.trainer.position) // min(self.document.training.batch_size, n))

    def last_good_iteration(self) -> int:
        """Return the last recorded iteration whose training loss was within ten times the best one."""
        iterations, losses = self.history.column("train")
        reachable = iterations >= self.timeline.first
        good = iterations[reachable & (losses <= 10.0 * losses.min())] if len(losses) else iterations
        return int(good[-1]) if len(good) else self.timeline.first

    def keep_present(self) -> None:
        """Keep the state at the far end of the timeline, so that it can be replayed."""
        if self.iteration > self.timeline.last:
            self.timeline.hold(self.trainer.state(), self.document)

    # ---- moving --------------------------------------------------------------------------------

    def train(self, steps: int) -> int:
        """Train `steps` iterations, or fewer when a number is not finite; return how many."""
        return self.train_until(lambda: False, steps)

    def train_for(self, seconds: float, most: int | None = None, watch: Watch | None = None) -> int:
        """Train for about `seconds`, or `most` iterations; see ``train_until``.

        Here, where the clock decides anyway, the costs of iterations and losses are measured.
        """
        deadline = perf_counter() + seconds
        self._is_timed = True
        try:
            return self.train_until(lambda: perf_counter() >= deadline, most, watch)
        finally:
            self._is_timed = False

    def train_until(self, stop: Callable[[], bool], most: int | None = None, watch: Watch | None = None) -> int:
        """Train until `stop()`, asked after every millisecond or less of work, or `most` iterations.

        An iteration that is too large for one slice continues in the next call. Returns the number
        of completed iterations. `watch` sees the losses at the iterations that the curves record, whatever
        the slices, and may stop training exactly there.
        """
        self.stopped_by = ""
        if self.divergence or (most is not None and most <= 0):
            return 0
        self._depart()
        self._watch = watch
        first = looked_at = self.trainer.iteration
        last = None if most is None else first + most
        while last is None or self.trainer.iteration < last:
            self._advance_chunk(last)
            if stop() or self.history.is_broken or self.stopped_by:
                break
            if self.trainer.iteration - looked_at >= _CHECKPOINT_STEPS:
                if not self.trainer.is_finite():
                    break
                looked_at = self.trainer.iteration
        self._watch = None
        if self.history.is_broken or not self.trainer.is_finite():
            self._stop_at_divergence(looked_at)
        if self.trainer.iteration != first:
            self.version += 1
        return self.trainer.iteration - first

    def load(self, state: RunState, document: Document) -> None:
        """Put the run at `state`, which was trained under `document`; see ``replay``."""
        self.divergence = None
        self.trainer.load(adapt_state(state, document, self.document, self.network))
        self.version += 1

    def reset(self) -> None:
        """Go to iteration 0 with the start of the document."""
        self._begin(initial_state(self.document, self.network))

    # ---- inside --------------------------------------------------------------------------------

    def _equip(self, document: Document) -> None:
        """Make network, trainer and instruments of `document`; nothing changes when one of them cannot be made."""
        data, network = prepare(document), network_of(document)
        trainer = trainer_of(document, network)
        self.document, self.data, self.network, self.trainer = document, data, network, trainer
        self._instruments = Instruments(document, network, data, frozen_flags(document, network))
        flops = 6 * network.n_parameters * min(document.training.batch_size, data.train.n_samples)
        self._costs = self._instruments.costs
        self.history.follow(self._costs.stride)
        self.timeline.most_apart = 1 << max(1, min(_STEPS_APART, _FLOPS_APART // flops)).bit_length() - 1

    def _begin(self, state: RunState) -> None:
        self.generation += 1
        self.divergence = None
        self.trainer.load(state)
        self.timeline.restart(state, self.document)
        self.history.clear(self._instruments.stride)
        self._note_losses()
        self.version += 1

    def _depart(self) -> None:
        """Forget what was kept and recorded after the current state."""
        end = self._far_end()
        if self.timeline.before(self.iteration).document != self.document:  # went back behind an edit
            self.timeline.keep(self.trainer.state(), self.document, edited=True)
        self.timeline.cut(self.iteration)
        self.history.cut(self.iteration, end)

    def _far_end(self) -> RunMemory | None:
        """Return the run at its last known iteration; None when it stands there."""
        if min(self.history.last, self.timeline.last) <= self.iteration:
            return None
        last = self.timeline.marks[-1]
        return RunMemory(last.document, last.state, self.timeline.outline(), self.history.copy())

    def _advance_chunk(self, last: int | None) -> None:
        """Train a few iterations, or one micro-batch of a large one; record losses where they are due."""
        trainer = self.trainer
        due, kept = self.history.next_due(trainer.iteration), self.timeline.next_due(trainer.iteration)
        most = min(due, kept, kept if last is None else last) - trainer.iteration
        if trainer.pulses == 1:
            steps = min(self._costs.steps, most)
            if self._is_timed:
                self._costs.step.timed(lambda: trainer.advance(steps), steps)
            else:
                trainer.advance(steps)
        elif not trainer.pulse():
            return
        if trainer.iteration == kept:
            self.timeline.keep(trainer.state(), self.document)
        if trainer.iteration == due:
            self._note_losses()

    def _note_losses(self) -> None:
        if self.history.is_due(self.iteration):
            losses = self._measured()
            self.history.record(self.iteration, losses)
            if self._watch and not self.history.is_broken:
                self.stopped_by = self._watch(self.iteration, losses)

    def _measured(self) -> Losses:
        if not self._is_timed:
            return self._instruments.losses(self.trainer.parameters, self.iteration)
        losses = self._costs.measuring.timed(lambda: self._instruments.losses(self.trainer.parameters, self.iteration))
        self.history.follow(self._costs.stride)
        return losses

    def _stop_at_divergence(self, looked_at: int) -> None:
        """Go back to the last state whose losses and parameters are finite, and report what came next.

        The parameters were finite when they were last `looked_at`.
        """
        noticed = self.trainer.iteration
        finite = self._finite_mark(looked_at)
        self.history.cut(finite.iteration, as_branch=False)
        self.trainer.load(finite)
        while self.iteration < noticed:
            self.trainer.step()
            losses = self._instruments.losses(self.trainer.parameters, self.iteration)
            if not (self.trainer.is_finite() and losses.are_finite):
                break
            finite = self.trainer.state()
            if self.history.is_due(self.iteration):
                self.history.record(self.iteration, losses)
        self.trainer.load(finite)
        self.timeline.hold(finite, self.document)
        self.version += 1
        self.divergence = find_divergence(self.snapshot())

    def _finite_mark(self, iteration: int) -> RunState:
        """Return the latest kept state at or before `iteration` with finite losses; an edit is not undone."""
        mark = self.timeline.before(iteration)
        while not mark.edited and not self._instruments.losses(mark.state.parameters, mark.iteration).are_finite:
            self.timeline.cut(mark.iteration - 1)
            mark = self.timeline.before(mark.iteration - 1)
        return mark.state
