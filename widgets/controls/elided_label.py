"""A label that gives way: what does not fit ends in an ellipsis, and the tooltip has the whole text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOptionFrame, QWidget

from widgets.style.tips import Tip


class ElidedLabel(QLabel):
    """One line of text, cut at the right where the space is short.

    Its size does not depend on its words, so words that change many times a second cost no layout.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._shorter: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def text(self) -> str:
        """Return the words, whole."""
        return self._text

    def set_ways(self, text: str, *shorter: str) -> None:
        """Show other words; where they do not fit, the first of the `shorter` ways to say them that does."""
        if shorter != self._shorter:
            self._shorter = shorter
            self.update()
        self._say(text)

    def setText(self, text: str) -> None:
        """Show other words."""
        self.set_ways(text)

    def _say(self, text: str) -> None:
        if text != self._text:
            if self.accessibleName() in ("", self._text):  # a name that was set stays
                self.setAccessibleName(text)
            else:
                self.setAccessibleDescription(text)
            self._text = text
            self.update()

    @property
    def shown(self) -> str:
        """The words as they fit, with an ellipsis where some do not."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        ways = self._text, *self._shorter
        words = next((way for way in ways if metrics.horizontalAdvance(way) <= width), ways[-1])
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)

    def tooltip_text(self) -> str:
        """Return what the tooltip says: the words where they are cut, over whatever tooltip was given."""
        given = self.toolTip()
        cut = self._text if self.shown != self._text and self._text not in given else ""
        return "\n".join(part for part in (cut, given) if part)

    def tip_at(self, _point: QPoint) -> Tip:
        """Return the tooltip, with the words that are cut."""
        return Tip(self.tooltip_text(), self.rect())

    def minimumSizeHint(self) -> QSize:
        """Allow the label to shrink to a few letters."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        with QPainter(self) as painter:
            option = QStyleOptionFrame()
            self.initStyleOption(option)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
            area = self.contentsRect()
            words = self.shown
            self.style().drawItemText(
                painter, area, self.alignment(), self.palette(), self.isEnabled(), words, self.foregroundRole()
            )
