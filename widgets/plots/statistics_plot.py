"""Gradient norm, update ratio and activations per layer over time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.controls.kind_picker import KindPicker
from widgets.plots.statistics_canvas import ACTIVATIONS, NORMS, RATIOS, StatisticsCanvas
from widgets.style import boxes
from widgets.values import Choice
from widgets.values.statistics import ActivationTrack, LayerTrack

KINDS = (
    Choice(NORMS, "gradients", "‖g‖ of each layer, g = ∂L_B/∂W + λ·∂R/∂W over the pending batch, on a log scale"),
    Choice(RATIOS, "updates", "‖ΔW‖ / ‖W‖ of each layer, on a log scale; about 0.001 is healthy"),
    Choice(
        ACTIVATIONS,
        "activations",
        "How often each activation occurs in each hidden layer: the stronger the colour, the more often",
    ),
)
AXIS_NAMES = {
    NORMS: "‖g‖ of each layer (log); g: gradient of the batch",
    RATIOS: "‖ΔW‖ / ‖W‖ (log); dashed 0.001: healthy",
    ACTIVATIONS: "activations a of each layer; strong: often",
}


class StatisticsPlot(QWidget):
    """The plot under the choice of what it shows. Emits nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = StatisticsCanvas(self)
        self.picker = KindPicker("", KINDS, self)
        self.axis_name = ElidedLabel(parent=self)
        self.axis_name.setProperty("role", "secondary")
        boxes.column(
            (self.picker, 0, Qt.AlignmentFlag.AlignLeft), self.axis_name, (self.canvas, 1), owner=self, spacing=2
        )
        self.picker.kind_picked.connect(self.set_kind)
        self.set_kind(NORMS)

    def set_kind(self, kind: str) -> None:
        """Show ``"norms"``, ``"ratios"`` or ``"activations"``."""
        self.picker.set_kind(kind)
        self.axis_name.setText(AXIS_NAMES[kind])
        self.canvas.show_kind(kind)
        self.canvas.setToolTip(next(choice.tooltip for choice in KINDS if choice.key == kind))

    def set_tracks(self, layers: tuple[LayerTrack, ...], activations: tuple[ActivationTrack, ...]) -> None:
        """Show the layers' numbers and histograms over time."""
        self.canvas.show_tracks(layers, activations)

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new type in the choice."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "picker"):
            self.picker.refresh()
