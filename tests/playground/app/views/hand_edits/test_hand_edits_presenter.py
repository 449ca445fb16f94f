"""The menu of a node or edge offers what can be done with it, and does it as one undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from playground.app.views.hand_edits.presenter import HandEditsPresenter
from playground.document.changes import with_layer
from playground.document.document import Edge, Node
from playground.session.session import Session
from playground.training.what_if import WhatIf
from widgets.network_graph import NetworkGraph
from widgets.values import EdgeKey, NodeKey

FIRST = EdgeKey(1, 0, 0)


@pytest.fixture
def presenter(session: Session, qtbot: QtBot) -> Any:
    graph = NetworkGraph()
    qtbot.addWidget(graph)
    made: Any = HandEditsPresenter(session, graph)
    made.graph = graph
    return made


def names(menu: QMenu) -> set[str]:
    return {action.objectName() for action in menu.actions() if action.objectName()}


def choose(presenter: Any, key: NodeKey | EdgeKey, name: str) -> None:
    next(action for action in presenter.fill(key).actions() if action.objectName() == name).trigger()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (FIRST, {"title", "why", "predict", "type", "freeze", "prune", "perturb"}),
        (NodeKey(1, 0), {"title", "why", "predict", "freeze", "prune", "perturb", "what_if", "set_all"}),
        (NodeKey(1, -1), {"title", "settings", "layer_more", "layer_fewer", "freeze", "prune", "perturb", "set_all"}),
        (NodeKey(0, 0), {"title", "why", "predict", "freeze", "prune", "perturb", "set_all"}),
    ],
)
def test_the_menu_offers_what_can_be_done(presenter: Any, key: NodeKey | EdgeKey, expected: set[str]) -> None:
    assert names(presenter.fill(key)) == expected


def test_a_frozen_edge_can_be_unfrozen(session: Session, presenter: Any) -> None:
    choose(presenter, FIRST, "freeze")
    assert session.document.frozen == (Edge(*FIRST),)
    menu = presenter.fill(NodeKey(1, 0))
    assert {"freeze", "unfreeze"} <= names(menu)
    assert [a.text() for a in menu.actions() if a.objectName() == "freeze"] == ["Freeze 2 of 3"]
    choose(presenter, FIRST, "unfreeze")
    assert session.document.frozen == ()


def test_a_pruned_weight_is_0_until_it_is_revived(session: Session, presenter: Any) -> None:
    at = session.run.index_of(Edge(*FIRST))
    before = session.run.trainer.parameters[at]
    choose(presenter, FIRST, "prune")
    assert session.run.trainer.parameters[at] == 0.0
    assert names(presenter.fill(FIRST)) == {"title", "why", "predict", "type", "revive"}
    choose(presenter, FIRST, "revive")
    assert session.run.trainer.parameters[at] == before


def test_each_drag_of_an_edge_is_one_undo(session: Session, presenter: Any) -> None:
    at, count = session.run.index_of(Edge(*FIRST)), session.undo_stack.count()
    before = session.run.trainer.parameters[at]
    for last in (0.5, 0.75):
        presenter.graph.canvas.edge_drag_started.emit(FIRST)
        for value in (0.25, last):
            presenter.graph.canvas.edge_dragged.emit(FIRST, value)
        presenter.graph.canvas.edge_drag_ended.emit(FIRST)
        assert session.run.trainer.parameters[at] == last
    session.set_weight(Edge(*FIRST), 1.0)
    assert session.undo_stack.count() == count + 3
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.run.trainer.parameters[at] == 0.5
    session.undo_stack.undo()
    assert session.run.trainer.parameters[at] == before


def test_a_what_if_is_ended_by_its_menu_or_by_clearing_the_selection(session: Session, presenter: Any) -> None:
    for end in (lambda: choose(presenter, NodeKey(1, 0), "end_what_if"), presenter.graph.canvas.selection_cleared.emit):
        session.set_what_if(WhatIf(Node(1, 0), 0.5))
        end()
        assert session.what_if is None


def test_the_menu_of_a_layer_sets_the_number_of_layers_and_one_activation_for_all(
    presenter: Any, session: Session
) -> None:
    choose(presenter, NodeKey(1, -1), "layer_more")
    assert session.document.depth == 2
    session.change(with_layer(1, activation="relu"), "Take ReLU")
    choose(presenter, NodeKey(1, -1), "activation_for_all")
    assert [layer.activation for layer in session.document.hidden] == ["relu", "relu"]
    session.undo_stack.undo()
    assert [layer.activation for layer in session.document.hidden] == ["relu", "tanh"]
