"""Crash handler: an unexpected exception is logged and reported, the work is saved, and the window stays open."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from playground import __version__
from playground.app.files.recovery import Recovery
from playground.files import storage
from playground.files.folders import own_folder
from playground.session.session import Session
from widgets.dialogs.crash_dialog import CrashDialog
from widgets.style.letting_go import let_go_when_closed

LOG, OLDER = "errors.log", "errors.1.log"
MAX_LOG = 512 * 1024
QUIET_S = 5.0
"""The same exception within this time of the last one is not reported again."""


class CrashHandler(QObject):
    """Replaces Python's exception hooks, until ``remove``."""

    _caught = Signal(str)

    def __init__(self, session: Session, recovery: Recovery, parent: QWidget) -> None:
        """Do nothing yet; the dialog will open over `parent`."""
        super().__init__(parent)
        self._session, self._recovery, self._parent = session, recovery, parent
        self.dialog: CrashDialog | None = None
        self.plain: QMessageBox | None = None  # instead of the dialog, where that is broken itself
        self._reported: dict[str, float] = {}
        # Queued: an exception may come out of a paintEvent or another thread, where no dialog may open.
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        self._former = (sys.excepthook, sys.unraisablehook, threading.excepthook)

    def install(self) -> None:
        """Handle every unexpected exception from now on."""
        sys.excepthook = self._hook
        sys.unraisablehook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)
        threading.excepthook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def remove(self) -> None:
        """Restore the hooks."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = self._former

    def _hook(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        # Python keeps the last traceback, and with it a painter that Qt must not find at work any more.
        traceback.clear_frames(trace)
        now = perf_counter()
        quiet = now - self._reported.get(text, -QUIET_S) < QUIET_S
        self._reported = {known: at for known, at in self._reported.items() if now - at < QUIET_S} | {text: now}
        if not quiet:
            write_log(text)
            with suppress(RuntimeError):  # the window is gone already
                self._caught.emit(text)

    def _on_caught(self, text: str) -> None:
        """Pause training, save the work, report; each by itself, so that no failure prevents the others."""
        with suppress(Exception):
            self._session.pause()
        try:
            problem = self._recovery.rescue()
        except Exception as error:  # whatever is broken must not prevent the report
            problem = str(error) or type(error).__name__
        details = f"{_versions()}\n\n{text}"
        try:
            self._report(problem, details)
        except Exception:
            write_log(traceback.format_exc())
            self._report_plainly(problem, details)

    def _report(self, problem: str, details: str) -> None:
        if self.dialog is None:
            dialog = CrashDialog(_reassurance(problem), self._parent)
            dialog.finished.connect(self._on_finished)
            dialog.open()
            self.dialog = dialog
        self.dialog.add_details(details)

    def _report_plainly(self, problem: str, details: str) -> None:
        """Report with nothing of our own, since that is broken."""
        if self.plain is None or not isValid(self.plain) or not self.plain.isVisible():
            box = self.plain = QMessageBox(self._parent)
            box.setWindowTitle("Something unexpected happened")
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(_reassurance(problem))
            box.setDetailedText(details)
            box.setWindowModality(Qt.WindowModality.WindowModal)
            let_go_when_closed(box)
            box.open()

    def _on_finished(self) -> None:
        self.dialog = None


def write_log(text: str) -> Path | None:
    """Append `text` with the time to the log in our own folder; return the file, or None if it cannot be written."""
    try:
        folder = own_folder("log")
        file = folder / LOG
        if file.exists() and file.stat().st_size > MAX_LOG:
            file.replace(folder / OLDER)
        entry = f"{datetime.now(UTC).isoformat(timespec='seconds')} {_versions()}\n{text}\n"
        storage.append(file, entry.encode(errors="backslashreplace"))
    except Exception:  # no room, no permission, or what else is broken: the dialog has it too
        return None
    return file


def _reassurance(problem: str) -> str:
    if problem:
        return f"Your work could not be saved for recovery ({problem}). Save it now, under another name."
    return "Training is paused, and unsaved work is saved for recovery. You can continue; please send us the details."


def _versions() -> str:
    return (
        f"Backprop Playground {__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"{platform.system()} {platform.machine()}"
    )
