"""An example drawn as the picture that its inputs are: ink on paper, in the colours of the theme."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style import style
from widgets.values.example import ExamplePicture


def paint_picture(painter: QPainter, picture: ExamplePicture, place: QRectF) -> None:
    """Draw the ink of `picture` at `place`, framed."""
    theme = style.current()
    paper, ink = QColor(theme.panel), QColor(theme.text)
    share = np.clip(np.nan_to_num(picture.ink), 0.0, 1.0)[..., None]
    low, high = (np.array([c.red(), c.green(), c.blue()], dtype=np.float64) for c in (paper, ink))
    red, green, blue = np.moveaxis(np.rint(low + share * (high - low)).astype(np.uint32), -1, 0)
    cells = np.ascontiguousarray((255 << 24) | (red << 16) | (green << 8) | blue, dtype=np.uint32)
    height, width = cells.shape
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # a pixel is a square
    painter.drawImage(place, QImage(cells.data, width, height, 4 * width, QImage.Format.Format_RGB32))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)


class ExampleThumb(QWidget):
    """A small picture of `side` pixels; its words are its tooltip."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.picture: ExamplePicture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_picture(self, picture: ExamplePicture | None) -> None:
        """Show `picture`; None takes no room."""
        self.picture = picture
        self.setVisible(picture is not None)
        self.setToolTip("" if picture is None else picture.text)
        self.setAccessibleName("" if picture is None else f"Picture of the example: {picture.text}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the side that was asked for, larger in larger type."""
        side = round(self._side * style.current().scale)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        if self.picture is not None:
            with QPainter(self) as painter:
                paint_picture(painter, self.picture, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
