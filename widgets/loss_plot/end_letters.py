"""A letter where a curve ends, in its own colour: which curve is which can be told without a legend."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.loss_plot.curve_style import CurveStyle
from widgets.style import style

POINTS = 8.5
GAP = 4.0


@dataclass(frozen=True, slots=True)
class EndLetter:
    """A letter to stand right of `end`, in the parent's pixels."""

    text: str
    style: CurveStyle
    end: QPointF


def gutter() -> float:
    """Return the room that a letter needs right of the curves, in pixels."""
    return GAP + QFontMetricsF(style.sans(POINTS, bold=True)).horizontalAdvance("M") + 2.0


class EndLetters(QWidget):
    """Lies over the plot and lets the mouse through; letters that would cover each other move apart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.letters: tuple[EndLetter, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_letters(self, letters: tuple[EndLetter, ...]) -> None:
        """Show `letters` over the whole parent."""
        if letters != self.letters:
            self.letters = letters
            self.update()

    def places(self) -> list[QRectF]:
        """Return where each letter stands."""
        metrics = QFontMetricsF(style.sans(POINTS, bold=True))
        width, height = metrics.horizontalAdvance("M"), metrics.height() * 0.85
        order = sorted(range(len(self.letters)), key=lambda i: self.letters[i].end.y())
        tops = [self.letters[i].end.y() - height / 2.0 for i in order]
        for i in range(1, len(tops)):
            overlap = tops[i - 1] + height - tops[i]
            if overlap > 0 and abs(self.letters[order[i]].end.x() - self.letters[order[i - 1]].end.x()) < width:
                tops[i - 1] -= overlap / 2.0
                tops[i] += overlap / 2.0
        low = self.height() - height
        by_letter = dict(zip(order, (min(max(top, 0.0), low) for top in tops), strict=True))
        return [QRectF(letter.end.x() + GAP, by_letter[i], width, height) for i, letter in enumerate(self.letters)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the letters."""
        painter = QPainter(self)
        painter.setFont(style.sans(POINTS, bold=True))
        for letter, place in zip(self.letters, self.places(), strict=True):
            painter.setPen(letter.style.pen().color())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter.text)
        painter.end()
