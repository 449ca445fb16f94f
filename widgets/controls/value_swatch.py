"""A small square in the colour that a value has between the two ends of the colours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style import colour_tables, numbers, style

SIDE = 18


class ValueSwatch(QWidget):
    """The colour of a value; values beyond the ends have the colour of the end. Emits nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = (0.0, -1.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Colour of the value")

    def set_value(self, value: float, low: float, high: float) -> None:
        """Show the colour of `value` where `low` and `high` are the ends."""
        self._shown = (value, low, high)
        ends = f"{numbers.four(low)} … {numbers.four(high)}"
        where = "" if low <= value <= high else "; painting widens them to the new value"
        self.setToolTip(f"The colour of {numbers.four(value)}. The ends of the colours are {ends}{where}.")
        self.setAccessibleDescription(self.toolTip())
        self.update()

    @property
    def colour(self) -> QColor:
        """What is shown."""
        value, low, high = self._shown
        share = (value - low) / (high - low) if high > low else 0.5
        return QColor(int(colour_tables.value_table()[round(255 * min(max(share, 0.0), 1.0))]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the square."""
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(style.current().secondary), 1))
            painter.setBrush(self.colour)
            painter.setOpacity(1.0 if self.isEnabled() else 0.4)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -1.5, -1.5))

    def sizeHint(self) -> QSize:
        """Return a square about as high as a line of text."""
        side = round(SIDE * style.current().scale)
        return QSize(side, side)
