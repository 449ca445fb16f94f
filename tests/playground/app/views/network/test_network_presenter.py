"""The network view gets columns, selection and numbers apart, and turns gestures into edits and selections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest

from playground.app.views import scheduling
from playground.app.views.health.watch import HealthWatch
from playground.app.views.network import presenter as network_presenter
from playground.app.views.network.presenter import NetworkPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_training
from playground.document.document import LOSS, Edge, Node
from playground.document.selection import Example
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training.snapshot import Snapshot
from widgets.frame.phase_strip import PhaseStrip
from widgets.network_graph import NetworkGraph
from widgets.network_graph.view import GraphView
from widgets.values import EdgeKey, NodeKey


@pytest.fixture
def graph(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(NetworkGraph)
    made.canvas = stand_in(GraphView)
    made.slow = SlowMotion(session)
    health = HealthWatch(session, scheduler, [made])
    made.presenter = NetworkPresenter(session, scheduler, made.slow, made, stand_in(PhaseStrip), health)
    return made


def test_a_reshape_builds_the_columns_once_and_shows_one_frame(session: Session, graph: Any) -> None:
    graph.width_pressed.emit(1)
    graph.width_changed.emit(1, 6)
    graph.width_released.emit(1)
    assert session.run.network.layers[0].units == 6
    assert graph.set_diagram.call_count == 2
    assert graph.set_frame.call_count == 2


def test_an_edit_that_keeps_the_structure_builds_nothing(session: Session, graph: Any) -> None:
    session.change(with_training(learning_rate=0.5), "Change the learning rate")
    assert graph.set_diagram.call_count == 1
    assert graph.set_frame.call_count == 2


def test_a_hovered_neuron_shows_no_frame(session: Session, graph: Any) -> None:
    graph.canvas.neuron_hovered.emit(NodeKey(1, 0))
    assert session.hovered == Node(1, 0)
    assert graph.set_frame.call_count == 1


def test_clicks_select_nodes_edges_and_the_loss(session: Session, graph: Any) -> None:
    graph.canvas.neuron_clicked.emit(NodeKey(1, 2))
    assert session.selection.node == Node(1, 2)
    graph.canvas.edge_clicked.emit(EdgeKey(1, 0, 3))
    assert session.selection.edge == Edge(1, 0, 3)
    graph.set_selection.assert_called_with(EdgeKey(1, 0, 3))
    graph.canvas.loss_clicked.emit()
    assert session.selection.node == LOSS
    graph.canvas.selection_cleared.emit()
    assert session.selection.node is None


def test_a_picked_kind_reaches_the_frame(session: Session, graph: Any) -> None:
    graph.edge_kind_picked.emit("gradient")
    assert session.display.edge_kind == "gradient"
    assert graph.set_frame.call_args.args[0].edge_kind == "gradient"
    assert graph.set_frame.call_count == 2


def test_a_phase_of_slow_motion_shows_one_frame(session: Session, graph: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = MagicMock(side_effect=network_presenter.slow_reading.frame)
    monkeypatch.setattr(network_presenter.slow_reading, "frame", made)
    graph.slow.start()
    graph.slow.forward()
    assert made.call_count == 2


def test_a_hidden_network_is_left_alone(session: Session, graph: Any) -> None:
    graph.isVisible.return_value = False
    session.step()
    assert graph.set_frame.call_count == 1


def test_the_switch_takes_the_numbers_off_the_network_and_brings_them_back(session: Session, graph: Any) -> None:
    assert graph.set_frame.call_args.args[0].numbers is not None
    graph.values_switched.emit(False)
    assert not session.display.values
    assert graph.set_frame.call_args.args[0].numbers is None
    graph.slow.start()
    assert graph.set_frame.call_args.args[0].numbers is None
    graph.values_switched.emit(True)
    assert graph.set_frame.call_args.args[0].numbers is not None


def test_the_numbers_follow_the_selected_example(session: Session, graph: Any) -> None:
    session.select(example=Example(7))
    shown = graph.set_frame.call_args.args[0].numbers
    assert shown.values[1].tolist() == session.snapshot().trace(Example(7)).layers[0].a.tolist()


def test_the_signal_travels_with_each_phase_and_rests_on_the_way_back(graph: Any) -> None:
    graph.slow.start()
    for _ in range(6):
        graph.slow.forward()
    sent = [(call.args[0], call.kwargs["backward"]) for call in graph.canvas.show_travel.call_args_list]
    assert sent == [(1, False), (2, False), (3, False), (3, True), (2, True)]
    graph.slow.back()
    graph.slow.back()
    assert graph.canvas.show_travel.call_count == 5


def test_pictures_that_take_long_are_made_less_often_until_training_pauses(
    session: Session, graph: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, make = [100.0], network_presenter.reading.activation_maps

    def slowly(snapshot: Snapshot) -> network_presenter.reading.Maps:
        time[0] += 0.01
        return make(snapshot)

    monkeypatch.setattr(network_presenter.reading, "activation_maps", slowly)
    monkeypatch.setattr(scheduling, "perf_counter", lambda: time[0])
    with monkeypatch.context() as playing:
        playing.setattr(Session, "is_playing", property(lambda _self: True))
        shown = []
        for _ in range(16):
            session.run.train(1)
            session.stepped.emit()
            session.request_refresh()
            shown.append(graph.set_frame.call_args.args[0])
            time[0] += 0.016
    assert len({id(frame.maps) for frame in shown}) == 2
    assert len({frame.edges[0].tobytes() for frame in shown}) == 16
    session.pause()
    session.step()
    last, present = graph.set_frame.call_args.args[0].maps, make(session.snapshot())
    assert all(np.array_equal(one, other) for one, other in zip(last, present, strict=True))


def test_other_columns_have_maps_of_their_own_at_once_while_training_plays(
    session: Session, graph: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduling, "perf_counter", lambda: 100.0)  # no picture is due
    monkeypatch.setattr(Session, "is_playing", property(lambda _self: True))
    for width in (6, 3, 7):
        session.stepped.emit()
        session.request_refresh()
        graph.width_changed.emit(1, width)
        session.request_refresh()
        shown = graph.set_frame.call_args.args[0]
        assert [len(tiles) for tiles in shown.maps] == [2, width, 1]
        present = network_presenter.reading.activation_maps(session.snapshot())
        assert all(np.array_equal(one, other) for one, other in zip(shown.maps, present, strict=True))
