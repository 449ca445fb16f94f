"""A matrix as a heat map, with its numbers where they fit; a cell can be clicked, rows and columns lit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.controls.answer_field import AnswerField, opening_text
from widgets.controls.blank_bar import paint_blank
from widgets.controls.number_menu import open_number_menu, wish_of
from widgets.matrices.cell_grid import Cell, CellGrid
from widgets.matrices.heat_colours import Pixels, image, pixels
from widgets.style import numbers, style
from widgets.values.keys import Floats
from widgets.values.tensors import TensorKind
from widgets.values.veil import Blank

NUMBER_CELL = (54, 18)
LEAST_CELL = (46, 11)
"""Where room is short numbers are smaller, so that more of a batch is in sight."""
LARGEST = 16  # rows or columns beyond which numbers are left out
SIDE, LEAST_SIDE = 220, 140
_DARK, _LIGHT = QColor("#10151C"), QColor("#FFFFFF")


def _inks(pixels: Pixels) -> list[list[bool]]:
    """Return where light ink can be read: on the dark ends of the map."""
    red, green, blue = (pixels >> 16) & 255, (pixels >> 8) & 255, pixels & 255
    light: list[list[bool]] = (0.299 * red + 0.587 * green + 0.114 * blue <= 135.0).tolist()
    return light


def cell_text(x: float) -> str:
    """Return `x` in at most eight characters: four digits, fewer below 0.01; tooltips have all of them."""
    size = abs(x)
    if not 0.0 < size < 0.01 or size < 1e-4:
        return numbers.significant(x, 4 if size >= 0.01 else 3)
    return numbers.significant(x, 3 if size >= 1e-3 else 2)


class MatrixMap(CellGrid):
    """One matrix; colours run from −largest to +largest absolute value of the matrix itself.

    Signals
    -------
    answered(int, int, str)
        Row and column of a hidden number, and what was typed for it.
    wished(int, int, str)
        Row and column of a number, and what is asked of it: ``why`` or ``predict``.
    """

    answered = Signal(int, int, str)
    wished = Signal(int, int, str)
    arrows_click = True

    def __init__(self, name: str, kind: TensorKind = "value", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name, self._kind = name, kind
        self._values: Floats = np.zeros((1, 1))
        self._pixels = pixels(self._values)
        self._row_labels: tuple[str, ...] = ()
        self._column_labels: tuple[str, ...] = ()
        self._lit_row: int | None = None
        self._lit_column: int | None = None
        self._cell: tuple[int, int] | None = None
        self._blanks: Mapping[Cell, Blank] = {}
        self._answer = AnswerField(self)
        self._answer.answered.connect(lambda cell, typed: self.answered.emit(*cell, typed))

    @property
    def values(self) -> Floats:
        """The matrix that is drawn."""
        return self._values

    def set_values(self, values: Floats, blanks: Mapping[Cell, Blank] | None = None) -> None:
        """Show another matrix of any shape (rows, columns); `blanks` stand where a number is hidden."""
        if values.ndim != 2 or not values.size:
            raise ValueError(f"{self._name}: expected a matrix with at least one cell, got shape {values.shape}")
        self._blanks = blanks or {}
        if not self._answer.isHidden() and self._answer.place not in self._blanks:
            self._answer.close_field()
        resized = values.shape != self._values.shape
        self._values = values
        if resized:
            self._cell, self._lit_row, self._lit_column, self._cursor = None, None, None, (0, 0)
            self.updateGeometry()
        self.take_theme()
        self.update()

    def set_labels(self, rows: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> None:
        """Name rows and columns, for tooltips. Never emits."""
        self._row_labels, self._column_labels = rows, columns

    def set_lit(self, row: int | None = None, column: int | None = None, cell: tuple[int, int] | None = None) -> None:
        """Light a row, a column, or ring a cell."""
        self._lit_row, self._lit_column, self._cell = row, column, cell
        self.update()

    @property
    def shows_numbers(self) -> bool:
        """Whether the matrix is small enough to be read as numbers."""
        rows, columns = self._values.shape
        cell = self._cell_size()
        return rows <= LARGEST and columns <= LARGEST and cell[0] >= 40 and cell[1] >= LEAST_CELL[1] - 0.5

    @property
    def shape(self) -> Cell:
        """The shape of the matrix."""
        rows, columns = self._values.shape
        return rows, columns

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell is drawn."""
        width, height = self._cell_size()
        left, top = self._margins()
        return QRectF(left + column * width + 1, top + row * height + 1, width, height)

    def item_at(self, point: QPointF) -> Cell | None:
        """Return the row and column under `point`."""
        width, height = self._cell_size()
        left, top = self._margins()
        cell = int((point.y() - top - 1) // height), int((point.x() - left - 1) // width)
        return cell if self.has_item(cell) else None

    def cell_text(self, row: int, column: int) -> str:
        """Return the number of a cell in full."""
        row_name = self._row_labels[row] if row < len(self._row_labels) else str(row)
        column_name = self._column_labels[column] if column < len(self._column_labels) else str(column)
        name, blank = f"{self._name}[{row_name}, {column_name}]", self._blanks.get((row, column))
        return f"{name}: {blank.words}" if blank else f"{name} = {numbers.full(float(self._values[row, column]))}"

    # ---- gestures ------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the clicked cell."""
        if event.button() == Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)

    def press(self, key: Cell) -> None:
        """Report a cell; open the field where its number is asked."""
        super().press(key)
        self._open_answer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the field for an answer; ask why."""
        typed, wish = opening_text(event), wish_of(event)
        if self._cursor in self._blanks and typed is not None:
            self._open_answer(typed)
        elif wish is not None and self.has_item(self._cursor):
            self.wished.emit(*self._cursor, wish)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be asked of a number."""
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cell = self._cursor if is_key else self.item_at(event.pos().toPointF())
        if cell is None or not self.has_item(cell):
            return
        self.move_cursor(cell)
        at = self.place_of(cell).bottomLeft() if is_key else event.pos()
        is_shown = cell not in self._blanks
        open_number_menu(self, at, lambda wish: self.wished.emit(*cell, wish), can_predict=is_shown)

    def _open_answer(self, text: str = "") -> None:
        blank = self._blanks.get(self._cursor)
        if blank is not None and blank.is_asked:
            self._answer.open_at(self.place_of(self._cursor), self._cursor, blank.name, text)

    # ---- size ----------------------------------------------------------------------------------

    def take_theme(self) -> None:
        """Colour the cells."""
        self._pixels = pixels(self._values, gradients=self._kind == "gradient")

    def sizeHint(self) -> QSize:
        """Return room for numbers when they can be read, otherwise a picture of bounded size."""
        return self._size(NUMBER_CELL, SIDE)

    def minimumSizeHint(self) -> QSize:
        """Return the same with small numbers, which are never cut."""
        return self._size(LEAST_CELL, LEAST_SIDE)

    def _size(self, cell: tuple[int, int], side: int) -> QSize:
        rows, columns = self._values.shape
        scale = style.current().scale
        left, top = self._margins()
        if rows <= LARGEST and columns <= LARGEST:
            width, height = round(columns * cell[0] * scale), round(rows * cell[1] * scale)
        else:
            longest = max(rows, columns)
            width, height = max(side * columns // longest, 24), max(side * rows // longest, 24)
        return QSize(width + left + 2, height + top + 2)

    def _margins(self) -> tuple[int, int]:
        """Return what is left free left of the cells and above them."""
        return 0, 0

    # ---- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the image, the numbers, the lit row and column, the ring."""
        theme = style.current()
        with QPainter(self) as painter:
            rows, columns = self._values.shape
            area = self.cell_rect(0, 0).united(self.cell_rect(rows - 1, columns - 1))
            painter.drawImage(area, image(self._pixels))
            if self.shows_numbers:
                self._draw_numbers(painter, event.rect())
            painter.setFont(style.mono(7.0))
            for cell, blank in self._blanks.items():
                inset = 2.0 if self.shows_numbers else 0.0
                paint_blank(painter, blank, self.cell_rect(*cell).adjusted(inset, inset, -inset, -inset))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(area)
            painter.setPen(QPen(QColor(theme.text), 2))
            if self._lit_row is not None:
                row = self._lit_row
                painter.drawRect(self.cell_rect(row, 0).united(self.cell_rect(row, columns - 1)))
            if self._lit_column is not None:
                column = self._lit_column
                painter.drawRect(self.cell_rect(0, column).united(self.cell_rect(rows - 1, column)))
            painter.setPen(QPen(QColor(theme.accent), 2))
            if self._cell is not None:
                painter.drawRect(self.cell_rect(*self._cell).adjusted(0, 0, -1, -1))
            elif self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
                painter.drawRect(self.cell_rect(*self._cursor).adjusted(1, 1, -2, -2))

    def _draw_numbers(self, painter: QPainter, seen: QRect) -> None:
        """Write the numbers of the cells inside `seen`; the rest of a scrolled matrix costs nothing."""
        width, height = self._cell_size()
        is_roomy = width >= NUMBER_CELL[0] - 4 and height >= 14
        painter.setFont(style.mono(7.5 if is_roomy else 7.0))
        metrics = painter.fontMetrics()
        digit, down = metrics.horizontalAdvance("0"), (metrics.ascent() - metrics.descent()) / 2.0
        rows, columns = self._values.shape
        aside, above = self._margins()
        top, bottom = (
            max(int((seen.top() - above - 1) // height), 0),
            min(int((seen.bottom() - above) // height) + 1, rows),
        )
        left = max(int((seen.left() - aside - 1) // width), 0)
        right = min(int((seen.right() - aside) // width) + 1, columns)
        inks = _inks(self._pixels[top:bottom, left:right])
        for i, numbers_of_row in enumerate(self._values[top:bottom, left:right].tolist()):
            y = 1.0 + above + (top + i + 0.5) * height + down
            for j, number in enumerate(numbers_of_row):
                if (top + i, left + j) in self._blanks:
                    continue
                text = cell_text(number)
                painter.setPen(_LIGHT if inks[i][j] else _DARK)
                painter.drawText(QPointF(1.0 + aside + (left + j + 0.5) * width - len(text) * digit / 2.0, y), text)

    def _cell_size(self) -> tuple[float, float]:
        rows, columns = self._values.shape
        hint, (left, top) = self.sizeHint(), self._margins()
        width, height = min(self.width(), hint.width()) - left - 2, min(self.height(), hint.height()) - top - 2
        return max(width / columns, 0.01), max(height / rows, 0.01)
