"""The flow view shows the pending step's norms while it is visible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views.flow.presenter import FlowPresenter
from playground.app.views.flow.reading import rows
from playground.app.views.health.watch import HealthWatch
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_width
from playground.document.document import Node
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.plots.flow_plot import FlowPlot


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(FlowPlot)
    made.health = HealthWatch(session, scheduler, [made])
    FlowPresenter(session, scheduler, SlowMotion(session, session), made, made.health)
    return made


def test_it_shows_the_rows_of_the_pending_step(session: Session, plot: Any) -> None:
    session.step(3)
    assert plot.set_rows.call_count == 2
    shown, expected = plot.set_rows.call_args.args[0], rows(session.snapshot(), plot.health.badges)
    assert [row.label for row in shown] == [row.label for row in expected]
    assert [row.gradient_norm for row in shown] == pytest.approx([row.gradient_norm for row in expected])


def test_an_edit_is_shown_once(session: Session, plot: Any) -> None:
    session.change(with_width(1, 6), "Change a width")
    assert plot.set_rows.call_count == 2


def test_neither_a_hovered_nor_a_selected_node_concerns_it(session: Session, plot: Any) -> None:
    session.hover(Node(1, 0))
    session.select(node=Node(1, 0))
    assert plot.set_rows.call_count == 1


def test_a_hidden_plot_is_left_alone(session: Session, plot: Any) -> None:
    plot.isVisible.return_value = False
    session.step()
    assert plot.set_rows.call_count == 1
