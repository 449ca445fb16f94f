"""The loss over two directions as a map with contours, and the path of training on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from widgets.plots.axis import ValueAxis
from widgets.plots.canvas import PlotCanvas, Range, pen
from widgets.plots.library import pg
from widgets.plots.readout import ReadoutRow
from widgets.style import colour_tables, numbers, style
from widgets.values import Extent, Floats
from widgets.values.loss_slice import LossSurface

NO_PATH: Floats = np.zeros((0, 2))
WAITING = "The loss is being measured here…"


class LossSliceCanvas(PlotCanvas):
    """The map, with the loss under the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, left=ValueAxis("left"), bottom=ValueAxis("bottom"), square=True, hint=(320, 300), least=(160, 130)
        )
        self.surface: LossSurface | None = None
        self.path: Floats = NO_PATH
        self._map = pg.ImageItem(axisOrder="row-major")
        self._contours = pg.PlotCurveItem(antialias=True, connect="finite", skipFiniteCheck=False)
        self._edge, self._line = (pg.PlotCurveItem(antialias=True, skipFiniteCheck=True) for _ in range(2))
        self._start = pg.ScatterPlotItem(size=9.0, symbol="s")
        self._now = pg.ScatterPlotItem(size=13.0, symbol="o")
        for item in (self._map, self._contours, self._edge, self._line, self._start, self._now):
            self.addItem(item, ignoreBounds=True)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setAccessibleName("Loss slice")
        self.show_surface(None)
        self.restyle()

    def show_surface(self, surface: LossSurface | None, message: str = WAITING) -> None:
        """Draw `surface`, or show `message` where there is none."""
        self.surface = surface
        self.set_message("" if surface else message)
        if surface is None:
            return
        for axis, name in zip((self.bottom, self.left), surface.axis_names, strict=True):
            axis.set_name(name)
        self._map.setImage(surface.heights[::-1], levels=(0, 255))
        self._map.setRect(_covered(surface.extent, len(surface.values)))
        gap = np.full((1, 2), np.nan)
        lines = np.concatenate([gap, *(part for line in surface.contours for part in (line.points, gap))])
        self._contours.setData(lines[:, 0], lines[:, 1])
        self.fit()

    def show_path(self, path: Floats) -> None:
        """Draw the path (n, 2), the start first and the current weights last."""
        self.path = path
        for line in (self._edge, self._line):
            line.setData(path[:, 0], path[:, 1])
        self._start.setData(pos=path[:1])
        self._now.setData(pos=path[-1:])

    def loss_at(self, x: float, y: float) -> float:
        """Return the measured loss nearest to (x, y)."""
        assert self.surface is not None
        e, values = self.surface.extent, self.surface.values
        last = len(values) - 1
        column = round((x - e.left) / (e.right - e.left) * last)
        row = round((e.top - y) / (e.top - e.bottom) * last)
        return float(values[min(max(row, 0), last), min(max(column, 0), last)])

    def ranges(self) -> tuple[Range, Range]:
        """Return what was measured."""
        if self.surface is None:
            return super().ranges()
        e = self.surface.extent
        return (e.left, e.right), (e.bottom, e.top)

    def rows_at(self, x: float, y: float = 0.0) -> tuple[ReadoutRow, ...]:
        """Return the place and its loss."""
        if self.surface is None:
            return ()
        names = (*self.surface.axis_names, "loss")
        values = numbers.fixed(x, 2), numbers.fixed(y, 2), numbers.live(self.loss_at(x, y))
        return tuple(ReadoutRow(None, name, value) for name, value in zip(names, values, strict=True))

    def restyle(self) -> None:
        """Take up the theme and the type."""
        theme = style.current()
        middle, high = (style.blend(theme.secondary, theme.panel, share).name() for share in (0.35, 0.75))
        self._map.setLookupTable(colour_tables.channels(colour_tables.diverging_table(theme.panel, middle, high)))
        self._contours.setPen(pen(style.blend(theme.text, theme.panel, 0.45)))
        self._edge.setPen(pen(theme.panel, 4.0))
        self._line.setPen(pen(theme.gradient, 2.0))
        for mark in (self._start, self._now):
            mark.setBrush(theme.gradient)
            mark.setPen(pen(theme.panel, 1.5))
        super().restyle()


def _covered(extent: Extent, points: int) -> QRectF:
    """Return where the picture lies: the outermost points are on the edge, so half a cell hangs over it."""
    width, height = extent.right - extent.left, extent.top - extent.bottom
    cell = 1.0 / max(points - 1, 1)
    return QRectF(
        extent.left - cell * width / 2.0, extent.bottom - cell * height / 2.0, width * (1 + cell), height * (1 + cell)
    )
