"""Ask for a link or an address: Enter opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.style import boxes, style
from widgets.style.letting_go import let_go_when_closed

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _LinkField(QPlainTextEdit):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the link with Enter: no link needs a line break that is typed."""
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class LinkPrompt(QDialog):
    """A field for a long line of text, with `first` in it, selected.

    Signals
    -------
    text_given(str)
        What the user wants to open.
    """

    text_given = Signal(str)

    def __init__(self, first: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open link")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        let_go_when_closed(self)
        text = Label("Paste a link that begins with playground: or an address of TensorFlow Playground.")
        text.setWordWrap(True)
        self.field = _LinkField()
        self.field.setPlainText(first)
        self.field.setAccessibleName("Link or address")
        self.field.setToolTip("A whole document in one line of text; line breaks in it do not matter. Enter opens it.")
        self.field.setTabChangesFocus(True)
        self.field.selectAll()
        self.cancel = Button("Cancel", "Close this dialog and open nothing (Esc).")
        self.open_button = Button("Open", "Open this document (Enter).", role="primary")
        self.open_button.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._on_entered)
        self.field.entered.connect(self._on_entered)
        row = boxes.row(boxes.STRETCH, self.cancel, self.open_button, spacing=style.GRID)
        boxes.column(text, (self.field, 1), row, owner=self, spacing=10, margins=(18, 16, 18, 14))
        self.field.setFocus()
        self.resize(560, 220)

    def _on_entered(self) -> None:
        self.text_given.emit(self.field.toPlainText())
        self.accept()
