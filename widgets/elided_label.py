"""A label that gives way: what does not fit ends in an ellipsis, and the tooltip tells it all."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOptionFrame, QStylePainter, QWidget


class ElidedLabel(QLabel):
    """One line of text, cut at the right where the space is short.

    Its size does not depend on its words, so words that change many times a second cost no layout.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def text(self) -> str:
        """Return the words, whole."""
        return self._text

    def setText(self, text: str) -> None:
        """Show other words."""
        if text != self._text:
            if self.accessibleName() in ("", self._text):  # a name that somebody gave stays
                self.setAccessibleName(text)
            else:
                self.setAccessibleDescription(text)
            self._text = text
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Allow the label to shrink to a few letters."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QStylePainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawItemText(area, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole())
        painter.end()
