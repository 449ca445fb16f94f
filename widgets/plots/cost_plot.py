"""What gradients cost against the number of parameters, both axes logarithmic: one by one, and by backprop."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from widgets.plots.axis import ValueAxis
from widgets.plots.canvas import PlotCanvas, Range, pen
from widgets.plots.end_labels import EndLabel
from widgets.plots.library import pg
from widgets.plots.readout import ReadoutRow
from widgets.style import numbers, style
from widgets.values.keys import Floats


class CostPlot(PlotCanvas):
    """Two curves over P, with the names of what they count at their ends."""

    def __init__(self, what: str, names: tuple[str, str], parent: QWidget | None = None) -> None:
        left, bottom = ValueAxis("left", "decades", what), ValueAxis("bottom", "decades", "parameters P")
        super().__init__(parent, left=left, bottom=bottom, hint=(300, 180), least=(180, 100))
        self._names = names
        self._at: Floats = np.zeros(0)
        self._costs: tuple[Floats, Floats] = (np.zeros(0), np.zeros(0))
        self._curves = (pg.PlotDataItem(symbol="o", symbolSize=5), pg.PlotDataItem(symbol="s", symbolSize=5))
        for curve in self._curves:
            self.addItem(curve)
        self.setAccessibleName(f"{what} against parameters")
        self.setToolTip(f"{what}: {names[0]} and {names[1]} against the number of parameters; both axes logarithmic.")
        self.set_label_room(max(names, key=len))
        self.restyle()

    def set_costs(self, parameters: Floats, one_by_one: Floats, backprop: Floats) -> None:
        """Show both costs (> 0) at these numbers of parameters."""
        self._at, self._costs = parameters, (one_by_one, backprop)
        for curve, cost in zip(self._curves, self._costs, strict=True):
            curve.setData(np.log10(parameters), np.log10(cost))
        self.refresh()

    def ranges(self) -> tuple[Range, Range]:
        """Return whole decades of both."""
        if not len(self._at):
            return super().ranges()
        costs = np.log10(np.concatenate(self._costs))
        across = float(np.log10(self._at[0])), float(np.log10(self._at[-1]))
        return (across[0] - 0.1, across[1] + 0.1), (float(np.floor(costs.min())), float(np.ceil(costs.max())))

    def rows_at(self, x: float, y: float = 0.0) -> tuple[ReadoutRow, ...]:
        """Return both costs at the number of parameters nearest to the cursor."""
        if not len(self._at):
            return ()
        k = int(np.argmin(np.abs(np.log10(self._at) - x)))
        rows = [ReadoutRow(None, "P", numbers.grouped(int(self._at[k])))]
        rows += [
            ReadoutRow(None, name, numbers.four(float(cost[k])))
            for name, cost in zip(self._names, self._costs, strict=True)
        ]
        return tuple(rows)

    def end_labels(self) -> tuple[EndLabel, ...]:
        """Return the names where the curves end."""
        if not len(self._at):
            return ()
        x = float(np.log10(self._at[-1]))
        colours = self._colours()
        return tuple(
            EndLabel(name, QColor(colour), self.place_of(x, float(np.log10(cost[-1]))))
            for name, cost, colour in zip(self._names, self._costs, colours, strict=True)
        )

    def restyle(self) -> None:
        """Take up the theme and the type."""
        for curve, colour, dash in zip(
            self._curves, self._colours(), (Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine), strict=True
        ):
            curve.setPen(pen(colour, 1.6, dash))
            curve.setSymbolBrush(colour)
            curve.setSymbolPen(None)
        super().restyle()

    def _colours(self) -> tuple[str, str]:
        return style.current().secondary, style.current().gradient
