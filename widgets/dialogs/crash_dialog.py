"""Report an unexpected error: the work is safe, and the details can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, heading
from widgets.style import boxes, style
from widgets.style.letting_go import let_go_when_closed

MOST_DETAILS = 20_000


class CrashDialog(QDialog):
    """One dialog for any number of errors; it is deleted when it is closed.

    Parameters
    ----------
    text : str
        What happened to the work, in words for the user.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something unexpected happened")
        let_go_when_closed(self)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.text = Label(text)
        self.text.setWordWrap(True)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFont(style.mono(9.0))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Details")
        self.details.setToolTip("What happened, for the developers of this program; it is also in the log.")
        self.copy = Button("Copy details", "Copy the details to the clipboard.")
        self.continue_button = Button("Continue", "Close this dialog and continue working (Esc).", role="primary")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        self.continue_button.clicked.connect(self.accept)
        self.continue_button.setDefault(True)
        buttons = boxes.row(self.copy, boxes.STRETCH, self.continue_button)
        parts = heading(self.windowTitle()), self.text, (self.details, 1), buttons
        boxes.column(*parts, owner=self, spacing=10, margins=(18, 16, 18, 14))
        self.continue_button.setFocus()
        self.resize(680, 360)

    def add_details(self, text: str) -> None:
        """Add the details of one more event, as far as there is room."""
        if len(self.details.toPlainText()) < MOST_DETAILS:
            self.details.appendPlainText(text[:MOST_DETAILS])
