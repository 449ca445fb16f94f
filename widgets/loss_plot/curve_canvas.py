"""The curves themselves: a pyqtgraph plot with three scales over one axis of iterations."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from widgets.loss_plot.curve_range import across, on_scale, upwards
from widgets.loss_plot.curve_style import CurveStyle, styles_of
from widgets.loss_plot.goal_line import GoalLine
from widgets.loss_plot.marks_item import SIGNS, MarksItem
from widgets.loss_plot.time_line import TimeLine
from widgets.plots.axis import ValueAxis
from widgets.plots.canvas import PlotCanvas, Range, nearest
from widgets.plots.end_labels import EndLabel
from widgets.plots.library import MouseClickEvent, pg
from widgets.plots.readout import ReadoutRow
from widgets.style import numbers
from widgets.values import CurveGoal, CurveMark, Floats, Series

MARK_REACH = 5.0
MOST_ABOVE = 1.5
"""How far above the present curves a branch that was left may reach in the view that is fitted to them."""
FOOT = 16.0


class CurveCanvas(PlotCanvas):
    """The cursor reads every visible curve; `weight` is how heavy the curves are drawn.

    Signals
    -------
    branch_clicked(float)
        The sign of a branch was clicked: its iteration.
    """

    branch_clicked = Signal(float)

    def __init__(self, parent: QWidget | None = None, *, weight: float = 1.0) -> None:
        left, bottom = ValueAxis("left"), ValueAxis("bottom", "whole")
        super().__init__(parent, left=left, bottom=bottom, hint=(256, 192), least=(80, 76))
        self.log = False
        self.weight = weight
        self.shown: dict[str, bool] = {}
        self.styles: dict[str, CurveStyle] = {}
        self._series: tuple[Series, ...] = ()
        self._curves: dict[str, pg.PlotCurveItem] = {}
        self._drawn: dict[str, Floats] = {}
        self._spans: dict[str, Range] = {}
        self._scales = {"accuracy": ValueAxis("right", "percent"), "rate": ValueAxis("right")}
        self._views = {"loss": self.getViewBox()}
        self.time_line = TimeLine()
        self.marks = MarksItem()
        self.goal_line = GoalLine()
        self._build()
        self.restyle()

    def _build(self) -> None:
        item, loss = self.getPlotItem(), self._views["loss"]
        for column, (name, axis) in enumerate(self._scales.items(), 3):
            self._add_scale(name, axis, column)
        loss.setLimits(xMin=0.0)
        loss.sigResized.connect(self._on_resized)
        item.addItem(self.marks, ignoreBounds=True)
        item.addItem(self.time_line, ignoreBounds=True)
        item.showGrid(x=False, y=True, alpha=0.5)
        self.time_line.hide()
        item.scene().sigMouseClicked.connect(self._on_clicked)

    def _add_scale(self, name: str, axis: ValueAxis, column: int) -> None:
        """Add a view with its own scale at the right; it shares the iterations."""
        item = self.getPlotItem()
        view = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        view.disableAutoRange()
        view.setYRange(0.0, 1.0, padding=0)
        item.scene().addItem(view)
        view.setXLink(item)
        axis.linkToView(view)
        item.layout.addItem(axis, 2, column)
        axis.hide()
        axis.setWidth(0)
        self._views[name] = view

    # ---- values in -------------------------------------------------------------------------------

    def show_series(self, series: tuple[Series, ...]) -> None:
        """Draw `series`; a curve that is off, or whose array is the same object as before, costs nothing."""
        self._series = series
        styles = styles_of(series)
        for name in set(self._curves) - set(styles):
            self._remove(name)
        for one in series:
            if styles[one.name] != self.styles.get(one.name) or one.name not in self._curves:
                self._remove(one.name)
                self._add(one, styles[one.name])
        self.styles = styles
        self.set_label_room("M" if any(one.letter for one in series) else "")
        self.show_chosen()

    def show_chosen(self) -> None:
        """Show the curves that are chosen, and the scales they need."""
        for one in self._series:
            is_shown = self.is_shown(one)
            if is_shown and self._drawn.get(one.name) is not one.y:
                self._drawn[one.name] = one.y
                self._curves[one.name].setData(np.asarray(one.x, dtype=np.float64), self._scaled(one))
            self._curves[one.name].setVisible(is_shown)
        for name, axis in self._scales.items():
            needed = self.has_scale(name)
            if needed != axis.isVisible():
                axis.setVisible(needed)
                axis.restyle() if needed else axis.setWidth(0)
        self._show_goal()
        self.refresh()

    def is_shown(self, series: Series) -> bool:
        """Whether `series` is drawn: as the user chose, otherwise as the presenter said."""
        return self.shown.get(series.name, series.visible)

    def has_scale(self, name: str) -> bool:
        """Whether any visible curve is on the scale `name`."""
        return any(self.is_shown(one) and one.axis == name for one in self._series)

    def set_log(self, log: bool) -> None:
        """Show losses and rate on a log scale or a linear one."""
        if log != self.log:
            self.log = log
            self.left.numbering = self._scales["rate"].numbering = "log" if log else "number"
            self._drawn.clear()
            self.left.restyle()
            self.fit()
            self.show_series(self._series)

    def set_time(self, iteration: float | None) -> None:
        """Put the line at `iteration`, unless the user drags it; None hides it."""
        if not self.time_line.moving:
            self.time_line.setVisible(iteration is not None)
            if iteration is not None and iteration != self.time_line.value():
                self.time_line.setValue(iteration)

    def set_marks(self, marks: tuple[CurveMark, ...]) -> None:
        """Mark the moments in `marks`."""
        self.marks.show_marks(marks)

    def set_goal(self, goal: CurveGoal | None) -> None:
        """Draw the line of `goal` while its curve is shown."""
        self.goal_line.goal = goal
        self._show_goal()
        self.refresh()

    def ranges(self) -> tuple[Range, Range]:
        """Return all iterations, and all losses that are shown."""
        return across(one.x for one in self._series), self._span_of("loss")

    def fit(self) -> None:
        """Show all of every visible curve, and follow them from now on."""
        self.time_line.setBounds((0.0, None))
        self._span("rate", self._span_of("rate"))
        self._span("accuracy", (0.0, 1.02))
        super().fit()

    def _span(self, scale: str, span: Range) -> None:
        """Let a scale at the right span `span`; pyqtgraph would work long to find that it already does."""
        if self._spans.get(scale) != span:
            self._spans[scale] = span
            self._views[scale].setYRange(*span, padding=0)

    def _span_of(self, scale: str) -> Range:
        seen = [one for one in self._series if self.is_shown(one) and one.axis == scale]
        highest = max((_highest(one) for one in seen if not one.dimmed), default=math.inf)
        near = (replace(one, y=np.where(one.y <= MOST_ABOVE * highest, one.y, np.nan)) for one in seen if one.dimmed)
        curves = (self._scaled(one) for one in (*near, *(o for o in seen if not o.dimmed)))
        return upwards((*curves, *self._goal_on(scale)), log=self.log)

    def end_labels(self) -> tuple[EndLabel, ...]:
        """Return each letter where its curve ends in the view."""
        made = []
        for one in self._series:
            end = self._end_of(one) if one.letter and self.is_shown(one) else None
            if end is not None:
                made.append(EndLabel(one.letter, self.styles[one.name].pen().color(), end))
        return tuple(made)

    def _end_of(self, series: Series) -> QPointF | None:
        """Return the pixel of the last point of `series` in the view; None when none is in it."""
        view, y = self._views[series.axis], self._scaled(series)
        (left, right), (low, high) = view.viewRange()
        seen = np.flatnonzero(np.isfinite(y) & (series.x >= left) & (series.x <= right) & (y >= low) & (y <= high))
        if not len(seen):
            return None
        last = seen[-1]
        return self.place_of(float(series.x[last]), float(y[last]), view)

    def _goal_on(self, scale: str) -> tuple[Floats, ...]:
        """Return the height of the goal where its curve is shown and belongs to `scale`; nothing elsewhere."""
        goal = self.goal_line.goal
        curve = next((one for one in self._series if goal is not None and one.name == goal.curve), None)
        if goal is None or curve is None or curve.axis != scale or not self.is_shown(curve):
            return ()
        return (on_scale(np.array([goal.value]), log=self.log and scale != "accuracy"),)

    def _show_goal(self) -> None:
        found = [(scale, float(heights[0])) for scale in self._views for heights in self._goal_on(scale)]
        for scale, _ in found:
            if self.goal_line.getViewBox() is not self._views[scale]:
                self._views[scale].addItem(self.goal_line, ignoreBounds=True)
        self.goal_line.show_at(found[0][1] if found else math.nan)

    # ---- reading ---------------------------------------------------------------------------------

    def rows_at(self, x: float, y: float = 0.0) -> tuple[ReadoutRow, ...]:
        """Return every visible curve's value at the drawn iteration nearest to `x`."""
        if self.time_line.moving:
            return ()
        rows, at = [], x
        for one in self._series:
            if self.is_shown(one) and len(one.x) and not one.dimmed:
                i = nearest(one.x, x)
                at = float(one.x[i])
                text = numbers.four(float(one.y[i]))
                rows.append(ReadoutRow(self.styles[one.name].pen(1.6), one.name, text))
        head = ReadoutRow(None, "iteration", numbers.grouped(round(at)))
        marks = (ReadoutRow(None, mark.label, SIGNS[mark.kind]) for mark in self._near(x)[-3:])
        return (head, *rows, *marks) if rows else ()

    def _near(self, iteration: float) -> list[CurveMark]:
        """Return the marks within a few pixels of `iteration`."""
        left, right = self._views["loss"].viewRange()[0]
        reach = MARK_REACH * (right - left) / max(self._views["loss"].width(), 1.0)
        return [mark for mark in self.marks.marks if abs(mark.iteration - iteration) <= reach]

    def _branch_at(self, place: QPointF) -> CurveMark | None:
        """Return the branch whose sign is at `place` of the scene."""
        area = self._views["loss"].sceneBoundingRect()
        if not area.contains(place) or place.y() < area.bottom() - FOOT:
            return None
        near = self._near(self._views["loss"].mapSceneToView(place).x())
        return next((mark for mark in reversed(near) if mark.kind == "branch"), None)

    def _point_at(self, at_sign: bool) -> None:
        """Show a hand over a sign that can be clicked; the line of time has a cursor of its own."""
        if at_sign:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        elif self.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor:
            self.viewport().unsetCursor()

    def _on_clicked(self, event: MouseClickEvent) -> None:
        mark = self._branch_at(event.scenePos())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton and not event.double():
            self.branch_clicked.emit(mark.iteration)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the curves under the cursor."""
        super().mouseMoveEvent(event)
        self._point_at(self._branch_at(self.mapToScene(event.position().toPoint())) is not None)

    # ---- inside ----------------------------------------------------------------------------------

    def _scaled(self, series: Series) -> Floats:
        return on_scale(series.y, log=self.log and series.axis != "accuracy")

    def _add(self, series: Series, curve_style: CurveStyle) -> None:
        pen = curve_style.pen(self.weight)
        curve = pg.PlotCurveItem(pen=pen, antialias=True, connect="finite", skipFiniteCheck=False)
        self._views[series.axis].addItem(curve)
        self._curves[series.name] = curve

    def _remove(self, name: str) -> None:
        curve = self._curves.pop(name, None)
        self._drawn.pop(name, None)
        if curve is not None:
            curve.getViewBox().removeItem(curve)

    def _on_resized(self, *_: object) -> None:
        rect = self._views["loss"].sceneBoundingRect()
        for name in ("accuracy", "rate"):
            self._views[name].setGeometry(rect)
            self._views[name].linkedViewChanged(self._views["loss"], pg.ViewBox.XAxis)

    def restyle(self) -> None:
        """Take up the theme and the type."""
        for axis in self._scales.values():
            if axis.isVisible():
                axis.restyle()
        self.time_line.restyle()
        self.goal_line.restyle()
        for name, curve in self._curves.items():
            curve.setPen(self.styles[name].pen(self.weight))
        super().restyle()


def _highest(series: Series) -> float:
    finite = series.y[np.isfinite(series.y)]
    return float(finite.max()) if len(finite) else -math.inf
