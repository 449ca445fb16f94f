"""An axis with round numbers, a true minus, and decades when it is logarithmic."""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from widgets.style import numbers, style
from widgets.style.ticks import tick_text, ticks, whole_ticks

POINTS = 7.5


class ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """`log` says that positions are powers of ten; `percent` that 1 reads 100 %."""

    def __init__(self, orientation: str, *, percent: bool = False) -> None:
        super().__init__(orientation, maxTickLength=-3)
        self.log = False
        self._percent = percent
        self.enableAutoSIPrefix(False)
        # The first number of the iterations stands half under the axis of values.
        self.setStyle(tickTextOffset=3, hideOverlappingLabels=15 if orientation == "bottom" else True)
        self.restyle()

    def restyle(self) -> None:
        """Take up the theme and the type."""
        theme = style.current()
        self.setTickFont(style.mono(POINTS))
        self.setTextPen(QPen(QColor(theme.secondary)))
        self.setPen(QPen(QColor(theme.line), 1))
        self.setTickPen(QPen(QColor(theme.line), 1))
        metrics = QFontMetricsF(style.mono(POINTS))
        if self.orientation in ("left", "right"):
            # A fixed width: the curves do not jump when the numbers get longer.
            self.setWidth(math.ceil(metrics.horizontalAdvance("0.0001") + 7))
        else:
            self.setHeight(math.ceil(metrics.height() + 5))
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        """Return one level of ticks between `minVal` and `maxVal` over `size` pixels."""
        low, high = min(minVal, maxVal), max(minVal, maxVal)
        if not (math.isfinite(low) and math.isfinite(high) and high > low):
            return []
        metrics = QFontMetricsF(style.mono(POINTS))
        each = metrics.height() * 1.8 if self.orientation in ("left", "right") else metrics.horizontalAdvance("0") * 10
        most = max(int(size // each), 2)
        if self.orientation == "bottom":
            places = list(whole_ticks(low, high, most))
            while places and not self._fits(places[-1], (low, high), size, metrics):
                places.pop()
        else:
            places = list(_powers(low, high, most) if self.log else ticks(low, high, most))
        spacing = places[1] - places[0] if len(places) > 1 else 1.0
        return [(spacing, places)]

    def _fits(self, value: float, ends: tuple[float, float], size: float, metrics: QFontMetricsF) -> bool:
        """Tell whether the number at `value` ends before the plot does."""
        half = metrics.horizontalAdvance(self.tickStrings([value], 1.0, 1.0)[0]) / 2.0
        return (value - ends[0]) / (ends[1] - ends[0]) * size + half <= size

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the numbers at `values`."""
        if self.log:
            return [numbers.significant(10.0**v, 2) for v in values]
        if self._percent:
            return [f"{numbers.fixed(100.0 * v, 0)} %" for v in values]
        if self.orientation == "bottom":
            return [numbers.grouped(round(v)) if abs(v) < 1e7 else numbers.significant(v, 3) for v in values]
        return [tick_text(v, spacing) for v in values]

    def generateDrawSpecs(self, p: Any) -> Any:  # noqa: N802 (pyqtgraph's name)
        """Leave the axis undrawn while its view has no extent yet."""
        low, high = self.range
        return super().generateDrawSpecs(p) if math.isfinite(low) and math.isfinite(high) and high > low else None


def _powers(low: float, high: float, most: int) -> list[float]:
    """Return powers of ten between `low` and `high`; with 3 (or 2 and 5) between them where there is room."""
    for within in ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
        shifts = [math.log10(w) for w in within]
        decades = range(math.floor(low), math.ceil(high) + 1)
        places = [d + s for d in decades for s in shifts if low <= d + s <= high]
        if len(places) <= most:
            return places
    stride = math.ceil(len(places) / most)
    return [p for p in places if round(p) % stride == 0]
