"""A small picture of an activation: the curve a = f(z) and its derivative ∂a/∂z."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.formatted_text import escaped, obey_markup
from widgets.controls.labels import Label
from widgets.style import boxes, numbers, style
from widgets.style.ticks import tick_text, ticks
from widgets.values import ActivationCurve, Floats

PLOT_HEIGHT = 140
POINTS = 8.0
"""The type of the numbers at the axes."""
ASIDE = (5.0, 12.0, 20.0, 32.0)
"""How far the label of the largest derivative stands from its dot: as near as no curve crosses it."""


class ActivationPreview(QWidget):
    """Both curves over z, solid for the value and dashed for the derivative, with formulas and traits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot, self._words = _Curves(self), Label(parent=self)
        obey_markup(self._words)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "secondary")
        boxes.column((self._plot, 1), self._words, owner=self, spacing=4)
        self.setAccessibleName("Activation")

    @property
    def curve(self) -> ActivationCurve | None:
        """What is drawn."""
        return self._plot.curve

    def set_curve(self, curve: ActivationCurve | None) -> None:
        """Draw `curve`, or nothing."""
        self._plot.curve = curve
        lines = (curve.label, curve.formula, curve.derivative, *curve.traits) if curve else ()
        if curve is not None and curve.peak is not None:
            lines = (
                *lines,
                f"largest derivative: {numbers.four(curve.peak[1])} at {curve.across} = {numbers.four(curve.peak[0])}",
            )
        self.setToolTip("\n".join(lines))
        self.setAccessibleDescription("; ".join(lines))
        self._write()

    def _write(self) -> None:
        """Write each line after the mark of its curve."""
        theme, curve = style.current(), self.curve
        if curve is None:
            self._words.clear()
            return
        rows = [("—", curve.formula, theme.forward), ("- -", curve.derivative, theme.gradient)]
        rows += [("·", trait, theme.secondary) for trait in curve.traits]
        lines = (f'<span style="color:{colour}">{mark}&nbsp; {escaped(text)}</span>' for mark, text, colour in rows)
        self._words.setText("<br>".join(lines))
        self._plot.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()


class _Curves(QWidget):
    """The two curves about the axes. They are two polylines, so pyqtgraph is not loaded for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.curve: ActivationCurve | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumSize(120, round(PLOT_HEIGHT * style.current().scale))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the type scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the axes and both curves."""
        if self.curve is None:
            return
        theme, curve = style.current(), self.curve
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            window = _window(curve)
            painter.setFont(style.sans(POINTS))
            metrics = painter.fontMetrics()
            steps = ticks(window.top(), window.bottom(), 5)
            step = steps[1] - steps[0] if len(steps) > 1 else 1.0
            margin = max(metrics.horizontalAdvance(tick_text(y, step)) for y in (*steps, 0.0)) + 5
            area = QRectF(self.rect()).adjusted(margin, 2, -2, -metrics.height() - 2)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(area)
            _numbers(painter, curve, window, area, steps)
            painter.setPen(QPen(QColor(theme.line), 1))
            zero = _placed(np.zeros(1), np.zeros(1), window, area).at(0)
            painter.drawLine(QPointF(area.left(), zero.y()), QPointF(area.right(), zero.y()))
            painter.drawLine(QPointF(zero.x(), area.top()), QPointF(zero.x(), area.bottom()))
            drawn: list[QPolygonF] = []
            for y, colour, dash in ((curve.local, theme.gradient, True), (curve.a, theme.forward, False)):
                pen = QPen(QColor(colour), 1.5 * theme.scale)
                if dash:
                    pen.setDashPattern([3.0, 2.0])
                painter.setPen(pen)
                for part in _joined(y):
                    drawn.append(_placed(curve.z[part], y[part], window, area))
                    painter.drawPolyline(drawn[-1])
            if curve.peak is not None:
                _peak(painter, curve.peak, window, area, drawn)


def _numbers(painter: QPainter, curve: ActivationCurve, window: QRectF, area: QRectF, steps: tuple[float, ...]) -> None:
    """Write round numbers along both axes, and what runs across."""
    painter.setPen(QColor(style.current().secondary))
    height = painter.fontMetrics().height()
    step = steps[1] - steps[0] if len(steps) > 1 else 1.0
    for y in steps:
        at = _placed(np.zeros(1), np.array([y]), window, area).at(0).y()
        place = QRectF(0.0, at - height / 2.0, area.left() - 4.0, height)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tick_text(y, step))
    across = ticks(window.left(), window.right(), 5)
    for x in across:
        at = _placed(np.array([x]), np.zeros(1), window, area).at(0).x()
        last = x == across[-1]
        place = QRectF(at - 40.0 if last else at - 20.0, area.bottom() + 1.0, 40.0, height)
        text = tick_text(x, across[1] - across[0])
        if last:
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, f"{curve.across} = {text}")
        elif x == across[0]:
            painter.drawText(place.translated(20.0, 0.0), Qt.AlignmentFlag.AlignLeft, text)
        else:
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, text)


def _peak(
    painter: QPainter, peak: tuple[float, float], window: QRectF, area: QRectF, curves: Sequence[QPolygonF]
) -> None:
    """Mark where the derivative is largest, with its number clear of the `curves`."""
    theme, at = style.current(), _placed(np.array(peak[:1]), np.array(peak[1:]), window, area).at(0)
    painter.setPen(QPen(QColor(theme.panel), 1))
    painter.setBrush(QColor(theme.gradient))
    painter.drawEllipse(at, 3.5, 3.5)
    painter.setPen(QColor(theme.gradient))
    text = f"max {numbers.four(peak[1])}"
    metrics = painter.fontMetrics()
    size = QSizeF(metrics.horizontalAdvance(text) + 1.0, metrics.height())
    painter.drawText(free_place(at, size, area, curves), Qt.AlignmentFlag.AlignCenter, text)


def free_place(at: QPointF, size: QSizeF, area: QRectF, curves: Sequence[QPolygonF]) -> QRectF:
    """Return the place for a label of `size` nearest to `at`, inside `area`, that the fewest `curves` cross."""
    points = np.concatenate([_dense(curve) for curve in curves])
    best, least = QRectF(at, size), len(points) + 1
    for aside in ASIDE:
        for across in (aside, -aside - size.width(), -size.width() / 2.0):
            for down in (aside - 3.0, -aside + 3.0 - size.height(), -size.height() / 2.0):
                place = QRectF(at + QPointF(across, down), size)
                if not area.contains(place) or place.contains(at):
                    continue
                if (crossed := _inside(points, place)) < least:
                    best, least = place, crossed
    return best


def _dense(curve: QPolygonF) -> Floats:
    """Return points along `curve`, so near to each other that no label fits between."""
    corners = np.array([(curve.at(k).x(), curve.at(k).y()) for k in range(curve.size())])
    shares = np.linspace(0.0, 1.0, 12)[:, None, None]
    return np.concatenate([corners, *(corners[:-1] + shares * np.diff(corners, axis=0))])


def _inside(points: Floats, place: QRectF) -> int:
    x, y = points[:, 0], points[:, 1]
    return int(((x > place.left()) & (x < place.right()) & (y > place.top()) & (y < place.bottom())).sum())


def _window(curve: ActivationCurve) -> QRectF:
    low = min(0.0, float(np.nanmin(curve.a)), float(np.nanmin(curve.local)))
    high = max(1.0, float(np.nanmax(curve.a)), float(np.nanmax(curve.local)))
    room = 0.08 * (high - low)
    return QRectF(float(curve.z[0]), low - room, float(curve.z[-1] - curve.z[0]) or 1.0, high - low + 2 * room)


def _joined(y: Floats) -> list[slice]:
    """Return the runs of `y` between its NaN, where it jumps."""
    ends = np.flatnonzero(np.isnan(y))
    return [slice(start, stop) for start, stop in zip((0, *ends + 1), (*ends, len(y)), strict=True)]


def _placed(x: Floats, y: Floats, window: QRectF, area: QRectF) -> QPolygonF:
    across = area.left() + (x - window.left()) / window.width() * area.width()
    down = area.bottom() - (y - window.top()) / window.height() * area.height()
    return QPolygonF([QPointF(float(a), float(b)) for a, b in zip(across, down, strict=True)])
