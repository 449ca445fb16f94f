"""Calm: an exception that nobody expected is logged, the work is kept, one dialog tells it, and the window goes on."""

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
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, qVersion

from playground import __version__
from playground.files.error_messages import DocumentError
from playground.files.folders import own_folder
from widgets.dialogs.crash_dialog import CrashDialog

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

LOG, OLDER = "errors.log", "errors.1.log"
MAX_LOG = 512 * 1024
QUIET_S = 5.0
"""The same exception within this time of the last is counted, not told again."""
INTERRUPTED = 130


class CrashHandler(QObject):
    """Takes the place of Python's hooks for one window, until ``remove``.

    Attributes
    ----------
    dialog : CalmDialog or None
        The open one.
    """

    _caught = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        """Do nothing yet."""
        super().__init__(window)
        self._window = window
        self.dialog: CrashDialog | None = None
        self._told: dict[str, float] = {}
        # Queued: an exception may come out of a paintEvent or another thread, where no dialog may open.
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        self._former = (sys.excepthook, sys.unraisablehook, threading.excepthook)

    def install(self) -> None:
        """Hear of every unexpected exception from now on."""
        sys.excepthook = self._hook
        sys.unraisablehook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)
        threading.excepthook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = self._former

    def _hook(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.recovery.save_now()
            QCoreApplication.exit(INTERRUPTED)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        now = perf_counter()
        quiet = now - self._told.get(text, -QUIET_S) < QUIET_S
        self._told = {known: at for known, at in self._told.items() if now - at < QUIET_S} | {text: now}
        if not quiet:
            write_log(text)
            with suppress(RuntimeError):  # the window is gone already
                self._caught.emit(text)

    def _on_caught(self, text: str) -> None:
        """Hold training, keep the work, and tell; each on its own, so that one failure does not take the others."""
        with suppress(Exception):
            self._window.session.pause()
        try:
            problem = self._window.recovery.save_now()
        except Exception as error:  # whatever is broken must not break the telling
            problem = str(error)
        if self.dialog is None:
            self.dialog = CrashDialog(_reassurance(problem), self._window)
            self.dialog.finished.connect(self._on_finished)
            self.dialog.open()
        self.dialog.add_details(f"{_versions()}\n\n{text}")

    def _on_finished(self) -> None:
        self.dialog = None


def write_log(text: str) -> Path | None:
    """Add `text` with its time to the log in our own folder; return the file, None when it cannot be written."""
    try:
        folder = own_folder("log")
        file = folder / LOG
        if file.exists() and file.stat().st_size > MAX_LOG:
            file.replace(folder / OLDER)
        with file.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {_versions()}\n{text}\n")
    except (OSError, DocumentError):
        return None
    return file


def _reassurance(problem: str) -> str:
    if problem:
        return f"Your work could not be kept for recovery ({problem}): save it now, under another name."
    return "Training is paused, and unsaved work is kept for recovery. You can go on; please send us the details."


def _versions() -> str:
    return (
        f"Backprop Playground {__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"{platform.system()} {platform.machine()}"
    )
