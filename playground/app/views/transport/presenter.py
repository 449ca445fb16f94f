"""Transport and status line ↔ session: where training is, how fast it is, and what went wrong."""

from __future__ import annotations

from math import isinf

from playground.app.views.data.scale import STANDARDIZE, cause
from playground.app.views.scheduling import READINGS, READOUTS, Aspect, Scheduler
from playground.document.changes import with_training
from playground.document.data_choice import with_standardization
from playground.document.document import Document
from playground.document.quantity import Quantity
from playground.session import undo_stack
from playground.session.session import Session
from playground.training.divergence import Divergence
from playground.training.timeline import CAPACITY, CAPACITY_BYTES, Timeline
from widgets.frame.notice_bar import NoticeBar
from widgets.frame.status_line import StatusLine
from widgets.frame.transport_bar import TransportBar
from widgets.style import numbers
from widgets.values import Choice, TransportReadouts

HINT = "Hover a neuron for its part of the plane · click to inspect · drag or double-click an edge · right-click: more"
CIRCUIT_HINT = "Step (F10) computes the next gate · click a gate for its card · drag to move, Ctrl+wheel to zoom"
"""Where a circuit stands in the place of the network."""
LOWER = Choice("lower", "Lower the learning rate", "Divide η by 3 and continue from here; Ctrl+Z undoes it.")


class TransportPresenter:
    """Shows the read-outs and messages."""

    def __init__(
        self, session: Session, scheduler: Scheduler, bar: TransportBar, status: StatusLine, notice: NoticeBar
    ) -> None:
        """Connect the widgets to `session`."""
        self._session, self._bar, self._status, self._notice = session, bar, status, notice
        notice.action_clicked.connect(self._on_action_clicked)
        bar.loss_why_requested.connect(lambda: session.ask_why(Quantity("loss", "loss")))
        bar.speed_changed.connect(lambda speed: session.clock.set_speed(None if isinf(speed) else speed))
        session.rated.connect(self._on_rated)
        session.playing_changed.connect(self._on_playing_changed)
        session.rated.connect(status.set_rates)
        session.noted.connect(status.set_message)
        session.withdrawn.connect(status.withdraw)
        session.diverged.connect(self._on_diverged)
        self._is_diverged = False
        self._good = 0
        status.set_hint(hint(is_circuit=False))
        scheduler.add(bar, self.show_readouts, READINGS, times=READOUTS, light=True)

    def show_readouts(self, _changed: Aspect) -> None:
        """Show the current numbers."""
        snapshot = self._session.snapshot()
        state, losses = snapshot.state, snapshot.losses
        self._bar.set_readouts(
            TransportReadouts(
                iteration=state.iteration,
                epoch=state.epoch,
                train_loss=losses.train,
                test_loss=losses.test,
                test_accuracy=losses.test_accuracy,
                note=snapshot.evaluated,
                regularization_loss=losses.regularization,
            )
        )
        timeline = self._session.run.timeline
        self._bar.set_can_go_back(state.iteration > timeline.first, kept_text(timeline))
        if self._session.run.divergence is None and self._is_diverged:
            self._is_diverged = False
            self._notice.clear()

    def _on_rated(self, _frames: float, steps: float) -> None:
        pace = self._session.clock.pace
        self._bar.set_rate(steps if pace is None else pace)

    def _on_playing_changed(self, playing: bool) -> None:
        self._bar.set_playing(playing)
        self._bar.set_rate(self._session.clock.pace if playing else None)
        if playing:
            self._status.set_message("")
        else:
            self._status.set_rates(0.0, 0.0, running=False)

    def _on_diverged(self, divergence: Divergence) -> None:
        self._is_diverged = True
        self._good = self._session.run.last_good_iteration()
        back = Choice(
            "back",
            f"Go back to {numbers.grouped(self._good)}",
            "The last iteration whose training data loss was near the best, exactly.",
        )
        word = "Run A stopped" if self._session.comparison_run else "Stopped"
        why = cause(self._session.run.data.sample) if self._session.document.table is not None else ""
        text = f"{why} {divergence.message}" if why else divergence.message
        self._notice.set_notice(word, text, (*([STANDARDIZE] if why else []), back, LOWER))

    def _on_action_clicked(self, key: str) -> None:
        if key == "back":
            self._session.go_to(self._good)
        elif key == "lower":
            self._session.change(with_lower_rate, "Lower the learning rate")
        elif key == STANDARDIZE.key:
            self._session.change(with_standardization(True), "Standardize")
        self._notice.clear()


def hint(*, is_circuit: bool) -> str:
    """Return what can be done with the network, or with the circuit in its place."""
    return CIRCUIT_HINT if is_circuit else HINT


def kept_text(timeline: Timeline) -> str:
    """Return which earlier iterations can be reached, and how much memory they may take."""
    return (
        f"You can return to every iteration from {numbers.grouped(timeline.first)} on: at most {CAPACITY} states "
        f"in {CAPACITY_BYTES // 2**20} MB are kept, those between are computed again. Undo keeps at most "
        f"{numbers.grouped(undo_stack.LIMIT)} edits in {undo_stack.CAPACITY_BYTES // 2**20} MB."
    )


def with_lower_rate(document: Document) -> Document:
    """Return `document` with a third of its learning rate."""
    return with_training(learning_rate=document.training.learning_rate / 3.0)(document)
