"""The numbers of two runs under each other; the head of a column shows its curve."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import Label, secondary
from widgets.loss_plot.curve_style import CurveStyle
from widgets.loss_plot.line_sample import LineSample
from widgets.style import numbers, style
from widgets.style.themed import Themed
from widgets.values import Choice, TransportReadouts

LETTERS = "AB"
_DATA_PART = "without regularization, so that runs with different λ can be compared"
COLUMNS = (
    Choice("train_loss", "train data loss", f"(1/N) Σ Lᵢ over the training examples; {_DATA_PART}"),
    Choice("test_loss", "test data loss", f"(1/N) Σ Lᵢ over the test examples; {_DATA_PART}"),
    Choice("test_accuracy", "accuracy", "the share of the test examples whose class is right"),
)


class CompareTable(Themed, QWidget):
    """A legend and read-outs in one: each row has the line, the letter and the name of a run.

    Signals
    -------
    curve_picked(str)
        The key of the column whose curve the user wants to see.
    """

    curve_picked = Signal(str)

    def __init__(self, weight: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads = {column.key: QPushButton(column.label, self) for column in COLUMNS}
        self.samples = tuple(LineSample(CurveStyle("text", ()), weight, self) for _ in LETTERS)
        self.names = (ElidedLabel(), ElidedLabel())
        self.cells = {(column.key, i): Label("–") for column in COLUMNS for i in (0, 1)}
        self._group = QButtonGroup(self)
        self._current = COLUMNS[0].key
        self._build()
        self.take_theme()

    @property
    def curve(self) -> str:
        """The key of the column whose curve is shown."""
        return self._current

    def set_curve(self, key: str) -> None:
        """Show that the curve of column `key` is drawn. Never emits."""
        self._current = key
        self.heads[key].setChecked(True)

    def set_columns(self, keys: tuple[str, ...]) -> None:
        """Offer the columns `keys` alone: regression has no accuracy. Never emits."""
        for key, head in self.heads.items():
            for part in (head, self.cells[key, 0], self.cells[key, 1]):
                part.setVisible(key in keys)

    def set_styles(self, styles: tuple[CurveStyle, ...]) -> None:
        """Draw the samples as the plot draws the curves. Never emits."""
        for sample, one in zip(self.samples, styles, strict=True):
            sample.set_style(one)

    def set_names(self, names: tuple[str, str], tooltip: str) -> None:
        """Name both runs; the tooltip says everything that differs. Never emits."""
        for i, (label, name) in enumerate(zip(self.names, names, strict=True)):
            label.setText(f"{LETTERS[i]} · {name}")
            label.setToolTip(tooltip)

    def set_readouts(self, index: int, values: TransportReadouts) -> None:
        """Show the numbers of run `index`, 0 or 1. Never emits."""
        for column in COLUMNS:
            number = getattr(values, column.key)
            if number is None:
                text = "–"
            else:
                is_share = column.key == "test_accuracy"
                text = f"{numbers.fixed(100.0 * number, 1)} %" if is_share else numbers.live(number)
            self.cells[column.key, index].setText(text)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(secondary("curve and numbers", wrap=False), 0, 0, 1, 2)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for i, (sample, name) in enumerate(zip(self.samples, self.names, strict=True), 1):
            grid.addWidget(sample, i, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(name, i, 1)
        for place, column in enumerate(COLUMNS, 2):
            head = self.heads[column.key]
            head.setProperty("role", "flat")
            head.setCheckable(True)
            head.setStyleSheet("QPushButton { padding: 0px 3px; }")
            head.setAccessibleName(f"Curve of both runs: {column.label}")
            head.setToolTip(f"Draw the {column.label} of both runs: {column.tooltip}.")
            head.clicked.connect(lambda _checked, key=column.key: self._on_clicked(key))
            self._group.addButton(head)
            grid.addWidget(head, 0, place, right)
            for i in (0, 1):
                cell = self.cells[column.key, i]
                cell.setProperty("role", "number")
                cell.setAlignment(right)
                cell.setAccessibleName(f"{column.label} of run {LETTERS[i]}")
                grid.addWidget(cell, i + 1, place)
        self.heads[self._current].setChecked(True)

    def take_theme(self) -> None:
        """Take the fonts of the theme, with room for the bold head and the longest number: nothing moves."""
        small, bold = style.sans(8.0), QFontMetrics(style.sans(8.0, bold=True))
        room = QFontMetrics(style.mono(8.0)).horizontalAdvance("0.000e−000")
        for key, head in self.heads.items():
            head.setFont(small)
            head.setFixedWidth(max(bold.horizontalAdvance(head.text()) + 8, room))
            for i in (0, 1):
                self.cells[key, i].setFont(style.mono(8.0))
                self.cells[key, i].setFixedWidth(room)

    def _on_clicked(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self.curve_picked.emit(key)
