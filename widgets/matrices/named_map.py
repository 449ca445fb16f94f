"""A matrix whose rows and columns are named beside it, for one that stands apart from what it multiplies."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent

from widgets.matrices.matrix_map import LARGEST, MatrixMap
from widgets.style import style

POINTS = 8.0
GAP = 5
MOST_NAMED = 70
"""Pixels that the longest name of a row takes at most, at the type's normal size."""


class NamedMap(MatrixMap):
    """The names of its rows stand at its left, those of its columns over it, where numbers can be read too."""

    def set_labels(self, rows: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> None:
        """Name rows and columns. Never emits."""
        if (rows, columns) != (self._row_labels, self._column_labels):
            super().set_labels(rows, columns)
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the matrix and the names beside it."""
        super().paintEvent(event)
        left, top = self._margins()
        if not left and not top:
            return
        right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setFont(_font())
            painter.setPen(QColor(style.current().secondary))
            rows, columns = self.shape
            for row, name in enumerate(self._row_labels[:rows]):
                cell = self.cell_rect(row, 0)
                shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, left - GAP)
                place = QRectF(0.0, cell.top() - 4.0, left - GAP, cell.height() + 8.0)
                painter.drawText(place, right | middle, shown)
            for column, name in enumerate(self._column_labels[:columns]):
                cell = self.cell_rect(0, column)
                shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(cell.width()))
                painter.drawText(QRectF(cell.left(), 0.0, cell.width(), top), Qt.AlignmentFlag.AlignCenter, shown)

    def _margins(self) -> tuple[int, int]:
        if max(self.shape) > LARGEST:
            return 0, 0
        metrics = QFontMetrics(_font())
        longest = max((metrics.horizontalAdvance(name) + 1 for name in self._row_labels), default=0)
        left = min(longest, round(MOST_NAMED * style.current().scale)) + GAP if self._row_labels else 0
        return left, metrics.height() if self._column_labels else 0


def _font() -> QFont:
    return style.sans(POINTS)
