"""OwnLessonFile: a lesson file of the user's own, read again at its step each time it is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from playground.files import lesson_file
from playground.files.error_messages import DocumentError
from playground.files.file_names import shown
from playground.lessons.faults import LessonError
from playground.lessons.lesson import Lesson
from widgets.style import numbers

REST_MS = 150
"""How long a file must rest before it is read: an editor writes it in several steps."""


class OwnLessonFile(QObject):
    """Watches one file."""

    read = Signal(object)  # the file holds this lesson now
    fault_changed = Signal(str)  # why it cannot be read; empty when it can

    def __init__(self, parent: QObject) -> None:
        """Watch nothing yet."""
        super().__init__(parent)
        self.path: Path | None = None
        self.fault = ""
        self._lesson: Lesson | None = None
        self._watcher = QFileSystemWatcher(self)
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.read_again)
        self._watcher.fileChanged.connect(self._rest.start)
        self._watcher.directoryChanged.connect(self._rest.start)  # many editors put a new file in its place

    def open(self, path: Path) -> None:
        """Watch `path`, and read it."""
        self.close()
        self.path = path
        self._watcher.addPath(str(path.parent))
        self.read_again()

    def close(self) -> None:
        """Watch nothing."""
        self._rest.stop()
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
        self.path, self._lesson = None, None
        self._set_fault("")

    def read_again(self) -> None:
        """Read the file; a lesson that is the one before is not announced."""
        path = self.path
        if path is None:
            return
        if str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))  # again, where another file has taken its place
        try:
            lesson = lesson_file.load(path)
        except LessonError as error:
            first, *more = error.faults
            others = numbers.plural(len(more), "\n{count} more is below.", "\n{count} more are below.") if more else ""
            kept = (
                " The last version that could be read stays open." if self._lesson else " It opens once it is mended."
            )
            self._set_fault(f"{shown(path.name)}, {first}.{others}{kept}")
            return
        except DocumentError as error:
            self._set_fault(str(error))
            return
        self._set_fault("")
        if lesson != self._lesson:
            self._lesson = lesson
            self.read.emit(lesson)

    def _set_fault(self, fault: str) -> None:
        if fault != self.fault:
            self.fault = fault
            self.fault_changed.emit(fault)
