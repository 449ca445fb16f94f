"""What the scales at the left and the right of the curves measure."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from widgets.controls.labels import Label
from widgets.style import boxes


class AxisNames(QWidget):
    """One small line over the plot; emits nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = Label("loss", self)
        self.right = Label(parent=self)
        boxes.row(self.left, boxes.STRETCH, self.right, owner=self)
        for label in (self.left, self.right):
            label.setProperty("role", "secondary")
        self.right.hide()
        self.left.setToolTip("Mean over the examples; softmax and logistic losses are in nats.")

    def set_names(self, left: str, accuracy: bool, rate: bool) -> None:
        """Name the loss scale, and the scales at the right that are in use."""
        self.left.setText(left)
        names = [name for name, used in (("accuracy", accuracy), ("learning rate", rate)) if used]
        self.right.setText("  ·  ".join(names))
        self.right.setVisible(bool(names))  # a screen reader would stop at an empty label
