"""Numeric against backprop gradients as a scatter; right answers lie on the diagonal."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from widgets.plots.axis import ValueAxis
from widgets.plots.canvas import PlotCanvas, Range, pen
from widgets.plots.library import MouseClickEvent, pg
from widgets.plots.readout import ReadoutRow
from widgets.style import numbers, style
from widgets.values.keys import Floats

MOST = 5000
REACH = 8.0
MARGIN = 0.06


class GradientScatter(PlotCanvas):
    """Points (backprop, numeric), one per parameter; those above the tolerance are crosses.

    Signals
    -------
    point_clicked(int)
        The place of a parameter in the reading.
    """

    point_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        left, bottom = ValueAxis("left", name="numeric"), ValueAxis("bottom", name="backprop")
        super().__init__(parent, left=left, bottom=bottom, square=True, hint=(260, 260), least=(160, 120))
        self._points: Floats = np.zeros((0, 2))
        self._places = np.zeros(0, dtype=np.int64)
        self._zeros = (pg.InfiniteLine(angle=0), pg.InfiniteLine(angle=90))
        self._diagonal = pg.InfiniteLine(angle=45)
        self._right = pg.ScatterPlotItem(size=4.5, pen=None, symbol="o")
        self._wrong = pg.ScatterPlotItem(size=10.0, pen=None, symbol="x")
        self._ring = pg.ScatterPlotItem(size=14.0, symbol="o", brush=None)
        for item in (*self._zeros, self._diagonal, self._right, self._wrong, self._ring):
            self.addItem(item, ignoreBounds=True)
        self.scene().sigMouseClicked.connect(self._on_clicked)
        self.setToolTip(
            "Each point is a parameter: backprop across, central difference up. Right ones lie on the line."
        )
        self.setAccessibleName("Numeric against backprop gradients")
        self.restyle()

    def set_points(self, backprop: Floats, numeric: Floats, wrong: np.ndarray) -> None:
        """Show arrays of shape (n_checked,); at most 5,000 points are drawn, the wrong ones among them."""
        self._places = np.sort(np.argsort(~wrong, kind="stable")[:MOST])
        self._points = np.nan_to_num(np.stack((backprop, numeric), axis=1)[self._places])
        wrong = wrong[self._places]
        self._right.setData(pos=self._points[~wrong])
        self._wrong.setData(pos=self._points[wrong])
        self.set_selected(None)
        self.refresh()

    def set_selected(self, place: int | None) -> None:
        """Ring one point."""
        self._ring.setData(pos=self._points[self._places == place] if place is not None else np.zeros((0, 2)))

    def ranges(self) -> tuple[Range, Range]:
        """Return the same range around zero for both."""
        reach = float(np.abs(self._points).max(initial=0.0)) or 1.0
        ends = -reach * (1.0 + MARGIN), reach * (1.0 + MARGIN)
        return ends, ends

    def rows_at(self, x: float, y: float = 0.0) -> tuple[ReadoutRow, ...]:
        """Return both gradients of the point under the cursor."""
        found = self._point_at(self.place_of(x, y))
        if found is None:
            return ()
        backprop, numeric = self._points[found].tolist()
        return (
            ReadoutRow(None, "backprop", numbers.told_apart(backprop, numeric, numbers.ALL_DIGITS)),
            ReadoutRow(None, "numeric", numbers.told_apart(numeric, backprop, numbers.ALL_DIGITS)),
        )

    def _point_at(self, place: QPointF) -> int | None:
        """Return the index of the point within reach of the pixel `place`."""
        if not len(self._points):
            return None
        (left, right), (low, high) = self.getViewBox().viewRange()
        area = self.area()
        at = self._points - (left, low)
        x = area.left() + at[:, 0] / (right - left) * area.width() - place.x()
        y = area.bottom() - at[:, 1] / (high - low) * area.height() - place.y()
        nearest = int(np.argmin(x * x + y * y))
        return nearest if np.hypot(x[nearest], y[nearest]) <= REACH else None

    def _on_clicked(self, event: MouseClickEvent) -> None:
        found = self._point_at(QPointF(self.mapFromScene(event.scenePos())))
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.point_clicked.emit(int(self._places[found]))

    def restyle(self) -> None:
        """Take up the theme and the type."""
        theme = style.current()
        for line in self._zeros:
            line.setPen(pen(theme.line))
        self._diagonal.setPen(pen(theme.secondary, 1.0, Qt.PenStyle.DashLine))
        self._right.setBrush(theme.gradient)
        self._wrong.setBrush(theme.warning)
        self._ring.setPen(pen(theme.accent, 2.0))
        super().restyle()
