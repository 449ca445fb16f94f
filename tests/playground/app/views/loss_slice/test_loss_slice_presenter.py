"""The loss slice is measured in slices, can be cancelled, and shows the true path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from playground.app.views.loss_slice import reading
from playground.app.views.loss_slice.presenter import LossSlicePresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_layer
from playground.document.document import Edge
from playground.document.quantity import Quantity
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from widgets.plots.loss_slice_plot import LossSlicePlot


@pytest.fixture
def plot(
    session: Session, scheduler: Scheduler, stand_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    monkeypatch.setattr(reading, "SIZE", 15)
    for _ in range(5):
        session.step(30)
    made = stand_in(LossSlicePlot)
    made.presenter = LossSlicePresenter(session, scheduler, made)
    yield made
    made.presenter.cancel()


def finish(plot: Any) -> None:
    if plot.presenter._job is not None:
        plot.presenter._job.finish()


def surface(plot: Any) -> Any:
    return plot.set_surface.call_args.args[0]


def path(plot: Any) -> Any:
    return plot.set_path.call_args.args[0]


def test_the_current_point_of_a_new_view_has_the_current_loss(session: Session, plot: Any) -> None:
    finish(plot)
    shown = surface(plot)
    e, n = shown.extent, len(shown.values)
    assert path(plot)[-1] == pytest.approx(session.snapshot().matrices()[0][0, :2])
    column, row = ((path(plot)[-1] - (e.left, e.bottom)) / (e.right - e.left) * (n - 1)).tolist()
    c, r = int(column), int(n - 1 - row)
    around = shown.values[r : r + 2, c : c + 2]
    losses = session.snapshot().losses
    assert around.min() * 0.8 <= losses.train + losses.regularization <= around.max() * 1.2


def test_the_path_begins_at_the_start_and_grows_with_training(session: Session, plot: Any) -> None:
    finish(plot)
    before, run = len(path(plot)), session.run
    start = run.network.matrices(run.network.initial(run.document.training, run.document.seed))[0]
    assert path(plot)[0] == pytest.approx(start[0, :2])
    session.step(10)
    assert len(path(plot)) > before
    session.step_back(10)
    assert len(path(plot)) == before


def test_cancel_stops_measuring(plot: Any) -> None:
    plot.measure_clicked.emit()  # what the view began with may be done by now
    job, shown = plot.presenter._job, surface(plot)
    job.run_slice(0.0)
    plot.cancel_clicked.emit()
    assert job.is_over
    assert surface(plot) is shown
    plot.set_progress.assert_called_with(None)
    plot.measure_clicked.emit()
    plot.set_progress.assert_called_with(0.0)
    finish(plot)
    assert surface(plot) is not shown


def test_two_weights_are_picked_by_name(session: Session, plot: Any) -> None:
    names = plot.set_choices.call_args.args[2]
    assert len(names) == session.run.network.n_parameters
    plot.weights_picked.emit(names.index("bias of a₃⁽¹⁾"), names.index("a₄⁽¹⁾ → ŷ"))
    finish(plot)
    places = [session.run.index_of(edge) for edge in (Edge(1, -1, 2), Edge(2, 3, 0))]
    assert path(plot)[-1] == pytest.approx(session.snapshot().state.parameters[places])


def test_the_same_weight_twice_is_refused_in_words(plot: Any) -> None:
    plot.weights_picked.emit(1, 1)
    plot.set_surface.assert_called_with(None, "Weights: pick two different ones.")


@pytest.mark.parametrize("kind", ["random", "path"])
def test_other_directions_pass_through_the_current_weights(plot: Any, kind: str) -> None:
    plot.kind_picked.emit(kind)
    finish(plot)
    assert path(plot)[-1] == pytest.approx([0.0, 0.0])
    assert plot.set_choices.call_args.args[3] is None
    assert np.isfinite(surface(plot).values).all()


def test_another_network_is_measured_again(session: Session, plot: Any) -> None:
    finish(plot)
    session.change(with_layer(1, width=2), "Width")
    assert surface(plot) is None
    finish(plot)
    assert len(plot.set_choices.call_args.args[2]) == session.run.network.n_parameters
    session.change(lambda d: replace(d, hidden=(LayerSpec(3), LayerSpec(2))), "Layers")
    session.change(lambda d: replace(d, hidden=()), "No layers")
    finish(plot)
    assert surface(plot) is not None


def test_the_axes_do_not_tell_a_weight_that_is_to_be_predicted(session: Session, plot: Any) -> None:
    finish(plot)
    session.prediction.ask([Quantity("weight", "x1-h1.1")])
    assert surface(plot) is None
    assert len(path(plot)) == 0
    session.prediction.reveal_next()
    finish(plot)
    assert surface(plot) is not None
