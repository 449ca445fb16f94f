"""SlowMotion: move through the phases of one ordinary step, which is then taken or discarded."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.session.clock import Metronome
from playground.session.session import Session
from playground.training.step_cursor import StepCursor


class SlowMotion(QObject):
    """Go through one iteration of the session's run, phase by phase.

    The step is computed whole, ahead, in a workspace of its own; the run stays at the iteration before it until
    ``commit``. Whatever else moves or edits the run ends slow motion.
    """

    moved = Signal()  # the current phase is another one
    ended = Signal()  # slow motion is off
    playing_changed = Signal(bool)  # it began or stopped to go on by itself

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin with slow motion off."""
        super().__init__(parent)
        self.cursor: StepCursor | None = None  # the step and the current phase; None when slow motion is off
        self.metronome = Metronome(1.0, self)  # beats while it plays, once for each phase
        self._session = session
        self._moves_run = False
        for signal in (session.document_changed, session.stepped, session.what_if_changed):
            signal.connect(self._on_run_changed)
        session.playing_changed.connect(self._on_playing_changed)

    @property
    def is_active(self) -> bool:
        """Whether slow motion is on."""
        return self.cursor is not None

    # ---- playing -------------------------------------------------------------------------------

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self.metronome.is_running

    def play(self) -> None:
        """Go on by itself, one phase at each beat."""
        if self.is_active and not self.is_playing:
            self.metronome.start()
            self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stay at the current phase."""
        if self.is_playing:
            self.metronome.stop()
            self.playing_changed.emit(False)

    # ---- moving --------------------------------------------------------------------------------

    def start(self) -> bool:
        """Stand at the batch of the next iteration; training pauses. False when the run has diverged."""
        return self.is_active or self._begin()

    def forward(self) -> None:
        """Go to the next phase; from the update, take the step and stand at the next batch."""
        if self.cursor is None:
            self.start()
        elif self.cursor.is_update_known:
            self.commit(go_on=True)
        else:
            self.goto(self.cursor.index + 1)

    def back(self) -> None:
        """Go to the phase before; from the batch, go back an iteration and stand at its update."""
        if self.cursor is None:
            return
        if self.cursor.index:
            self.goto(self.cursor.index - 1)
            return
        run = self._session.run
        if run.iteration <= run.timeline.first:
            self._session.note("This is the first phase of the earliest iteration.")
            return
        self._moves_run = True
        job = self._session.step_back()
        if job:
            job.finish()
        self._moves_run = False
        self._begin(at_update=True)

    def goto(self, index: int) -> None:
        """Stand at phase `index`.

        Raises
        ------
        ValueError
            When there is no such phase.
        """
        if self.cursor is not None and index != self.cursor.index:
            self.cursor = self.cursor.at(index)
            self.moved.emit()

    def commit(self, *, go_on: bool = False) -> None:
        """Take the step, the same bits as an ordinary one; with `go_on`, stand at the batch of the next."""
        if self.cursor is None:
            return
        self._moves_run = True
        self._session.step()
        self._moves_run = False
        if not (go_on and self._begin()):
            self._end()

    def cancel(self) -> None:
        """Discard the step; the run stays where it was."""
        if self.is_active:
            self._end()

    # ---- inside --------------------------------------------------------------------------------

    def _begin(self, *, at_update: bool = False) -> bool:
        session = self._session
        if session.run.divergence:
            session.note(session.run.divergence.message)
            return False
        if session.is_playing:
            session.pause()
        session.set_what_if(None)  # the step is the one that training takes
        first = StepCursor(session.snapshot())
        self.cursor = first.at(first.last) if at_update else first
        self.moved.emit()
        return True

    def _end(self) -> None:
        self.pause()
        self.cursor = None
        self.ended.emit()

    def _has_run_moved(self) -> bool:
        return self.cursor is not None and self._session.snapshot() is not self.cursor.snapshot

    def _on_run_changed(self, *_ignored: object) -> None:
        """End when the run is no longer where the step starts; views are asked to show it after all has changed."""
        if self._has_run_moved() and not self._moves_run:
            self._interrupt()

    def _on_playing_changed(self, playing: bool) -> None:
        if playing and self.is_active:
            self._interrupt()

    def _interrupt(self) -> None:
        self._session.note("Slow motion ended: the network was changed or trained otherwise.")
        self._end()
