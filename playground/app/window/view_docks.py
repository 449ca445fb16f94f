"""Views that open beside the others: a table of docks, hidden at first, each filled when first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from playground.app.views.scheduling import Scheduler
from playground.app.window.dock_sizes import DockSizes
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.panel_dock import PanelDock
from widgets.plane.output_plane import OutputPlane

Made = tuple[QWidget, object]

COMPARE_SHARE = 0.37
"""Of the height of the window, for two output planes beside each other."""


@dataclass(frozen=True, slots=True)
class ViewContext:
    """What the views use."""

    session: Session
    scheduler: Scheduler
    slow_motion: SlowMotion
    output: OutputPlane  # the main one, which shows examples and takes strokes
    docks: Mapping[str, PanelDock]  # of ``VIEWS``, by key
    sizes: DockSizes
    make_lesson_panel: Callable[[], Made]
    ask_for_document: Callable[[Callable[[Path], object]], object]  # asks for a file and hands it to a function


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """One row of the table."""

    key: str  # object name of the dock
    title: str  # its heading and its name in the *View* menu
    summary: str  # what it shows, in one sentence
    beside: str  # the dock that it opens as a tab of
    make: Callable[[ViewContext], Made]  # makes widget and presenter; the widget's ``tools`` go into the heading
    names_itself: bool = False  # whether its content has a heading of its own


def _hidden_space(context: ViewContext) -> Made:
    from playground.app.views.hidden_space.presenter import HiddenSpacePresenter
    from widgets.plots.hidden_space_plot import HiddenSpacePlot

    plot = HiddenSpacePlot()
    return plot, HiddenSpacePresenter(context.session, context.scheduler, context.slow_motion, plot)


def _loss_slice(context: ViewContext) -> Made:
    from playground.app.views.loss_slice.presenter import LossSlicePresenter
    from widgets.plots.loss_slice_plot import LossSlicePlot

    plot = LossSlicePlot()
    return plot, LossSlicePresenter(context.session, context.scheduler, plot)


def _statistics(context: ViewContext) -> Made:
    from playground.app.views.statistics.presenter import StatisticsPresenter
    from widgets.plots.statistics_plot import StatisticsPlot

    plot = StatisticsPlot()
    return plot, StatisticsPresenter(context.session, context.scheduler, plot)


def _confusion(context: ViewContext) -> Made:
    from playground.app.views.confusion.presenter import ConfusionPresenter
    from widgets.matrices.confusion_matrix import ConfusionMatrix

    matrix = ConfusionMatrix(framed=False)
    matrix.title.hide()
    return matrix, ConfusionPresenter(context.session, context.scheduler, matrix, context.output)


def _compare(context: ViewContext) -> Made:
    from playground.app.views.compare.presenter import ComparePresenter
    from widgets.compare.compare_panel import ComparePanel

    panel = ComparePanel()
    presenter = ComparePresenter(context.session, context.scheduler, panel)
    context.sizes.ensure_height("compare", COMPARE_SHARE)
    context.docks["compare"].closed.connect(presenter.end_comparison)
    panel.document_clicked.connect(lambda: context.ask_for_document(presenter.compare_with))
    return panel, presenter


def _paint(context: ViewContext) -> Made:
    from playground.app.views.paint.presenter import PaintPresenter
    from widgets.setup.paint_tools import PaintTools

    tools = PaintTools()
    tools.title.hide()  # the dock names it
    switch = context.docks["paint"].toggleViewAction()
    presenter = PaintPresenter(context.session, context.output, tools, switch.isChecked)
    # Qt hides the docks of a window that is being deleted.
    switch.toggled.connect(lambda _on: presenter.refresh() if isValid(tools) and isValid(switch) else None)
    return tools, presenter


def _templates(context: ViewContext) -> Made:
    from playground.app.views.templates.presenter import TemplatesPresenter
    from widgets.matrices.templates_view import TemplatesView

    view = TemplatesView(framed=False)
    view.title.hide()
    return view, TemplatesPresenter(context.session, context.scheduler, view)


def _lesson(context: ViewContext) -> Made:
    return context.make_lesson_panel()


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        "hidden_space", "Hidden space",
        "the data as one hidden layer represents them, and the input plane as the layers bend it",
        "output", _hidden_space,
    ),
    ViewSpec(
        "loss_slice", "Loss slice",
        "the loss of the training set along two directions through the current weights, with the path of training",
        "output", _loss_slice,
    ),
    ViewSpec(
        "statistics", "Statistics",
        "gradient norms, update-to-weight ratios and activations of every layer over the iterations",
        "curves", _statistics,
    ),
    ViewSpec(
        "confusion", "Confusion matrix",
        "how many examples of each class are classified as which class",
        "curves", _confusion,
    ),
    ViewSpec(
        "templates", "Templates",
        "the weights of the first layer as images, where the inputs are pixels",
        "output", _templates,
    ),
    ViewSpec(
        "paint", "Paint",
        "add, move and erase points on the output plane",
        "curves", _paint,
    ),
    ViewSpec(
        "compare", "Compare two runs",
        "a second run with one changed setting beside this one, in lock-step",
        "inspector", _compare,
    ),
    ViewSpec(
        "lesson", "Lesson",
        "a lesson, one step at a time: it asks first, then shows what happens",
        "setup", _lesson, names_itself=True,
    ),
)  # fmt: skip


class ViewDocks:
    """Fills the docks of ``VIEWS``."""

    def __init__(self, context: ViewContext) -> None:
        """Fill each dock of `context` when it is first shown."""
        self._context = context
        self.presenters: dict[str, object] = {}  # those made so far, by key
        for spec in VIEWS:
            context.docks[spec.key].visibilityChanged.connect(
                lambda visible, spec=spec: self._on_shown(spec) if visible else None
            )

    def open(self, key: str) -> None:
        """Show the view `key` in front."""
        self._context.docks[key].show()
        self._context.docks[key].raise_()

    def show_dock(self, key: str) -> None:
        """Show the dock `key` in its place, if there is one."""
        if key in self._context.docks:
            self._context.docks[key].show()

    def _on_shown(self, spec: ViewSpec) -> None:
        if spec.key not in self.presenters:
            widget, self.presenters[spec.key] = spec.make(self._context)
            dock = self._context.docks[spec.key]
            box = dock.content.layout()
            assert box is not None
            box.addWidget(widget)
            tools = getattr(widget, "tools", None)
            if isinstance(tools, QWidget):
                dock.add_control(tools)
            widget.show()


def make_view_docks() -> dict[str, PanelDock]:
    """Return the docks of ``VIEWS`` by key, empty and hidden."""
    docks: dict[str, PanelDock] = {}
    for spec in VIEWS:
        content = QWidget()
        QVBoxLayout(content).setContentsMargins(0, 0, 0, 0)
        dock = docks[spec.key] = PanelDock(spec.key, spec.title, content, summary=spec.summary, grip=spec.names_itself)
        dock.toggleViewAction().triggered.connect(lambda shown, dock=dock: dock.raise_() if shown else None)
        dock.hide()
    return docks
