"""Numbers of every layer over the iterations: lines over decades, or strips of histograms."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from widgets.plots.axis import ValueAxis
from widgets.plots.canvas import PlotCanvas, Range, nearest, pen
from widgets.plots.decades import NOWHERE
from widgets.plots.end_labels import EndLabel
from widgets.plots.flow_bars import HEALTHY_RATIO
from widgets.plots.library import pg
from widgets.plots.readout import ReadoutRow
from widgets.style import colour_tables, numbers, style
from widgets.values import Floats
from widgets.values.statistics import ActivationTrack, LayerTrack

NORMS, RATIOS, ACTIVATIONS = "norms", "ratios", "activations"
EMPTY = "Nothing recorded yet: press Step or Play."
NO_LAYERS = "There is no hidden layer, so there are no activations to count."
STRIP = 0.92
ENDS_NEED = 24.0
"""A strip that is lower than this many pixels has no room for both ends of its scale."""


class StatisticsCanvas(PlotCanvas):
    """Gradient norms or update ratios as a line per layer, or activations as a strip per hidden layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, left=ValueAxis("left", "decades"), bottom=ValueAxis("bottom", "whole", "iteration"))
        self.kind = NORMS
        self.layers: tuple[LayerTrack, ...] = ()
        self.activations: tuple[ActivationTrack, ...] = ()
        self.scales = {NORMS: NOWHERE, RATIOS: NOWHERE}
        self.lines: list[pg.PlotCurveItem] = []
        self.strips: list[pg.ImageItem] = []
        self._healthy = pg.InfiniteLine(math.log10(HEALTHY_RATIO), angle=0)
        self.addItem(self._healthy, ignoreBounds=True)
        self.getViewBox().sigResized.connect(self._number_strips)
        self.setAccessibleName("Statistics per layer over time")
        self.show_tracks((), ())
        self.restyle()

    # ---- values in -------------------------------------------------------------------------------

    def show_tracks(self, layers: tuple[LayerTrack, ...], activations: tuple[ActivationTrack, ...]) -> None:
        """Draw these; the log scales only grow while the layers stay the same."""
        if [track.label for track in layers] != [track.label for track in self.layers]:
            self.scales = {NORMS: NOWHERE, RATIOS: NOWHERE}
        self.layers, self.activations = layers, activations
        for kind, scale in self.scales.items():
            known = [values[_is_known(values)] for values in (_values(track, kind) for track in layers)]
            self.scales[kind] = scale.holding([float(end(v)) for v in known if len(v) for end in (np.min, np.max)])
        self.show_kind(self.kind)

    def show_kind(self, kind: str) -> None:
        """Draw ``"norms"``, ``"ratios"`` or ``"activations"``."""
        if kind != self.kind:
            self.readout.hide()
        self.kind = kind
        self.set_message(self._missing())
        is_lines = kind != ACTIVATIONS
        self._keep(self.lines, len(self.layers) if is_lines and not self.message else 0)
        self._keep(self.strips, 0 if is_lines or self.message else len(self.activations))
        if self.lines:
            self._draw_lines()
        elif self.strips:
            self._draw_strips()
        self._healthy.setVisible(kind == RATIOS)
        self.getPlotItem().showGrid(x=False, y=is_lines, alpha=0.5)
        self._number_strips()
        named = [track.label for track in (self.layers if is_lines else self.activations)]
        self.set_label_room(max(named, key=len, default=""))
        self.refresh()

    def _missing(self) -> str:
        if not self.layers or not len(self.layers[0].iterations):
            return EMPTY
        return NO_LAYERS if self.kind == ACTIVATIONS and not self.activations else ""

    def _keep(self, items: list[pg.GraphicsObject], count: int) -> None:
        """Make or remove lines or strips until there are `count`."""
        while len(items) > count:
            self.removeItem(items.pop())
        while len(items) < count:
            is_line = items is self.lines
            items.append(pg.PlotCurveItem(antialias=True, skipFiniteCheck=True) if is_line else pg.ImageItem())
            self.addItem(items[-1], ignoreBounds=True)

    def _draw_lines(self) -> None:
        for track, line, colour in zip(self.layers, self.lines, self._colours(), strict=True):
            values = _values(track, self.kind)
            known = _is_known(values)
            line.setData(track.iterations[known], np.log10(values[known]))
            # A pen of one pixel has a fast path in Qt; a wider one is outlined first, 20 ms for jagged lines.
            line.setPen(_thin(colour))

    def _draw_strips(self) -> None:
        theme = style.current()
        table = colour_tables.diverging_table(
            theme.panel, style.blend(theme.forward, theme.panel, 0.55).name(), theme.forward
        )
        colours = colour_tables.channels(table)
        first, last = self._span()
        for i, (track, strip) in enumerate(zip(self.activations, self.strips, strict=True)):
            # The square root shows rare values beside frequent ones.
            level = np.sqrt(track.shares / max(float(track.shares.max()), 1e-12))
            strip.setImage(np.rint(255 * level).astype(np.uint8), levels=(0, 255), lut=colours)
            strip.setRect(QRectF(first, self._foot(i), last - first, STRIP))
            strip.setBorder(pen(theme.line))

    def _number_strips(self, *_: object) -> None:
        """Write both ends of each strip's scale, where there is room."""
        if not self.strips:
            self.left.setTicks(None)
            return
        ends: list[tuple[float, str]] = []
        share = self.area().height() / len(self.strips)
        inset = min(STRIP * 6.0 / max(share, 1.0), STRIP / 2.0)
        for i, track in enumerate(self.activations if share >= ENDS_NEED else ()):
            foot = self._foot(i)
            ends += [(foot + inset, numbers.four(track.low)), (foot + STRIP - inset, numbers.four(track.high))]
        self.left.setTicks([ends])

    def _foot(self, strip: int) -> float:
        """Return where a strip begins; the first stands at the top."""
        return len(self.activations) - 1 - strip + 1.0 - STRIP

    # ---- the plot --------------------------------------------------------------------------------

    def ranges(self) -> tuple[Range, Range]:
        """Return all iterations, and the decades or the strips."""
        if self.message:
            return super().ranges()
        if self.kind == ACTIVATIONS:
            return self._span(), (0.0, float(len(self.activations)))
        scale = self.scales[self.kind]
        return self._span(), super().ranges()[1] if scale == NOWHERE else (float(scale.low), float(scale.high))

    def rows_at(self, x: float, y: float = 0.0) -> tuple[ReadoutRow, ...]:
        """Return each layer's number at the recorded iteration nearest to `x`."""
        if not self.lines:
            return ()
        at = nearest(self.layers[0].iterations, x)
        head = ReadoutRow(None, "iteration", numbers.grouped(round(float(self.layers[0].iterations[at]))))
        return head, *(
            ReadoutRow(_thin(colour), track.label, numbers.scientific(float(_values(track, self.kind)[at])))
            for track, colour in zip(self.layers, self._colours(), strict=True)
        )

    def end_labels(self) -> tuple[EndLabel, ...]:
        """Return each layer's name where its line or strip ends."""
        text, right = QColor(style.current().text), self._span()[1] if self.layers else 0.0
        strips = [
            EndLabel(track.label, text, self.place_of(right, self._foot(i) + STRIP / 2.0))
            for i, track in enumerate(self.activations if self.strips else ())
        ]
        ends = [
            EndLabel(track.label, colour, self.place_of(float(line.xData[-1]), float(line.yData[-1])))
            for track, line, colour in zip(self.layers, self.lines, self._colours(), strict=False)
            if line.xData is not None and len(line.xData)
        ]
        return tuple(strips or ends)

    def restyle(self) -> None:
        """Take up the theme and the type."""
        self._healthy.setPen(pen(style.current().secondary, 1.2, Qt.PenStyle.DashLine))
        super().restyle()
        self.show_kind(self.kind)

    def _colours(self) -> list[QColor]:
        """Return a colour per layer, stronger towards the output."""
        theme, n = style.current(), max(len(self.layers), 1)
        base = theme.gradient if self.kind == NORMS else theme.text
        return [style.blend(base, theme.panel, 0.4 + 0.6 * (i + 1) / n) for i in range(n)]

    def _span(self) -> Range:
        first, last = float(self.layers[0].iterations[0]), float(self.layers[0].iterations[-1])
        return first, max(last, first + 1.0)


def _thin(colour: QColor) -> QPen:
    theme = style.current()
    return pen(colour, theme.stroke / theme.scale)


def _values(track: LayerTrack, kind: str) -> Floats:
    return track.gradient_norms if kind == NORMS else track.update_ratios


def _is_known(values: Floats) -> np.ndarray:
    return np.isfinite(values) & (values > 0)
