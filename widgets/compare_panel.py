"""ComparePanel: two runs side by side, what differs between them, and their numbers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets import numbers, style
from widgets.boundary_plot import BoundaryPlot
from widgets.button import Button
from widgets.choice_box import ChoiceBox
from widgets.values import Choice, TransportReadouts

_ROWS = (
    ("train_loss", "Train loss", "L = (1/N) Σ Lᵢ + λ·Σ R(W) over the training examples"),
    ("test_loss", "Test loss", "The same over the examples that are not trained on"),
    ("test_accuracy", "Test accuracy", "Share of the test examples whose class is right"),
)
EMPTY = "Choose above what a second run does otherwise: same data, same seed, same start, one changed setting."


class ComparePanel(QWidget):
    """The boundary of both runs, and a small table of their losses.

    Signals
    -------
    difference_picked(str)
        The key of what the second run shall do otherwise.
    document_clicked()
        A saved document shall be the second run.
    end_clicked()
        The second run is not wanted any more.
    """

    difference_picked = Signal(str)
    document_clicked = Signal()
    end_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ChoiceBox("The second run differs by", "Both runs train in lock-step from iteration 0.")
        self.document = Button("Saved document…", "Compare with a document on disk, at its own settings.")
        self.end = Button("End comparison", "Let go of the second run; the first goes on.")
        self.names = (QLabel(), QLabel())
        self.plots = (BoundaryPlot(), BoundaryPlot())
        self.cells = {(row, i): QLabel() for row, _, _ in _ROWS for i in (0, 1)}
        self.empty = QLabel(EMPTY)
        self._pair = QWidget()
        self._build()
        self.box.choice_picked.connect(self.difference_picked)
        self.document.clicked.connect(lambda: self.document_clicked.emit())
        self.end.clicked.connect(lambda: self.end_clicked.emit())
        self.set_names("", "")

    def set_choices(self, choices: tuple[Choice, ...], current: str) -> None:
        """Offer `choices`. Never emits."""
        self.box.set_choices(choices, current)

    def set_names(self, first: str, second: str) -> None:
        """Name both runs; empty names show what to do. Never emits."""
        is_active = bool(second)
        for letter, label, name in zip("AB", self.names, (first, second), strict=True):
            label.setText(f"<b>{letter}</b> · {name}" if name else "")
        self._pair.setVisible(is_active)
        self.empty.setVisible(not is_active)
        self.end.setEnabled(is_active)

    def set_readouts(self, index: int, values: TransportReadouts) -> None:
        """Show the numbers of run `index`, 0 or 1. Never emits."""
        for row, _, _ in _ROWS:
            number = getattr(values, row)
            if number is None:
                text = "–"
            else:
                text = f"{numbers.fixed(100.0 * number, 1)} %" if row == "test_accuracy" else numbers.live(number)
            self.cells[row, index].setText(text)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.box, 1)
        top.addWidget(self.document)
        top.addWidget(self.end)
        self.empty.setProperty("role", "secondary")
        self.empty.setWordWrap(True)
        pair = QHBoxLayout(self._pair)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(2 * style.GRID)
        for label, plot in zip(self.names, self.plots, strict=True):
            plot.tools.hide()
            plot.probe_editor.hide()
            side = QVBoxLayout()
            side.addWidget(label)
            side.addWidget(plot, 1)
            pair.addLayout(side, 1)
        pair.addLayout(self._table())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.empty)
        column.addWidget(self._pair, 1)

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * style.GRID)
        for i, letter in enumerate("AB"):
            head = QLabel(letter)
            head.setProperty("role", "heading")
            grid.addWidget(head, 0, i + 1)
        for place, (row, text, tooltip) in enumerate(_ROWS, 1):
            label = QLabel(text)
            label.setToolTip(tooltip)
            label.setProperty("role", "secondary")
            grid.addWidget(label, place, 0)
            for i in (0, 1):
                cell = self.cells[row, i]
                cell.setProperty("role", "number")
                cell.setMinimumWidth(88)
                cell.setAccessibleName(f"{text} of run {'AB'[i]}")
                grid.addWidget(cell, place, i + 1)
        grid.setRowStretch(len(_ROWS) + 1, 1)
        return grid
