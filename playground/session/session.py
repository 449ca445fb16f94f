"""Session: the state of one window. It owns the document, the runs, the undo stack and what is looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.document.changes import Change
from playground.document.document import Document, Edge
from playground.engine.messages import grouped
from playground.session.clock import AUTO, Clock
from playground.session.commands import SwitchRun
from playground.session.edits import Edits
from playground.session.jobs import Job
from playground.session.live_run import LiveRun
from playground.session.lockstep import Lockstep
from playground.session.prediction import Prediction
from playground.session.undo_stack import UndoStack
from playground.session.view_model import ViewModel
from playground.training import replay
from playground.training.comparison_run import ComparisonRun
from playground.training.run import Run
from playground.training.snapshot import Snapshot
from playground.training.stop_conditions import StopConditions, StopWatch
from playground.training.what_if import WhatIf, WhatIfSnapshot

QUICK_SECONDS = 0.05
"""What is estimated to take no longer is done at once, else as a job."""


class Session(ViewModel):
    """What a window is about.

    Each signal means one thing and is emitted by the session alone.
    """

    # A new document replaced the old: (before, after). The run has already followed.
    document_changed = Signal(object, object)
    stepped = Signal()  # the run moved to another iteration
    what_if_changed = Signal()  # everything is read under another what-if, or under none
    playing_changed = Signal(bool)  # training started or stopped to play
    diverged = Signal(object)  # training stopped at a number that is not finite: a ``Divergence``
    noted = Signal(str)  # a message for the status line
    withdrawn = Signal(str)  # this message no longer holds: its edit was undone, or another followed
    started_afresh = Signal(str)  # trained weights did not fit other data, for this reason: training began again
    rated = Signal(float, float)  # frames and iterations a second while playing

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        """Begin with `document`, or with the default document."""
        super().__init__(parent)
        # The run that everything shows and its comparison run; what undo commands change.
        self.live = LiveRun(document or Document(), self)
        self.live.replaced.connect(self._on_replaced)
        self.lockstep.noted.connect(self.noted)
        self.undo_stack = UndoStack(self)
        self.undo_stack.indexChanged.connect(self._withdraw)
        self._about_edit = ""  # the message about the last edit
        self.edits = Edits(self.live, self.undo_stack, self.note, self.note_edit, self.started_afresh.emit)
        self.clock = Clock(self.advance, self)
        self.clock.set_speed(AUTO)
        self.clock.frame_due.connect(self.announce_step)
        self.clock.rated.connect(self.rated)
        self._stop_conditions = StopConditions()
        self._watch: StopWatch | None = None
        self._what_if: WhatIf | None = None
        self._read_as: WhatIfSnapshot | None = None
        self.prediction = Prediction(self, self.snapshot)  # what is to be predicted, and hidden until then

    # ---- state ---------------------------------------------------------------------------------

    @property
    def run(self) -> Run:
        """The run that everything shows."""
        return self.live.run

    @property
    def lockstep(self) -> Lockstep:
        """What keeps a comparison run at the iteration of the run."""
        return self.live.lockstep

    @property
    def document(self) -> Document:
        """The current document."""
        return self.run.document

    @property
    def comparison_run(self) -> ComparisonRun | None:
        """The comparison run, if there is one."""
        return self.lockstep.comparison_run

    @property
    def is_playing(self) -> bool:
        """Whether training plays."""
        return self.clock.is_running

    def snapshot(self) -> Snapshot:
        """Return the current state for readings, under the what-if if there is one; the same until the run moves."""
        present = self.run.snapshot()
        if self._what_if is None or not self._what_if.fits(present.network):
            return present
        if self._read_as is None or self._read_as.base is not present or self._read_as.what_if != self._what_if:
            self._read_as = WhatIfSnapshot(present, self._what_if)
        return self._read_as

    # ---- announcing ----------------------------------------------------------------------------

    def note(self, text: str) -> None:
        """Show `text` in the status line."""
        self.noted.emit(text)

    def note_edit(self, text: str) -> None:
        """Show `text` about the edit that was just made, no longer than this is the edit that Undo takes back."""
        self._about_edit = text
        self.note(text)

    def _withdraw(self) -> None:
        if self._about_edit:
            self.withdrawn.emit(self._about_edit)
            self._about_edit = ""

    def announce_step(self) -> None:
        """Let the views show the run where it is: whoever moves it by itself announces that."""
        with self.refreshing():
            self.stepped.emit()

    # ---- edits ---------------------------------------------------------------------------------

    def begin_gesture(self) -> None:
        """Begin a drag, all edits of which are one undo (``Edits.begin_gesture``)."""
        self.edits.begin_gesture()

    def end_gesture(self) -> None:
        """End the drag."""
        self.edits.end_gesture()

    def change(self, change: Change, text: str) -> bool:
        """Apply `change` to the document as one undoable edit; return whether it was possible."""
        return self.edits.change(change, text)

    def set_weight(self, edge: Edge, value: float) -> bool:
        """Set one weight or bias by hand; before training began it becomes part of the start."""
        return self.edits.set_weights({edge: value}, "Set a weight" if edge.source >= 0 else "Set a bias")

    def _on_replaced(self, before: Document, _source: Document) -> None:
        """Announce another document; selected and hovered nodes, edges and points that are gone are dropped."""
        self._watch = None  # what has been reached before says nothing of what is trained now
        if not self.is_playing:
            self.lockstep.align(self.run)
        was = self._view
        self._view = was.carried(before, self.document).within(self.run.network, self.run.data)
        with self.refreshing():
            self.document_changed.emit(before, self.document)
            self._announce_view(was)

    # ---- transport -----------------------------------------------------------------------------

    @property
    def stop_conditions(self) -> StopConditions:
        """When training that plays pauses by itself."""
        return self._stop_conditions

    @stop_conditions.setter
    def stop_conditions(self, conditions: StopConditions) -> None:
        self._stop_conditions = conditions
        self._watch = None

    def play(self) -> None:
        """Train until paused."""
        if self.is_playing:
            return
        if self.run.divergence:
            self.note(self.run.divergence.message)
            return
        self._watch = None
        self.clock.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop training; show the state it stopped at."""
        if self.is_playing:
            self.clock.stop()
            self.lockstep.align(self.run)
            with self.refreshing():
                self.playing_changed.emit(False)
                self.stepped.emit()

    def shut_down(self) -> None:
        """Stop without another signal and delete the session: it and its listeners hold references to each other."""
        self.blockSignals(True)
        self.undo_stack.blockSignals(True)
        self.pause()
        self.deleteLater()

    def toggle(self) -> None:
        """Play or pause."""
        self.pause() if self.is_playing else self.play()

    def step(self, steps: int = 1) -> None:
        """Train `steps` iterations and show the state."""
        self.pause()
        self.lockstep.train_steps(self.run, self.run.train(steps))
        self._report()

    def step_epoch(self) -> None:
        """Train to the end of the current epoch."""
        self.step(self.run.steps_to_epoch_end())

    def step_back(self, steps: int = 1) -> Job | None:
        """Go back `steps` iterations, exactly; see ``go_to``."""
        return self.go_to(self.run.iteration - steps)

    def go_to(self, iteration: int) -> Job | None:
        """Put the run at `iteration`, earlier or later, exactly as it was or will be.

        Where that takes long, the run stands at a kept state first, and the job that does the rest, already started, is
        returned. A run that moves otherwise meanwhile ends it without effect.
        """
        self.pause()
        first = self.run.timeline.first
        if iteration < first:
            if first == 0:
                self.note("This is the start: there is no earlier iteration.")
            else:
                earliest = f"The earliest iteration of this network is {grouped(first)}"
                self.note_edit(f"{earliest}; Undo brings back the network before it.")
        iteration = max(first, iteration)
        if self.scrub_to(iteration):
            return None
        job = Job(replay.replay(self.run, iteration), f"Computing iteration {grouped(iteration)} again", self)
        job.progressed.connect(lambda share: self.note(f"{job.title}: {100 * share:.0f} %"))
        job.finished.connect(self._on_replayed)
        return job.start()

    def scrub_to(self, iteration: int) -> bool:
        """Put the run at `iteration` if that is quick, else at the nearest kept state; return whether it is there."""
        is_quick = replay.estimated_seconds(self.run, iteration) <= QUICK_SECONDS
        replay.go_to(self.run, iteration if is_quick else replay.source_of(self.run, iteration).iteration)
        self._report()
        return is_quick

    def _on_replayed(self, has_arrived: bool) -> None:
        self.note("")
        if has_arrived:
            self._report()

    def reset(self) -> None:
        """Go to iteration 0 with the same start, as one undoable step; what the run leaves becomes a branch."""
        self.pause()
        reached = self.run.iteration
        if not self.run.is_fresh:
            self.undo_stack.do(SwitchRun(self.live, self.run.after_reset(), "Reset"))
            self.note_edit(f"Reset from iteration {grouped(reached)}; Ctrl+Z brings it back.")
        self._report()

    def advance(self, seconds: float, most: int | None = None) -> int:
        """Train for about `seconds`, at most `most` iterations.

        Emits nothing unless divergence or a stop condition ends it: then training pauses, and ``noted`` says why.
        """
        if self._watch is None:
            self._watch = StopWatch(self._stop_conditions, self.run.iteration, self.run.snapshot().losses)
        watch = self._watch
        done = self.lockstep.train(self.run, seconds, watch.at_most(self.run.iteration, most), watch.check)
        if self.run.divergence:
            self._report()
            return done
        fired = self.run.stopped_by or watch.arrived(self.run.iteration)
        if fired:
            self.pause()
            self.note(fired)
        return done

    def _report(self) -> None:
        """Announce the result of training: a new state, or divergence."""
        if self.run.divergence:
            self.pause()
            self.diverged.emit(self.run.divergence)
        self.lockstep.align(self.run)
        self.announce_step()

    # ---- what-if ---------------------------------------------------------------------------------

    @property
    def what_if(self) -> WhatIf | None:
        """The activation that every reading takes for granted; training does not."""
        fits = self._what_if is not None and self._what_if.fits(self.run.network)
        return self._what_if if fits else None

    def set_what_if(self, what_if: WhatIf | None) -> None:
        """Read everything under `what_if`, or as it is again."""
        if what_if != self._what_if:
            self._what_if, self._read_as = what_if, None
            with self.refreshing():
                self.what_if_changed.emit()
