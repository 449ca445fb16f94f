"""The line at the foot: frames and iterations a second, what to know now, the state of the document."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import Label
from widgets.style import boxes, numbers, style
from widgets.style.themed import Themed, restyle

Tone = Literal["plain", "warning"]
MESSAGE_MS = 8000
"""How long a message stands that is no warning."""


class StatusLine(Themed, QFrame):
    """Three places: rates at the left, a message in the middle, the document at the right.

    A hint says what can be done here; a message stands before it for some seconds, or until it is cleared. A warning
    has its word and its colour, and stays.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._message = ""
        self._tone: Tone = "plain"
        self.setProperty("role", "foot")
        self.setAccessibleName("Status")
        self.rates = Label()
        self.message = ElidedLabel()
        self.document = ElidedLabel()
        self._build()
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(MESSAGE_MS)
        self._fading.timeout.connect(lambda: self.set_message(""))
        self.set_rates(0.0, 0.0, running=False)

    def set_rates(self, frames: float, steps: float, *, running: bool = True) -> None:
        """Show frames and iterations a second; not `running` reads as paused."""
        if running:
            self.rates.setText(f"● {frames:.0f} fps · {numbers.grouped(round(steps))} it/s")
        else:
            self.rates.setText("○ paused")

    def set_hint(self, hint: str) -> None:
        """Show what can be done with what is under the cursor, while no message stands."""
        self._hint = hint
        self._show()

    def set_message(self, message: str, tone: Tone = "plain") -> None:
        """Show `message` before any hint for some seconds, a warning until it is cleared; an empty one gives way."""
        self._message, self._tone = message, tone
        self._fading.stop()
        if message and tone == "plain":
            self._fading.start()
        self._show()

    def withdraw(self, message: str) -> None:
        """Clear `message` if it still stands."""
        if message == self._message:
            self.set_message("")

    def set_document(self, text: str, tooltip: str = "") -> None:
        """Show the state of the document: ``Saved · xor.playground``."""
        self.document.setText(text)
        self.document.setToolTip(tooltip or text)

    def _build(self) -> None:
        self.rates.setToolTip("Frames drawn and iterations trained in the last second.")
        self.rates.setAccessibleName("Frames and iterations a second")
        self.message.setAccessibleName("Message")
        self.document.setAccessibleName("Document")
        self.document.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self.rates, self.message, self.document):
            label.setProperty("role", "secondary")
        parts = self.rates, (self.message, 3), (self.document, 1)
        boxes.row(*parts, owner=self, spacing=2 * style.GRID, margins=(12, 4, 12, 4))
        self.take_theme()

    def _show(self) -> None:
        role = "error" if self._message and self._tone == "warning" else "secondary"
        restyle(self.message, "role", role)
        text = self._message or self._hint
        self.message.setText(text)
        self.message.setToolTip(text)

    def take_theme(self) -> None:
        """Keep the rates' place wide enough for the type scale."""
        self.rates.setFixedWidth(self.rates.fontMetrics().horizontalAdvance("● 60 fps · 100 000 it/s") + 8)
