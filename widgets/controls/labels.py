"""Labels by what they are for: headings, secondary text, notes, formulas; and the line between sections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from widgets.style import style
from widgets.style.themed import Themed


class Label(QLabel):
    """Text as it is: what looks like markup in a name that came with a file or a link is never obeyed."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def heading(text: str) -> Label:
    """Return a small bold uppercase label; a screen reader reads `text` as written."""
    label = Label(text.upper())
    label.setProperty("role", "heading")
    label.setAccessibleName(text)
    return label


def secondary(text: str = "", *, wrap: bool = True) -> Label:
    """Return a small label in the secondary colour that wraps unless told otherwise."""
    label = Label(text)
    label.setProperty("role", "secondary")
    label.setWordWrap(wrap)
    return label


def rule() -> QFrame:
    """Return a horizontal line of one pixel."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


class Note(Label):
    """Text that wraps, and takes no room while there is none: an error message, unless it has another role."""

    def __init__(self, role: Literal["error", "secondary", "formula", ""] = "error") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.hide()

    def setText(self, text: str) -> None:
        """Show `text`; nothing where it is empty."""
        if text != self.text():
            super().setText(text)
        self.setVisible(bool(text))


class ScaledLabel(Themed, Label):
    """A label whose font follows the type scale; in the fixed-pitch one formulas and numbers stay in their columns."""

    def __init__(self, points: float, family: Callable[..., QFont] = style.mono, *, bold: bool = False) -> None:
        super().__init__()
        self._points, self._family, self._bold = points, family, bold
        self.take_theme()

    def take_theme(self) -> None:
        """Follow the type scale."""
        wanted = self._family(self._points, bold=self._bold)
        if self.font() != wanted:
            self.setFont(wanted)
