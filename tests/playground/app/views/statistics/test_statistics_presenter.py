"""Statistics in the real window: the true numbers of each moment, the past filled in, nothing while hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from playground.analysis.health import layer_health
from playground.app.views.statistics.presenter import StatisticsPresenter
from playground.app.window.main_window import MainWindow
from playground.engine.spec import LayerSpec
from widgets.plots.statistics_canvas import ACTIVATIONS, NO_LAYERS
from widgets.plots.statistics_plot import StatisticsPlot


@pytest.fixture
def plot(window: MainWindow) -> StatisticsPlot:
    for _ in range(6):
        window.session.step(10)
    window.parts.views.open("statistics")
    QApplication.processEvents()
    found = window.findChild(StatisticsPlot)
    assert isinstance(found, StatisticsPlot)
    return found


def finish(window: MainWindow) -> None:
    presenter = window.parts.views.presenters["statistics"]
    assert isinstance(presenter, StatisticsPresenter)
    job = presenter._job
    if job is not None:
        job.finish()


def test_the_last_row_is_the_pending_step(window: MainWindow, plot: StatisticsPlot) -> None:
    window.session.step(3)
    snapshot = window.session.snapshot()
    for track, layer in zip(plot.canvas.layers, layer_health(snapshot.network, snapshot.pending), strict=True):
        assert track.iterations[-1] == snapshot.state.iteration
        assert track.gradient_norms[-1] == layer.gradient_norm
        assert track.update_ratios[-1] == layer.update_ratio


def test_what_was_not_seen_is_computed_from_the_kept_states(window: MainWindow, plot: StatisticsPlot) -> None:
    finish(window)
    track = plot.canvas.layers[0]
    assert track.iterations.tolist() == [0, 10, 20, 30, 40, 50, 60]
    norm = track.gradient_norms[2]
    window.session.go_to(20)
    snapshot = window.session.snapshot()
    assert layer_health(snapshot.network, snapshot.pending)[0].gradient_norm == norm
    assert plot.canvas.layers[0].iterations[-1] == 20


def test_histograms_count_every_activation_once(window: MainWindow, plot: StatisticsPlot) -> None:
    finish(window)
    (track,) = plot.canvas.activations
    assert (track.low, track.high) == (-1.0, 1.0)
    assert track.shares.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_other_layers_begin_another_history(window: MainWindow, plot: StatisticsPlot) -> None:
    finish(window)
    window.session.change(lambda d: replace(d, hidden=(LayerSpec(3, "relu"), LayerSpec(2))), "Layers")
    assert [track.label for track in plot.canvas.layers] == ["W⁽¹⁾", "W⁽²⁾", "W⁽³⁾"]
    assert [track.label for track in plot.canvas.activations] == ["a⁽¹⁾", "a⁽²⁾"]
    assert plot.canvas.activations[0].low == 0.0
    window.session.change(lambda d: replace(d, hidden=()), "Layers")
    plot.set_kind(ACTIVATIONS)
    assert plot.canvas.message == NO_LAYERS


def test_nothing_is_recorded_behind_another_tab(window: MainWindow, plot: StatisticsPlot) -> None:
    finish(window)
    window.parts.docks["curves"].raise_()
    QApplication.processEvents()
    before = plot.canvas.layers
    window.session.step(5)
    assert plot.canvas.layers is before
