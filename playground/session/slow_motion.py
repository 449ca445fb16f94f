"""SlowMotion: a cursor through the phases of one ordinary step, which is then taken or thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from playground.document.document import Document, Edge
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.record import LayerRecord, StepRecord
from playground.session.session import Session
from playground.training.snapshot import Snapshot

Kind = Literal["batch", "forward", "loss", "backward", "update"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StepPhase:
    """One phase of an iteration; `layer` is the layer (1…n) that a forward or backward phase is about, else 0."""

    kind: Kind
    layer: int = 0

    @property
    def label(self) -> str:
        """Return the name on the phase strip: ``"Batch"``, ``"Forward 2"``."""
        return f"{self.kind.capitalize()} {self.layer}" if self.layer else self.kind.capitalize()


@dataclass(frozen=True, slots=True)
class EdgeUpdate:
    """The anatomy of one weight's update; next_w = w + delta, bit for bit what the step yields.

    Attributes
    ----------
    w, next_w, delta : float
    data_gradient, regularization_gradient, gradient : float
        ∂L/∂w of the batch's mean data loss, of the regularization, and their sum.
    clipped : float
        The gradient after clipping and freezing: what the optimizer takes.
    rate : float
        η of this iteration, after the schedule.
    plain : float
        −η · clipped: what plain SGD would add.
    slots : tuple of (str, float, float)
        What the optimizer remembers: symbol, before, after.
    """

    w: float
    data_gradient: float
    regularization_gradient: float
    gradient: float
    clipped: float
    rate: float
    plain: float
    slots: tuple[tuple[str, float, float], ...]
    delta: float
    next_w: float


def phases_of(n_layers: int) -> tuple[StepPhase, ...]:
    """Return the phases of an iteration through `n_layers` layers of weights: 2·n + 3 of them."""
    forward = tuple(StepPhase("forward", layer) for layer in range(1, n_layers + 1))
    backward = tuple(StepPhase("backward", layer) for layer in range(n_layers, 0, -1))
    return (StepPhase("batch"), *forward, StepPhase("loss"), *backward, StepPhase("update"))


class SlowMotion(QObject):
    """Walk through one iteration of the session's run.

    The step is computed whole, ahead, in a workspace of its own; the run stays at the iteration before it until
    ``commit``. Whatever else moves or edits the run ends the walk.

    Attributes
    ----------
    moved : Signal()
        The cursor stands elsewhere, or a walk began: show it.
    ended : Signal()
        The walk is over: everything is known again.
    """

    moved = Signal()
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Be ready to walk; nothing begins yet."""
        super().__init__(parent)
        self._session = session
        self._snapshot: Snapshot | None = None
        self._phases: tuple[StepPhase, ...] = ()
        self._index = 0
        self._is_own = False
        self._is_cut_off = False
        session.document_changed.connect(self._on_document_changed)
        session.refresh_requested.connect(self._on_refresh_requested)
        session.playing_changed.connect(self._on_playing_changed)

    # ---- where it stands -----------------------------------------------------------------------

    @property
    def is_active(self) -> bool:
        """Whether a walk is on."""
        return self._snapshot is not None

    @property
    def phases(self) -> tuple[StepPhase, ...]:
        """The phases of the walk, as ``widgets.frame.phase_strip.phases_of`` names them; empty when there is none."""
        return self._phases

    @property
    def index(self) -> int | None:
        """The index of the present phase; None when there is no walk."""
        return self._index if self.is_active else None

    @property
    def phase(self) -> StepPhase | None:
        """The present phase; None when there is no walk."""
        return self._phases[self._index] if self.is_active else None

    @property
    def snapshot(self) -> Snapshot | None:
        """The moment that the step starts from; None when there is no walk."""
        return self._snapshot

    @property
    def record(self) -> StepRecord | None:
        """The whole step, computed ahead; None when there is no walk."""
        return self._snapshot.pending if self._snapshot else None

    @property
    def batch(self) -> NDArray[np.intp]:
        """The points of the batch, as indices into the sample; none when there is no walk."""
        return self._snapshot.batch if self._snapshot else np.zeros(0, dtype=np.intp)

    # ---- what is known so far ------------------------------------------------------------------

    @property
    def n_layers(self) -> int:
        """Layers of weights of the walk's network."""
        return (len(self._phases) - 3) // 2 if self._phases else 0

    @property
    def known_forward(self) -> int:
        """Layers 1…this have their z and a; 0 at the batch."""
        return min(self._index, self.n_layers)

    @property
    def is_loss_known(self) -> bool:
        """Whether the loss is computed."""
        return self.is_active and self._index > self.n_layers

    @property
    def known_backward(self) -> int | None:
        """Layers from this on up have their gradients; None before the first backward phase."""
        done = self._index - self.n_layers - 1
        return max(1, self.n_layers + 1 - done) if done >= 1 else None

    @property
    def is_update_known(self) -> bool:
        """Whether the new weights are computed."""
        return self.is_active and self._index == len(self._phases) - 1

    def layer(self, number: int) -> LayerRecord | None:
        """Return layer `number` (1…n) in the step when its values are computed; its gradients may not be yet."""
        record = self.record
        return record.layers[number - 1] if record and 1 <= number <= self.known_forward else None

    def gradient(self, number: int) -> Floats | None:
        """Return ∂L/∂W of layer `number`, bias last, (rows, n_in + 1), when it is computed: data and regularization."""
        lowest = self.known_backward
        if self._snapshot is None or lowest is None or not lowest <= number <= self.n_layers:
            return None
        return self._snapshot.matrices(self._snapshot.pending.gradient)[number - 1]

    def delta(self, number: int) -> Floats | None:
        """Return Δw of layer `number` at the update, bias last, (rows, n_in + 1)."""
        if self._snapshot is None or not self.is_update_known or not 1 <= number <= self.n_layers:
            return None
        return self._snapshot.matrices(self._snapshot.pending.delta)[number - 1]

    def update_of(self, edge: Edge) -> EdgeUpdate | None:
        """Return the anatomy of the update of `edge`; None before the update phase.

        Raises
        ------
        ValueError
            When there is no such edge.
        """
        if self._snapshot is None or not self.is_update_known:
            return None
        record, at = self._snapshot.pending, self._session.run.index_of(edge)
        symbols = OPTIMIZERS[self._snapshot.document.training.optimizer.name].slots
        slots = zip(symbols, record.before.slots, record.after.slots, strict=True)
        clipped = float(record.clipped[at])
        return EdgeUpdate(
            w=float(record.before.parameters[at]),
            data_gradient=float(record.data_gradient[at]),
            regularization_gradient=float(record.regularization_gradient[at]),
            gradient=float(record.gradient[at]),
            clipped=clipped,
            rate=record.rate,
            plain=-record.rate * clipped,
            slots=tuple((symbol, float(before[at]), float(after[at])) for symbol, before, after in slots),
            delta=float(record.delta[at]),
            next_w=float(record.next_parameters[at]),
        )

    # ---- moving --------------------------------------------------------------------------------

    def start(self) -> bool:
        """Begin a walk at the batch of the next iteration; training pauses. False when the run has diverged."""
        return self.is_active or self._begin()

    def forward(self) -> None:
        """Go to the next phase; from the update, take the step and stand at the next batch."""
        if not self.is_active:
            self.start()
        elif self._index < len(self._phases) - 1:
            self.goto(self._index + 1)
        else:
            self.commit(go_on=True)

    def back(self) -> None:
        """Go to the phase before; from the batch, go back an iteration and stand at its update."""
        if not self.is_active:
            return
        if self._index:
            self.goto(self._index - 1)
            return
        run = self._session.run
        if run.iteration <= run.timeline.first:
            self._session.note("This is the first phase of the earliest iteration.")
            return
        self._is_own = True
        job = self._session.step_back()
        if job:
            job.finish()
        self._is_own = False
        self._begin(last=True)

    def goto(self, index: int) -> None:
        """Stand at phase `index`.

        Raises
        ------
        ValueError
            When there is no such phase.
        """
        if not 0 <= index < len(self._phases):
            raise ValueError(f"phase: expected an index below {len(self._phases)}, got {index}")
        if index != self._index:
            self._index = index
            self.moved.emit()

    def commit(self, *, go_on: bool = False) -> None:
        """Take the step, the same bits as an ordinary one; with `go_on`, stand at the batch of the next."""
        if not self.is_active:
            return
        self._is_own = True
        self._session.step()
        self._is_own = False
        if not (go_on and self._begin()):
            self._end()

    def cancel(self) -> None:
        """Throw the step away; the run stays where it was."""
        if self.is_active:
            self._end()

    # ---- inside --------------------------------------------------------------------------------

    def _begin(self, *, last: bool = False) -> bool:
        session = self._session
        if session.run.divergence:
            session.note(session.run.divergence.message)
            return False
        if session.is_playing:
            session.pause()
        session.set_what_if(None)  # the step that is walked through is the one that training takes
        self._snapshot = session.snapshot()
        self._phases = phases_of(len(self._snapshot.network.layers))
        self._index = len(self._phases) - 1 if last else 0
        self.moved.emit()
        return True

    def _end(self) -> None:
        self._snapshot, self._phases, self._index = None, (), 0
        self.ended.emit()

    def _on_document_changed(self, _before: Document, _after: Document) -> None:
        """Forget the old network at once, before a view asks; the end is told when every view knows the new one."""
        if self._snapshot is not None and self._session.snapshot() is not self._snapshot:
            self._snapshot, self._phases, self._index = None, (), 0
            self._is_cut_off = True

    def _on_refresh_requested(self) -> None:
        """Something was shown: when the run is no longer where the walk began, the walk is over."""
        if self._is_cut_off:
            self._is_cut_off = False
            self._interrupt()
        elif self._snapshot is not None and not self._is_own and self._session.snapshot() is not self._snapshot:
            self._interrupt()

    def _on_playing_changed(self, playing: bool) -> None:
        if playing and self.is_active:
            self._interrupt()

    def _interrupt(self) -> None:
        self._session.note("Slow motion ended: the network was changed or trained otherwise.")
        self._end()
