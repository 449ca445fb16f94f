"""A notice that needs an answer: what happened, why, and buttons for what can be done; no dialog."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.style import boxes, style
from widgets.style.letting_go import let_go
from widgets.style.themed import restyle
from widgets.values import Choice

LEAST_TEXT = 34
"""Letters of the text that a line needs beside the buttons; where there is less room they stand below each other."""


class NoticeBar(QFrame):
    """One notice at a time, hidden while there is none; in a narrow window the buttons stand below the text.

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
        self._answers = boxes.row(spacing=style.GRID)
        self._row = boxes.row(self.word, (self.text, 1), self._answers, owner=self, spacing=style.GRID,
                              margins=(12, 8, 12, 8))  # fmt: skip
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.hide()

    def set_notice(self, word: str, text: str, actions: tuple[Choice, ...] = (), *, quiet: bool = False) -> None:
        """Show `text` under the bold `word`, with a button for each of `actions`; `quiet` is not a warning."""
        restyle(self, "quiet", quiet)
        restyle(self.word, "role", "" if quiet else "error")
        for button in self.buttons.values():
            self._answers.removeWidget(button)
            let_go(button)
        self.buttons = {}
        self.word.setText(word)
        self.text.setText(text)
        for choice in (*actions, Choice("dismiss", "Dismiss", "Close this notice.")):
            button = Button(choice.label, choice.tooltip)
            button.clicked.connect(lambda _checked=False, key=choice.key: self.action_clicked.emit(key))
            self._answers.addWidget(button)
            self.buttons[choice.key] = button
            button.show()  # else Qt does, an event later, when the rest has its place: all below would be drawn twice
        self._stack()
        self.show()

    def clear(self) -> None:
        """Hide the notice. Never emits."""
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where they fit."""
        super().resizeEvent(event)
        self._stack()

    def minimumSizeHint(self) -> QSize:
        """Return the size with everything below each other."""
        widest = max(part.sizeHint().width() for part in (self.word, *self.buttons.values()))
        return QSize(widest + self._margins(), super().minimumSizeHint().height())

    def _stack(self) -> None:
        room, gap = self.width() - self._margins(), style.GRID
        buttons = sum(button.sizeHint().width() + gap for button in self.buttons.values())
        line = self.word.sizeHint().width() + gap + self.text.fontMetrics().averageCharWidth() * LEAST_TEXT
        for box, needed in ((self._row, line + buttons), (self._answers, buttons - gap)):
            fits = needed <= room
            box.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        is_stacked = self._row.direction() == QBoxLayout.Direction.TopToBottom
        self._answers.setAlignment(Qt.AlignmentFlag.AlignRight if is_stacked else Qt.AlignmentFlag(0))
        self.updateGeometry()

    def _margins(self) -> int:
        margins = self._row.contentsMargins()
        return margins.left() + margins.right()
