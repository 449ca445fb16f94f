"""Statistics record each state while they are visible, and compute what was not seen from the kept states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from playground.analysis.health import layer_health
from playground.app.views.scheduling import Scheduler
from playground.app.views.statistics.presenter import StatisticsPresenter
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from widgets.plots.statistics_plot import StatisticsPlot


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Iterator[Any]:
    for _ in range(6):
        session.step(10)
    made = stand_in(StatisticsPlot)
    made.presenter = StatisticsPresenter(session, scheduler, made)
    yield made
    finish(made)


def finish(plot: Any) -> None:
    if plot.presenter._job is not None:
        plot.presenter._job.finish()


def layers(plot: Any) -> Any:
    return plot.set_tracks.call_args.args[0]


def test_the_last_row_is_the_pending_step(session: Session, plot: Any) -> None:
    session.step(3)
    snapshot = session.snapshot()
    for track, layer in zip(layers(plot), layer_health(snapshot.network, snapshot.pending), strict=True):
        assert track.iterations[-1] == 63
        assert track.gradient_norms[-1] == layer.gradient_norm
        assert track.update_ratios[-1] == layer.update_ratio


def test_what_was_not_seen_is_computed_from_the_kept_states(session: Session, plot: Any) -> None:
    finish(plot)
    track = layers(plot)[0]
    assert track.iterations.tolist() == [*range(61)]
    session.go_to(20)
    snapshot = session.snapshot()
    assert layer_health(snapshot.network, snapshot.pending)[0].gradient_norm == track.gradient_norms[20]
    assert layers(plot)[0].iterations[-1] == 20


def test_other_layers_begin_another_history(session: Session, plot: Any) -> None:
    finish(plot)
    session.change(lambda d: replace(d, hidden=(LayerSpec(3, "relu"), LayerSpec(2))), "Layers")
    shown, activations = plot.set_tracks.call_args.args
    assert [track.label for track in shown] == ["W⁽¹⁾", "W⁽²⁾", "W⁽³⁾"]
    assert [track.label for track in activations] == ["a⁽¹⁾", "a⁽²⁾"]
    assert activations[0].low == 0.0


def test_nothing_is_recorded_while_it_is_hidden(session: Session, plot: Any) -> None:
    finish(plot)
    shown = plot.set_tracks.call_count
    plot.isVisible.return_value = False
    session.step(5)
    assert plot.set_tracks.call_count == shown
