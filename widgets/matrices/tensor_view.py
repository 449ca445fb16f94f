"""The Tensors tab: layers as bricks with shapes, each tensor as a heat map, each cell with its dot product."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from widgets.controls.derivation_text import DerivationText
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import ScaledLabel, secondary
from widgets.matrices.matrix_map import MatrixMap
from widgets.style import boxes, numbers, style
from widgets.style.themed import Themed
from widgets.values.tensors import CellReading, DotTerm, TensorBrick, TensorMatrix, TensorReading

EMPTY = "No batch yet: the tensors of the pending batch appear here."
HINT = "Click a cell: the row and the column that made it light up, and their dot product is written out."
LEFT_WIDTH = 210
NOT_YET = "not computed yet"
MOST_TERMS = 10
MOST_TERMS_IN_TIP = 64


def shape_text(shape: tuple[int, ...]) -> str:
    """Return ``[32×4]``."""
    return f"[{'×'.join(str(n) for n in shape)}]"


class TensorFrame(QWidget):
    """One tensor: name, shape, formula, heat map, and the check that a gradient has its variable's shape."""

    cell_clicked = Signal(str, int, int)

    def __init__(self, matrix: TensorMatrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = matrix.key
        self.title, self.formula, self.check = ScaledLabel(9.5, bold=True), secondary(wrap=False), secondary(wrap=False)
        self.map = MatrixMap(matrix.name, matrix.kind)
        self.map.cell_clicked.connect(lambda row, column: self.cell_clicked.emit(self.key, row, column))
        policy = self.map.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.map.setSizePolicy(policy)
        head = boxes.row(self.title, self.check, boxes.STRETCH, spacing=8)
        boxes.column(head, self.formula, self.map, owner=self, spacing=2)
        self.set_matrix(matrix)

    def set_matrix(self, matrix: TensorMatrix) -> None:
        """Show other numbers of the same tensor."""
        self.map.set_values(matrix.values)
        self.map.set_labels(matrix.row_names, matrix.column_names)
        shape = matrix.values.shape
        self.title.setText(f"{matrix.name}  {shape_text(shape)}")
        self.title.setToolTip(f"rows: {matrix.row_label}, columns: {matrix.column_label}")
        self.formula.setText(matrix.formula if matrix.is_known else f"{matrix.formula} · {NOT_YET}")
        self.map.setVisible(matrix.is_known)
        if matrix.shape_expected is not None:
            same = tuple(matrix.shape_expected) == tuple(shape)
            wanted = shape_text(matrix.shape_expected)
            self.check.setText(f"✓ shape of {matrix.shape_of}" if same else f"✗ shape of {matrix.shape_of} {wanted}")
            self.check.setToolTip(
                f"The gradient {'has' if same else 'lacks'} the shape of its variable {matrix.shape_of} {wanted}"
            )
        self.check.setVisible(matrix.shape_expected is not None)


class TensorView(Themed, QWidget):
    """The bricks under each other with formulas and a dot product at the left, the tensors of the chosen one beside.

    ``brick`` is the key of the chosen brick, ``frames`` holds its drawn tensors by their keys.

    Signals
    -------
    brick_clicked(str)
        The key of a brick; answer with ``set_reading``.
    cell_clicked(str, int, int)
        Tensor key, row, column; answer with ``set_cell``.
    """

    brick_clicked = Signal(str)
    cell_clicked = Signal(str, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: TensorReading | None = None
        self.brick = ""
        self._buttons: dict[str, QPushButton] = {}
        self.frames: dict[str, TensorFrame] = {}
        self.empty, self.formulas = secondary(EMPTY), ScaledLabel(9.0)
        self.cell = DerivationText("Dot product of the clicked cell", 4)
        self.batch = ElidedLabel()
        self._bricks_column, self._frames_row = boxes.column(spacing=2), boxes.row(spacing=16)
        self._build()

    def set_reading(self, reading: TensorReading | None, brick: str = "") -> None:
        """Show a network's bricks and the tensors of `brick`, of the first without one. Never emits."""
        before = self._reading.bricks if self._reading else ()
        self._reading = reading
        bricks = reading.bricks if reading else ()
        self.empty.setVisible(not bricks)
        self.batch.setText(reading.title if reading else "")
        if bricks != before:
            self._rebuild_bricks(bricks)
        keys = [one.key for one in bricks]
        self.brick = brick if brick in keys else next(iter(keys), "")
        self._show_brick()

    def set_cell(self, cell: CellReading | None) -> None:
        """Light the row and the column that made a cell, and write its dot product out."""
        for frame in self.frames.values():
            frame.map.set_lit()
        self.cell.set_text(HINT if cell is None else _dot_product(cell, MOST_TERMS))
        self.cell.setToolTip("" if cell is None else _dot_product(cell, MOST_TERMS_IN_TIP))
        if cell is None:
            return
        if cell.tensor in self.frames:
            self.frames[cell.tensor].map.set_lit(cell=(cell.row, cell.column))
        for part in (cell.left, cell.right):
            if part is not None and part[0] in self.frames:
                key, axis, place = part
                self.frames[key].map.set_lit(**{axis: place})  # type: ignore[arg-type]

    # ---- layout --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.formulas.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.batch.setProperty("role", "secondary")
        self.cell.set_text(HINT)
        bricks, frames, left = QWidget(), QWidget(), QWidget()
        bricks.setLayout(self._bricks_column)
        frames.setLayout(self._frames_row)
        self._bricks_area = boxes.scroll_area(bricks)
        self._bricks_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bricks_area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._reveal_brick())
        self._left = left
        words = self.formulas, self.batch, self.cell
        boxes.column(self.empty, (self._bricks_area, 1), *words, owner=left, spacing=4)
        boxes.row(left, (boxes.scroll_area(frames), 1), owner=self, spacing=16)
        self.take_theme()

    def take_theme(self) -> None:
        """Keep the left side as wide as its words need in the current type."""
        self._left.setFixedWidth(round(LEFT_WIDTH * style.current().scale))
        self._bricks_area.setMinimumHeight(3 * QFontMetrics(style.sans(9.0)).height())

    def _reveal_brick(self) -> None:
        if self.brick in self._buttons:
            self._bricks_area.ensureWidgetVisible(self._buttons[self.brick], 0, 20)

    def _rebuild_bricks(self, bricks: tuple[TensorBrick, ...]) -> None:
        boxes.clear(self._bricks_column)
        self._buttons.clear()
        for brick in bricks:
            button = QPushButton(f"{brick.title}   {shape_text(brick.shape_in)} → {shape_text(brick.shape_out)}")
            button.setStyleSheet("QPushButton { text-align: left; padding: 2px 6px; }")
            button.setCheckable(True)
            button.setToolTip("\n".join((brick.forward, *brick.backward)))
            button.setAccessibleName(f"{brick.title}, from {brick.shape_in} to {brick.shape_out}")
            button.clicked.connect(lambda _checked=False, key=brick.key: self.brick_clicked.emit(key))
            self._buttons[brick.key] = button
            self._bricks_column.addWidget(button)
        self._bricks_column.addStretch(1)

    def _show_brick(self) -> None:
        for key, button in self._buttons.items():
            was = button.isChecked()
            button.setChecked(key == self.brick)
            if button.isChecked() and not was:
                self._reveal_brick()
        reading = self._reading
        brick = next((b for b in reading.bricks if b.key == self.brick), None) if reading else None
        if reading is None or brick is None:
            self.formulas.clear()
            self._show_frames(())
            return
        self.formulas.setText("\n".join((brick.forward, *brick.backward)))
        by_key = {matrix.key: matrix for matrix in reading.tensors}
        self._show_frames(tuple(by_key[key] for key in brick.tensors if key in by_key))

    def _show_frames(self, matrices: tuple[TensorMatrix, ...]) -> None:
        if tuple(self.frames) == tuple(matrix.key for matrix in matrices):
            for matrix in matrices:
                self.frames[matrix.key].set_matrix(matrix)
            return
        boxes.clear(self._frames_row)
        self.frames = {}
        column = boxes.column()
        for matrix in matrices:
            frame = TensorFrame(matrix)
            frame.cell_clicked.connect(self.cell_clicked)
            self.frames[matrix.key] = frame
            if not matrix.is_under:
                column = self._new_column()
            column.insertWidget(column.count() - 1, frame)
        self._frames_row.addStretch(1)
        self.cell.set_text(HINT)

    def _new_column(self) -> QVBoxLayout:
        holder = QWidget()
        column = boxes.column(boxes.STRETCH, owner=holder, spacing=8)
        self._frames_row.addWidget(holder)
        return column


def _dot_product(cell: CellReading, most: int) -> str:
    """Return the cell's formula with its products; long sums are cut after `most`, and said so."""
    result = f"{'=' if numbers.is_exact(cell.value) else numbers.APPROXIMATELY} {numbers.four(cell.value)}"
    text = cell.formula
    if cell.terms:
        shown = cell.terms[:most]
        left_out = max(cell.n_terms, len(cell.terms)) - len(shown)
        more = numbers.plural(left_out, "{count} more product", "{count} more products")
        rest = f" + … {more}" if left_out else ""
        text += f" = {' + '.join(_term(term) for term in shown)}{rest}"
        if len(cell.terms) > 1 and not left_out:
            text += f" = {' + '.join(numbers.bracketed(term.product) for term in shown)}"
    return f"{text} {result}" + (f"\n{cell.note}" if cell.note else "")


def _term(term: DotTerm) -> str:
    return f"{numbers.bracketed(term.left)} · {numbers.bracketed(term.right)}"
