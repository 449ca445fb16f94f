"""Weights as small pictures, as many in a row as fit; one scale of colour for all."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from widgets.matrices.matrix_map import indices
from widgets.style import markers, numbers, style
from widgets.values.own_data import Templates

SMALLEST, LARGEST = 48, 160
GAP = 10


class TemplateGrid(QWidget):
    """Pictures with their labels; arrows walk, Enter or a click reports one.

    Signals
    -------
    template_clicked(int)
        The place of a picture.
    """

    template_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._templates = Templates(np.zeros((0, 1, 1)), ())
        self._pixels: NDArray[np.uint32] = np.zeros((0, 1, 1), dtype=np.uint32)
        self._cursor = 0
        self._selected: int | None = None
        self.scale = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Templates")

    @property
    def templates(self) -> Templates:
        """What is shown."""
        return self._templates

    def set_templates(self, templates: Templates) -> None:
        """Show other weights. Never emits."""
        images = templates.images
        if images.ndim != 3 or len(images) != len(templates.labels):
            raise ValueError(f"templates: expected images (n, height, width) and n labels, got {images.shape}")
        resized = images.shape != self._templates.images.shape
        self._templates = templates
        if resized:
            self._cursor, self._selected = 0, None
            self.updateGeometry()
            self._fit_height()
        self._colour()
        self._describe()
        self.update()

    def set_selected(self, place: int | None) -> None:
        """Ring one picture. Never emits."""
        self._selected = place
        self.update()

    # ---- places ----------------------------------------------------------------------------------

    def side(self) -> int:
        """Return the side of a picture: the largest at which all stand in view, within limits."""
        n, scale, line = max(len(self._templates.labels), 1), style.current().scale, self.fontMetrics().height()
        view = self.parentWidget()
        width, height = self.width() - 6, (view.height() if view is not None else self.height()) - 6
        fitting = max(
            min((width + GAP) // columns - GAP, height // math.ceil(n / columns) - line - GAP)
            for columns in range(1, n + 1)
        )
        pixels = max(int(self._templates.images.shape[2]), 1)
        # A whole number of screen pixels per weight keeps the picture's squares equal.
        side = min(max(fitting, round(SMALLEST * scale)), round(LARGEST * scale))
        return max(side // pixels, 1) * pixels

    def columns(self) -> int:
        """Return how many pictures stand in a row."""
        return max(1, (self.width() - 6 + GAP) // (self.side() + GAP))

    def picture_rect(self, place: int) -> QRectF:
        """Return where a picture is drawn, without its label."""
        side, line = self.side(), self.fontMetrics().height()
        row, column = divmod(place, self.columns())
        return QRectF(column * (side + GAP) + 3, row * (side + line + GAP) + line + 3, side, side)

    def place_at(self, point: QPointF) -> int | None:
        """Return the place of the picture under `point`."""
        for place in range(len(self._templates.labels)):
            if self.picture_rect(place).adjusted(0, -self.fontMetrics().height(), 0, 0).contains(point):
                return place
        return None

    def heightForWidth(self, width: int) -> int:
        """Return the height that all pictures need."""
        n = len(self._templates.labels)
        return round(self.picture_rect(n - 1).bottom()) + 6 if n else 0

    def sizeHint(self) -> QSize:
        """Return room for the pictures."""
        return QSize(320, max(self.heightForWidth(320), 60))

    def minimumSizeHint(self) -> QSize:
        """Return room for two in a row."""
        return QSize(140, self.heightForWidth(self.width()))

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures and their labels."""
        theme, templates = style.current(), self._templates
        painter = QPainter(self)
        line = self.fontMetrics().height()
        colours = markers.class_colours(len(templates.labels))
        for place, label in enumerate(templates.labels):
            rect = self.picture_rect(place)
            pixels = self._pixels[place]
            height, width = pixels.shape
            painter.drawImage(rect, QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32))
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            left = 0.0
            if templates.classes:
                k, ratio = templates.classes[place], self.devicePixelRatioF()
                colour = colours[k] if k < len(colours) else theme.text
                image = markers.marker_image(markers.shape_of(k), colour, theme.panel, round(9 * theme.scale), ratio)
                left = image.width() / ratio
                painter.drawImage(QRectF(rect.left(), rect.top() - line / 2 - left / 2 - 2, left, left), image)
            painter.setPen(QColor(theme.text))
            painter.setFont(style.sans(8.5))
            text = QRectF(rect.left() + left + 1, rect.top() - line - 2, rect.width() - left, line)
            shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(text.width()))
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            if place == self._selected or (place == self._cursor and self.hasFocus()):
                dashed = Qt.PenStyle.SolidLine if place == self._selected else Qt.PenStyle.DashLine
                painter.setPen(QPen(QColor(theme.accent), 2, dashed))
                painter.drawRect(rect.adjusted(-3, -3, 2, 2))
        painter.end()

    def _colour(self) -> None:
        images = self._templates.images
        finite = np.abs(images[np.isfinite(images)])
        self.scale = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
        self._pixels = np.ascontiguousarray(style.value_table()[indices(images, self.scale)])

    # ---- gestures --------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report the clicked picture."""
        place = self.place_at(event.position())
        if place is not None:
            self._go(place)
            self.template_clicked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; Enter or Space reports the picture at the cursor."""
        key, n = Qt.Key(event.key()), len(self._templates.labels)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns(),
            Qt.Key.Key_Down: self.columns(),
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and n:
            self.template_clicked.emit(self._cursor)
        elif key in steps and n:
            if 0 <= self._cursor + steps[key] < n:
                self._go(self._cursor + steps[key])
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        self._cursor = place
        self._describe()
        self.update()

    def _describe(self) -> None:
        labels = self._templates.labels
        self.setAccessibleDescription(f"{labels[self._cursor]}, {self._cursor + 1} of {len(labels)}" if labels else "")

    def told(self, point: QPointF) -> str:
        """Say the weight under `point`: its picture, row, column and full number."""
        place = self.place_at(point)
        if place is None:
            return self._templates.title
        rect, image = self.picture_rect(place), self._templates.images[place]
        row = math.floor((point.y() - rect.top()) / rect.height() * image.shape[0])
        column = math.floor((point.x() - rect.left()) / rect.width() * image.shape[1])
        if not (0 <= row < image.shape[0] and 0 <= column < image.shape[1]):
            return self._templates.labels[place]
        value = numbers.full(float(image[row, column]))
        return f"{self._templates.labels[place]}: row {row + 1}, column {column + 1}: w = {value}"

    # ---- Qt --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Answer a request for a tooltip with the weight under the cursor."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told(QPointF(event.pos())))
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type scale."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()
            self._fit_height()
            self.update()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as much height as the new width needs."""
        self._fit_height()
        super().resizeEvent(event)

    def _fit_height(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
