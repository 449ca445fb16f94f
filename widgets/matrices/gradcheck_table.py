"""The table of a gradient check: one row a parameter, sortable by number rather than by text."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from widgets.style import numbers, style
from widgets.values.gradcheck import GradientCheckReading

HEADS = ("parameter", "backprop", "numeric", "error", "finding")
TIPS = (
    "",
    "∂L/∂w by backprop",
    "(L(w + ε) − L(w − ε)) / 2ε; at the default ε the slope by a complex step where a kink is near or that is off",
    "Relative error |a − n| / max(|a|, |n|, 1e−5)",
    "Whether backprop and the difference quotient agree, else what the check found: a kink within ε, where the "
    "quotient can be off, numbers below rounding, ε too large for the curvature, or a wrong backprop.",
)
Index = QModelIndex | QPersistentModelIndex


class GradientCheckTable(QAbstractTableModel):
    """Rows of a reading in the order asked for; only visible rows become text."""

    def __init__(self) -> None:
        super().__init__()
        self._reading: GradientCheckReading | None = None
        self._order: np.ndarray = np.zeros(0, dtype=int)
        self._sorted = (3, Qt.SortOrder.DescendingOrder)

    def set_reading(self, reading: GradientCheckReading | None) -> None:
        """Show another check, in the order chosen before (largest error first at the start)."""
        self.beginResetModel()
        self._reading = reading
        self._order = self._ordered()
        self.endResetModel()

    def place(self, row: int) -> int:
        """Return which parameter of the reading a row shows."""
        return int(self._order[row])

    def row_of(self, place: int) -> int:
        """Return the row that shows parameter number `place`."""
        found = np.flatnonzero(self._order == place)
        return int(found[0]) if len(found) else -1

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of parameters."""
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return TIPS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, its full number as a tooltip, its font."""
        if self._reading is None:
            return None
        place = int(self._order[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if index.column() == 0:
                return self._reading.labels[place]
            if index.column() == 4:
                return self._reading.findings[place]
            number = float(self._columns()[index.column() - 1][place])
            if role == Qt.ItemDataRole.ToolTipRole:
                return numbers.full(number)
            # Backprop and numeric are never rounded to the same number, unless they are the same.
            other = {1: self._reading.numeric, 2: self._reading.backprop}.get(index.column())
            text = (
                numbers.four(number)
                if other is None
                else numbers.told_apart(number, float(other[place]), numbers.ALL_DIGITS)
            )
            bad = index.column() == 3 and self._reading.wrong[place]
            return f"✗ {text}" if bad else text
        if role == Qt.ItemDataRole.FontRole and 1 <= index.column() <= 3:
            return style.mono(8.5)
        if role == Qt.ItemDataRole.TextAlignmentRole and 1 <= index.column() <= 3:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's numbers."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order)
        self._order = self._ordered()
        self.layoutChanged.emit()

    def _columns(self) -> tuple[np.ndarray, ...]:
        assert self._reading is not None
        return self._reading.backprop, self._reading.numeric, self._reading.errors

    def _ordered(self) -> np.ndarray:
        if self._reading is None:
            return np.zeros(0, dtype=int)
        column, order = self._sorted
        if column <= 0:
            rows = np.arange(len(self._reading.labels))
        elif column == 4:
            rows = np.argsort(self._reading.findings, kind="stable")
        else:
            rows = np.argsort(self._columns()[column - 1], kind="stable")
        return rows[::-1] if order == Qt.SortOrder.DescendingOrder else rows
