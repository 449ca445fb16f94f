"""Views that open beside the others: a table of docks, hidden at first, each made when first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.frame.panel_dock import PanelDock

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow


class Presenter(Protocol):
    """What a view needs of its presenter."""

    def show_frame(self) -> None:
        """Show the present moment, if the view can be seen."""


Made = tuple[QWidget, Presenter]

COMPARE_SHARE = 0.37
"""Of the height of the window, for two boundaries beside each other."""


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """One row of the table.

    Attributes
    ----------
    key, title, told : str
        Object name of the dock; its heading and its name in the *View* menu; what it shows, in one sentence.
    beside : str
        The dock that it opens as a tab of.
    make : callable
        Makes widget and presenter; a widget's ``tools`` go into the heading.
    """

    key: str
    title: str
    told: str
    beside: str
    make: Callable[[MainWindow], Made]


def _hidden_space(window: MainWindow) -> Made:
    from playground.app.views.hidden_space.presenter import HiddenSpacePresenter
    from widgets.plots.hidden_space_plot import HiddenSpacePlot

    plot = HiddenSpacePlot()
    return plot, HiddenSpacePresenter(window.session, window.slow_motion, plot)


def _loss_slice(window: MainWindow) -> Made:
    from playground.app.views.loss_slice.presenter import LossSlicePresenter
    from widgets.plots.loss_slice_plot import LossSlicePlot

    plot = LossSlicePlot()
    return plot, LossSlicePresenter(window.session, plot)


def _statistics(window: MainWindow) -> Made:
    from playground.app.views.statistics.presenter import StatisticsPresenter
    from widgets.plots.statistics_plot import StatisticsPlot

    plot = StatisticsPlot()
    return plot, StatisticsPresenter(window.session, plot)


def _confusion(window: MainWindow) -> Made:
    from playground.app.views.confusion.presenter import ConfusionPresenter
    from widgets.matrices.confusion_matrix import ConfusionMatrix

    matrix = ConfusionMatrix(framed=False)
    matrix.title.hide()
    return matrix, ConfusionPresenter(window.session, matrix, window.panels.output)


def _compare(window: MainWindow) -> Made:
    from playground.app.views.compare.presenter import ComparePresenter
    from widgets.compare.compare_panel import ComparePanel

    panel = ComparePanel()
    presenter = ComparePresenter(window.session, panel)
    dock = window.views.docks["compare"]
    wanted = max(window.docks["inspector"].height(), int(COMPARE_SHARE * window.height()))
    window.resizeDocks([dock], [wanted], Qt.Orientation.Vertical)
    dock.closed.connect(presenter.end_comparison)
    files = window.files
    panel.document_clicked.connect(lambda: files.dialogs.open_file(files.folder(), presenter.compare_with))
    return panel, presenter


def _paint(window: MainWindow) -> Made:
    from playground.app.views.paint.presenter import PaintPresenter
    from widgets.setup.paint_tools import PaintTools

    tools = PaintTools()
    tools.title.hide()  # the dock names it
    is_on = window.views.docks["paint"].toggleViewAction().isChecked
    return tools, PaintPresenter(window.session, window.panels.output, tools, is_on)


def _templates(window: MainWindow) -> Made:
    from playground.app.views.templates.presenter import TemplatesPresenter
    from widgets.matrices.templates_view import TemplatesView

    view = TemplatesView(framed=False)
    view.title.hide()
    return view, TemplatesPresenter(window.session, view)


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        "hidden_space",
        "Hidden space",
        "the data as one hidden layer sees them, and the plane of the inputs as the layers bend it",
        "output",
        _hidden_space,
    ),
    ViewSpec(
        "loss_slice",
        "Loss slice",
        "the training loss along two directions through the present weights, with the path of training",
        "output",
        _loss_slice,
    ),
    ViewSpec(
        "statistics",
        "Statistics",
        "gradient norms, update-to-weight ratios and activations of every layer over the iterations",
        "curves",
        _statistics,
    ),
    ViewSpec(
        "confusion",
        "Confusion matrix",
        "how many examples of each class are taken for which class",
        "curves",
        _confusion,
    ),
    ViewSpec(
        "templates",
        "Templates",
        "the weights of the first layer as images, where the inputs are pixels",
        "output",
        _templates,
    ),
    ViewSpec(
        "paint",
        "Paint",
        "add, move and erase points on the output plane",
        "curves",
        _paint,
    ),
    ViewSpec(
        "compare",
        "Compare two runs",
        "a second run with one changed setting beside this one, in lock-step",
        "inspector",
        _compare,
    ),
)


class ViewDocks:
    """The docks of ``VIEWS`` in one window.

    Attributes
    ----------
    docks : dict of PanelDock
        By key; empty inside until first seen.
    presenters : dict
        Those made so far.
    """

    def __init__(self, window: MainWindow) -> None:
        """Make the empty docks."""
        self._window = window
        self.presenters: dict[str, Presenter] = {}
        self.docks: dict[str, PanelDock] = {}
        for spec in VIEWS:
            place = QWidget()
            QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
            dock = PanelDock(spec.key, spec.title, place, summary=spec.told)
            dock.visibilityChanged.connect(lambda seen, spec=spec, place=place: self._on_seen(seen, spec, place))
            dock.toggleViewAction().triggered.connect(lambda shown, dock=dock: dock.raise_() if shown else None)
            dock.hide()
            self.docks[spec.key] = dock

    def put_away(self) -> None:
        """Put every dock behind the one it belongs to, hidden: the first layout."""
        for spec in VIEWS:
            dock = self.docks[spec.key]
            self._window.tabifyDockWidget(self._window.docks[spec.beside], dock)
            dock.close()

    def open(self, key: str) -> None:
        """Show the view `key` in front."""
        self.docks[key].show()
        self.docks[key].raise_()

    def _on_seen(self, seen: bool, spec: ViewSpec, place: QWidget) -> None:
        if not seen:
            return
        if spec.key not in self.presenters:
            widget, self.presenters[spec.key] = spec.make(self._window)
            box = place.layout()
            assert box is not None
            box.addWidget(widget)
            tools = getattr(widget, "tools", None)
            if isinstance(tools, QWidget):
                self.docks[spec.key].add_control(tools)
            widget.show()
        self.presenters[spec.key].show_frame()
