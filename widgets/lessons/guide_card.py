"""A quiet card over the network: where to begin, or the next stop of the tour."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.lessons.progress_dots import ProgressDots
from widgets.style import boxes, style
from widgets.style.letting_go import let_go
from widgets.values import Choice
from widgets.values.lessons import GuideCard

LEAST_TEXT = 30
"""Letters of a line of its text, below which its buttons stand under it."""


class GuideCardView(QFrame):
    """Stands in the window as it is; hidden until there is something to offer, and never asks twice by itself.

    Signals
    -------
    answered(str)
        The key of the button.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "guide")
        self.word, self.text, self.dots = Label(), Label(), ProgressDots()
        self.word.setProperty("role", "reply_title")
        self.text.setWordWrap(True)
        self.buttons: dict[str, Button] = {}
        self._choices: tuple[Choice, ...] = ()
        self._answers = boxes.row(spacing=style.GRID)
        self._row = boxes.row(self.word, self.dots, (self.text, 1), self._answers, owner=self, spacing=style.GRID,
                              margins=(12, 6, 8, 6))  # fmt: skip
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.hide()

    def set_card(self, card: GuideCard | None) -> None:
        """Show `card`, or nothing. Never emits."""
        self.setVisible(card is not None)
        if card is None:
            return
        self.word.setText(card.word)
        self.text.setText(card.text)
        self.setAccessibleName(f"{card.word} {card.text}")
        self.dots.setVisible(bool(card.done))
        self.dots.set_progress(card.done, next((i for i, done in enumerate(card.done) if not done), len(card.done)))
        if self._choices != card.answers:
            self._make_buttons(card)
        self._stack()

    def take_focus(self) -> None:
        """Give the first button the keyboard, so that Enter goes on."""
        for button in list(self.buttons.values())[:1]:
            button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where they fit."""
        super().resizeEvent(event)
        self._stack()

    def minimumSizeHint(self) -> QSize:
        """Return the size with the buttons below the text."""
        widest = max((button.sizeHint().width() for button in self.buttons.values()), default=0)
        return QSize(max(widest, self.word.sizeHint().width()) + 20, super().minimumSizeHint().height())

    def _make_buttons(self, card: GuideCard) -> None:
        for button in self.buttons.values():
            self._answers.removeWidget(button)
            let_go(button)
        self.buttons, self._choices = {}, card.answers
        for index, choice in enumerate(card.answers):
            button = Button(choice.label, choice.tooltip, role="plain" if index else "primary")
            button.clicked.connect(lambda _checked=False, key=choice.key: self.answered.emit(key))
            self._answers.addWidget(button)
            self.buttons[choice.key] = button

    def _stack(self) -> None:
        shown = [self.word, *([] if self.dots.isHidden() else [self.dots]), *self.buttons.values()]
        needed = sum(part.sizeHint().width() + style.GRID for part in shown)
        needed += self.text.fontMetrics().averageCharWidth() * LEAST_TEXT
        fits = needed <= self.width() - 20
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self._answers.setAlignment(Qt.AlignmentFlag(0) if fits else Qt.AlignmentFlag.AlignRight)
        self.updateGeometry()
