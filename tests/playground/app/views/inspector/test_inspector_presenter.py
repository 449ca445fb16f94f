"""The inspector shows the card of the selected node; a click on its rows selects, a typed weight edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views.inspector.presenter import InspectorPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_depth, with_training
from playground.document.document import Edge, Node
from playground.document.quantity import quantity
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.inspector import Inspector
from widgets.gradient_card.gradient_card import GradientCard
from widgets.values import EdgeKey, MeanReading, NeuronReading


@pytest.fixture
def inspector(stand_in: Callable[..., Any]) -> Any:
    return stand_in(Inspector)


@pytest.fixture
def card(session: Session, scheduler: Scheduler, inspector: Any, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(GradientCard)
    made.presenter = InspectorPresenter(session, scheduler, SlowMotion(session, session), inspector, made)
    return made


def test_without_a_selection_the_card_is_empty(card: Any) -> None:
    card.set_reading.assert_called_once_with(None)


def test_a_selected_edge_is_shown_and_marked_once(session: Session, card: Any, inspector: Any) -> None:
    card.edge_clicked.emit(EdgeKey(1, 0, 2))
    assert session.selection.edge == Edge(1, 0, 2)
    assert session.selection.node == Node(1, 2)
    assert card.set_reading.call_count == 2
    card.set_selected_edge.assert_called_with(EdgeKey(1, 0, 2))
    assert inspector.set_subject.call_count == 2


def test_a_step_shows_new_numbers_of_the_same_subject(session: Session, card: Any, inspector: Any) -> None:
    session.select(node=Node(1, 0))
    session.step()
    assert card.set_reading.call_count == 3
    assert inspector.set_subject.call_count == 2


def test_a_typed_weight_is_an_edit(session: Session, card: Any) -> None:
    card.weight_typed.emit(EdgeKey(1, 0, 0), 2.5)
    assert session.undo_stack.undoText() == "Set a weight"


def test_a_hovered_node_does_not_concern_the_card(session: Session, card: Any) -> None:
    session.hover(Node(1, 0))
    assert card.set_reading.call_count == 1


def shown(card: Any) -> object:
    return card.set_reading.call_args.args[0]


def test_a_batch_gradient_is_followed_to_its_terms_and_back(session: Session, card: Any) -> None:
    card.mean_clicked.emit(EdgeKey(1, 0, 2))
    assert session.selection.edge == Edge(1, 0, 2)
    reading = shown(card)
    assert isinstance(reading, MeanReading)
    example = reading.terms[3].example
    card.example_clicked.emit(example)
    assert session.selection.example.index == example
    reading = shown(card)
    assert isinstance(reading, MeanReading)
    assert reading.chosen == example
    session.step()
    assert isinstance(shown(card), MeanReading)
    card.back_clicked.emit()
    assert isinstance(shown(card), NeuronReading)
    assert session.selection.edge == Edge(1, 0, 2)


def test_another_neuron_ends_the_terms(session: Session, card: Any) -> None:
    card.mean_clicked.emit(EdgeKey(1, 0, 2))
    session.select(node=Node(1, 0), edge=None)
    assert isinstance(shown(card), NeuronReading)
    card.edge_clicked.emit(EdgeKey(1, 0, 0))
    assert isinstance(shown(card), NeuronReading)


def test_terms_end_with_the_layer_that_they_belong_to(session: Session, card: Any) -> None:
    card.mean_clicked.emit(EdgeKey(2, 0, 0))
    session.change(with_depth(0), "Remove the layer")
    assert isinstance(shown(card), MeanReading) == (session.selection.edge is not None)


def test_the_caption_names_the_clipped_gradient_unless_it_is_hidden(session: Session, card: Any) -> None:
    session.change(with_training(clip_value=1e-3), "Clip the gradient")
    session.select(node=Node(1, 2), edge=Edge(1, 0, 2))
    reading = shown(card)
    assert isinstance(reading, NeuronReading)
    assert ", clipped from " in reading.update_note
    session.prediction.ask([quantity("batch_gradient", Edge(1, 0, 2), 1)])
    reading = shown(card)
    assert isinstance(reading, NeuronReading)
    assert "clipped from" not in reading.update_note
