"""A square picture with axes around it, fitted into whatever room there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.picture import Picture
from widgets.plane.axes_layer import axes_layer, margins
from widgets.plane.projection import Projection
from widgets.style import style
from widgets.values import Extent

UNIT = Extent(-1.0, 1.0, -1.0, 1.0)


class SquareCanvas(Picture, QWidget):
    """The base of pictures over two coordinates; subclasses paint inside ``projection.square``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.projection = Projection(UNIT, QRectF(0, 0, 1, 1))
        self.axis_names = ("x₁", "x₂")
        self.message = ""
        self._axes: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_extent(self, extent: Extent) -> None:
        """Show `extent`; the same one costs nothing."""
        if extent != self.projection.extent:
            self.projection = Projection(extent, self.projection.square)
            self.lay_out()

    def set_axis_names(self, names: tuple[str, str]) -> None:
        """Name the axis across and the axis up; the same names cost nothing."""
        if names != self.axis_names:
            self.axis_names = names
            self.lay_out()

    def lay_out(self) -> None:
        """Fit the square into the current size and type."""
        left, top, right, bottom = margins()
        side = max(min(self.width() - left - right, self.height() - top - bottom), 16.0)
        # Whole pixels: the picture's edges stay crisp and the axes line up with it.
        x = round(left + max(self.width() - left - right - side, 0.0) / 2)
        self.projection = Projection(self.projection.extent, QRectF(x, round(top), round(side), round(side)))
        self._axes = None
        self.update()

    def paint_axes(self, painter: QPainter, ratio: float) -> bool:
        """Paint the axes at `ratio` pixels per unit; return whether they had to be drawn again."""
        fresh = self._axes is None or self._axes.devicePixelRatio() != ratio
        if self._axes is None or fresh:
            self._axes = axes_layer(self.projection, self.size(), ratio, self.axis_names)
        painter.drawPixmap(0, 0, self._axes)
        return fresh

    def paint_message(self, painter: QPainter) -> None:
        """Show why there is nothing to see."""
        theme = style.current()
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setPen(QColor(theme.secondary))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(12, 12, -12, -12), flags, self.message)

    def recolour(self) -> None:
        """Take up the theme; subclasses colour their pictures again."""
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
        return QSize(340, 330)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the picture can be read."""
        return QSize(160, 150)
