"""Two runs side by side: what differs, both boundaries, both numbers, and one curve of each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.compare.compare_table import LETTERS, CompareTable
from widgets.controls.button import Button
from widgets.controls.choice_box import ChoiceBox
from widgets.controls.labels import Label, Note, secondary
from widgets.loss_plot.curve_canvas import CurveCanvas
from widgets.loss_plot.curve_style import styles_of
from widgets.loss_plot.curve_tools import CurveTools
from widgets.plane import OutputPlane
from widgets.plots.flow_plot import FlowPlot
from widgets.style import boxes, style
from widgets.style.themed import Themed
from widgets.values import Choice, FlowRow, Series, TransportReadouts

EMPTY = "Choose above how a second run differs: same data, same seed, same start weights, one changed setting."
FLOW_TIP = "Show the gradient flow of both runs, ‖g‖ and ‖ΔW‖ / ‖W‖ of every layer on one scale, instead of the curves."
WEIGHT = 1.7
LEAST_PLANE = (116, 150)
LONGEST_NAME = 44
LEGEND_FROM = 300
"""From this height of the panel on the boundaries have a legend of their own: the output view has it anyway."""


class ComparePanel(Themed, QWidget):
    """The boundary of both runs, their numbers, and a curve of each in one plot with one scale.

    `tools` holds how the curves are shown; a window puts it into its heading.

    Signals
    -------
    difference_picked(str)
        The key of the setting in which the second run shall differ.
    document_clicked()
        The second run shall come from a saved document.
    end_clicked()
        The comparison shall end.
    curve_picked(str)
        The curve to be drawn: ``train_loss``, ``test_loss`` or ``test_accuracy``.
    flow_toggled(bool)
        Whether the gradient flow of both runs is wanted in the place of the curves.
    smoothing_picked(int)
        How many recorded points on either side each point is to be averaged with.
    time_pressed(), time_moved(float), time_released()
        The time line was dragged.
    """

    difference_picked = Signal(str)
    document_clicked = Signal()
    end_clicked = Signal()
    curve_picked = Signal(str)
    flow_toggled = Signal(bool)
    smoothing_picked = Signal(int)
    time_pressed = Signal()
    time_moved = Signal(float)
    time_released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ChoiceBox("", "The second run differs by: both train in lock-step from iteration 0.")
        self.document = Button("Saved document…", "Compare with a document on disk, at its own settings.")
        self.end = Button("End comparison", "End the second run; the first continues.")
        self.names = (Label(), Label())
        self.plots = (OutputPlane(), OutputPlane())
        self.table = CompareTable(WEIGHT)
        self.note = Note()
        self.canvas = CurveCanvas(self, weight=WEIGHT)
        self.tools = CurveTools(self)
        self.flow = Button("Flow", FLOW_TIP, "list", checkable=True)
        self.flows = (FlowPlot(), FlowPlot())
        self._flows = QWidget()
        self.empty = secondary(EMPTY)
        self._pair = QWidget()
        self._build()
        self._connect()
        self.set_names("", "")

    # ---- values in -------------------------------------------------------------------------------

    def set_choices(self, choices: tuple[Choice, ...], current: str) -> None:
        """Offer `choices`. Never emits."""
        self.box.set_choices(choices, current)

    def set_names(self, first: str, second: str, tooltip: str = "") -> None:
        """Name both runs; empty names show what to do. Never emits."""
        is_active = bool(second)
        for letter, label, plot, name in zip(LETTERS, self.names, self.plots, (first, second), strict=True):
            label.setText(f"{letter} · {shortened(name)}" if name else "")
            label.setToolTip(tooltip)
            plot.setAccessibleName(f"Output of run {letter}, {name}" if name else f"Output of run {letter}")
        self.table.set_names((first, second), tooltip)
        self._pair.setVisible(is_active)
        self.empty.setVisible(not is_active)
        self.end.setEnabled(is_active)
        self.flow.setEnabled(is_active)
        self.tools.setEnabled(is_active)

    def set_readouts(self, index: int, values: TransportReadouts) -> None:
        """Show the numbers of run `index`, 0 or 1. Never emits."""
        self.table.set_readouts(index, values)

    def set_curves(self, series: tuple[Series, ...], words: str) -> None:
        """Draw a curve of run A and of run B on one scale; `words` describe them to a screen reader. Never emits."""
        self.canvas.show_series(series)
        styles = styles_of(series)
        self.table.set_styles(tuple(styles[one.name] for one in series))
        self.canvas.setAccessibleDescription(words)

    def set_flows(self, rows: tuple[tuple[FlowRow, ...], tuple[FlowRow, ...]] | None) -> None:
        """Show the gradient flow of both runs on one scale in the place of the curves; None shows the curves."""
        self.flow.setChecked(rows is not None)
        self._flows.setVisible(rows is not None)
        self.canvas.setVisible(rows is None)
        for plot, own, other in zip(self.flows, rows or (), reversed(rows or ()), strict=False):
            plot.set_rows(own, other)

    def set_time(self, iteration: float) -> None:
        """Put the time line at `iteration`, unless the user holds it. Never emits."""
        self.canvas.set_time(iteration)

    def set_note(self, text: str) -> None:
        """Show what is wrong with a run; empty: nothing. Never emits."""
        self.note.setText(text)

    # ---- inside ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.canvas.setAccessibleName("A curve of both runs over the iterations")
        self.canvas.setMinimumHeight(80)
        pair = boxes.row(owner=self._pair, spacing=2 * style.GRID)
        for label, plot in zip(self.names, self.plots, strict=True):
            label.setWordWrap(True)
            plot.title.hide()
            plot.tools.hide()
            plot.probe_editor.hide()
            plot.plane.setMinimumSize(*LEAST_PLANE)
            pair.addLayout(boxes.column(label, (plot, 1), spacing=2), 4)
        both = boxes.row(owner=self._flows, spacing=style.GRID)
        for letter, flow in zip(LETTERS, self.flows, strict=True):
            flow.setAccessibleName(f"Gradient flow of run {letter}")
            both.addLayout(boxes.column(secondary(f"gradient flow of {letter}"), (flow, 1), spacing=2), 1)
        self._flows.hide()
        parts = self.table, self.note, (self.canvas, 1), (self._flows, 1)
        pair.addLayout(boxes.column(*parts, spacing=2), 7)
        top = boxes.row((self.box, 1), self.flow, self.document, self.end)
        boxes.column(top, self.empty, (self._pair, 1), owner=self, spacing=4)
        self.take_theme()

    def _connect(self) -> None:
        self.box.choice_picked.connect(self.difference_picked)
        self.document.clicked.connect(lambda: self.document_clicked.emit())
        self.flow.clicked.connect(self.flow_toggled)
        self.end.clicked.connect(lambda: self.end_clicked.emit())
        self.table.curve_picked.connect(self.curve_picked)
        self.tools.fit_clicked.connect(self.canvas.fit)
        self.tools.smoothing_picked.connect(self.smoothing_picked)
        self.tools.log_toggled.connect(self.canvas.set_log)
        self.canvas.fitted_changed.connect(self.tools.set_fitted)
        line = self.canvas.time_line
        line.pressed.connect(self.time_pressed)
        line.dragged.connect(self.time_moved)
        line.released.connect(self.time_released)

    def take_theme(self) -> None:
        """Take up a new type; let the boundaries have a legend where there is room for one."""
        for label in self.names:
            label.setFont(style.sans(9.0, bold=True))
        for plot in self.plots:
            plot.legend.setVisible(self.height() >= LEGEND_FROM * style.current().scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show or hide the legends."""
        super().resizeEvent(event)
        self.take_theme()


def shortened(name: str) -> str:
    """Return `name` shortened to two lines; the tooltip has the whole name."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
