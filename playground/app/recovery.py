"""Recovery: writes unsaved work every few seconds, and offers what an earlier start left behind."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from playground.app.files import UNTITLED
from playground.session.autosave import Autosave, Recoverable, recoverable
from playground.session.clock import Metronome
from playground.session.refusals import DocumentError
from widgets import numbers
from widgets.recovery_offer import DISCARD, RECOVER, RecoveryOffer

if TYPE_CHECKING:
    from playground.app.main_window import MainWindow

PICTURE_WIDTH = 560
_PLAYING_PICTURES = 4
"""While training plays, a picture of every so manieth writing: it costs a frame."""


class Recovery(QObject):
    """Keeps the unsaved work of one window safe from a crash; asleep until ``begin``.

    Attributes
    ----------
    offered : RecoveryOffer or None
        The open question about work that was left behind.
    """

    def __init__(self, window: MainWindow) -> None:
        """Do nothing yet."""
        super().__init__(window)
        self._window = window
        self._autosave: Autosave | None = None
        self._waiting: list[Recoverable] = []
        self._writes = 0
        self.offered: RecoveryOffer | None = None
        self._metronome = Metronome(1.0, self)
        self._metronome.beat.connect(self._on_beat)

    def begin(self) -> None:
        """Offer what was left behind, and keep the work of this window from now on."""
        try:
            self._waiting = recoverable()
            self._autosave = Autosave()
        except (DocumentError, OSError) as error:
            self._window.files.tell("No recovery", f"{error} Save often: work is not kept for a crash.")
        self._metronome.start()
        self.offer_next()

    def end(self) -> None:
        """Take away what was kept: the window closes in order."""
        self._metronome.stop()
        if self._autosave is not None:
            self._autosave.close()
            self._autosave = None
        for entry in self._waiting:
            entry.release()
        self._waiting = []

    def save_now(self) -> str:
        """Write unsaved work at once; return what went wrong, in words, or nothing."""
        if self._autosave is None or not self._window.files.is_modified:
            return ""
        try:
            self._write(self._autosave)
        except (DocumentError, OSError) as error:
            return str(error)
        return ""

    # ---- writing -------------------------------------------------------------------------------

    def _on_beat(self) -> None:
        autosave, files = self._autosave, self._window.files
        if autosave is None:
            return
        if not files.is_modified:
            if self._writes:
                autosave.clear()
                self._writes = 0
        elif autosave.due(perf_counter(), self._version()):
            problem = self.save_now()
            if problem:
                self._window.session.noted.emit(f"Not kept for a crash: {problem}")

    def _write(self, autosave: Autosave) -> None:
        window = self._window
        saved = window.session.saved(window.files.view.settings())
        picture = None
        if not window.session.is_playing or self._writes % _PLAYING_PICTURES == 0:
            picture = _picture(window)
        self._writes += 1
        origin = window.files.claim.path
        autosave.write(saved, perf_counter(), self._version(), origin=origin, picture=picture)

    def _version(self) -> object:
        return self._window.session.run.version, self._window.session.document

    # ---- offering ------------------------------------------------------------------------------

    def offer_next(self) -> None:
        """Ask about the newest work that was left behind, if there is any."""
        if not self._waiting:
            self.offered = None
            return
        entry = self._waiting[0]
        picture = QImage(str(entry.picture)) if entry.picture else QImage()
        self.offered = RecoveryOffer(_told(entry), picture, len(self._waiting) - 1, self._window)
        self.offered.answered.connect(self._on_answered)
        self.offered.open()

    def _on_answered(self, answer: str) -> None:
        entry = self._waiting.pop(0)
        if answer == RECOVER:
            self._window.files.leave(lambda: self._take_over(entry))
            self._release()
        elif answer == DISCARD:
            entry.discard()
            self.offer_next()
        else:
            entry.release()
            self._release()
        if self.offered is None:
            self._window.panels.network.canvas.setFocus()

    def _release(self) -> None:
        """Leave the rest for the next start."""
        for entry in self._waiting:
            entry.release()
        self._waiting = []
        self.offered = None

    def _take_over(self, entry: Recoverable) -> None:
        """Open the work, and let go of the old copy only when there is a new one."""
        try:
            saved = entry.open()
        except DocumentError as error:
            entry.release()
            self._window.files.refuse("Not recovered", error)
            return
        if not self._window.files.recover(saved, entry.origin, entry.saved_at):
            entry.release()
            return
        problem = self.save_now()
        if problem or self._autosave is None:
            entry.release()
        else:
            entry.discard()


def _picture(window: MainWindow) -> QImage:
    image = window.grab().toImage()
    return image.scaledToWidth(PICTURE_WIDTH, Qt.TransformationMode.SmoothTransformation)


def _told(entry: Recoverable) -> str:
    then = entry.saved_at.astimezone()
    day = "today" if then.date() == datetime.now(UTC).astimezone().date() else f"on {then:%Y-%m-%d}"
    name = entry.origin.name if entry.origin else UNTITLED
    return f"{name}, at iteration {numbers.grouped(entry.iteration)}, kept {day} at {then:%H:%M:%S}"
