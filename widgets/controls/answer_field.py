"""The field that opens over a hidden number and takes what is predicted for it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.style import style

_STAYS_OPEN = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_STARTS_TYPING = frozenset("0123456789.,-−+(")
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class AnswerField(QLineEdit):
    """Takes one number; Enter answers, Esc leaves it hidden. It belongs to the place over which it was opened.

    Signals
    -------
    answered(object, str)
        The place, and the text as it was typed.
    """

    answered = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground, self._place = parent, object()
        self.setMaxLength(60)
        self.setProperty("role", "number")
        self.hide()

    def open_at(self, rect: QRect, place: object, name: str, text: str = "") -> None:
        """Open over `rect` and ask for the number called `name`, with `text` typed already."""
        self._place = place
        self.setFont(style.mono(9.0))
        width = max(rect.width(), self.fontMetrics().horizontalAdvance("−0.00000000000"))
        height = max(rect.height(), self.fontMetrics().height() + 4)
        room = self._ground.rect()
        left = max(0, min(rect.right() - width + 1, room.right() - width))
        self.setGeometry(left, max(0, min(rect.top(), room.bottom() - height + 1)), width, height)
        self.setAccessibleName(f"Your answer: {name}")
        self.setToolTip(
            f"Type the {name} and press Enter; Esc leaves it hidden. Arithmetic such as 0.5*−2 is read too."
        )
        self.setText(text)
        self.show()
        self.setFocus()

    def close_field(self) -> None:
        """Close without an answer."""
        if not self.isHidden():
            had_focus = self.hasFocus()
            self.hide()
            if had_focus:
                (self._ground.focusProxy() or self._ground).setFocus()

    @property
    def place(self) -> object:
        """The place that is asked about."""
        return self._place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if text := self.text().strip():
                self.selectAll()  # it stays open where the answer is not right: typing replaces it
                self.answered.emit(self._place, text)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_field()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS_OPEN:
            self.hide()


def opening_text(event: QKeyEvent) -> str | None:
    """Return what a key begins an answer with: nothing for Enter, a digit for itself; None for another key."""
    if event.key() in OPENING_KEYS:
        return ""
    return event.text() if event.text() and event.text() in _STARTS_TYPING else None
