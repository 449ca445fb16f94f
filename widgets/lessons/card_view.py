"""A card to recall: the question first, then its answer, then whether the learner knew it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.lessons.prose import Prose
from widgets.style import boxes, style
from widgets.values.lessons import LessonCard

SAID = {True: "✓ You knew it.", False: "○ It will come back tomorrow."}


class CardView(QFrame):
    """One card.

    Signals
    -------
    opened()
        The user wants to see the answer.
    judged(bool)
        The user knew it, or did not.
    """

    opened = Signal()
    judged = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "reply")
        self.ask, self.answer, self.said = Prose(), Prose(), Label()
        self.said.setProperty("role", "secondary")
        self.open_button = Button("Show the answer", "Answer it in your head first; then compare.")
        self.knew = Button("I knew it", "The card comes back after a longer time.")
        self.missed = Button("Not yet", "The card comes back tomorrow.")
        self.open_button.clicked.connect(lambda: self.opened.emit())
        self.knew.clicked.connect(lambda: self.judged.emit(True))
        self.missed.clicked.connect(lambda: self.judged.emit(False))
        buttons = boxes.row(self.open_button, self.knew, self.missed, boxes.STRETCH, spacing=style.GRID)
        boxes.column(self.ask, self.answer, buttons, self.said, owner=self, spacing=6, margins=(10, 8, 10, 8))

    def set_card(self, card: LessonCard) -> None:
        """Show `card`. Never emits."""
        self.ask.set_markdown(card.ask)
        self.answer.set_markdown(card.answer if card.is_open else "")
        had_focus = self.open_button.hasFocus()
        self.open_button.setVisible(not card.is_open)
        for button in (self.knew, self.missed):
            button.setVisible(card.is_open and card.judged is None)
        self.said.setVisible(card.judged is not None)
        if card.judged is not None:
            self.said.setText(SAID[card.judged])
        if had_focus and card.is_open:
            self.knew.setFocus()
