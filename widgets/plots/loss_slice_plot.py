"""The loss over two directions as a contour map, with the path of training on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from widgets.controls.button import Button
from widgets.controls.choice_box import compact_box
from widgets.controls.elided_label import ElidedLabel
from widgets.plots.loss_slice_canvas import WAITING, LossSliceCanvas
from widgets.style import boxes, numbers
from widgets.values import Choice, Floats
from widgets.values.loss_slice import LossSurface

MEASURE = ("Measure", "Measure the loss around the current weights")
TOOLTIP = (
    "The loss of the training set, data loss + regularization loss, over two directions through the\n"
    "current weights: each place is another network.\n"
    "Contours join places of equal loss; the line is the path that training took, from ■ the start to ● now."
)


class LossSlicePlot(QWidget):
    """The map with its choices, and the progress of measuring.

    Signals
    -------
    kind_picked(str)
        The directions that the user chose.
    weights_picked(int, int)
        The two weights, by their place in the list offered.
    measure_clicked(), cancel_clicked()
        The user asked to measure (again), or to stop measuring.
    """

    kind_picked = Signal(str)
    weights_picked = Signal(int, int)
    measure_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = LossSliceCanvas(self)
        self.kind_box = compact_box("Directions", "Along which two directions the loss is measured.")
        self.first_box = compact_box("Weight across", "The weight that varies across; all others stay.")
        self.second_box = compact_box("Weight up", "The weight that varies up; all others stay.")
        self.title, self.key = ElidedLabel(parent=self), ElidedLabel(parent=self)
        for line in (self.title, self.key):
            line.setProperty("role", "secondary")
            line.setToolTip(TOOLTIP)
        self.canvas.setToolTip(TOOLTIP)
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName("Measuring the loss")
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.button = Button(*MEASURE, parent=self)
        self._lay_out()
        self._is_measuring = False
        self.kind_box.activated.connect(lambda _i: self.kind_picked.emit(str(self.kind_box.currentData())))
        for box in (self.first_box, self.second_box):
            box.activated.connect(lambda _i: self._on_weight_picked())
        self.button.clicked.connect(self._on_clicked)

    def _lay_out(self) -> None:
        top, weights = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.kind_box, 1)
        top.addWidget(self.button)
        for box in (self.first_box, self.second_box):
            weights.addWidget(box, 1)
        boxes.column(top, weights, self.progress, self.title, self.key, (self.canvas, 1), owner=self, spacing=4)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)

    def set_choices(
        self, kinds: tuple[Choice, ...], kind: str, weights: tuple[str, ...], pair: tuple[int, int] | None
    ) -> None:
        """Offer `kinds`, and `weights` of which `pair` is shown; None hides the weights. Never emits."""
        if self.kind_box.count() != len(kinds):
            self.kind_box.clear()
            for choice in kinds:
                self.kind_box.addItem(choice.label, choice.key)
                self.kind_box.setItemData(self.kind_box.count() - 1, choice.tooltip, Qt.ItemDataRole.ToolTipRole)
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind))
        for i, box in enumerate((self.first_box, self.second_box)):
            if [box.itemText(at) for at in range(box.count())] != list(weights):
                box.clear()
                box.addItems(list(weights))
            box.setVisible(pair is not None)
            if pair is not None:
                box.setCurrentIndex(pair[i])

    def set_surface(self, surface: LossSurface | None, message: str = WAITING) -> None:
        """Show `surface`, or `message` where there is none."""
        self.canvas.show_surface(surface, message)
        self.title.setText(surface.title if surface else "")
        self.key.setText(_key(surface) if surface else "")

    def set_path(self, path: Floats) -> None:
        """Show the path of training, (n, 2)."""
        self.canvas.show_path(path)

    def set_progress(self, share: float | None) -> None:
        """Show how much is measured; None when nothing is being measured."""
        self._is_measuring = share is not None
        self.progress.setVisible(self._is_measuring)
        self.progress.setValue(round(1000 * (share or 0.0)))
        if self._is_measuring != (self.button.text() == "Cancel"):
            word, tooltip = ("Cancel", "Stop measuring") if self._is_measuring else MEASURE
            self.button.set_face(word, "", tooltip)

    def _on_weight_picked(self) -> None:
        self.weights_picked.emit(self.first_box.currentIndex(), self.second_box.currentIndex())

    def _on_clicked(self) -> None:
        (self.cancel_clicked if self._is_measuring else self.measure_clicked).emit()


def _key(surface: LossSurface) -> str:
    known = surface.values[np.isfinite(surface.values)]
    ends = f" {numbers.four(float(known.min()))} … {numbers.four(float(known.max()))}" if known.size else ""
    return f"grey: loss{ends} · ■ start · ● now"
