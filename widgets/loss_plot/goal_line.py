"""The horizontal dotted line of a goal, with its value at the left."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from widgets.plots.library import pg
from widgets.style import style
from widgets.values import CurveGoal


class GoalLine(pg.InfiniteLine):  # type: ignore[misc]
    """Hidden while there is no goal, or its curve is hidden."""

    def __init__(self) -> None:
        super().__init__(
            pos=0.0, angle=0, movable=False, label="", labelOpts={"position": 0.02, "anchors": [(0, 1), (0, 0)]}
        )
        self.goal: CurveGoal | None = None
        self.setZValue(10)
        self.hide()
        self.restyle()

    def show_at(self, height: float) -> None:
        """Stand at `height` of the scale; nowhere where that is no number."""
        self.setVisible(self.goal is not None and math.isfinite(height))
        if self.goal is not None and math.isfinite(height):
            self.setValue(height)
            self.label.setFormat(self.goal.label)

    def restyle(self) -> None:
        """Take up the theme and the type."""
        theme = style.current()
        pen = QPen(QColor(theme.text), 1.6 * theme.stroke, Qt.PenStyle.DotLine)
        pen.setCosmetic(True)
        self.setPen(pen)
        self.label.setColor(QColor(theme.text))
        self.label.textItem.setFont(style.sans(8.5))
