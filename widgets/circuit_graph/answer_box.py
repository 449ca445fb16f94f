"""The little field that opens over a hidden number and waits for an answer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.style import style

SHORTEST, LONGEST, EDGES = "−0.0", "−0.0000000", 12
"""The texts for which there is room at least and at most, and the pixels of the frame."""
QUESTIONS = {"value": "the value", "gradient": "the gradient"}


class AnswerBox(QLineEdit):
    """Take one number; Enter answers, Esc closes. Who judges the answer asks again, opens the next box or closes it.

    Signals
    -------
    answered(int, str, str)
        Gate id, which number, the text as typed.
    """

    answered = Signal(int, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._gate, self._which = -1, ""
        self.setMaxLength(40)
        self.hide()

    def open_at(self, slot: QRectF, gate: int, which: str, about: str) -> None:
        """Open over the `slot` of a number and ask for it: `which` of `gate`."""
        self._gate, self._which = gate, which
        self.setFont(style.mono(9.0))
        wanted = QUESTIONS.get(which, "the contribution on this wire")
        self.setAccessibleName(f"Your answer: {wanted} at {about}")
        self.setToolTip(f"Type {wanted} and press Enter; Esc leaves it. Three right digits are enough.")
        self.place_at(slot)
        self.clear()
        self.show()
        self.setFocus()

    @property
    def asked(self) -> tuple[int, str]:
        """The number that the box asks for, or asked for last."""
        return self._gate, self._which

    def place_at(self, slot: QRectF) -> None:
        """Move over `slot`, or as near to it as there is room; no wider than that, so that no gate is covered."""
        room, letters = self._ground.rect(), self.fontMetrics().horizontalAdvance
        self.setFixedWidth(max(letters(SHORTEST) + EDGES, min(letters(LONGEST) + EDGES, round(slot.width()) + 8)))
        self.setFixedHeight(max(self.sizeHint().height(), round(slot.height()) + 6))
        left = max(0, min(round(slot.left()), room.width() - self.width()))
        self.move(left, max(0, min(round(slot.top()) - 3, room.height() - self.height())))

    def ask_again(self) -> None:
        """Keep the box open after an answer that was not right; typing replaces the answer."""
        self.show()
        self.setFocus()
        self.selectAll()

    def close_box(self) -> None:
        """Close without an answer."""
        if self.isVisible():
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers, Esc gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = self.text().strip()
            if text:
                self.answered.emit(self._gate, self._which, text)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._ground.setFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when another widget takes the focus."""
        super().focusOutEvent(event)
        self.hide()
