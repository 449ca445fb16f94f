"""One tensor of a brick: its name and shape, its formula, its heat map, and the check of a gradient's shape."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import ScaledLabel, secondary
from widgets.matrices.matrix_map import LEAST_CELL, MatrixMap
from widgets.style import boxes, style
from widgets.values.tensors import TensorMatrix

NOT_YET = "not computed yet"
LEAST_ROWS = 3


def shape_text(shape: tuple[int, ...]) -> str:
    """Return ``[32×4]``."""
    return f"[{'×'.join(str(n) for n in shape)}]"


def _ways(formula: str) -> tuple[str, str]:
    """Return a caption, and it without what it adds to the formula: ``= dY·Wᵀ`` of ``= dY·Wᵀ (x is not trained)``."""
    return formula, formula.partition(" (")[0].partition(",")[0]


class MapArea(QScrollArea):
    """A heat map at its own width; where height is short its rows scroll. The bar shows only where it is wanted."""

    def __init__(self, inside: MatrixMap) -> None:
        super().__init__()
        self._map = inside
        boxes.prepare_scroll_area(self, inside)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_bar(self, on: bool) -> None:
        """Have a scroll bar, or follow another area's."""
        wanted = Qt.ScrollBarPolicy.ScrollBarAsNeeded if on else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(wanted)

    def take_size(self) -> None:
        """Follow the size of the matrix."""
        self.setMaximumHeight(self._map.sizeHint().height())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the whole matrix at its best."""
        hint = self._map.sizeHint()
        return QSize(hint.width() + self._bar(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return its whole width, with a few rows."""
        least = self._map.minimumSizeHint()
        rows = round(LEAST_ROWS * LEAST_CELL[1] * style.current().scale) + 2
        return QSize(least.width() + self._bar(), min(least.height(), rows))

    def _bar(self) -> int:
        has_bar = self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
        return self.verticalScrollBar().sizeHint().width() if has_bar else 0


class TensorFrame(QWidget):
    """One tensor; a sheet that draws its variable above it takes ``check`` out, and puts it between the two."""

    cell_clicked = Signal(str, int, int)
    answered = Signal(str, int, int, str)
    wished = Signal(str, int, int, str)

    def __init__(self, matrix: TensorMatrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = matrix.key
        self.title, self.formula, self.check = ScaledLabel(9.5, bold=True), ElidedLabel(), secondary(wrap=False)
        self.formula.setProperty("role", "secondary")
        self.map = MatrixMap(matrix.name, matrix.kind)
        self.map.cell_clicked.connect(lambda row, column: self.cell_clicked.emit(self.key, row, column))
        self.map.answered.connect(lambda row, column, typed: self.answered.emit(self.key, row, column, typed))
        self.map.wished.connect(lambda row, column, wish: self.wished.emit(self.key, row, column, wish))
        self.area = MapArea(self.map)
        policy = self.area.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.area.setSizePolicy(policy)
        if matrix.is_under:
            head = boxes.row(self.title, (self.formula, 1), self.check, spacing=6)
            boxes.column(head, self.area, owner=self, spacing=1)
        else:
            head = boxes.row(self.title, self.check, boxes.STRETCH, spacing=6)
            boxes.column(head, self.formula, self.area, owner=self, spacing=1)
        self.set_matrix(matrix)

    def set_matrix(self, matrix: TensorMatrix) -> None:
        """Show other numbers of the same tensor."""
        if matrix.values.shape != self.map.values.shape:
            self.map.set_values(matrix.values)
            self.area.take_size()
        self.map.set_values(matrix.values, matrix.blanks)
        self.map.set_labels(matrix.row_names, matrix.column_names)
        shape = matrix.values.shape
        self.title.setText(f"{matrix.name} {shape_text(shape)}")
        self.title.setToolTip(f"rows: {matrix.row_label}, columns: {matrix.column_label}")
        self.formula.set_ways(*(_ways(matrix.formula) if matrix.is_known else (NOT_YET,)))
        self.formula.setToolTip("" if matrix.is_known else matrix.formula)
        self.area.setVisible(matrix.is_known)
        if matrix.shape_expected is not None:
            same = tuple(matrix.shape_expected) == tuple(shape)
            wanted = shape_text(matrix.shape_expected)
            self.check.setText(f"✓ shape of {matrix.shape_of}" if same else f"✗ shape of {matrix.shape_of} {wanted}")
            self.check.setToolTip(
                f"The gradient {'has' if same else 'lacks'} the shape of its variable {matrix.shape_of} {wanted}"
            )
        self.check.setVisible(matrix.shape_expected is not None)
