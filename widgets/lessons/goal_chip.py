"""The goal of the lesson beside the transport, in a few words; its tooltip says all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.style.themed import restyle
from widgets.values.lessons import GoalChip

LEAST_LETTERS = 26


class GoalChipLabel(ElidedLabel):
    """Hidden while there is no goal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("role", "goal")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Return room for a few words."""
        return QSize(self.fontMetrics().averageCharWidth() * LEAST_LETTERS, super().minimumSizeHint().height())

    def set_goal(self, goal: GoalChip | None) -> None:
        """Show `goal`, or nothing."""
        self.setVisible(goal is not None)
        if goal is None:
            return
        restyle(self, "reached", goal.is_reached)
        self.setText(f"{'✓' if goal.is_reached else '◎'} {goal.text}")
        self.setToolTip(goal.tooltip)
        self.setAccessibleName(goal.tooltip)
