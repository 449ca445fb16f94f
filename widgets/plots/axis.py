"""The one axis of every plot: round numbers, a true minus, decades where it is logarithmic."""

from __future__ import annotations

import math
from typing import Any, Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.controls.formatted_text import escaped
from widgets.plots.library import pg
from widgets.style import numbers, style
from widgets.style.ticks import decade_ticks, log_ticks, tick_text, ticks, whole_ticks

POINTS = 7.5
WIDEST = "0.0001"
_AT_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip

Numbering = Literal["number", "whole", "percent", "log", "decades"]


class ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis with a name at its end.

    Parameters
    ----------
    orientation : str
        ``"left"``, ``"right"`` or ``"bottom"``.
    numbering : str
        What a position v reads: ``"number"`` v; ``"whole"`` v without halves; ``"percent"`` 100·v %;
        ``"log"`` 10ᵛ as a number; ``"decades"`` 10ᵛ as a power of ten, whole powers only.
    name : str
        What the axis measures. A name that is wider than a vertical axis runs along it.
    """

    def __init__(self, orientation: str, numbering: Numbering = "number", name: str = "") -> None:
        super().__init__(orientation, maxTickLength=-3)
        self.numbering: Numbering = numbering
        self.name = name
        self.enableAutoSIPrefix(False)
        self.setStyle(tickTextOffset=3)
        self.restyle()

    @property
    def is_vertical(self) -> bool:
        """Whether values run upwards."""
        return self.orientation in ("left", "right")

    @property
    def overhang(self) -> float:
        """How far the last number of a vertical axis stands above the plot, in pixels."""
        return style.mono_room(POINTS).height / 2.0

    def set_name(self, name: str) -> None:
        """Name what the axis measures."""
        if name != self.name:
            self.name = name
            self.restyle()

    def restyle(self) -> None:
        """Take up the theme and the type."""
        theme, room = style.current(), style.mono_room(POINTS)
        # The first number of an axis stands half beside the other axis.
        self.setStyle(hideOverlappingLabels=math.ceil(self.overhang) if self.is_vertical else 15)
        self.setTickFont(style.mono(POINTS))
        self.setTextPen(QPen(QColor(theme.secondary)))
        self.setPen(QPen(QColor(theme.line), 1))
        self.setTickPen(QPen(QColor(theme.line), 1))
        if self.is_vertical:
            # A fixed width: the curves do not jump when the numbers get longer.
            width = math.ceil(room.width(WIDEST) + 7)
            runs_along = room.width(self.name) > width - 6
            if runs_along:
                self.setLabel(
                    escaped(self.name), **{"color": theme.secondary, "font-size": f"{POINTS * theme.scale}pt"}
                )
            self.showLabel(runs_along)
            self.setWidth(width + (math.ceil(room.height) if runs_along else 0))
        else:
            self.setHeight(math.ceil(room.height + 5))
        self.picture: Any = None
        self.update()

    # ---- pyqtgraph -------------------------------------------------------------------------------

    def paint(self, p: QPainter, *_: object) -> None:
        """Draw lines and numbers directly: to play a ``QPicture`` of them, Qt finds the font again for each number."""
        p.save()
        p.setFont(self.style["tickFont"])
        if self.picture is None:  # as pyqtgraph makes it whenever something changes
            self.picture = self.generateDrawSpecs(p) or ()
        if self.picture:
            self.drawPicture(p, *self.picture)
        p.restore()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        """Return one level of ticks between `minVal` and `maxVal` over `size` pixels."""
        low, high = min(minVal, maxVal), max(minVal, maxVal)
        if not (math.isfinite(low) and math.isfinite(high) and high > low):
            return []
        room = style.mono_room(POINTS)
        digits = 10 if self.numbering == "whole" else 7
        each = room.height * 1.8 if self.is_vertical else room.digit * digits
        places = list(_TICKS[self.numbering](low, high, max(int(size // each), 2)))
        while not self.is_vertical and places and not self._fits(places[-1], (low, high), size):
            places.pop()
        return [(places[1] - places[0] if len(places) > 1 else 1.0, places)]

    def _fits(self, value: float, ends: tuple[float, float], size: float) -> bool:
        """Return whether the number at `value` ends before the plot does."""
        half = style.mono_room(POINTS).width(self.tickStrings([value], 1.0, 1.0)[0]) / 2.0
        return (value - ends[0]) / (ends[1] - ends[0]) * size + half <= size

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the numbers at `values`."""
        return [_text(self.numbering, value, spacing) for value in values]

    def boundingRect(self) -> QRectF:
        """Leave room for the first and the last number; pyqtgraph forgets it where there is a grid."""
        rect: QRectF = super().boundingRect()
        over = math.ceil(self.overhang) if self.is_vertical and self.grid is not False else 0
        return rect.adjusted(0, -over, 0, over)

    def generateDrawSpecs(self, p: Any) -> Any:  # noqa: N802 (pyqtgraph's name)
        """Add the name, which takes the place of the numbers there; draw nothing while the view has no extent."""
        low, high = self.range
        known = math.isfinite(low) and math.isfinite(high) and high > low
        specs = super().generateDrawSpecs(p) if known else None
        if specs is None or not self.name or self.label.isVisible():
            return specs
        line, marks, texts = specs
        room, bounds = style.mono_room(POINTS), self.mapRectFromParent(self.geometry())
        width, height = room.width(self.name) + 1.0, room.height
        top = bounds.top() if self.is_vertical else bounds.top() + 3.0
        place = QRectF(bounds.right() - width - (4.0 if self.is_vertical else 0.0), top, width, height)
        if self.numbering == "decades" and not self.is_vertical:
            place = _clear_of([text[0] for text in texts], place, bounds)
        kept = [text for text in texts if not text[0].adjusted(-6, 0, 6, 0).intersects(place)]
        return line, marks, [*kept, (place, _AT_END, self.name)]


def _clear_of(texts: list[QRectF], place: QRectF, bounds: QRectF) -> QRectF:
    """Return `place`, or the nearest one to its left that covers none of the few powers of ten, if there is one."""
    for text in [QRectF(place.right() + 6.0, 0.0, 0.0, 0.0), *sorted(texts, key=QRectF.left, reverse=True)]:
        tried = QRectF(place)
        tried.moveRight(text.left() - 6.0)
        if tried.left() >= bounds.left() and not any(_is_near(tried, other) for other in texts):
            return tried
    return place


def _is_near(place: QRectF, text: QRectF) -> bool:
    return place.left() < text.right() + 6.0 and text.left() - 6.0 < place.right()


_TICKS = {"number": ticks, "whole": whole_ticks, "percent": ticks, "log": log_ticks, "decades": decade_ticks}


def _text(numbering: Numbering, value: float, spacing: float) -> str:
    if numbering == "log":
        return numbers.significant(10.0**value, 2)
    if numbering == "decades":
        return numbers.power_of_ten(round(value))
    if numbering == "percent":
        return f"{numbers.fixed(100.0 * value, 0)} %"
    if numbering == "whole":
        return numbers.grouped(round(value)) if abs(value) < 1e7 else numbers.significant(value, 3)
    return tick_text(value, spacing)
