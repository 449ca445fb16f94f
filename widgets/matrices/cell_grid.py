"""What every grid of cells does: one cursor for mouse and keyboard, a sentence for each cell, theme and type."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.style.themed import Themed

Cell = tuple[int, int]
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class CellGrid(Themed, QWidget):
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

    def contains(self, cell: Cell) -> bool:
        """Return whether the grid has `cell`."""
        raise NotImplementedError

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell is drawn."""
        raise NotImplementedError

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the row and column under `point`."""
        raise NotImplementedError

    def cell_text(self, row: int, column: int) -> str:
        """Return a cell in words, for its tooltip and for a screen reader."""
        raise NotImplementedError

    def tooltip_at(self, point: QPointF) -> str:
        """Return the tooltip at `point`."""
        cell = self.cell_at(point)
        return self.accessibleName() if cell is None else self.cell_text(*cell)

    def take_theme(self) -> None:
        """Keep nothing that depends on the theme or the type."""

    # ---- the cursor --------------------------------------------------------------------------------

    def move_cursor(self, cell: Cell) -> None:
        """Put the cursor on `cell`, and describe it to a screen reader."""
        self._cursor = cell
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.cell_text(*self._cursor) if self.contains(self._cursor) else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report the clicked cell."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self.move_cursor(cell)
            self.cell_clicked.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor with the arrows; report its cell with Enter or Space."""
        key = Qt.Key(event.key())
        if key not in _STEPS and key not in _ENTER:
            super().keyPressEvent(event)
            return
        if key in _STEPS:
            down, right = _STEPS[key]
            self._step(down, right)
        if self.contains(self._cursor) and (key in _ENTER or self.arrows_click):
            self.cell_clicked.emit(*self._cursor)

    def _step(self, down: int, right: int) -> None:
        cell = self._cursor[0] + down, self._cursor[1] + right
        if self.contains(cell):
            self.move_cursor(cell)

    # ---- Qt ----------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Describe the cell at the cursor, whose number may have changed."""
        self._describe()
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        """Answer a request for a tooltip with the cell under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tooltip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)
