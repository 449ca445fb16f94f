"""A menu is titled after the edges it changes; locks and what-ifs are marked on the frame."""

from __future__ import annotations

import pytest

from playground.app.views.hand_edits import reading
from playground.app.views.network.reading import frame
from playground.document.changes import with_frozen, with_pruned
from playground.document.document import Edge, Node
from playground.document.selection import Example
from playground.session.session import Session
from playground.training.what_if import WhatIf
from widgets.values import EdgeKey, NodeKey


@pytest.mark.parametrize(
    ("key", "title", "count"),
    [
        (NodeKey(1, 1), "a₂⁽¹⁾: its 2 weights and 1 bias", 3),
        (NodeKey(1, -1), "Hidden 1: its 8 weights and 4 biases", 12),
        (NodeKey(0, 0), "x₁: the 4 weights that leave it", 4),
        (NodeKey(0, -1), "Input: its 8 weights", 8),
        (NodeKey(2, -1), "Output: its 4 weights and 1 bias", 5),
        (EdgeKey(1, 0, 1), "weight x₁ → a₂⁽¹⁾", 1),
        (EdgeKey(1, -1, 1), "bias of a₂⁽¹⁾", 1),
    ],
)
def test_a_menu_counts_its_edges(session: Session, key: NodeKey | EdgeKey, title: str, count: int) -> None:
    assert reading.title(session.snapshot(), key) == title
    assert len(reading.edges_at(session.snapshot(), key)) == count


def test_edges_of_an_input_leave_it_and_edges_of_a_unit_arrive(session: Session) -> None:
    snapshot = session.snapshot()
    assert {edge.source for edge in reading.edges_at(snapshot, NodeKey(0, 1))} == {1}
    assert {(edge.layer, edge.target) for edge in reading.edges_at(snapshot, NodeKey(2, 0))} == {(2, 0)}


def test_frozen_and_pruned_edges_are_locked_on_the_frame(session: Session) -> None:
    shown = frame(session.snapshot(), Example(), "weight", "activation")
    assert reading.with_locks(shown, session.snapshot()) is shown
    session.change(with_frozen([Edge(1, 0, 0)]), "Freeze")
    session.change(with_pruned({Edge(2, 3, 0): 0.5}), "Prune")
    locked = reading.with_locks(shown, session.snapshot())
    assert locked.frozen == {EdgeKey(1, 0, 0)}
    assert locked.pruned == {EdgeKey(2, 3, 0)}


def test_a_what_if_is_a_title_and_a_badge(session: Session) -> None:
    assert reading.what_if_title(session.snapshot()) == reading.without_what_if(session.snapshot()) == ""
    what_if = WhatIf(Node(1, 1), 0.5)
    session.set_what_if(what_if)
    assert reading.what_if_title(session.snapshot()) == "what-if a₂⁽¹⁾ = 0.5"
    assert reading.without_what_if(session.snapshot()) == "without the what-if a₂⁽¹⁾ = 0.5"
    (badge,) = reading.what_if_badges(what_if).items()
    assert badge[0] == NodeKey(1, 1)
    assert (badge[1].word, badge[1].number) == ("what-if", "a = 0.5")
