"""Files dragged onto a widget and dropped there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

drag_point = QPointF if QLibraryInfo.version() >= QVersionNumber(6, 12) else QPoint
"""Where a drag is: Qt 6.12 deprecates whole pixels, and older ones know nothing else."""


def drop_file(widget: QWidget, path: Path) -> bool:
    """Drag the file over `widget` and let it fall; return whether both were accepted."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    with_what = Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    events = QDragEnterEvent(drag_point(50, 50), *with_what), QDropEvent(QPointF(50, 50), *with_what)
    for event in events:
        event.setAccepted(False)
        QApplication.sendEvent(widget, event)
    return all(event.isAccepted() for event in events)
