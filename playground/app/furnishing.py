"""Furnishing: everything that stands in a window, and who tends it; loaded after its first paint."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.app import layout
from playground.app.actions import make_actions
from playground.app.files import Files
from playground.app.later import Later
from playground.app.lecture import Lecture
from playground.app.own_points import OwnPoints
from playground.app.pages import InspectorPages
from playground.app.panels import Panels
from playground.app.presenters.data_presenter import DataPresenter
from playground.app.presenters.flow_presenter import FlowPresenter
from playground.app.presenters.hand_edits_presenter import HandEditsPresenter
from playground.app.presenters.health_watch import HealthWatch
from playground.app.presenters.inspector_presenter import InspectorPresenter
from playground.app.presenters.layers_presenter import LayersPresenter
from playground.app.presenters.linear_presenter import LinearPresenter
from playground.app.presenters.network_presenter import NetworkPresenter
from playground.app.presenters.output_marks_presenter import OutputMarksPresenter
from playground.app.presenters.output_presenter import OutputPresenter
from playground.app.presenters.slow_motion_presenter import SlowMotionPresenter
from playground.app.presenters.stop_presenter import StopPresenter
from playground.app.presenters.training_presenter import TrainingPresenter
from playground.app.presenters.transport_presenter import TransportPresenter
from playground.app.recovery import Recovery
from playground.app.sharing import Sharing
from playground.app.tab_order import TabOrder
from playground.session.slow_motion import SlowMotion

if TYPE_CHECKING:
    from playground.app.main_window import MainWindow


def furnish(window: MainWindow) -> None:
    """Make what is seen at first, put it into place and join it to the session; the rest waits in ``later``."""
    session = window.session
    window.later = Later(window)
    window.lecture = Lecture(window)
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
    window.session.stepped.emit()


def _make_curves(window: MainWindow) -> None:
    from playground.app.presenters.curves_presenter import CurvesPresenter
    from widgets.loss_plot import LossPlot

    plot = LossPlot()
    box = window.panels.curves.layout()
    assert box is not None
    box.addWidget(plot)
    plot.show()  # now, not when the layout gets to it: the presenter shows only what can be seen
    window.docks["curves"].add_control(plot.tools)
    window.presenters.append(CurvesPresenter(window.session, plot))
    window.files.view.watch_curves(plot)
