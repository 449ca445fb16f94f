"""Recovery: writes unsaved work every few seconds, and offers the work of an earlier session that crashed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from math import inf
from time import perf_counter

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from playground.app.export.pictures import png
from playground.app.files.document_files import UNTITLED, Files
from playground.app.notices import Notices
from playground.files.autosave import EVERY_S, Autosave, Recoverable, is_work_left, recoverable, set_damaged_aside
from playground.files.error_messages import DocumentError, one_line
from playground.files.file_claim import Stamp
from playground.files.file_names import shown
from playground.files.storage import NotWrittenError
from playground.session.clock import Metronome
from playground.session.saving import to_saved
from playground.session.session import Session
from widgets.dialogs.recovery_offer import DISCARD, OPEN_FILE, RECOVER, RecoveryOffer
from widgets.style import numbers

PICTURE_WIDTH = 560
_WRITES_PER_PICTURE = 4
"""While training plays, since a picture costs a frame."""


class Recovery(QObject):
    """Saves the unsaved work of one document for recovery after a crash; idle until ``begin``."""

    answered = Signal()  # the last question was answered

    def __init__(self, session: Session, files: Files, notices: Notices, window: QWidget) -> None:
        """Serve the document of `files`; pictures are taken of `window`, and questions stand over it."""
        super().__init__(window)
        self._session, self._files, self._notices, self._window = session, files, notices, window
        self._autosave: Autosave | None = None
        self._waiting: list[Recoverable] = []
        self._writes = 0
        self._view_settings: Mapping[str, object] = {}  # those that could be read last
        self._tried = -inf
        self._problem = ""
        self.offer: RecoveryOffer | None = None  # the open question about work of an earlier session
        self._metronome = Metronome(1.0, self)
        self._metronome.beat.connect(self._on_beat)

    @staticmethod
    def is_work_left() -> bool:
        """Return whether ``begin`` is going to offer something."""
        with suppress(DocumentError, OSError):  # which ``begin`` reports
            return is_work_left()
        return False

    def begin(self) -> None:
        """Offer the work of earlier sessions, and save the work of this one from now on."""
        try:
            damaged = set_damaged_aside()
            self._waiting = recoverable()
            if damaged:
                text = (
                    f"Work recovered from an earlier session is damaged and cannot be opened. It stays in {damaged[0]}."
                )
                self._notices.show("Not offered", text)
        except (DocumentError, OSError) as error:
            self._notices.refuse("Nothing offered", error)
        self._have_folder()
        self._metronome.start()
        self.offer_next()

    def end(self) -> None:
        """Remove what was saved for recovery: the window closes in order."""
        self._metronome.stop()
        if self._autosave is not None:
            self._autosave.close()
            self._autosave = None
        self._release()

    def leave(self) -> None:
        """Leave unsaved work for the next start, or nothing where there is none, when a signal ends the program."""
        if self._files.is_modified:
            self.rescue(with_picture=True)
        else:
            self.end()

    def save_now(self) -> None:
        """Write unsaved work at once, and report where that fails."""
        self._report(self.rescue(with_picture=True))

    def rescue(self, *, with_picture: bool = False) -> str:
        """Write unsaved work at once, whatever else is broken; return what went wrong, or nothing.

        A window that is broken is not asked for its picture: where two overrides raise in one call of Qt, PySide6
        frees the first error twice, on every Python, and the program would be gone.
        """
        if not self._files.is_modified:
            return ""
        self._have_folder()  # an error may come before ``begin``
        if self._autosave is None:
            return self._problem
        try:
            self._write(self._autosave, with_picture=with_picture)
        except NotWrittenError as error:
            return f"{self._autosave.folder.parent}: {error.reason}"
        except (DocumentError, OSError) as error:
            return str(error)
        return ""

    # ---- writing -------------------------------------------------------------------------------

    def _on_beat(self) -> None:
        modified = self._files.is_modified
        if self._autosave is None and modified and perf_counter() - self._tried >= EVERY_S:
            self._have_folder()  # there may be room again
        autosave = self._autosave
        if autosave is None:
            return
        if not modified:
            if self._writes:
                autosave.clear()
                self._writes = 0
        elif autosave.due(perf_counter(), self._version()):
            self.save_now()

    def _have_folder(self) -> None:
        """Make the folder that work is written to, if there is none."""
        if self._autosave is not None:
            return
        self._tried = perf_counter()
        try:
            self._autosave = Autosave()
        except (DocumentError, OSError) as error:
            self._report(str(error))

    def _report(self, problem: str) -> None:
        """Report once that work cannot be saved for recovery, and once that it can again."""
        if problem and not self._problem:
            self._problem = one_line(f"{problem}. Make room or allow writing there; until then, save often.")
            self._notices.show("Not saved for recovery", self._problem)
        elif self._problem and not problem:
            if self._notices.is_shown(self._problem):
                self._notices.clear()
            self._problem = ""
            self._notices.say("Work is saved for recovery again.")

    def _write(self, autosave: Autosave, *, with_picture: bool = True) -> None:
        """Write the work, then its picture; a view that is broken says so itself, when it is shown or painted.

        Work that is put aside for a lesson keeps the picture that it had: the window shows the lesson. So does work
        that is written while the window changes its look and draws nothing: its picture would be black.
        """
        with suppress(Exception):
            self._view_settings = self._files.view.settings()
        saved = self._files.put_aside or to_saved(self._session, self._view_settings)
        claim = self._files.own_claim
        changed_ns = claim.stamp.changed_ns if claim.stamp else None
        autosave.write(saved, perf_counter(), self._version(), origin=claim.path, changed_ns=changed_ns)
        is_picture_due = not self._session.is_playing or self._writes % _WRITES_PER_PICTURE == 0
        shows_it = self._files.put_aside is None and self._window.updatesEnabled()
        self._writes += 1
        if with_picture and is_picture_due and shows_it:
            with suppress(Exception):
                autosave.write_picture(png(_picture(self._window)))

    def _version(self) -> object:
        aside = self._files.put_aside
        return id(aside) if aside else (self._session.run.version, self._session.document)

    # ---- offering ------------------------------------------------------------------------------

    def offer_next(self) -> None:
        """Ask about the newest work of an earlier session, if there is any."""
        if not self._waiting:
            self.offer = None
            return
        entry = self._waiting[0]
        picture = QImage.fromData(entry.pixels())
        more, later = len(self._waiting) - 1, _changed_since(entry)
        self.offer = RecoveryOffer(_described(entry), picture, more, self._window, later=later)
        self.offer.answered.connect(self._on_answered)
        self.offer.open()

    def _on_answered(self, answer: str) -> None:
        entry = self._waiting.pop(0)
        if answer == RECOVER:
            self._files.leave(lambda: self._recover(entry))
            self._release()
        elif answer == DISCARD:
            entry.discard()
            self.offer_next()
        elif answer == OPEN_FILE and entry.origin is not None:
            origin = entry.origin
            self._files.leave(lambda: self._files.load(origin))
            entry.release()
            self._release()
        else:
            entry.release()
            self._release()
        if self.offer is None:
            self.answered.emit()

    def _release(self) -> None:
        """Leave the rest for the next start."""
        for entry in self._waiting:
            entry.release()
        self._waiting = []
        self.offer = None

    def _recover(self, entry: Recoverable) -> None:
        """Open the work, and delete the old copy only when there is a new one."""
        try:
            saved = entry.open()
        except DocumentError as error:
            entry.release()
            self._notices.refuse("Not recovered", error)
            return
        if not self._files.recover(saved, None if entry.is_outdated() else entry.origin):
            entry.release()
            return
        problem = self.rescue()
        self._report(problem)
        if problem or self._autosave is None:
            entry.release()
        else:
            entry.discard()


def _picture(window: QWidget) -> QImage:
    image = window.grab().toImage()
    return image.scaledToWidth(PICTURE_WIDTH, Qt.TransformationMode.SmoothTransformation)


def _described(entry: Recoverable) -> str:
    name = shown(entry.origin.name) if entry.origin else UNTITLED
    return f"{name}, at iteration {numbers.grouped(entry.iteration)}, saved {_when(entry.saved_at)}"


def _changed_since(entry: Recoverable) -> str:
    """Say that the file is newer than the work; nothing when it is not."""
    stamp = Stamp.of(entry.origin) if entry.origin and entry.is_outdated() else None
    if stamp is None or entry.origin is None:
        return ""
    when = _when(datetime.fromtimestamp(stamp.changed_ns / 1e9, UTC))
    return (
        f"{shown(entry.origin.name)} has been written since then, {when}. Recover opens the work above in no file and "
        "leaves the file as it is; Open the file opens what was written, and the work above is offered again at the "
        "next start."
    )


def _when(moment: datetime) -> str:
    then = moment.astimezone()
    if then.date() == datetime.now(UTC).astimezone().date():
        return f"today at {then:%H:%M:%S}"
    return f"on {then:%Y-%m-%d} at {then:%H:%M:%S}"
