"""A notice that needs an answer: what happened, why, and buttons for what can be done; no dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.style import boxes, style
from widgets.style.letting_go import let_go
from widgets.style.themed import restyle
from widgets.values import Choice


class NoticeBar(QFrame):
    """One notice at a time, hidden while there is none.

    Signals
    -------
    action_clicked(str)
        The key of the button that the user pressed; ``"dismiss"`` for the last one.
    """

    action_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("quiet", False)
        self.setAccessibleName("Notice")
        self.word = Label()
        self.word.setProperty("role", "error")
        self.word.setStyleSheet("font-weight: bold;")
        self.text = Label()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: dict[str, Button] = {}
        self._row = boxes.row(self.word, (self.text, 1), owner=self, spacing=style.GRID, margins=(12, 8, 12, 8))
        self.hide()

    def set_notice(self, word: str, text: str, actions: tuple[Choice, ...] = (), *, quiet: bool = False) -> None:
        """Show `text` under the bold `word`, with a button for each of `actions`; `quiet` is not a warning."""
        restyle(self, "quiet", quiet)
        restyle(self.word, "role", "" if quiet else "error")
        for button in self.buttons.values():
            self._row.removeWidget(button)
            let_go(button)
        self.buttons = {}
        self.word.setText(word)
        self.text.setText(text)
        for choice in (*actions, Choice("dismiss", "Dismiss", "Close this notice.")):
            button = Button(choice.label, choice.tooltip)
            button.clicked.connect(lambda _checked=False, key=choice.key: self.action_clicked.emit(key))
            self._row.addWidget(button)
            self.buttons[choice.key] = button
        self.show()

    def clear(self) -> None:
        """Hide the notice. Never emits."""
        self.hide()
