"""Smoothing the curves: what is drawn changes, what is recorded does not."""

from __future__ import annotations

import numpy as np
import pytest

from playground.app.window.main_window import MainWindow
from widgets.loss_plot import LossPlot


@pytest.fixture
def plot(window: MainWindow) -> LossPlot:
    window.session.step(300)
    found = window.findChild(LossPlot)
    assert isinstance(found, LossPlot)
    return found


def drawn(plot: LossPlot, name: str) -> np.ndarray:
    return next(one.y for one in plot._series if one.name == name)


def test_a_smoothed_curve_moves_less_and_goes_back_exactly(window: MainWindow, plot: LossPlot) -> None:
    raw = drawn(plot, "train loss")
    recorded = window.session.run.history.column("train")[1]
    plot.smoothing_picked.emit(12)
    smooth = drawn(plot, "train loss")
    assert np.abs(np.diff(smooth, 2)).sum() < 0.5 * np.abs(np.diff(raw, 2)).sum()
    assert (window.session.run.history.column("train")[1] == recorded).all()
    plot.smoothing_picked.emit(0)
    assert (drawn(plot, "train loss") == raw).all()


def test_the_learning_rate_keeps_its_steps(window: MainWindow, plot: LossPlot) -> None:
    rate = drawn(plot, "learning rate")
    plot.smoothing_picked.emit(32)
    assert (drawn(plot, "learning rate") == rate).all()


def test_the_box_reports_a_persons_choice_and_nothing_else(plot: LossPlot) -> None:
    picked: list[int] = []
    plot.smoothing_picked.connect(picked.append)
    plot.set_smoothing(12)
    assert plot.tools.smoothing_box.currentText() == "mean of 25"
    assert picked == []
    plot.tools.smoothing_box.activated.emit(1)
    assert picked == [4]


def test_a_million_iterations_are_a_screenful_of_points(window: MainWindow, plot: LossPlot) -> None:
    history = window.session.run.history
    losses = window.session.snapshot().losses
    iteration = history.last
    while iteration < 1_000_000:
        iteration = history.next_due(iteration)
        history.record(iteration, losses)
    window.session.request_refresh()
    assert all(len(one.x) <= 801 for one in plot._series)
