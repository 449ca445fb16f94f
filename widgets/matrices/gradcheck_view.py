"""The Gradient check tab: central differences beside backprop, counted and timed on both sides."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QProgressBar,
    QTableView,
    QWidget,
)

from widgets.controls import stops
from widgets.controls.button import Button
from widgets.controls.choice_box import ChoiceBox
from widgets.controls.labels import Note, secondary
from widgets.controls.value_slider import ValueSlider
from widgets.matrices.gradcheck_table import GradientCheckTable
from widgets.plots.cost_plot import CostPlot
from widgets.plots.gradient_scatter import GradientScatter
from widgets.style import boxes, numbers
from widgets.values import Choice, NumberField
from widgets.values.gradcheck import CostSweepReading, GradientCheckReading

EPSILON = NumberField(
    key="epsilon",
    label="ε",
    tooltip="How far each parameter is moved: numeric gradient = (L(w + ε) − L(w − ε)) / 2ε.",
    stops=stops.decades(-10, -1, (1.0, 2.0, 5.0)),
    default=1e-5,
    low=1e-14,
    high=1.0,
)
EMPTY = (
    "Press Check: every parameter is moved by ±ε, and the slope of the loss is compared with backprop. "
    "Width sweep shows how the cost of both ways grows."
)
SWEEP_TIP = "Measure both ways for networks from 1 to 128 units wide: time and operations against the parameters P."
WORK_TIP = (
    "Operations, roughly. One by one, each of the P parameters costs a forward pass over the N nodes: N·P. "
    "Backprop visits every node and every parameter once: N + P."
)
BREAK_TIP = "Make one local derivative wrong on purpose, and see that the check finds it."


def seconds(value: float) -> str:
    """Return a duration: ``3.2 ms``, ``1.4 s``."""
    return f"{numbers.four(round(1e3 * value, 3))} ms" if value < 1.0 else f"{numbers.fixed(value, 2)} s"


class GradientCheckView(QWidget):
    """ε and the button, progress, the verdict, the scatter and the table.

    Signals
    -------
    check_requested()
        Start (or start again).
    sweep_requested()
        Measure what both ways cost over a sweep of widths.
    cancel_requested()
        Stop the running check or sweep.
    epsilon_changed(float), epsilon_released()
        Another ε while dragging; the gesture ended.
    broken_picked(str)
        The derivative to break on purpose; an empty key breaks none.
    parameter_clicked(int)
        The place of a parameter in the reading, from the table or the scatter.
    """

    check_requested = Signal()
    sweep_requested = Signal()
    cancel_requested = Signal()
    epsilon_changed = Signal(float)
    epsilon_released = Signal()
    broken_picked = Signal(str)
    parameter_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.epsilon = ValueSlider(EPSILON)
        self.run = Button(
            "Check", "Compare every gradient with a central difference; 2·P forward passes.", "play", role="primary"
        )
        self.sweep = Button("Width sweep", SWEEP_TIP, "list")
        self.cancel = Button("Cancel", "Stop it; the last result stays.", "close")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Checking the gradients")
        self.broken = QCheckBox("break one derivative")
        self.which = ChoiceBox("which", "The local derivative that is made wrong.")
        self.work, self.verdict, self.cost, self.notes = Note(""), Note(""), Note(""), Note("secondary")
        self.outdated = Note()
        self.sweep_note, self._sweep_body = Note("secondary"), QWidget()
        self.empty = secondary(EMPTY)
        self.model, self.table = GradientCheckTable(), QTableView()
        self._choices: tuple[Choice, ...] = ()
        self._build()
        self._connect()
        self.set_progress(None)
        self.set_reading(None)

    @cached_property
    def scatter(self) -> GradientScatter:
        """The plot of a check, made when there is one: it takes as long as all the rest of the page."""
        scatter = GradientScatter()
        self._body.insertWidget(0, scatter, 1)
        QWidget.setTabOrder(self.which, scatter)  # read before the table beside it
        scatter.point_clicked.connect(self._on_point_clicked)
        return scatter

    @cached_property
    def _plots(self) -> tuple[CostPlot, CostPlot]:
        """The plots of a sweep, made when there is one."""
        plots = CostPlot("operations", ("N·P", "N + P")), CostPlot("seconds", ("2·P passes", "backprop"))
        boxes.add(self._sweep_box, (boxes.row((plots[0], 1), (plots[1], 1), spacing=16), 1))
        return plots

    @property
    def operations(self) -> CostPlot:
        """The plot of the operations that a sweep counted."""
        return self._plots[0]

    @property
    def times(self) -> CostPlot:
        """The plot of the times that a sweep took."""
        return self._plots[1]

    # ---- values in -----------------------------------------------------------------------------

    def set_epsilon(self, epsilon: float) -> None:
        """Show ε. Never emits."""
        self.epsilon.set_value(epsilon)

    def set_broken(self, choices: tuple[Choice, ...], current: str) -> None:
        """Offer the derivatives that can be broken; an empty `current` breaks none. Never emits."""
        self._choices = choices
        self.which.set_choices(choices, current or (choices[0].key if choices else ""))
        with QSignalBlocker(self.broken):
            self.broken.setChecked(bool(current))
        self.which.setVisible(bool(current))
        self.broken.setEnabled(bool(choices))

    def set_progress(self, share: float | None, text: str = "") -> None:
        """Show how much of a running check is done (0…1), or that none runs (None)."""
        running = share is not None
        self.progress.setVisible(running)
        self.cancel.setVisible(running)
        self.run.setEnabled(not running)
        self.sweep.setEnabled(not running)
        if share is not None:
            self.progress.setValue(round(1000 * share))
            self.progress.setFormat(text or "%p %")

    def set_work(self, text: str) -> None:
        """Say what the gradients of the present network cost, in counts. Never emits."""
        self.work.setText(text)

    def set_outdated(self, text: str) -> None:
        """Say at the head of a result what it is of; empty where it is of what the window shows. Never emits."""
        self.outdated.setText(text)

    def set_sweep(self, sweep: CostSweepReading) -> None:
        """Show a finished sweep of widths in the place of a check."""
        self.set_reading(None)
        self.empty.hide()
        self.operations.set_costs(sweep.parameters, sweep.one_by_one, sweep.backprop)
        self.times.set_costs(sweep.parameters, sweep.seconds_one_by_one, sweep.seconds_backprop)
        self._sweep_body.show()
        self.sweep_note.setText(sweep.note)

    def set_reading(self, reading: GradientCheckReading | None) -> None:
        """Show a finished check; None says how to start one."""
        self.set_outdated("")
        self._sweep_body.hide()
        self.empty.setVisible(reading is None)
        for part in (self.table, self.verdict, self.cost, self.notes):
            part.setVisible(reading is not None)
        if reading is not None or "scatter" in vars(self):
            self.scatter.setVisible(reading is not None)
        self.model.set_reading(reading)
        if reading is None:
            return
        self.scatter.set_points(reading.backprop, reading.numeric, reading.wrong)
        self.verdict.setText(_verdict(reading))
        passes = numbers.grouped(reading.forward_passes_numeric)
        self.cost.setText(
            f"numeric with ε = {numbers.four(reading.epsilon)}: {passes} forward passes, "
            f"{seconds(reading.seconds_numeric)}   ·   "
            f"backprop: 1 forward + 1 backward, {seconds(reading.seconds_backprop)}"
        )
        notes = [*reading.notes, *([f"Broken on purpose: {reading.broken}."] if reading.broken else [])]
        self.notes.setText("  ".join(notes))

    # ---- layout --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.broken.setToolTip(BREAK_TIP)
        self.which.setMinimumWidth(240)
        self.which.hide()
        self.epsilon.setFixedWidth(150)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName("Gradient check progress")
        self.work.setToolTip(WORK_TIP)
        self.cost.setToolTip("2·P forward passes against one forward and one backward pass.")
        self._dress_table()
        controls = self.epsilon, self.run, self.sweep, self.cancel, self.progress, self.broken
        tools = boxes.row(*controls, boxes.STRETCH, spacing=10)
        breaking = boxes.row(self.which, boxes.STRETCH)
        words = self.work, self.cost, self.notes
        self._body = boxes.row((self.table, 3), spacing=16)
        self._sweep_box = boxes.column(self.sweep_note, owner=self._sweep_body, spacing=4)
        self._sweep_body.hide()
        # What is found comes first, and the counts below it: in a low window one scrolls to them.
        parts = self.empty, self.outdated, self.verdict, (self._sweep_body, 1), (self._body, 1), *words
        boxes.column(tools, breaking, *parts, owner=self, spacing=6).addStretch(0)

    def _dress_table(self) -> None:
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSortIndicator(3, Qt.SortOrder.DescendingOrder)
        self.table.setSortingEnabled(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAccessibleName("Gradients of all parameters")
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(22)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(50)
        header.setStretchLastSection(True)

    def _connect(self) -> None:
        self.run.clicked.connect(self.check_requested)
        self.sweep.clicked.connect(self.sweep_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.epsilon.value_changed.connect(self.epsilon_changed)
        self.epsilon.value_released.connect(self.epsilon_released)
        self.broken.toggled.connect(self._on_broken_toggled)
        self.which.choice_picked.connect(self.broken_picked)
        self.table.clicked.connect(self._on_row_clicked)
        self.table.activated.connect(self._on_row_clicked)

    def _on_broken_toggled(self, on: bool) -> None:
        self.which.setVisible(on)
        self.broken_picked.emit(self.which.current if on else "")

    def _on_point_clicked(self, place: int) -> None:
        self.scatter.set_selected(place)
        row = self.model.row_of(place)
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        self.parameter_clicked.emit(place)

    def _on_row_clicked(self, index: QModelIndex) -> None:
        place = self.model.place(index.row())
        self.scatter.set_selected(place)
        self.parameter_clicked.emit(place)


def _verdict(reading: GradientCheckReading) -> str:
    wrong = int(reading.wrong.sum())
    checked = len(reading.labels)
    of = f"{checked} of {reading.parameters}" if checked < reading.parameters else f"all {checked}"
    if wrong:
        said = f"✗ {wrong} of {checked} gradients: backprop is wrong, or a number is not finite"
    elif reading.remarks:
        said = f"✓ {of} gradients: nothing contradicts backprop; {', '.join(reading.remarks)}, see below"
    else:
        said = f"✓ {of} gradients: backprop and central differences agree"
    limit = numbers.four(reading.tolerance)
    return f"{said}; largest relative error {numbers.four(reading.max_error)} (limit {limit})"
