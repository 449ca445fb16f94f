"""Recovery: writes unsaved work every few seconds, and offers what an earlier start left behind."""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from playground.app.files.document_files import UNTITLED
from playground.files.autosave import EVERY_S, Autosave, Recoverable, recoverable, set_damaged_aside
from playground.files.error_messages import DocumentError, one_line
from playground.files.storage import NotWrittenError
from playground.session.clock import Metronome
from playground.session.saving import to_saved
from widgets.dialogs.recovery_offer import DISCARD, RECOVER, RecoveryOffer
from widgets.style import numbers

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

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
        self._tried = -inf
        self._told = ""
        self.offered: RecoveryOffer | None = None
        self._metronome = Metronome(1.0, self)
        self._metronome.beat.connect(self._on_beat)

    def begin(self) -> None:
        """Offer what was left behind, and keep the work of this window from now on."""
        try:
            damaged = set_damaged_aside()
            self._waiting = recoverable()
            if damaged:
                text = f"Work that an earlier start kept is damaged and cannot be opened. It stays in {damaged[0]}."
                self._window.files.tell("Not offered", text)
        except (DocumentError, OSError) as error:
            self._window.files.refuse("Nothing offered", error)
        self._make_folder()
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
        if not self._window.files.is_modified:
            return ""
        if self._autosave is None:
            return self._told
        problem = ""
        try:
            self._write(self._autosave)
        except NotWrittenError as error:
            problem = f"{self._autosave.folder.parent}: {error.reason}"
        except (DocumentError, OSError) as error:
            problem = str(error)
        self._tell(problem)
        return problem

    # ---- writing -------------------------------------------------------------------------------

    def _on_beat(self) -> None:
        files = self._window.files
        if self._autosave is None and files.is_modified and perf_counter() - self._tried >= EVERY_S:
            self._make_folder()  # there may be room again
        autosave = self._autosave
        if autosave is None:
            return
        if not files.is_modified:
            if self._writes:
                autosave.clear()
                self._writes = 0
        elif autosave.due(perf_counter(), self._version()):
            self.save_now()

    def _make_folder(self) -> None:
        """Make the folder that work is kept in."""
        self._tried = perf_counter()
        try:
            self._autosave = Autosave()
        except (DocumentError, OSError) as error:
            self._tell(str(error))

    def _tell(self, problem: str) -> None:
        """Say once that work is not kept, and once that it is again."""
        files = self._window.files
        if problem and not self._told:
            self._told = one_line(f"{problem}. Make room or allow writing there; until then, save often.")
            files.tell("Not kept for a crash", self._told)
        elif self._told and not problem:
            if files.notice.text.text() == self._told:
                files.notice.clear()
            self._told = ""
            self._window.session.note("Work is kept for a crash again.")

    def _write(self, autosave: Autosave) -> None:
        window = self._window
        saved = to_saved(window.session, window.files.view.settings())
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
