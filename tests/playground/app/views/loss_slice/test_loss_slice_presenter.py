"""The loss slice in the real window: measured in slices, cancelled, with the true path on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.app.views.loss_slice.presenter import LossSlicePresenter
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_layer
from playground.document.document import Edge
from playground.engine.spec import LayerSpec
from widgets.plots.loss_slice_plot import LossSlicePlot


@pytest.fixture
def plot(window: MainWindow) -> LossSlicePlot:
    for _ in range(5):
        window.session.step(30)
    window.parts.views.open("loss_slice")
    QApplication.processEvents()
    found = window.findChild(LossSlicePlot)
    assert isinstance(found, LossSlicePlot)
    return found


def presenter(window: MainWindow) -> LossSlicePresenter:
    made = window.parts.views.presenters["loss_slice"]
    assert isinstance(made, LossSlicePresenter)
    return made


def finish(window: MainWindow) -> None:
    job = presenter(window)._job
    if job is not None:
        job.finish()


def test_it_measures_by_itself_when_opened_and_the_present_point_has_the_present_loss(
    window: MainWindow, plot: LossSlicePlot
) -> None:
    assert plot.button.text() == "Cancel"
    finish(window)
    assert plot.button.text() == "Measure"
    surface = plot.canvas.surface
    assert surface is not None
    e, n = surface.extent, len(surface.values)
    weights = window.session.snapshot().matrices()[0]
    assert plot.canvas.path[-1] == pytest.approx(weights[0, :2])
    column, row = ((plot.canvas.path[-1] - (e.left, e.bottom)) / (e.right - e.left) * (n - 1)).tolist()
    c, r = int(column), int(n - 1 - row)
    around = surface.values[r : r + 2, c : c + 2]
    losses = window.session.snapshot().losses
    now = losses.train + losses.regularization
    assert around.min() * 0.8 <= now <= around.max() * 1.2


def test_the_path_begins_at_the_start_and_grows_with_training(window: MainWindow, plot: LossSlicePlot) -> None:
    finish(window)
    before = len(plot.canvas.path)
    run = window.session.run
    start = run.network.matrices(run.network.initial(run.document.training, run.document.seed))[0]
    assert plot.canvas.path[0] == pytest.approx(start[0, :2])
    window.session.step(10)
    assert len(plot.canvas.path) == before + 1
    window.session.step_back(10)
    assert len(plot.canvas.path) == before


def test_cancel_stops_measuring_and_says_so(window: MainWindow, plot: LossSlicePlot) -> None:
    job = presenter(window)._job
    assert job is not None
    job.run_slice(0.0)
    plot.button.click()
    assert job.is_over
    assert plot.canvas.surface is None
    assert plot.button.text() == "Measure"
    plot.button.click()
    finish(window)
    assert plot.canvas.surface is not None


def test_two_weights_are_picked_by_name(window: MainWindow, plot: LossSlicePlot) -> None:
    finish(window)
    names = [plot.first_box.itemText(i) for i in range(plot.first_box.count())]
    assert len(names) == window.session.run.network.n_parameters
    plot.weights_picked.emit(names.index("bias of a₃⁽¹⁾"), names.index("a₄⁽¹⁾ → ŷ"))
    finish(window)
    run = window.session.run
    places = [run.index_of(edge) for edge in (Edge(1, -1, 2), Edge(2, 3, 0))]
    assert plot.canvas.path[-1] == pytest.approx(window.session.snapshot().state.parameters[places])


def test_the_same_weight_twice_is_refused_in_words(window: MainWindow, plot: LossSlicePlot) -> None:
    plot.weights_picked.emit(1, 1)
    assert plot.canvas.surface is None
    assert "two different ones" in plot.canvas.message


@pytest.mark.parametrize("kind", ["random", "path"])
def test_other_directions_pass_through_the_present(window: MainWindow, plot: LossSlicePlot, kind: str) -> None:
    plot.kind_picked.emit(kind)
    finish(window)
    assert plot.canvas.path[-1] == pytest.approx([0.0, 0.0])
    assert not plot.first_box.isVisible()
    assert np.isfinite(plot.canvas.surface.values).all()  # type: ignore[union-attr]


def test_another_network_is_measured_anew(window: MainWindow, plot: LossSlicePlot) -> None:
    finish(window)
    window.session.change(with_layer(1, width=2), "Width")
    window.session.step(3)
    assert plot.button.text() == "Cancel"
    finish(window)
    assert plot.first_box.count() == window.session.run.network.n_parameters
    window.session.change(lambda d: replace(d, hidden=(LayerSpec(3), LayerSpec(2))), "Layers")
    window.session.change(lambda d: replace(d, hidden=()), "No layers")
    finish(window)
    assert plot.canvas.surface is not None


def test_the_loss_under_the_cursor_is_the_nearest_measured_one(window: MainWindow, plot: LossSlicePlot) -> None:
    finish(window)
    surface = plot.canvas.surface
    assert surface is not None
    e = surface.extent
    assert plot.canvas.loss_at(e.left, e.top) == surface.values[0, 0]
    assert plot.canvas.loss_at(e.right, e.bottom) == surface.values[-1, -1]
