"""The Tensors tab: layers as bricks with shapes, each tensor as a heat map, each cell with its dot product."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.controls.button import Button
from widgets.controls.derivation_text import DerivationText
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import ScaledLabel, secondary
from widgets.matrices.brick_code_view import BrickCodeView
from widgets.matrices.brick_sheet import BrickSheet
from widgets.matrices.tensor_frame import TensorFrame, shape_text
from widgets.style import boxes, numbers, style
from widgets.style.themed import Themed
from widgets.values.tensors import BrickCode, CellReading, DotTerm, TensorBrick, TensorMatrix, TensorReading
from widgets.values.veil import HIDDEN_TEXT, UNKNOWN

EMPTY = "No batch yet: the tensors of the pending batch appear here."
HINT = "Click a cell: the row and the column that made it light up, and their dot product is written out."
CODE_TIP = "Show the brick as code: forward(), what it keeps, backward(), each line with its present numbers."
LEFT_WIDTH, WIDEST_LEFT = 204, 280
MOST_TERMS = 10
MOST_TERMS_IN_TIP = 64


class TensorView(Themed, QWidget):
    """The bricks under each other with formulas and a dot product at the left, the tensors of the chosen one beside.

    ``brick`` is the key of the chosen brick.

    Signals
    -------
    brick_clicked(str)
        The key of a brick; answer with ``set_reading``.
    cell_clicked(str, int, int)
        Tensor key, row, column; answer with ``set_cell``.
    code_toggled(bool)
        Whether the brick is wanted as code; answer with ``set_code``.
    answered(str, int, int, str)
        A cell whose number is hidden, and what was typed for it.
    wished(str, int, int, str)
        A cell, and what is asked of its number: ``why`` or ``predict``.
    """

    brick_clicked = Signal(str)
    cell_clicked = Signal(str, int, int)
    code_toggled = Signal(bool)
    answered = Signal(str, int, int, str)
    wished = Signal(str, int, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: TensorReading | None = None
        self.brick = ""
        self._buttons: dict[str, QPushButton] = {}
        self.sheet, self.code = BrickSheet(), BrickCodeView()
        self.show_code = Button("Code", CODE_TIP, "list", role="flat", checkable=True)
        self.empty, self.formulas = secondary(EMPTY), ScaledLabel(9.0)
        self.cell = DerivationText("Dot product of the clicked cell", 4)
        self.batch = ElidedLabel()
        self._bricks_column = boxes.column(spacing=2)
        self._build()
        self.sheet.cell_clicked.connect(self.cell_clicked)
        self.sheet.answered.connect(self.answered)
        self.sheet.wished.connect(self.wished)
        self.show_code.clicked.connect(self.code_toggled)

    @property
    def frames(self) -> dict[str, TensorFrame]:
        """The drawn tensors by their keys."""
        return self.sheet.frames

    def set_reading(self, reading: TensorReading | None, brick: str = "") -> None:
        """Show a network's bricks and the tensors of `brick`, of the first without one. Never emits."""
        before = self._reading.bricks if self._reading else ()
        self._reading = reading
        bricks = reading.bricks if reading else ()
        self.empty.setVisible(not bricks)
        title = reading.title if reading else ""
        self.batch.set_ways(title, title.replace("pending batch", "batch"), title.replace("pending batch of ", ""))
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

    def set_code(self, code: BrickCode | None) -> None:
        """Show the chosen brick as code in the place of its tensors; None shows the tensors. Never emits."""
        self.show_code.setChecked(code is not None)
        self._tensors.setVisible(code is None)
        self.code.setVisible(code is not None)
        self.code.copy.setVisible(code is not None)
        self.cell.setVisible(code is None)
        if code is not None:
            self.code.set_code(code)

    # ---- layout --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.formulas.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.batch.setProperty("role", "secondary")
        self.cell.set_text(HINT)
        bricks, left = QWidget(), QWidget()
        bricks.setLayout(self._bricks_column)
        self._bricks_area = boxes.scroll_area(bricks)
        self._bricks_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bricks_area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._reveal_brick())
        self._left = left
        self.code.hide()
        self.code.copy.hide()
        self._tensors = boxes.scroll_area(self.sheet)
        buttons = boxes.column(self.show_code, self.code.copy, boxes.STRETCH, spacing=2)
        law = boxes.row((self.formulas, 1), buttons)
        boxes.column(self.empty, (self._bricks_area, 1), law, self.batch, self.cell, owner=left, spacing=4)
        boxes.row(left, (self._tensors, 1), (self.code, 1), owner=self, spacing=10)
        self.take_theme()

    def take_theme(self) -> None:
        """Keep the left side as wide as its words need in the current type."""
        scale, bar = style.current().scale, self._bricks_area.verticalScrollBar().sizeHint().width()
        widest = max((button.sizeHint().width() + bar for button in self._buttons.values()), default=0)
        self._left.setFixedWidth(max(round(LEFT_WIDTH * scale), min(widest, round(WIDEST_LEFT * scale))))
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
        self.take_theme()

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
        if self.sheet.set_matrices(matrices):
            self.cell.set_text(HINT)


def _dot_product(cell: CellReading, most: int) -> str:
    """Return the cell's formula with its products; long sums are cut after `most`, and said so."""
    result = f"= {HIDDEN_TEXT}"
    if cell.value is not UNKNOWN:
        result = f"{'=' if numbers.is_exact(cell.value) else numbers.APPROXIMATELY} {numbers.four(cell.value)}"
    text = cell.formula
    if cell.terms:
        shown = cell.terms[:most]
        left_out = max(cell.n_terms, len(cell.terms)) - len(shown)
        more = numbers.plural(left_out, "{count} more product", "{count} more products")
        rest = f" + … {more}" if left_out else ""
        text += f" = {' + '.join(_term(term) for term in shown)}{rest}"
        if len(cell.terms) > 1 and not left_out:
            text += f" = {' + '.join(_number(term.product) for term in shown)}"
    return f"{text} {result}" + (f"\n{cell.note}" if cell.note else "")


def _term(term: DotTerm) -> str:
    return f"{_number(term.left)} · {_number(term.right)}"


def _number(x: float) -> str:
    return HIDDEN_TEXT if x is UNKNOWN else numbers.bracketed(x)
