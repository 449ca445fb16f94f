"""A matrix as a heat map, with its numbers where they fit; a cell can be clicked, rows and columns lit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.style import numbers, style
from widgets.values.inspector import TensorKind
from widgets.values.keys import Floats

NUMBER_CELL = (54, 18)
LARGEST = 16  # rows or columns beyond which numbers are left out
SIDE = 220
_DARK, _LIGHT = QColor("#10151C"), QColor("#FFFFFF")


def indices(values: Floats, scale: float) -> NDArray[np.uint8]:
    """Return rows and columns of `values` as places in a diverging table: 128 is zero, ±scale its ends."""
    levels = np.nan_to_num(values / (scale or 1.0), nan=0.0, posinf=1.0, neginf=-1.0)
    return np.clip(np.rint(levels * 127.5 + 128.0), 0.0, 255.0).astype(np.uint8)


def _inks(pixels: NDArray[np.uint32]) -> list[list[bool]]:
    """Tell where the light ink is readable: on the dark ends of the map."""
    red, green, blue = (pixels >> 16) & 255, (pixels >> 8) & 255, pixels & 255
    light: list[list[bool]] = (0.299 * red + 0.587 * green + 0.114 * blue <= 135.0).tolist()
    return light


def cell_text(x: float) -> str:
    """Return `x` in at most eight characters: four digits, fewer below 0.01; tooltips have all of them."""
    size = abs(x)
    if not 0.0 < size < 0.01 or size < 1e-4:
        return numbers.significant(x, 4 if size >= 0.01 else 3)
    return numbers.significant(x, 3 if size >= 1e-3 else 2)


class MatrixMap(QWidget):
    """One matrix; colours run from −largest to +largest absolute value of the matrix itself.

    Signals
    -------
    cell_clicked(int, int)
        Row and column of a click, or of Enter at the cursor.
    """

    cell_clicked = Signal(int, int)

    def __init__(self, name: str, kind: TensorKind = "value", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._kind = name, kind
        self._values: Floats = np.zeros((1, 1))
        self._pixels: NDArray[np.uint32] = np.zeros((1, 1), dtype=np.uint32)
        self._row_labels: tuple[str, ...] = ()
        self._column_labels: tuple[str, ...] = ()
        self._lit_row: int | None = None
        self._lit_column: int | None = None
        self._cell: tuple[int, int] | None = None
        self._cursor = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    @property
    def values(self) -> Floats:
        """The matrix that is drawn."""
        return self._values

    def set_values(self, values: Floats) -> None:
        """Show another matrix of any shape (rows, columns)."""
        if values.ndim != 2 or not values.size:
            raise ValueError(f"{self._name}: expected a matrix with at least one cell, got shape {values.shape}")
        resized = values.shape != self._values.shape
        self._values = values
        if resized:
            self._cell, self._lit_row, self._lit_column, self._cursor = None, None, None, (0, 0)
            self.updateGeometry()
        self._colour()
        self.update()

    def set_labels(self, rows: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> None:
        """Name rows and columns, for tooltips."""
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
        return rows <= LARGEST and columns <= LARGEST and cell[0] >= 40 and cell[1] >= 14

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell is drawn."""
        width, height = self._cell_size()
        return QRectF(column * width + 1, row * height + 1, width, height)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the row and column under `point`."""
        width, height = self._cell_size()
        column, row = int((point.x() - 1) // width), int((point.y() - 1) // height)
        rows, columns = self._values.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def sizeHint(self) -> QSize:
        """Return room for numbers when they can be read, otherwise a picture of bounded size."""
        rows, columns = self._values.shape
        scale = style.current().scale
        if rows <= LARGEST and columns <= LARGEST:
            return QSize(round(columns * NUMBER_CELL[0] * scale) + 2, round(rows * NUMBER_CELL[1] * scale) + 2)
        longest = max(rows, columns)
        return QSize(max(SIDE * columns // longest, 24) + 2, max(SIDE * rows // longest, 24) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the same, so that numbers are never cut."""
        return self.sizeHint()

    # ---- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the image, the numbers, the lit row and column, the ring."""
        theme = style.current()
        painter = QPainter(self)
        rows, columns = self._values.shape
        width, height = self._cell_size()
        area = QRectF(1, 1, columns * width, rows * height)
        image = QImage(self._pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGB32)
        painter.drawImage(area, image)
        if self.shows_numbers:
            self._draw_numbers(painter, event.rect())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(area)
        painter.setPen(QPen(QColor(theme.text), 2))
        if self._lit_row is not None:
            painter.drawRect(QRectF(1, 1 + self._lit_row * height, columns * width, height))
        if self._lit_column is not None:
            painter.drawRect(QRectF(1 + self._lit_column * width, 1, width, rows * height))
        painter.setPen(QPen(QColor(theme.accent), 2))
        if self._cell is not None:
            painter.drawRect(self.cell_rect(*self._cell).adjusted(0, 0, -1, -1))
        elif self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
            painter.drawRect(self.cell_rect(*self._cursor).adjusted(1, 1, -2, -2))

    def _draw_numbers(self, painter: QPainter, seen: QRect) -> None:
        """Write the numbers of the cells inside `seen`; the rest of a scrolled matrix costs nothing."""
        painter.setFont(style.mono(7.5))
        metrics = painter.fontMetrics()
        digit, down = metrics.horizontalAdvance("0"), (metrics.ascent() - metrics.descent()) / 2.0
        width, height = self._cell_size()
        rows, columns = self._values.shape
        top, bottom = max(int((seen.top() - 1) // height), 0), min(int(seen.bottom() // height) + 1, rows)
        left, right = max(int((seen.left() - 1) // width), 0), min(int(seen.right() // width) + 1, columns)
        inks = _inks(self._pixels[top:bottom, left:right])
        for i, numbers_of_row in enumerate(self._values[top:bottom, left:right].tolist()):
            y = 1.0 + (top + i + 0.5) * height + down
            for j, number in enumerate(numbers_of_row):
                text = cell_text(number)
                painter.setPen(_LIGHT if inks[i][j] else _DARK)
                painter.drawText(QPointF(1.0 + (left + j + 0.5) * width - len(text) * digit / 2.0, y), text)

    def _cell_size(self) -> tuple[float, float]:
        rows, columns = self._values.shape
        hint = self.sizeHint()
        width, height = min(self.width(), hint.width()) - 2, min(self.height(), hint.height()) - 2
        return max(width / columns, 0.01), max(height / rows, 0.01)

    def _colour(self) -> None:
        finite = np.abs(self._values[np.isfinite(self._values)])
        table = style.gradient_table() if self._kind == "gradient" else style.value_table()
        scale = float(finite.max()) if finite.size else 1.0
        self._pixels = np.ascontiguousarray(table[indices(self._values, scale)])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type scale."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._colour()
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    # ---- gestures ------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report the clicked cell."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self._cursor = cell
            self.cell_clicked.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cursor and read the cell there; Enter reads it again."""
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Return: (0, 0),
            Qt.Key.Key_Enter: (0, 0),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        rows, columns = self._values.shape
        row, column = self._cursor[0] + step[0], self._cursor[1] + step[1]
        self._cursor = (min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))
        self.update()
        self.cell_clicked.emit(*self._cursor)

    def event(self, event: QEvent) -> bool:
        """Answer a request for a tooltip with the cell's number in full."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self)
            return True
        return super().event(event)

    def _tip(self, place: QPoint) -> str:
        cell = self.cell_at(QPointF(place))
        if cell is None:
            return self._name
        row, column = cell
        row_name = self._row_labels[row] if row < len(self._row_labels) else str(row)
        column_name = self._column_labels[column] if column < len(self._column_labels) else str(column)
        return f"{self._name}[{row_name}, {column_name}] = {numbers.full(float(self._values[row, column]))}"
