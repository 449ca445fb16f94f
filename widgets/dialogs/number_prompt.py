"""A small dialog that asks for one or two numbers and does not block the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QWidget

from widgets.controls.labels import Label, Note, secondary
from widgets.controls.number_edit import NumberEdit
from widgets.style import boxes
from widgets.style.letting_go import let_go_when_closed
from widgets.values import NumberField

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NumberPrompt(QDialog):
    """Numbers with their limits, and a line that says what is wrong.

    Enter accepts the numbers, Escape cancels.

    Signals
    -------
    numbers_given(object)
        The values in the order of the fields, as a tuple of float.
    """

    numbers_given = Signal(object)

    def __init__(self, title: str, text: str, fields: tuple[NumberField, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        let_go_when_closed(self)
        self._wrong: set[str] = set()
        self.edits = {field.key: NumberEdit(field, characters=14) for field in fields}
        self.message = Note()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        for button in self.buttons.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click keeps the typed text so that it is checked
        self._build(text, fields)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def _build(self, text: str, fields: tuple[NumberField, ...]) -> None:
        question = secondary(text)
        question.setMinimumWidth(300)
        form = QFormLayout()
        for field in fields:
            edit = self.edits[field.key]
            edit.set_value(field.default)
            edit.setToolTip(field.tooltip)
            edit.number_refused.connect(lambda why, key=field.key: self._on_refused(key, why))
            label = Label(field.label)
            label.setToolTip(field.tooltip)
            label.setBuddy(edit)
            edit.installEventFilter(self)
            form.addRow(label, edit)
        boxes.column(question, form, self.message, self.buttons, owner=self, spacing=8, margins=None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept all numbers on Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self._on_accepted()
            return True
        return super().eventFilter(watched, event)

    def _on_refused(self, key: str, why: str) -> None:
        self._wrong.discard(key)
        if why:
            self._wrong.add(key)
        self.message.setText(why)

    def _on_accepted(self) -> None:
        for edit in self.edits.values():
            edit.take()
            if self._wrong:
                edit.setFocus()
                return
        self.numbers_given.emit(tuple(edit.value for edit in self.edits.values()))
        self.accept()
