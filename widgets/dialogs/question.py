"""A question in the look of the program: what happened, what would be lost, a button for each answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.style import boxes, style
from widgets.style.letting_go import let_go_when_closed
from widgets.values import Choice

CANCEL = "cancel"


class Question(QDialog):
    """One question over `parent`, which does not block it; the last of `choices` is taken with Enter.

    Signals
    -------
    answered(str)
        The key of the button; ``"cancel"`` for Escape and the window's cross.
    """

    answered = Signal(str)

    def __init__(self, text: str, more: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Backprop Playground")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        let_go_when_closed(self)
        self._answer = CANCEL
        self.text, self.more = Label(text), Label(more)
        self.text.setFont(style.sans(11.0, bold=True))
        for label in (self.text, self.more):
            label.setWordWrap(True)
            label.setMinimumWidth(round(360 * style.current().scale))
        self.buttons = {
            choice.key: Button(choice.label, choice.tooltip, role="primary" if choice == choices[-1] else "plain")
            for choice in choices
        }
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
        last = self.buttons[choices[-1].key]
        last.setDefault(True)
        row = boxes.row(boxes.STRETCH, *self.buttons.values(), spacing=style.GRID)
        boxes.column(self.text, self.more, row, owner=self, spacing=12, margins=(18, 16, 18, 14))
        last.setFocus()
        self.finished.connect(lambda _code: self.answered.emit(self._answer))

    def _on_clicked(self, key: str) -> None:
        self._answer = key
        self.accept()
