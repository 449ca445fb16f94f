"""The curves of the dock *Loss*, made after the first paint: their library takes its time to load."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtWidgets import QWidget

from playground.app.files.view_memory import ViewMemory
from playground.app.views.lessons.player import LessonPlayer
from playground.app.views.scheduling import Scheduler
from playground.session.session import Session
from widgets.frame.panel_dock import PanelDock

CURVES_MODULES = (
    "subprocess", "xml.etree.ElementTree",  # pyqtgraph imports them: each in an event of its own
    "widgets.plots.library", "widgets.loss_plot", "playground.app.views.curves.presenter",
)  # fmt: skip


def make_curves(
    session: Session,
    scheduler: Scheduler,
    place: QWidget,
    dock: PanelDock,
    memory: ViewMemory,
    player: LessonPlayer,
    presenters: list[object],
) -> Generator[None, None, None]:
    """Put the curves into `place` of `dock`, with the goal of what `player` plays; pause once they are made."""
    from playground.app.views.curves.presenter import CurvesPresenter
    from playground.app.views.lessons.goal_line import GoalLinePresenter
    from widgets.loss_plot import LossPlot

    plot = LossPlot()
    yield
    box = place.layout()
    assert box is not None
    box.addWidget(plot)
    plot.show()  # now, not when the layout gets to it: the presenter shows only what is visible
    dock.add_control(plot.tools)
    presenters.append(CurvesPresenter(session, scheduler, plot))
    presenters.append(GoalLinePresenter(player, plot))
    memory.watch_curves(plot)
