"""Ctrl+Z in a field: it takes back what is being typed; once that was taken, the window undoes the edit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget
from shiboken6 import isValid

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_REDO = QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")


class UndoKeys(QObject):
    """Follows the focus through all windows, and keeps a field from swallowing the keys of Undo and Redo.

    Qt's fields claim them always, also when there is nothing typed to take back.
    """

    def __init__(self, parent: QObject) -> None:
        """Begin with the field that has the focus now; end with `parent`."""
        super().__init__(parent)
        self._watched: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, application.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the keys to the window unless the user is typing."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        field = _field_of(watched)
        if field is None or not _is_undo(event) or (field.isModified() and field.isUndoAvailable()):
            return False
        event.ignore()
        return True

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new if _field_of(new) is not None else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def _field_of(widget: QObject | None) -> QLineEdit | None:
    if isinstance(widget, QLineEdit):
        return widget
    return widget.lineEdit() if isinstance(widget, QAbstractSpinBox | QComboBox) else None


def _is_undo(event: QKeyEvent) -> bool:
    return any(map(event.matches, _KEYS)) or QKeySequence(event.keyCombination()) in _REDO
