"""What every grid of cells does: one cursor for mouse and keyboard, a sentence for each cell, theme and type."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.painted_items import PaintedItems
from widgets.style.themed import Themed
from widgets.style.tips import Tip

Cell = tuple[int, int]
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class CellGrid(Themed, PaintedItems[Cell], QWidget):
    """Cells in rows and columns. A subclass says how many there are, where they lie, what they say, and paints them.

    Signals
    -------
    cell_clicked(int, int)
        Row and column of a click, or of Enter at the cursor.
    """

    cell_clicked = Signal(int, int)
    arrows_click = False
    """Whether moving the cursor counts as a click: the cell is read at once."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cursor: Cell = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    # ---- what a subclass says ----------------------------------------------------------------------

    @property
    def shape(self) -> Cell:
        """How many rows and columns there are."""
        raise NotImplementedError

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell is drawn."""
        raise NotImplementedError

    def cell_text(self, row: int, column: int) -> str:
        """Return a cell in words, for its tooltip and for a screen reader."""
        raise NotImplementedError

    def tooltip_at(self, point: QPointF) -> str:
        """Return the tooltip at `point`."""
        cell = self.item_at(point)
        return self.accessibleName() if cell is None else self.cell_text(*cell)

    def take_theme(self) -> None:
        """Keep nothing that depends on the theme or the type."""

    # ---- what a screen reader meets ----------------------------------------------------------------

    def items(self) -> Sequence[Cell]:
        """Return the cells, row by row."""
        return _cells(*self.shape)

    def has_item(self, key: Cell) -> bool:
        """Return whether the grid has a cell at row and column `key`."""
        rows, columns = self.shape
        return 0 <= key[0] < rows and 0 <= key[1] < columns

    def place_of(self, key: Cell) -> QRect:
        """Return where a cell is drawn."""
        return self.cell_rect(*key).toAlignedRect()

    def name_of(self, key: Cell) -> str:
        """Return a cell in words."""
        return self.cell_text(*key)

    @property
    def focused(self) -> Cell | None:
        """The cell at the cursor."""
        return self._cursor if self.has_item(self._cursor) else None

    # ---- the cursor --------------------------------------------------------------------------------

    def move_cursor(self, cell: Cell) -> None:
        """Put the cursor on `cell`, and describe it to a screen reader."""
        self._cursor = cell
        self._describe()
        self.update()
        if self.hasFocus():
            self.report_focus(cell)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.cell_text(*self._cursor) if self.has_item(self._cursor) else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report the clicked cell."""
        cell = self.item_at(event.position())
        if cell is not None:
            self.press(cell)

    def press(self, key: Cell) -> None:
        """Put the cursor on a cell and report it, as a click does."""
        self.move_cursor(key)
        self.cell_clicked.emit(*key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor with the arrows; report its cell with Enter or Space."""
        key = Qt.Key(event.key())
        if key not in _STEPS and key not in _ENTER:
            super().keyPressEvent(event)
            return
        if key in _STEPS:
            down, right = _STEPS[key]
            self._step(down, right)
        if self.has_item(self._cursor) and (key in _ENTER or self.arrows_click):
            self.cell_clicked.emit(*self._cursor)

    def _step(self, down: int, right: int) -> None:
        cell = self._cursor[0] + down, self._cursor[1] + right
        if self.has_item(cell):
            self.move_cursor(cell)

    # ---- Qt ----------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Describe the cell at the cursor, whose number may have changed."""
        self._describe()
        super().focusInEvent(event)

    def tip_at(self, point: QPoint) -> Tip:
        """Return the tooltip of the cell under the mouse."""
        at = QPointF(point)
        cell = self.item_at(at)
        return Tip(self.tooltip_at(at), self.rect() if cell is None else self.place_of(cell))


@lru_cache(maxsize=8)
def _cells(rows: int, columns: int) -> tuple[Cell, ...]:
    return tuple(product(range(rows), range(columns)))
