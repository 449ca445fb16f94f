"""How the curves are shown: fitted, smoothed, on a log scale; for the heading of a plot of curves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from widgets.controls.choice_box import CalmComboBox
from widgets.style import boxes

SMOOTHING = (("raw", 0), ("mean of 9", 4), ("mean of 25", 12), ("mean of 65", 32))


class CurveTools(QWidget):
    """A button, a choice and a switch, side by side.

    Signals
    -------
    fit_clicked()
        The user asked to see all of every curve again.
    smoothing_picked(int)
        How many recorded points on either side each point is to be averaged with; 0 for none.
    log_toggled(bool)
        The user switched between a log scale and a linear one.
    """

    fit_clicked = Signal()
    smoothing_picked = Signal(int)
    log_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.log_switch = QCheckBox("log")
        self.log_switch.setAccessibleName("Log scale")
        self.log_switch.setToolTip("Losses and learning rate on a log scale: equal factors take equal room.")
        self.fit_button = QPushButton("fit")
        self.fit_button.setProperty("role", "flat")
        self.fit_button.setToolTip("Show all of every curve again, and follow them (double-click in the plot).")
        self.fit_button.setEnabled(False)
        self.smoothing_box = CalmComboBox()
        self.smoothing_box.setAccessibleName("Smoothing")
        self.smoothing_box.setToolTip(
            "Smoothing: each point is the mean of itself and the recorded points beside it,\n"
            "(x₋ₖ + … + x + … + xₖ) / (2k + 1). The numbers above stay as they are."
        )
        for text, reach in SMOOTHING:
            self.smoothing_box.addItem(text, reach)
        boxes.row(self.fit_button, self.smoothing_box, self.log_switch, owner=self, spacing=8)
        # clicked, not toggled: only the user's gesture emits.
        self.log_switch.clicked.connect(self.log_toggled)
        self.fit_button.clicked.connect(lambda: self.fit_clicked.emit())
        self.smoothing_box.activated.connect(lambda i: self.smoothing_picked.emit(SMOOTHING[i][1]))

    def set_log(self, log: bool) -> None:
        """Show whether the scale is a log one. Never emits."""
        self.log_switch.setChecked(log)

    def set_smoothing(self, reach: int) -> None:
        """Show how far the curves are smoothed. Never emits."""
        self.smoothing_box.setCurrentIndex(self.smoothing_box.findData(reach))

    def set_fitted(self, fitted: bool) -> None:
        """Offer to fit unless everything is `fitted`. Never emits."""
        self.fit_button.setEnabled(not fitted)
