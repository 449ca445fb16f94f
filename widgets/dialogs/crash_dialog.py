"""CalmDialog: says that something unexpected happened, that nothing is lost, and gives the details to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from widgets.controls.button import Button
from widgets.frame.panel import heading
from widgets.style import style

MOST_DETAILS = 20_000


class CrashDialog(QDialog):
    """One dialog for any number of details; it goes when it is closed.

    Parameters
    ----------
    text : str
        What became of the work, in words for a person.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something unexpected happened")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.text = QLabel(text)
        self.text.setWordWrap(True)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFont(style.mono(9.0))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Details")
        self.details.setToolTip("What happened, for the people who make this program; also in the log.")
        self.copy = Button("Copy details", "Put the details into the clipboard.")
        self.go_on = Button("Go on", "Close this and work on (Esc).", role="primary")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        self.go_on.clicked.connect(self.accept)
        self.go_on.setDefault(True)
        self._lay_out()
        self.resize(680, 360)

    def add_details(self, text: str) -> None:
        """Add the details of one more event, as far as there is room."""
        if len(self.details.toPlainText()) < MOST_DETAILS:
            self.details.appendPlainText(text[:MOST_DETAILS])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(heading("Something unexpected happened"))
        column.addWidget(self.text)
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.go_on)
        column.addLayout(row)
        self.go_on.setFocus()
