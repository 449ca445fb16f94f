"""The layer popup's gestures become edits of the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views.network.layers_presenter import LayersPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.document import Document
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from widgets.network_graph import NetworkGraph


@pytest.fixture
def session() -> Session:
    return Session(Document(hidden=(LayerSpec(4, "maxout"), LayerSpec(2, "elu"))))


@pytest.fixture
def graph(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(NetworkGraph)
    made.presenter = LayersPresenter(session, scheduler, made)
    return made


def test_one_drag_is_one_undo_and_goes_back_exactly(session: Session, graph: Any) -> None:
    session.step(5)
    before = session.run.trainer.parameters.copy()
    graph.layer_field_pressed.emit(1, "pieces")
    for value in (3.0, 5.0, 4.0):
        graph.layer_field_changed.emit(1, "pieces", value)
    graph.layer_field_released.emit(1, "pieces")
    assert session.document.hidden[0].pieces == 4
    assert graph.set_layer_settings.call_args.args[0][0].numbers[0][1] == 4.0
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.document.hidden[0].pieces == 2
    assert (session.run.trainer.parameters == before).all()


def test_a_constant_keeps_the_weights(session: Session, graph: Any) -> None:
    before = session.run.trainer.parameters.copy()
    graph.layer_field_changed.emit(2, "alpha", 0.5)
    assert session.document.hidden[1].alpha == 0.5
    assert (session.run.trainer.parameters == before).all()


def test_what_is_refused_is_shown_as_it_was(session: Session, graph: Any) -> None:
    graph.set_layer_settings.reset_mock()
    graph.layer_field_changed.emit(1, "dropout", 2.0)
    assert session.document.hidden[0].dropout == 0.0
    assert graph.set_layer_settings.call_args.args[0][0].numbers[-1][1] == 0.0
