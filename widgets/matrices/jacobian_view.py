"""The Jacobian tab: ∂out/∂in as a matrix with its sparsity, and how n² grows while only n entries matter."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.controls.choice_box import ChoiceBox
from widgets.controls.derivation_text import DerivationText
from widgets.controls.labels import Label, Note, ScaledLabel, secondary
from widgets.controls.value_slider import ValueSlider
from widgets.matrices.named_map import NamedMap
from widgets.style import boxes, numbers, style
from widgets.style.themed import Themed
from widgets.values import Choice, NumberField
from widgets.values.jacobian import JacobianReading, JacobianSize

LARGEST = 4096
SIDE_WIDTH = 230
SIZES = tuple(float(n) for n in (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024))
UNITS = NumberField(
    key="units",
    label="units n",
    tooltip="Its Jacobian has n² entries, but an element-wise function has ∂aᵢ/∂zⱼ = 0 for i ≠ j: n entries matter.",
    stops=(*SIZES, 1536.0, 2048.0, 3072.0, 4096.0),
    default=8.0,
    low=1.0,
    high=float(LARGEST),
    integer=True,
)
MOST_LETTERS = 22  # of a choice: wide ones, so that some more have room
HINT = "Click an entry: how it is made is written out."
EMPTY = "Choose a layer: its Jacobian at the current example appears here."


class DiagonalPicture(QWidget):
    """The n × n Jacobian of an element-wise layer, drawn and never stored: one line on an empty square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = JacobianSize(8)
        self.setAccessibleName("Jacobian of an element-wise layer")

    def set_size(self, size: JacobianSize) -> None:
        """Draw the Jacobian of `size`."""
        self._size = size
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(150, 150)

    def minimumSizeHint(self) -> QSize:
        """Return the least that shows a grid of eight."""
        return QSize(110, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cells while they can be distinguished, otherwise the diagonal alone, at least a pixel thick."""
        theme, n = style.current(), self._size.n
        with QPainter(self) as painter:
            side = min(self.width(), self.height()) - 2.0
            area = QRectF(1, 1, side, side)
            painter.fillRect(area, QColor(theme.middle))
            cell = side / n
            if cell >= 4.0:
                for k in range(n):
                    painter.fillRect(QRectF(1 + k * cell, 1 + k * cell, cell, cell), QColor(theme.gradient_positive))
                painter.setPen(QPen(QColor(theme.line), 1))
                lines = [QLineF(1 + k * cell, 1, 1 + k * cell, 1 + side) for k in range(n + 1)]
                lines += [QLineF(1, 1 + k * cell, 1 + side, 1 + k * cell) for k in range(n + 1)]
                painter.drawLines(lines)
            else:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(theme.gradient_positive), max(cell, 1.0)))
                painter.drawLine(area.topLeft(), area.bottomRight())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(area)


class JacobianView(Themed, QWidget):
    """A choice of matrix, the matrix, its sparsity; beside it the picture of an element-wise layer of n units.

    Signals
    -------
    choice_picked(str)
        Which Jacobian to show (a layer, or output by input).
    cell_clicked(int, int)
        An entry: output and input number.
    answered(int, int, str)
        An entry whose number is hidden, and what was typed for it.
    wished(int, int, str)
        An entry, and what is asked of it: ``why`` or ``predict``.
    """

    choice_picked = Signal(str)
    cell_clicked = Signal(int, int)
    answered = Signal(int, int, str)
    wished = Signal(int, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceBox("Jacobian of", "∂out/∂in at the current example: row i, column j is ∂outᵢ/∂inⱼ.")
        self.title, self.sparsity, self.note = ScaledLabel(9.5, bold=True), Label(), Note("secondary")
        self.cell = DerivationText("Where the clicked entry comes from", 2)
        self.empty = secondary(EMPTY)
        self.map = NamedMap("∂out/∂in", "gradient")
        self._side = QWidget()
        self.picture, self.units, self.growth = DiagonalPicture(), ValueSlider(UNITS), Label()
        self._build()
        self.choice.choice_picked.connect(self.choice_picked)
        self.map.cell_clicked.connect(self.cell_clicked)
        self.map.answered.connect(self.answered)
        self.map.wished.connect(self.wished)
        self.units.value_changed.connect(self._on_units_changed)
        self._on_units_changed(UNITS.default)

    def set_choices(self, choices: tuple[Choice, ...], current: str) -> None:
        """Offer the Jacobians that can be shown. Never emits."""
        self.choice.set_choices(choices, current)
        longest = max((len(choice.label) for choice in choices), default=0)
        self.choice.box.setMinimumContentsLength(min(longest, MOST_LETTERS))

    def set_reading(self, reading: JacobianReading | None) -> None:
        """Show one Jacobian; None says how to get one."""
        self.empty.setVisible(reading is None)
        for part in (self.map, self.title, self.sparsity, self.note, self.cell):
            part.setVisible(reading is not None)
        if reading is None:
            return
        rows, columns = reading.matrix.shape
        self.map.set_values(reading.matrix, reading.blanks)
        self.map.set_labels(reading.row_names or reading.row_labels, reading.column_labels)
        self.title.setText(f"{reading.title}  [{rows}×{columns}]")
        self.sparsity.setText(
            "Some entries are hidden."
            if reading.blanks
            else f"{numbers.fixed(100.0 * reading.sparsity, 1)} % zeros: {numbers.grouped(reading.n_nonzero)} of "
            f"{numbers.grouped(rows * columns)} differ from 0"
        )
        self.note.setText(reading.note)

    def set_cell(self, cell: tuple[int, int] | None, text: str = "") -> None:
        """Ring the entry (row, column) and write out where it comes from. Never emits."""
        self.map.set_lit(cell=cell)
        self.cell.set_text(text or HINT)

    def _build(self) -> None:
        self.choice.setMinimumWidth(180)
        self.choice.setMaximumWidth(300)
        self.growth.setWordWrap(True)
        self.cell.set_text(HINT)
        holder = QWidget()
        boxes.column(self.map, boxes.STRETCH, owner=holder).setAlignment(self.map, Qt.AlignmentFlag.AlignLeft)
        words = boxes.column(boxes.STRETCH, self.title, self.sparsity, spacing=2)
        top = boxes.row(self.choice, (words, 1), spacing=16)
        matrix = boxes.scroll_area(holder)
        left = boxes.column(top, self.empty, self.note, (matrix, 1), self.cell, spacing=6)
        boxes.column(self.units, (self.picture, 1), self.growth, owner=self._side, spacing=6)
        boxes.row((left, 1), self._side, owner=self, spacing=24)
        self.take_theme()
        self.set_reading(None)

    def take_theme(self) -> None:
        """Keep the picture's side as wide as its words need in the current type."""
        self._side.setFixedWidth(round(SIDE_WIDTH * style.current().scale))

    def _on_units_changed(self, value: float) -> None:
        size = JacobianSize(max(int(value), 1))
        self.picture.set_size(size)
        self.growth.setText(
            f"Element-wise: n² = {numbers.grouped(size.entries)} entries ({numbers.fixed(size.megabytes, 3)} MB), "
            f"only n = {numbers.grouped(size.kept)} can differ from 0: "
            f"{numbers.fixed(100.0 * size.sparsity, 2)} % zeros. Backprop multiplies just these."
        )
