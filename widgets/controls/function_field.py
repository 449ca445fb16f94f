"""A typed function in one line, with what is wrong with it underneath."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.controls.labels import Label, Note
from widgets.style import boxes, style
from widgets.style.themed import Themed

TIP = (
    "Class 1 lies above the curve x₂ = f(x₁), class 0 below it.\n"
    "Write f with x1, numbers, + − * / **, and functions such as sin, exp, abs, tanh. Enter takes it, Esc cancels."
)


class FunctionField(Themed, QWidget):
    """The right side of ``x₂ =``; Enter or leaving the field takes it, Esc brings back what was there.

    Signals
    -------
    text_edited(str)
        At each key; answer with :meth:`set_error`.
    function_typed(str)
        The user has finished typing another function.
    """

    text_edited = Signal(str)
    function_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._function = ""
        self.label = Label("x₂ =")
        self.editor = QLineEdit()
        self.error = Note()
        self.take_theme()
        self.editor.setToolTip(TIP)
        self.editor.setAccessibleName("Function f of x₁")
        self.editor.setAccessibleDescription(TIP)
        self.label.setBuddy(self.editor)
        boxes.column(boxes.row(self.label, (self.editor, 1)), self.error, owner=self, spacing=4)
        self.editor.textEdited.connect(lambda text: self.text_edited.emit(text))
        self.editor.editingFinished.connect(self._on_editing_finished)

    def set_function(self, text: str) -> None:
        """Show `text`, unless the user is typing another. Never emits."""
        if text == self._function:
            return
        self._function = text
        with QSignalBlocker(self.editor):
            self.editor.setText(text)
        self.set_error("")

    def set_error(self, message: str) -> None:
        """Show what is wrong with the text; empty: nothing. Never emits."""
        self.error.setText(message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel typing with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.editor.text() != self._function:
            with QSignalBlocker(self.editor):
                self.editor.setText(self._function)
            self.set_error("")
        else:
            super().keyPressEvent(event)

    def take_theme(self) -> None:
        """Follow the type scale."""
        self.editor.setFont(style.mono(9.0))

    def _on_editing_finished(self) -> None:
        text = self.editor.text().strip()
        if text and text != self._function:
            self.function_typed.emit(text)
        if text == self._function:
            self.editor.setModified(False)
