"""The loss plot gets the curves when they changed, and the iteration with every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views.curves.presenter import CurvesPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_data
from playground.session.session import Session
from widgets.loss_plot import LossPlot


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(LossPlot)
    made.presenter = CurvesPresenter(session, scheduler, made)
    return made


def names(plot: Any) -> list[str]:
    return [series.name for series in plot.set_series.call_args.args[0]]


def test_a_step_shows_the_curves_and_the_iteration(session: Session, plot: Any) -> None:
    session.step(20)
    plot.set_iteration.assert_called_with(20)
    plot.set_line.assert_called_with(20)
    assert plot.set_series.call_count == 2


def test_curves_that_did_not_change_are_not_drawn_again(session: Session, plot: Any) -> None:
    session.step(20)
    drawn = plot.set_series.call_count
    session.step_back()
    session.step()
    assert plot.set_series.call_count <= drawn + 2
    session.request_refresh()
    assert plot.set_series.call_count <= drawn + 2


def test_regression_has_no_accuracy(session: Session, plot: Any) -> None:
    assert "test accuracy" in names(plot)
    session.change(with_data(name="curve"), "Take the curve")
    assert "test accuracy" not in names(plot)


def test_smoothing_draws_the_curves_again(session: Session, plot: Any) -> None:
    drawn = plot.set_series.call_count
    plot.smoothing_picked.emit(5)
    assert plot.set_series.call_count == drawn + 1


def test_a_hidden_plot_is_left_alone(session: Session, plot: Any) -> None:
    plot.isVisible.return_value = False
    drawn = plot.set_series.call_count
    session.step(20)
    assert plot.set_series.call_count == drawn
