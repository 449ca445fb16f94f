"""A derivation in a few lines: it can be copied, scrolls when it is long, and never moves what is around it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from widgets.style import style
from widgets.style.themed import Themed


class DerivationText(Themed, QPlainTextEdit):
    """Read-only words of a fixed number of lines; other words cost no layout, however often they change."""

    def __init__(self, name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setStyleSheet("QPlainTextEdit { background: transparent; border: none; padding: 0; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.take_theme()

    def text(self) -> str:
        """Return the words."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show other words; the same ones leave a selection as it is."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def take_theme(self) -> None:
        """Follow the type scale."""
        wanted = style.sans(9.0)
        if self.font() != wanted:
            self.setFont(wanted)
        self.setFixedHeight(self._lines * QFontMetrics(wanted).lineSpacing() + 4)
