"""Which classes are taken for which: the matrix, the accuracy in words, train or test."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import secondary
from widgets.frame.panel import Panel
from widgets.matrices.confusion_grid import ConfusionGrid
from widgets.style import boxes, numbers
from widgets.values.confusion import Confusion

PARTS = {"train": "Train", "test": "Test"}


class ConfusionMatrix(Panel):
    """Counts and per cent per pair of classes, with a switch between training and test examples.

    Signals
    -------
    part_picked(str)
        ``"train"`` or ``"test"``, as the user switched.
    cell_clicked(int, int)
        True and predicted class of a cell.
    """

    part_picked = Signal(str)
    cell_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, framed: bool = True) -> None:
        super().__init__("Confusion", parent, framed=framed)
        self._confusion: Confusion | None = None
        self.grid = ConfusionGrid()
        self.summary = secondary()
        self.parts = {
            part: Button(word, f"Count the {part} examples.", role="flat", checkable=True)
            for part, word in PARTS.items()
        }
        self.tools = QWidget()  # a dock may take it into its heading
        boxes.row(*self.parts.values(), owner=self.tools)
        self.add_to_header(self.tools)
        group = QButtonGroup(self)
        for part, button in self.parts.items():
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, part=part: self._on_part_clicked(part))
        self.grid.cell_clicked.connect(self.cell_clicked)
        boxes.add(self.body, self.summary, (self.grid, 1))
        self.set_nothing("")

    @property
    def confusion(self) -> Confusion | None:
        """What is shown; None when there is nothing to count."""
        return self._confusion

    def set_confusion(self, confusion: Confusion) -> None:
        """Show `confusion`. Never emits."""
        self._confusion = confusion
        self.grid.set_confusion(confusion)
        self.grid.show()
        self._check(confusion.part)
        total, right = int(confusion.counts.sum()), int(confusion.counts.trace())
        if total:
            share = numbers.fixed(100.0 * right / total, 1)
            right_of_all = f"{numbers.grouped(right)} / {numbers.grouped(total)}"
            text = f"accuracy = {right_of_all} = {share} % of the {confusion.part} examples"
        else:
            text = f"There are no {confusion.part} examples."
        self.summary.setText(f"{text}; {confusion.note}" if confusion.note else text)

    def set_nothing(self, reason: str) -> None:
        """Show why there is nothing to count, such as a regression. Never emits."""
        self._confusion = None
        self.grid.hide()
        self.summary.setText(reason)

    def _on_part_clicked(self, part: str) -> None:
        shown = self._confusion.part if self._confusion else part
        if part != shown:
            self._check(shown)
            self.part_picked.emit(part)

    def _check(self, part: str) -> None:
        for name, button in self.parts.items():
            with QSignalBlocker(button):
                button.setChecked(name == part)
