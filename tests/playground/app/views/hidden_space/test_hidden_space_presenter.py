"""The hidden space follows training, layers and picks; a hidden view computes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from playground.app.views.hidden_space.presenter import HiddenSpacePresenter
from playground.app.views.scheduling import Scheduler
from playground.document.document import Node
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training.what_if import WhatIf
from widgets.plots.hidden_space_plot import HiddenSpacePlot


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(HiddenSpacePlot)
    made.slow = SlowMotion(session)
    made.presenter = HiddenSpacePresenter(session, scheduler, made.slow, made)
    return made


def frame(plot: Any) -> Any:
    return plot.set_frame.call_args.args[0]


def test_the_points_move_with_training(session: Session, plot: Any) -> None:
    before = frame(plot).points.positions
    session.step(50)
    assert np.abs(frame(plot).points.positions - before).max() > 1e-3


def test_units_can_be_picked_as_axes(session: Session, plot: Any) -> None:
    plot.axes_picked.emit((2, 0))
    shown = frame(plot)
    first = session.snapshot().matrices()[0]
    points = session.snapshot().data.sample.points[shown.indices]
    a = np.tanh(points @ first[:, :-1].T + first[:, -1])
    np.testing.assert_allclose(shown.points.positions, a[:, [2, 0]], atol=1e-5)


def test_a_click_on_a_point_makes_it_the_example(session: Session, plot: Any) -> None:
    plot.point_clicked.emit(7)
    assert session.selection.example.index == 7
    plot.set_example.assert_called_with(7)


def test_layers_come_and_go(session: Session, plot: Any) -> None:
    def with_hidden(*widths: int) -> None:
        session.change(lambda d: replace(d, hidden=tuple(LayerSpec(w) for w in widths)), "Layers")

    with_hidden(5, 2)
    layers, layer, names, axes = plot.set_choices.call_args.args
    assert [choice.label for choice in layers] == ["Hidden 1", "Hidden 2"]
    assert (layer, names, axes) == (2, ("a₁⁽²⁾", "a₂⁽²⁾"), (0, 1))
    plot.layer_picked.emit(1)
    assert plot.set_choices.call_args.args[1] == 1
    assert frame(plot).image is None
    with_hidden()
    assert frame(plot) is None
    assert "add one" in plot.set_frame.call_args.args[1]
    with_hidden(1)
    assert (frame(plot).points.positions[:, 1] == 0).all()


def test_a_what_if_stands_in_the_title(session: Session, plot: Any) -> None:
    plot.axes_picked.emit((1, 0))
    session.set_what_if(WhatIf(Node(1, 1), 2.0))
    assert frame(plot).title.startswith("what-if a₂⁽¹⁾ = 2 · ")
    assert (frame(plot).points.positions[:, 0] == 2.0).all()
    session.set_what_if(None)
    assert not frame(plot).title.startswith("what-if")


def test_slow_motion_shows_its_phases_and_its_end_everything(session: Session, plot: Any) -> None:
    plot.slow.start()
    assert frame(plot).walk is not None
    plot.slow.cancel()
    assert frame(plot).walk is None
    assert len(frame(plot).indices) == len(session.run.data.sample.train)


def test_a_hidden_view_computes_nothing(session: Session, plot: Any) -> None:
    plot.isVisible.return_value = False
    shown = plot.set_frame.call_count
    session.step(2)
    assert plot.set_frame.call_count == shown
