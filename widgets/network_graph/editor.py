"""The inline editor of one weight or bias: every digit, and a line that says what will not do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from widgets.controls.labels import Label
from widgets.style import boxes, numbers, style
from widgets.values import EdgeKey

_BELOW = 12


class ValueEditor(QFrame):
    """A small box over the graph with one number in it.

    Enter takes the number, Escape or leaving the box cancels.

    Signals
    -------
    value_typed(object, float)
        The edge and its new value.
    closed()
        The box went away, with or without a value.
    """

    value_typed = Signal(object, float)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._graph = parent
        self._key: EdgeKey | None = None
        self.setProperty("role", "panel")
        self.caption = Label()
        self.caption.setProperty("role", "secondary")
        self.line = QLineEdit()
        self.line.setMaxLength(60)
        self.line.setToolTip("Type the new value; Enter takes it, Escape cancels")
        self.message = Label()
        self.message.setProperty("role", "error")
        boxes.column(self.caption, self.line, self.message, owner=self, spacing=4, margins=(8, 6, 8, 6))
        self.line.editingFinished.connect(self._on_editing_finished)
        self.hide()

    @property
    def key(self) -> EdgeKey | None:
        """The edge being edited, None while closed."""
        return self._key

    def open(self, key: EdgeKey, caption: str, value: float, at: QPoint) -> None:
        """Show the full-precision `value` of `key` just below `at`, selected and ready to be replaced."""
        self._key = key
        self.caption.setText(caption)
        self.line.setAccessibleName(caption)
        self.line.setFont(style.mono(9.5))
        self.line.setText(numbers.full(value))
        self.line.setAccessibleName(caption)
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance("−0.12345678901234567") + 20)
        self.message.hide()
        self.adjustSize()
        room = self._graph.rect()
        x = max(min(at.x() - self.width() // 2, room.right() - self.width() - 4), 4)
        y = max(min(at.y() + _BELOW, room.bottom() - self.height() - 4), 4)
        self.move(x, y)
        self.show()
        self.raise_()
        self.line.setSelection(len(self.line.text()), -len(self.line.text()))  # all of it, its head in sight
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_editor(self) -> None:
        """Go away without a value."""
        if self._key is not None:
            self._key = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed, Escape cancels; nothing else leaks to the graph."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        event.accept()

    def _commit(self) -> None:
        try:
            value = numbers.parse(self.line.text())
        except ValueError as error:
            self.message.setText(str(error))
            self.message.show()
            self.adjustSize()
            return
        key = self._key
        self.close_editor()
        if key is not None:
            self.value_typed.emit(key, value)

    def _on_editing_finished(self) -> None:
        # Also sent on Enter, when the line still has the focus: that one goes through keyPressEvent.
        if not self.line.hasFocus():
            self.close_editor()
