"""A small caption over a number in monospace, of a fixed width so that live numbers do not dance.

A number that outgrows the width widens it once; it never narrows again, and no digit is ever cut off.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics
from PySide6.QtWidgets import QWidget

from widgets.controls.labels import Label, secondary
from widgets.style import boxes, style
from widgets.style.themed import Themed

DASH = "–"


class LiveNumber(Label):
    """A number that can be marked while the mouse is on it: Qt makes a document of each new text that can be."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the text be marked."""
        super().enterEvent(event)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def leaveEvent(self, event: QEvent) -> None:
        """Draw plain text again, unless some of it is marked."""
        super().leaveEvent(event)
        if not self.hasSelectedText():
            self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)


class Readout(Themed, QWidget):
    """One number beside the transport; its text can be marked and copied."""

    def __init__(self, caption: str, tooltip: str, characters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tooltip = tooltip
        self._characters = characters
        self.caption = secondary(caption, wrap=False)
        self.number = LiveNumber(DASH)
        self.number.setProperty("role", "readout")
        self.number.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.number.setAccessibleName(caption)
        boxes.column(self.caption, self.number, owner=self, spacing=0)
        self.setToolTip(tooltip)
        self.take_theme()

    def set_text(self, text: str, exact: str = "") -> bool:
        """Show `text`; `exact` is the number with every digit, for the tooltip. Return whether it took more room."""
        grows = len(text) > self._characters
        if grows:
            self._characters = len(text)
            self.take_theme()
        if text != self.number.text():
            self.number.setText(text)
            self.number.setAccessibleDescription(text)
        self.setToolTip(f"{self._tooltip}\nNow {exact}" if exact else self._tooltip)
        return grows

    def take_theme(self) -> None:
        """Keep the width right for the type scale."""
        metrics = QFontMetrics(style.mono(11.0, bold=True))
        digits = metrics.horizontalAdvance("0") * self._characters
        caption = QFontMetrics(style.sans(8.0)).horizontalAdvance(self.caption.text())
        # A label of fixed size does not ask its bar for a new layout with every number.
        self.number.setFixedSize(max(digits, caption) + 4, metrics.height() + 2)
