"""How much room texts take in one font: each text is measured once, because Qt lays it out at every question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

MOST = 500
"""So many texts are remembered for a font; numbers that stream by are soon more."""


class TextRoom:
    """The room of texts in one font.

    Attributes
    ----------
    height, ascent, descent : float
        Of a line.
    digit : float
        The advance of a digit; in a fixed-pitch font, of every character.
    """

    def __init__(self, font: QFont) -> None:
        """Measure a line of `font`."""
        self._metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self.height, self.ascent, self.descent = (
            self._metrics.height(), self._metrics.ascent(), self._metrics.descent(),
        )  # fmt: skip
        self.digit = self.width("0")

    def width(self, text: str) -> float:
        """Return the advance of `text`."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= MOST:
                self._widths.clear()
            width = self._widths[text] = self._metrics.horizontalAdvance(text)
        return width

    def elided(self, text: str, room: float) -> str:
        """Return as much of `text` as fits into `room`, with an ellipsis where that is not all."""
        if self.width(text) <= room:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
