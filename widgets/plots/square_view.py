"""SquareView: a square picture with axes around it, fitted into whatever room there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.plane.axes_layer import axes_layer, margins
from widgets.plane.projection import Projection
from widgets.style import style
from widgets.values import Extent

UNIT = Extent(-1.0, 1.0, -1.0, 1.0)


class SquareView(QWidget):
    """The base of views over two coordinates; subclasses paint inside ``projection.square``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.projection = Projection(UNIT, QRectF(0, 0, 1, 1))
        self.message = ""
        self._names = ("", "")
        self._axes: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_axes(self, extent: Extent, names: tuple[str, str]) -> None:
        """Show `extent` with axes called `names`; the same ones cost nothing."""
        if (extent, names) != (self.projection.extent, self._names):
            self._names = names
            self.projection = Projection(extent, self.projection.square)
            self.lay_out()

    def lay_out(self) -> None:
        """Fit the square into the present size and type."""
        left, top, right, bottom = margins()
        side = max(min(self.width() - left - right, self.height() - top - bottom), 16.0)
        x = round(left + max(self.width() - left - right - side, 0.0) / 2)
        self.projection = Projection(self.projection.extent, QRectF(x, round(top), round(side), round(side)))
        self._axes = None
        self.update()

    def paint_axes(self, painter: QPainter, ratio: float) -> bool:
        """Paint the axes at `ratio` pixels per unit; tell whether they had to be made anew."""
        fresh = self._axes is None or self._axes.devicePixelRatio() != ratio
        if self._axes is None or fresh:
            self._axes = axes_layer(self.projection, self.size(), ratio, self._names)
        painter.drawPixmap(0, 0, self._axes)
        return fresh

    def paint_message(self, painter: QPainter) -> None:
        """Say why there is nothing to see."""
        theme = style.current()
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setPen(QColor(theme.secondary))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(12, 12, -12, -12), flags, self.message)

    def recolour(self) -> None:
        """Take up the theme; subclasses forget what they painted."""
        self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.recolour()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the square into the new size."""
        self.lay_out()

    def sizeHint(self) -> QSize:
        """Return a square with room for the axes."""
        return QSize(320, 300)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(160, 130)
