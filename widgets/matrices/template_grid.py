"""Weights as small pictures, as many in a row as fit; one scale of colour for all."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.matrices.cell_grid import Cell, CellGrid
from widgets.matrices.heat_colours import Pixels, image, largest, pixels
from widgets.style import markers, numbers, style
from widgets.values.templates import Templates

SMALLEST, LARGEST = 32, 160
GAP = 6


class TemplateGrid(CellGrid):
    """Pictures with their labels, row after row; one of them can be ringed.

    Signals
    -------
    template_clicked(int)
        The place of a picture.
    """

    template_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Templates", parent)
        self._templates = Templates(np.zeros((0, 1, 1)), ())
        self._pixels: Pixels = np.zeros((0, 1, 1), dtype=np.uint32)
        self._selected: int | None = None
        self.scale = 1.0
        self.cell_clicked.connect(self._on_cell_clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

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
            self._cursor, self._selected = (0, 0), None
            self.updateGeometry()
            self._fit_height()
        self._colour()
        self._describe()
        self.update()

    def set_selected(self, place: int | None) -> None:
        """Ring one picture. Never emits."""
        before, self._selected = self.selected, place
        self.report_selection(before, self.selected)
        self.update()

    @property
    def selected(self) -> Cell | None:
        """Row and column of the ringed picture."""
        return None if self._selected is None else divmod(self._selected, self.columns())

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
        across = max(int(self._templates.images.shape[2]), 1)
        # A whole number of screen pixels per weight keeps the picture's squares equal.
        side = min(max(fitting, round(SMALLEST * scale)), round(LARGEST * scale))
        return max(side // across, 1) * across

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

    @property
    def shape(self) -> Cell:
        """As many rows as the pictures need; the last may not be full."""
        return math.ceil(len(self._templates.labels) / self.columns()), self.columns()

    def items(self) -> Sequence[Cell]:
        """Return the places of the pictures."""
        return super().items()[: len(self._templates.labels)]

    def has_item(self, key: Cell) -> bool:
        """Return whether a picture stands at `key`."""
        return super().has_item(key) and self._place(key) < len(self._templates.labels)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a picture is drawn, without its label."""
        return self.picture_rect(self._place((row, column)))

    def item_at(self, point: QPointF) -> Cell | None:
        """Return row and column of the picture under `point`."""
        place = self.place_at(point)
        return None if place is None else divmod(place, self.columns())

    def cell_text(self, row: int, column: int) -> str:
        """Return the label of a picture and which one it is."""
        place, labels = self._place((row, column)), self._templates.labels
        return f"{labels[place]}, {place + 1} of {len(labels)}"

    def _place(self, cell: Cell) -> int:
        return cell[0] * self.columns() + cell[1]

    def _step(self, down: int, right: int) -> None:
        """Move on to the next row at the end of one."""
        place = self._place(self._cursor) + down * self.columns() + right
        if 0 <= place < len(self._templates.labels):
            self.move_cursor(divmod(place, self.columns()))

    def _on_cell_clicked(self, row: int, column: int) -> None:
        self.template_clicked.emit(self._place((row, column)))

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
        with QPainter(self) as painter:
            line = self.fontMetrics().height()
            colours = markers.class_colours(len(templates.labels))
            for place, label in enumerate(templates.labels):
                rect = self.picture_rect(place)
                painter.drawImage(rect, image(self._pixels[place]))
                painter.setPen(QPen(QColor(theme.line), 1))
                painter.drawRect(rect.adjusted(-1, -1, 0, 0))
                left = 0.0
                if templates.classes:
                    k, ratio = templates.classes[place], self.devicePixelRatioF()
                    colour = colours[k] if k < len(colours) else theme.text
                    marker = markers.marker_image(
                        markers.shape_of(k), colour, theme.panel, round(9 * theme.scale), ratio
                    )
                    left = marker.width() / ratio
                    painter.drawImage(QRectF(rect.left(), rect.top() - line / 2 - left / 2 - 2, left, left), marker)
                painter.setPen(QColor(theme.text))
                painter.setFont(style.sans(8.5))
                text = QRectF(rect.left() + left + 1, rect.top() - line - 2, rect.width() - left, line)
                shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(text.width()))
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
                if place == self._selected or (place == self._place(self._cursor) and self.hasFocus()):
                    dashed = Qt.PenStyle.SolidLine if place == self._selected else Qt.PenStyle.DashLine
                    painter.setPen(QPen(QColor(theme.accent), 2, dashed))
                    painter.drawRect(rect.adjusted(-3, -3, 2, 2))

    def _colour(self) -> None:
        self.scale = largest(self._templates.images)
        self._pixels = pixels(self._templates.images)

    def tooltip_at(self, point: QPointF) -> str:
        """Return the weight under `point`: its picture, row, column and full number."""
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

    def take_theme(self) -> None:
        """Colour the pictures and ask for the height that they need in the current type."""
        self._colour()
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as much height as the new width needs."""
        self._fit_height()
        super().resizeEvent(event)

    def _fit_height(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
