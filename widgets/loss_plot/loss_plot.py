"""Loss, its parts, accuracy and learning rate over the iterations, and the line of time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.loss_plot.axis_names import AxisNames
from widgets.loss_plot.curve_canvas import CurveCanvas
from widgets.loss_plot.curve_style import styles_of
from widgets.loss_plot.curve_tools import CurveTools
from widgets.loss_plot.flow_row import FlowRow
from widgets.loss_plot.series_chip import SeriesChip
from widgets.loss_plot.time_field import TimeField
from widgets.style import boxes, style
from widgets.values import CurveGoal, CurveMark, Series


class LossPlot(QWidget):
    """Curves to zoom, pan and read, each with a switch, over a foot that holds the iteration.

    `tools` holds *log* and *fit*; it stands in the plot's own top row until a window puts it
    into its heading.

    Signals
    -------
    time_pressed(), time_moved(float), time_released()
        The time line was dragged, or an iteration was typed.
    series_toggled(str, bool)
        The user showed or hid a curve.
    log_toggled(bool)
        The user switched between a log scale and a linear one.
    smoothing_picked(int)
        How many recorded points on either side each point is to be averaged with; 0 for none.
    branch_clicked(float)
        The sign of a branch, at this iteration, was clicked.
    """

    time_pressed = Signal()
    time_moved = Signal(float)
    time_released = Signal()
    series_toggled = Signal(str, bool)
    log_toggled = Signal(bool)
    smoothing_picked = Signal(int)
    branch_clicked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = CurveCanvas(self)
        self.chips = FlowRow(self)
        self.axis_names = AxisNames(self)
        self.time_field = TimeField(self)
        self.tools = CurveTools(self)
        self._series: tuple[Series, ...] = ()
        self._chips: dict[str, SeriesChip] = {}
        self._said: dict[str, bool] = {}
        self._switched: dict[str, bool] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._lay_out()
        self._connect()
        self.canvas.setAccessibleName("Curves over the iterations")
        self.setAccessibleName("Loss curves")

    def _lay_out(self) -> None:
        top = boxes.row((self.chips, 1), (self.tools, 0, Qt.AlignmentFlag.AlignTop), spacing=4)
        boxes.column(top, self.axis_names, (self.canvas, 1), self.time_field, owner=self, spacing=2)

    def _connect(self) -> None:
        line = self.canvas.time_line
        line.pressed.connect(self.time_pressed)
        line.dragged.connect(self._on_dragged)
        line.released.connect(self.time_released)
        self.time_field.iteration_typed.connect(self._on_iteration_typed)
        self.tools.log_toggled.connect(self._on_log_toggled)
        self.tools.fit_clicked.connect(self.canvas.fit)
        self.tools.smoothing_picked.connect(self.smoothing_picked)
        self.canvas.fitted_changed.connect(self.tools.set_fitted)
        self.canvas.branch_clicked.connect(self.branch_clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, so that no frame of the curves paints what is behind them too."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(style.current().panel))

    # ---- values in -------------------------------------------------------------------------------

    def set_series(self, series: tuple[Series, ...]) -> None:
        """Draw `series`; the same tuple, or a curve with the same array, costs nothing.

        A curve that the user switched stays so until the presenter changes it.
        """
        if series is self._series:
            return
        self._series = series
        for one in series:
            if self._said.get(one.name) != one.visible:
                self._said[one.name] = one.visible
                self.canvas.shown.pop(one.name, None)
        self.canvas.show_series(series)
        self._refresh_chips()

    def set_time(self, iteration: float | None) -> None:
        """Put the time line at `iteration` and write it; None hides it. A dragged line stays where it is."""
        self.set_line(iteration)
        self.set_iteration(iteration)

    def set_line(self, iteration: float | None) -> None:
        """Put the time line alone at `iteration`: it moves with the curves."""
        self.canvas.set_time(iteration)

    def set_iteration(self, iteration: float | None) -> None:
        """Write `iteration` alone: while training plays it changes with the other numbers, more often than the line."""
        if not self.canvas.time_line.moving:
            self.time_field.set_iteration(iteration)

    def set_marks(self, marks: tuple[CurveMark, ...]) -> None:
        """Mark where the rate dropped, the user edited, or a branch began."""
        self.canvas.set_marks(marks)

    def set_goal(self, goal: CurveGoal | None) -> None:
        """Draw the dotted line that a curve is to cross; None draws none."""
        self.canvas.set_goal(goal)

    def set_log(self, log: bool) -> None:
        """Set the switch *log*."""
        self.tools.set_log(log)
        self.canvas.set_log(log)
        self._refresh_names()

    def set_smoothing(self, reach: int) -> None:
        """Show how far the curves are smoothed. Never emits."""
        self.tools.set_smoothing(reach)

    def fit(self) -> None:
        """Show all of every visible curve, and follow them."""
        self.canvas.fit()

    def _refresh_chips(self) -> None:
        switched = tuple(one for one in self._series if not one.dimmed)
        styles = styles_of(switched)
        if [(n, c.curve_style) for n, c in self._chips.items()] != list(styles.items()):
            self._chips = {name: SeriesChip(name, curve_style) for name, curve_style in styles.items()}
            for name, chip in self._chips.items():
                chip.clicked.connect(lambda checked, name=name: self._on_chip_clicked(name, checked))
            self.chips.set_widgets(list(self._chips.values()))
            self._switched = {}
        now = {one.name: self.canvas.is_shown(one) for one in switched}
        if now == self._switched:
            return
        self._switched = now
        for name, is_shown in now.items():
            self._chips[name].setChecked(is_shown)
        self._refresh_names()

    def _refresh_names(self) -> None:
        """Break the legend again (a curve that is off needs less room) and name the scales in use."""
        self.chips.place()
        self.axis_names.set_names(
            "loss (log)" if self.canvas.log else "loss",
            self.canvas.has_scale("accuracy"),
            self.canvas.has_scale("rate"),
        )

    # ---- gestures --------------------------------------------------------------------------------

    def _on_chip_clicked(self, name: str, checked: bool) -> None:
        self.canvas.shown[name] = self._switched[name] = checked
        self.canvas.show_chosen()
        self._refresh_names()
        self.series_toggled.emit(name, checked)

    def _on_log_toggled(self, log: bool) -> None:
        self.set_log(log)
        self.log_toggled.emit(log)

    def _on_dragged(self, iteration: float) -> None:
        self.time_field.set_iteration(iteration)
        self.time_moved.emit(iteration)

    def _on_iteration_typed(self, iteration: float) -> None:
        self.set_time(iteration)
        self.time_pressed.emit()
        self.time_moved.emit(iteration)
        self.time_released.emit()

    def sizeHint(self) -> QSize:
        """Return a size at which the axes can be read."""
        return QSize(340, 220)

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for chip in self._chips.values():
                chip.updateGeometry()
                chip.update()
