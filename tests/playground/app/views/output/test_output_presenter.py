"""The output plane gets pictures, points and the example; a hovered neuron costs one map and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views import scheduling
from playground.app.views.output import reading
from playground.app.views.output.presenter import OutputPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_data, with_training
from playground.document.data_choice import with_dataset
from playground.document.document import Node
from playground.document.selection import Example
from playground.session.session import Session
from widgets.plane.output_plane import OutputPlane


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(OutputPlane)
    made.presenter = OutputPresenter(session, scheduler, made)
    return made


def test_a_step_shows_one_picture_and_the_same_points(session: Session, plot: Any) -> None:
    session.step()
    assert plot.set_image.call_count == 2
    assert plot.set_points.call_count == 1


def test_while_training_plays_every_second_frame_makes_a_picture(
    session: Session, plot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = [100.0]
    monkeypatch.setattr(scheduling, "perf_counter", lambda: time[0])
    with monkeypatch.context() as playing:
        playing.setattr(Session, "is_playing", property(lambda _self: True))
        for _ in range(60):
            time[0] += 1.0 / 60.0
            session.stepped.emit()
            session.request_refresh()
        assert plot.set_image.call_count == 1 + 30
        session.change(with_data(name="moons"), "Take the moons")
        assert (plot.set_image.call_count, plot.set_points.call_count) == (1 + 31, 2)
    session.step()
    assert plot.set_image.call_count == 1 + 32


def test_other_data_show_their_points(session: Session, plot: Any) -> None:
    session.change(with_data(name="moons"), "Take the moons")
    assert plot.set_points.call_count == 2
    assert plot.set_image.call_count == 2


def test_an_edit_without_data_shows_no_points(session: Session, plot: Any) -> None:
    session.change(with_training(learning_rate=0.5), "Change the learning rate")
    assert plot.set_points.call_count == 1
    assert plot.set_image.call_count == 2


def test_a_hovered_neuron_makes_one_picture(session: Session, plot: Any) -> None:
    session.hover(Node(1, 0))
    assert plot.set_image.call_count == 2
    assert plot.set_image.call_args.args[0].title == reading.image(session.snapshot(), Node(1, 0)).title


def test_another_example_makes_no_picture(session: Session, plot: Any) -> None:
    session.select(example=Example(3))
    plot.set_example.assert_called_with(3)
    assert plot.set_image.call_count == 1


def test_a_clicked_point_and_a_moved_probe_are_the_example(session: Session, plot: Any) -> None:
    plot.point_clicked.emit(7)
    assert session.selection.example == Example(7)
    plot.probe_moved.emit(0.5, -1.0)
    assert session.selection.example == Example(None, (0.5, -1.0))
    plot.set_probe.assert_called_with(0.5, -1.0)


def test_a_hidden_plane_is_left_alone(session: Session, plot: Any) -> None:
    plot.isVisible.return_value = False
    session.step()
    session.hover(Node(1, 0))
    assert plot.set_image.call_count == 1


def test_a_point_under_the_cursor_is_shown_as_the_picture_that_it_is(session: Session, plot: Any) -> None:
    plot.point_hovered.emit(3)
    plot.set_thumb.assert_called_with(None)
    session.change(with_dataset("digits"), "Take the digits")
    plot.point_hovered.emit(3)
    assert plot.set_thumb.call_args.args[0].ink.shape == (8, 8)
    plot.point_hovered.emit(-1)
    plot.set_thumb.assert_called_with(None)
