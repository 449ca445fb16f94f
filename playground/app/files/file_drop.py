"""FileDrop: a document, a table or a lesson that is dropped on the window is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from playground.document.catalogue import is_table_name
from playground.files import document_file
from playground.files.file_names import LESSON_SUFFIX, from_text

_OPENED = (document_file.SUFFIX, LESSON_SUFFIX)


class FileDrop(QObject):
    """Accepts files over `target` and hands each dropped one to `open_path`."""

    def __init__(self, target: QWidget, open_path: Callable[[Path], object]) -> None:
        """Begin to accept."""
        super().__init__(target)
        self._open_path = open_path
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dropped; entering and moving are drops that are not done yet."""
        if isinstance(event, QDropEvent):
            path = _dragged_path(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self._open_path(path)
                return True
        return super().eventFilter(watched, event)


def _dragged_path(dragged: QMimeData) -> Path | None:
    urls = dragged.urls()
    # Encoded, because Qt replaces a byte of the name that is no UTF-8.
    path = from_text(bytes(urls[0].toEncoded().data()).decode()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path and (path.suffix.lower() in _OPENED or is_table_name(path.name)) else None
