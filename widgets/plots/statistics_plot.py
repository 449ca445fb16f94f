"""Gradient norm, update ratio and activations per layer over time."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.controls.kind_picker import KindPicker
from widgets.plane.overlay import paint_readout
from widgets.plots.flow_plot import HEALTHY_RATIO, NOWHERE, Decades, power_of_ten, short
from widgets.style import numbers, style
from widgets.style.ticks import whole_ticks
from widgets.values import Choice, Floats
from widgets.values.statistics import ActivationTrack, LayerTrack

NORMS, RATIOS, ACTIVATIONS = "norms", "ratios", "activations"
KINDS = (
    Choice(NORMS, "gradients", "‖∂L/∂W‖ of each layer's update gradient, on a log scale"),
    Choice(RATIOS, "updates", "‖ΔW‖ / ‖W‖ of each layer, on a log scale; about 0.001 is healthy"),
    Choice(
        ACTIVATIONS,
        "activations",
        "How often each activation occurs in each hidden layer: the stronger the colour, the more often",
    ),
)
AXIS_NAMES = {
    NORMS: "‖∂L/∂W‖ of each layer (log)",
    RATIOS: "‖ΔW‖ / ‖W‖ (log); dashed 0.001: healthy",
    ACTIVATIONS: "activations a of each layer; strong: often",
}
TIME = "iteration"
EMPTY = "Nothing recorded yet: press Step or Play."
NO_LAYERS = "There is no hidden layer, so there are no activations to count."


class StatisticsView(QWidget):
    """The drawing. Emits nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = NORMS
        self.layers: tuple[LayerTrack, ...] = ()
        self.activations: tuple[ActivationTrack, ...] = ()
        self._scales = {NORMS: NOWHERE, RATIOS: NOWHERE}
        self._buffers: list[NDArray[np.uint32]] = []
        self._images: list[QImage] = []
        self._cursor: QPointF | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Statistics per layer over time")

    def show_tracks(self, layers: tuple[LayerTrack, ...], activations: tuple[ActivationTrack, ...]) -> None:
        """Draw these; the log scales only grow while the layers stay the same."""
        if [t.label for t in layers] != [t.label for t in self.layers]:
            self._scales = {NORMS: NOWHERE, RATIOS: NOWHERE}
        self.layers, self.activations = layers, activations
        for kind in self._scales:
            values = np.concatenate([_values(track, kind) for track in layers]) if layers else np.zeros(0)
            known = values[np.isfinite(values) & (values > 0)]
            ends = [float(known.min()), float(known.max())] if len(known) else []
            self._scales[kind] = self._scales[kind].holding(ends)
        self.colour()
        self.update()

    def colour(self) -> None:
        """Colour the histograms in the present theme."""
        theme = style.current()
        middle = style.blend(theme.forward, theme.panel, 0.55).name()
        table = style.diverging_table(theme.panel, middle, theme.forward)
        self._buffers, self._images = [], []
        for track in self.activations:
            # The square root lets rare values be seen beside frequent ones.
            level = np.sqrt(track.shares.T[::-1] / max(float(track.shares.max()), 1e-12))
            buffer = np.ascontiguousarray(table[np.rint(255 * level).astype(np.uint8)])
            height, width = buffer.shape
            self._buffers.append(buffer)
            self._images.append(QImage(buffer.data, width, height, 4 * width, QImage.Format.Format_RGB32))

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, or the strips."""
        painter = QPainter(self)
        theme = style.current()
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        message = self._message()
        if message:
            painter.setPen(QColor(theme.secondary))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, message)
        elif self.kind == ACTIVATIONS:
            self._paint_strips(painter)
        else:
            self._paint_lines(painter)
        painter.end()

    def _message(self) -> str:
        if not self.layers or not len(self.layers[0].iterations):
            return EMPTY
        return NO_LAYERS if self.kind == ACTIVATIONS and not self.activations else ""

    def _paint_lines(self, painter: QPainter) -> None:
        theme, scale = style.current(), self._scales[self.kind]
        area = self._area()
        self._paint_time(painter, area)
        if scale != NOWHERE:
            self._paint_decades(painter, area, scale)
        base = theme.gradient if self.kind == NORMS else theme.text
        painter.setFont(style.sans(8.0))
        last_label = -math.inf
        ends: list[tuple[float, str, QColor]] = []
        for i, track in enumerate(self.layers):
            colour = style.blend(base, theme.panel, 0.4 + 0.6 * (i + 1) / len(self.layers))
            points = self._points(track, scale, area)
            # A pen of one pixel has a fast path in Qt; wider ones are outlined first, 20 ms for jagged lines.
            painter.setPen(QPen(colour, theme.stroke))
            if len(points) > 1:
                painter.drawPolyline(QPolygonF(points))
            elif points:
                painter.drawEllipse(points[0], 2.0, 2.0)
            if points:
                ends.append((points[-1].y(), track.label, colour))
        room = painter.fontMetrics().height() * 0.9
        for y, label, colour in sorted(ends, key=lambda end: end[0]):
            last_label = max(y, last_label + room)
            painter.setPen(colour)
            painter.drawText(QPointF(area.right() + 5.0, last_label + room * 0.35), label)
        self._paint_readout(painter, area)

    def _points(self, track: LayerTrack, scale: Decades, area: QRectF) -> list[QPointF]:
        values = _values(track, self.kind)
        known = np.isfinite(values) & (values > 0)
        with np.errstate(all="ignore"):
            share = (np.log10(values[known]) - scale.low) / max(scale.high - scale.low, 1)
        x = self._across(track.iterations[known], area)
        y = area.bottom() - np.clip(share, 0.0, 1.0) * area.height()
        return [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]

    def _paint_decades(self, painter: QPainter, area: QRectF, scale: Decades) -> None:
        theme = style.current()
        painter.setFont(style.mono(7.5))
        step = max(1, math.ceil((scale.high - scale.low) / max(int(area.height() // (26 * theme.scale)), 1)))
        for power in range(scale.low, scale.high + 1, step):
            y = area.bottom() - scale.share(10.0**power) * area.height()
            painter.setPen(QPen(QColor(theme.line), 1.0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.secondary))
            box = QRectF(0.0, y - 15.0, area.left() - 5.0, 30.0)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, power_of_ten(power))
        if self.kind == RATIOS and scale.low < math.log10(HEALTHY_RATIO) < scale.high:
            y = area.bottom() - scale.share(HEALTHY_RATIO) * area.height()
            painter.setPen(QPen(QColor(theme.secondary), 1.2 * theme.scale, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    def _paint_strips(self, painter: QPainter) -> None:
        theme, area = style.current(), self._area()
        self._paint_time(painter, area)
        height = area.height() / len(self.activations)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for i, (track, image) in enumerate(zip(self.activations, self._images, strict=True)):
            strip = QRectF(area.left(), area.top() + i * height, area.width(), max(height - 4.0, 3.0))
            painter.drawImage(strip, image)
            painter.setPen(QPen(QColor(theme.line), 1.0))
            painter.drawRect(strip)
            painter.setPen(QColor(theme.text))
            painter.setFont(style.sans(8.0))
            painter.drawText(QPointF(strip.right() + 5.0, strip.center().y() + 4.0), track.label)
            painter.setPen(QColor(theme.secondary))
            painter.setFont(style.mono(7.0))
            if strip.height() > 22.0:
                box = QRectF(0.0, strip.top(), area.left() - 4.0, strip.height())
                right = Qt.AlignmentFlag.AlignRight
                painter.drawText(box, right | Qt.AlignmentFlag.AlignTop, numbers.four(track.high))
                painter.drawText(box, right | Qt.AlignmentFlag.AlignBottom, numbers.four(track.low))

    def _paint_time(self, painter: QPainter, area: QRectF) -> None:
        """Write the iterations under the drawing, and what both axes are called."""
        painter.setPen(QColor(style.current().secondary))
        painter.setFont(style.sans(7.5))
        names = painter.fontMetrics()
        kind = names.elidedText(AXIS_NAMES[self.kind], Qt.TextElideMode.ElideRight, self.width() - 2)
        painter.drawText(QPointF(0.0, names.ascent()), kind)
        foot = area.bottom() + 3.0
        end = self.width() - names.horizontalAdvance(TIME) - 2.0
        painter.drawText(QPointF(end, foot + names.ascent()), TIME)
        painter.setFont(style.mono(7.5))
        metrics = painter.fontMetrics()
        for value in whole_ticks(*self._span(), max(2, int(area.width() // (70 * style.current().scale)))):
            text = numbers.grouped(round(value))
            width = metrics.horizontalAdvance(text)
            left = max(float(self._across(np.array([value]), area)[0]) - width / 2, area.left())
            if left + width + 6.0 <= end:
                painter.drawText(QPointF(left, foot + metrics.ascent()), text)

    def _paint_readout(self, painter: QPainter, area: QRectF) -> None:
        """Say each layer's number at the iteration under the cursor."""
        if self._cursor is None or not area.contains(self._cursor):
            return
        first, last = self._span()
        wanted = first + (self._cursor.x() - area.left()) / area.width() * (last - first)
        at = int(np.argmin(np.abs(self.layers[0].iterations - wanted)))
        lines = [f"iteration {int(self.layers[0].iterations[at])}"]
        lines += [f"{track.label} {short(float(_values(track, self.kind)[at]))}" for track in self.layers]
        x = float(self._across(self.layers[0].iterations[at : at + 1], area)[0])
        painter.setPen(QPen(QColor(style.current().secondary), 1.0))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        paint_readout(painter, self._cursor, lines, QRectF(self.rect()))

    # ---- places ----------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        left = QFontMetricsF(style.mono(7.5)).horizontalAdvance("10⁻¹⁰") + 8.0
        right = QFontMetricsF(style.sans(8.0)).horizontalAdvance("W₁₀") + 8.0
        foot = QFontMetricsF(style.mono(7.5)).height() + 4.0
        head = 1.6 * QFontMetricsF(style.sans(7.5)).height() + 4.0
        return QRectF(left, head, max(self.width() - left - right, 20.0), max(self.height() - foot - head, 20.0))

    def _span(self) -> tuple[float, float]:
        first, last = float(self.layers[0].iterations[0]), float(self.layers[0].iterations[-1])
        return first, max(last, first + 1.0)

    def _across(self, iterations: Floats, area: QRectF) -> Floats:
        first, last = self._span()
        return np.asarray(area.left() + (iterations - first) / (last - first) * area.width())

    # ---- Qt --------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the numbers under the cursor."""
        self._cursor = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the cursor."""
        self._cursor = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.colour()
            self.update()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return a size at which the lines can be told apart."""
        return QSize(340, 200)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(180, 100)


class StatisticsPlot(QWidget):
    """The drawing under the choice of what it shows. Emits nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = StatisticsView(self)
        self.picker = KindPicker("", KINDS, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.picker, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.view, 1)
        self.picker.kind_picked.connect(self.set_kind)
        self.set_kind(NORMS)

    def set_kind(self, kind: str) -> None:
        """Show ``"norms"``, ``"ratios"`` or ``"activations"``."""
        self.picker.set_kind(kind)
        self.view.kind = kind
        self.view.setToolTip(next(choice.tooltip for choice in KINDS if choice.key == kind))
        self.view.update()

    def set_tracks(self, layers: tuple[LayerTrack, ...], activations: tuple[ActivationTrack, ...]) -> None:
        """Show the layers' numbers and histograms over time."""
        self.view.show_tracks(layers, activations)

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new type in the choice."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "picker"):
            self.picker.refresh()


def _values(track: LayerTrack, kind: str) -> Floats:
    return track.gradient_norms if kind == NORMS else track.update_ratios
