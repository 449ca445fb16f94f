"""Furnishing: everything that stands in a window, and who tends it; loaded after its first paint."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.app.files.document_files import Files
from playground.app.files.own_points import OwnPoints
from playground.app.files.recovery import Recovery
from playground.app.files.sharing import Sharing
from playground.app.views.data.presenter import DataPresenter
from playground.app.views.flow.presenter import FlowPresenter
from playground.app.views.hand_edits.presenter import HandEditsPresenter
from playground.app.views.health.watch import HealthWatch
from playground.app.views.inspector.presenter import InspectorPresenter
from playground.app.views.network.layers_presenter import LayersPresenter
from playground.app.views.network.linear_presenter import LinearPresenter
from playground.app.views.network.presenter import NetworkPresenter
from playground.app.views.output.marks_presenter import OutputMarksPresenter
from playground.app.views.output.presenter import OutputPresenter
from playground.app.views.slow_motion.presenter import SlowMotionPresenter
from playground.app.views.stop.presenter import StopPresenter
from playground.app.views.training.presenter import TrainingPresenter
from playground.app.views.transport.presenter import TransportPresenter
from playground.app.window import dock_layout as layout
from playground.app.window.actions import make_actions
from playground.app.window.deferred import DeferredLoading
from playground.app.window.inspector_pages import InspectorPages
from playground.app.window.lecture_mode import LectureMode
from playground.app.window.panels import Panels
from playground.app.window.tab_order import TabOrder
from playground.session.slow_motion import SlowMotion

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow


def furnish(window: MainWindow) -> None:
    """Make what is seen at first, put it into place and join it to the session; the rest waits in ``later``."""
    session = window.session
    window.later = DeferredLoading(window)
    window.lecture = LectureMode(window)
    panels = window.panels = Panels(window)
    window.actions_by_key = make_actions(window)
    layout.place(window)
    health = HealthWatch(session)
    slow = window.slow_motion = SlowMotion(session, window)
    window.stops = StopPresenter(session, window, window.actions_by_key["stop_when"])
    window.hand_edits = HandEditsPresenter(session, panels.network)
    window.presenters = [
        DataPresenter(session, panels.gallery),
        TrainingPresenter(session, panels.training),
        NetworkPresenter(session, slow, panels.network, panels.phases, health),
        SlowMotionPresenter(session, slow, panels.phases, panels.phase_text, panels.transport),
        LayersPresenter(session, panels.network),
        InspectorPresenter(session, panels.inspector, panels.card),
        LinearPresenter(session, panels.linear_line),
        OutputPresenter(session, panels.output),
        OutputMarksPresenter(session, panels.output, panels.overlays, panels.network),
        FlowPresenter(session, panels.flow, health),
        TransportPresenter(session, panels.transport, panels.status, panels.notice),
    ]
    for canvas in (panels.network.canvas, panels.output.plane):
        canvas.setProperty("canvas", True)
    window.later.add("first_moment", partial(_show_first_moment, window))
    window.later.add("curves", partial(_make_curves, window))
    window.pages = InspectorPages(window)
    window.files = Files(window)
    window.sharing = Sharing(window)
    window.recovery = Recovery(window)
    window.own_points = OwnPoints(window)
    window.later.add("tab_order", TabOrder(window).arrange)


def _show_first_moment(window: MainWindow) -> None:
    """Share the window out and show this moment: until the first paint no part has a size or can be seen."""
    if window.shares.are_ours:
        window.shares.give()
    window.session.request_refresh()


def _make_curves(window: MainWindow) -> None:
    from playground.app.views.curves.presenter import CurvesPresenter
    from widgets.loss_plot import LossPlot

    plot = LossPlot()
    box = window.panels.curves.layout()
    assert box is not None
    box.addWidget(plot)
    plot.show()  # now, not when the layout gets to it: the presenter shows only what can be seen
    window.docks["curves"].add_control(plot.tools)
    window.presenters.append(CurvesPresenter(window.session, plot))
    window.files.view.watch_curves(plot)
