"""Smoothing the curves: what is drawn changes, what is recorded does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.app.views.curves.presenter import CurvesPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_training
from playground.engine.spec import ScheduleSpec
from playground.session.session import Session
from widgets.loss_plot import LossPlot


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    session.change(with_training(schedule=ScheduleSpec("step_decay", interval=50)), "Change the schedule")
    session.step(300)
    made = stand_in(LossPlot)
    made.presenter = CurvesPresenter(session, scheduler, made)
    return made


def drawn(plot: Any, name: str) -> np.ndarray:
    return next(one.y for one in plot.set_series.call_args.args[0] if one.name == name)


def test_a_smoothed_curve_moves_less_and_goes_back_exactly(session: Session, plot: Any) -> None:
    raw = drawn(plot, "train data loss")
    recorded = session.run.history.column("train")[1]
    plot.smoothing_picked.emit(12)
    smooth = drawn(plot, "train data loss")
    assert np.abs(np.diff(smooth, 2)).sum() < 0.5 * np.abs(np.diff(raw, 2)).sum()
    assert (session.run.history.column("train")[1] == recorded).all()
    plot.smoothing_picked.emit(0)
    assert (drawn(plot, "train data loss") == raw).all()


def test_the_learning_rate_keeps_its_steps(plot: Any) -> None:
    rate = drawn(plot, "learning rate")
    assert len(np.unique(rate)) > 3
    plot.smoothing_picked.emit(32)
    assert (drawn(plot, "learning rate") == rate).all()


def test_a_million_iterations_are_a_screenful_of_points(session: Session, plot: Any) -> None:
    history, losses = session.run.history, session.snapshot().losses
    iteration = history.last
    while iteration < 1_000_000:
        iteration = history.next_due(iteration)
        history.record(iteration, losses)
    plot.smoothing_picked.emit(0)
    assert all(300 < len(one.x) <= 801 for one in plot.set_series.call_args.args[0])
