"""The lines above the phases: one sentence with its numbers, and the formula below it, always in the same room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style import style
from widgets.style.themed import Themed
from widgets.values import PhaseCaption

_POINTS = 8.5


class PhaseCaptionLine(Themed, QWidget):
    """Shows the longest way to say the sentence that fits, in the colour of what the phase makes.

    Its height does not depend on its words, so that nothing moves from phase to phase.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption: PhaseCaption | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_caption(self, caption: PhaseCaption) -> None:
        """Show another phase's words. Never emits."""
        if caption != self._caption:
            self._caption = caption
            whole = f"{caption.sentences[0]}\n{caption.formula}"
            self.setAccessibleName(whole)
            self.setToolTip(whole)
            self.update()

    @property
    def shown(self) -> tuple[str, str]:
        """The sentence and the formula as they fit; an ellipsis is the last resort."""
        if self._caption is None:
            return "", ""
        metrics, width = QFontMetrics(style.sans(_POINTS)), self.width()
        ways = self._caption.sentences
        sentence = next((way for way in ways if metrics.horizontalAdvance(way) <= width), ways[-1])
        elide = Qt.TextElideMode.ElideRight
        return metrics.elidedText(sentence, elide, width), metrics.elidedText(self._caption.formula, elide, width)

    def take_theme(self) -> None:
        """Follow the type scale."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for two lines."""
        return QSize(240, 2 * QFontMetrics(style.sans(_POINTS)).height())

    def minimumSizeHint(self) -> QSize:
        """Never less than two lines."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write both lines in the middle."""
        if self._caption is None:
            return
        theme, half = style.current(), self.height() / 2.0
        colours = {"forward": theme.forward, "backward": theme.gradient}
        with QPainter(self) as painter:
            painter.setFont(style.sans(_POINTS))
            for line, (text, colour) in enumerate(
                zip(self.shown, (colours.get(self._caption.kind, theme.text), theme.secondary), strict=True)
            ):
                painter.setPen(QColor(colour))
                box = QRectF(0.0, line * half, self.width(), half)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
