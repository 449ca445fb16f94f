"""A brick's tensors in two rows: what goes forward, and under each variable the gradient that has its shape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets.matrices.tensor_frame import TensorFrame
from widgets.style import boxes, style
from widgets.values.tensors import TensorMatrix

GAP = 10
LANE = 6
"""How far from the tensors the line runs along which values go right, and the one along which gradients go left."""
_HEAD = 4.0


class BrickSheet(QWidget):
    """The tensors of one brick: ``frames`` by their keys, the arrows of both passes between the rows.

    Signals
    -------
    cell_clicked(str, int, int)
        Tensor key, row, column.
    answered(str, int, int, str)
        A cell whose number is hidden, and what was typed for it.
    wished(str, int, int, str)
        A cell, and what is asked of its number: ``why`` or ``predict``.
    """

    cell_clicked = Signal(str, int, int)
    answered = Signal(str, int, int, str)
    wished = Signal(str, int, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frames: dict[str, TensorFrame] = {}
        self._columns: list[list[str]] = []  # the keys of the variables of each column, from top to bottom
        self._gradients: dict[int, list[str]] = {}  # the keys of the gradients under a column
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)

    def set_matrices(self, matrices: tuple[TensorMatrix, ...]) -> bool:
        """Show these tensors; return whether they are others than before, and not only other numbers."""
        if tuple(self.frames) == tuple(matrix.key for matrix in matrices):
            for matrix in matrices:
                self.frames[matrix.key].set_matrix(matrix)
            return False
        boxes.clear(self._grid)
        self.frames = {matrix.key: self._frame(matrix) for matrix in matrices}
        self._columns, self._gradients = _places(matrices)
        self._lay_out()
        self._share_bars()
        return True

    # ---- layout --------------------------------------------------------------------------------

    def _frame(self, matrix: TensorMatrix) -> TensorFrame:
        frame = TensorFrame(matrix)
        frame.cell_clicked.connect(self.cell_clicked)
        frame.answered.connect(self.answered)
        frame.wished.connect(self.wished)
        return frame

    def _lay_out(self) -> None:
        for c, keys in enumerate(self._columns):
            self._grid.addWidget(self._holder(keys), 0, c)
            below = self._gradients.get(c)
            if below:
                self._grid.addWidget(self._holder(below), 2, c)
        for c, below in self._gradients.items():
            self._grid.addWidget(self.frames[below[0]].check, 1, c, Qt.AlignmentFlag.AlignLeft)
        has_backward = bool(self._gradients)
        for row, stretch in ((0, 1), (2, 1 if has_backward else 0)):
            self._grid.setRowStretch(row, stretch)
        self._grid.setRowMinimumHeight(1, 2 * LANE + self.fontMetrics().height() + 4 if has_backward else 0)
        for c in range(max(self._grid.columnCount(), len(self._columns) + 1)):
            self._grid.setColumnStretch(c, 1 if c == len(self._columns) else 0)

    def _holder(self, keys: list[str]) -> QWidget:
        holder = QWidget()
        boxes.column(*(self.frames[key] for key in keys), boxes.STRETCH, owner=holder, spacing=3)
        return holder

    def _share_bars(self) -> None:
        """Let the tensors with as many rows scroll together, by the bar of the last of them."""
        groups: dict[int, list[TensorFrame]] = {}
        for frame in self.frames.values():
            groups.setdefault(frame.map.values.shape[0], []).append(frame)
        last = {key for column in (self._columns[-1:]) for key in column}
        last |= set(self._gradients.get(len(self._columns) - 1, ()))
        for group in groups.values():
            with_bar = [frame for frame in group if frame.key in last] or group
            for frame in group:
                frame.area.show_bar(frame in with_bar)
                for other in group:
                    if other is not frame:
                        frame.area.verticalScrollBar().valueChanged.connect(other.area.verticalScrollBar().setValue)

    # ---- arrows --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Draw all arrows again where tensors have moved: Qt alone repaints only what a tensor covered."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the way forward over the way back, between the rows."""
        if not self._gradients:
            return
        theme, last = style.current(), len(self._columns) - 1
        top, bottom = self._cell(0, 0).bottom() + 1.0, float(self._cell(2, min(self._gradients)).top())
        middles = [self._cell(0, c).center().x() + 0.5 for c in range(last + 1)]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _bus(painter, theme.forward, middles[:-1], middles[-1], top, top + LANE)
            if last in self._gradients:
                into = [middles[c] for c in self._gradients if c != last]
                _bus(painter, theme.gradient, into, middles[-1], bottom, bottom - LANE, goes_back=True)

    def _cell(self, row: int, column: int) -> QRect:
        return self._grid.cellRect(row, column)


def _bus(
    painter: QPainter,
    colour: str,
    ends: list[float],
    trunk: float,
    edge: float,
    lane: float,
    *,
    goes_back: bool = False,
) -> None:
    """Draw a line along `lane` from the tensors at `ends` to that at `trunk`, or back; the heads touch `edge`."""
    if not ends:
        return
    painter.setPen(QPen(QColor(colour), 1.4))
    painter.setBrush(QColor(colour))
    painter.drawLine(QPointF(min((*ends, trunk)), lane), QPointF(max((*ends, trunk)), lane))
    for x in (*ends, trunk):
        painter.drawLine(QPointF(x, edge), QPointF(x, lane))
    base = edge + (lane - edge) * 0.8
    for x in ends if goes_back else [trunk]:
        painter.drawPolygon(QPolygonF([QPointF(x, edge), QPointF(x - _HEAD, base), QPointF(x + _HEAD, base)]))


def _places(matrices: tuple[TensorMatrix, ...]) -> tuple[list[list[str]], dict[int, list[str]]]:
    """Return the variables column by column, and the gradients by the column of their variable."""
    columns: list[list[str]] = []
    column_of: dict[str, int] = {}
    names = {matrix.name for matrix in matrices}
    for matrix in matrices:
        if matrix.kind == "gradient" and matrix.shape_of in names:
            continue
        if not (matrix.is_under and columns):
            columns.append([])
        columns[-1].append(matrix.key)
        column_of[matrix.name] = len(columns) - 1
    gradients: dict[int, list[str]] = {}
    for matrix in matrices:
        if matrix.kind == "gradient" and matrix.shape_of in column_of:
            gradients.setdefault(column_of[matrix.shape_of], []).append(matrix.key)
    return columns, gradients
