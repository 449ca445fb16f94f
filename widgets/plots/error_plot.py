"""The error of a numeric derivative against ε, both axes logarithmic: it falls, then rounding takes over."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, log10

import numpy as np
from PySide6.QtWidgets import QWidget

from widgets.plots.axis import ValueAxis
from widgets.plots.canvas import PlotCanvas, Range, pen
from widgets.plots.library import pg
from widgets.plots.readout import ReadoutRow
from widgets.style import numbers, style

FLOOR = 1e-17  # an error of exactly zero is drawn here


class ErrorPlot(PlotCanvas):
    """Pairs (ε, error), with a line at the current ε. The wheel scrolls the panel around the plot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        left, bottom = ValueAxis("left", "decades"), ValueAxis("bottom", "decades", "ε")
        super().__init__(parent, left=left, bottom=bottom, zooms=False, hint=(200, 110), least=(140, 90))
        self._errors: tuple[tuple[float, float], ...] = ()
        self._curve = pg.PlotCurveItem(antialias=True)
        self._mark = pg.InfiniteLine(angle=90)
        self.addItem(self._curve)
        self.addItem(self._mark, ignoreBounds=True)
        self.setToolTip("Error of (f(x + ε) − f(x)) / ε against the gradient, for each ε; both axes logarithmic.")
        self.setAccessibleName("Error against ε")
        self.restyle()

    def set_errors(self, errors: Sequence[tuple[float, float]], epsilon: float | None) -> None:
        """Show these pairs and the current `epsilon`."""
        self._errors = tuple(sorted((e, error) for e, error in errors if e > 0.0 and isfinite(error)))
        places = np.log10([(e, max(error, FLOOR)) for e, error in self._errors] or np.ones((0, 2)))
        self._curve.setData(places[:, 0], places[:, 1])
        self._mark.setVisible(bool(epsilon))
        if epsilon:
            self._mark.setValue(log10(epsilon))
        self.refresh()

    def ranges(self) -> tuple[Range, Range]:
        """Return every ε, and at least one decade of errors."""
        x, y = self._curve.getData()
        if x is None or len(x) < 2:
            return super().ranges()
        return (float(x.min()), float(x.max())), (float(y.min()), max(float(y.max()), float(y.min()) + 1.0))

    def rows_at(self, x: float, y: float = 0.0) -> tuple[ReadoutRow, ...]:
        """Return the error at the ε nearest to the cursor."""
        if not self._errors:
            return ()
        epsilon, error = min(self._errors, key=lambda pair: abs(log10(pair[0]) - x))
        return ReadoutRow(None, "ε", numbers.four(epsilon)), ReadoutRow(None, "error", numbers.four(error))

    def restyle(self) -> None:
        """Take up the theme and the type."""
        theme = style.current()
        self._curve.setPen(pen(theme.text, 1.4))
        self._mark.setPen(pen(theme.accent, 1.4))
        super().restyle()
