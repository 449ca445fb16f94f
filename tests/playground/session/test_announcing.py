"""Each signal of a session means one thing, and one request to refresh follows all that changed together."""

from __future__ import annotations

import pytest

from playground.document.changes import with_training, with_width
from playground.document.document import Document, Edge, Node
from playground.document.selection import Selection
from playground.files.saved import Saved, ViewState
from playground.session.saving import open_saved
from playground.session.session import Session
from playground.training.what_if import WhatIf

CHANGES = (
    "document_changed", "stepped", "selection_changed", "hovered_changed", "display_changed", "what_if_changed",
    "refresh_requested",
)  # fmt: skip


@pytest.fixture
def heard(session: Session) -> list[str]:
    """Return the names of the signals, as they are emitted."""
    names: list[str] = []
    for name in CHANGES:
        getattr(session, name).connect(lambda *_values, name=name: names.append(name))
    return names


def test_a_step_moves_the_run_and_nothing_else(session: Session, heard: list[str]) -> None:
    session.step()
    assert heard == ["stepped", "refresh_requested"]


def test_an_edit_changes_the_document_and_moves_no_run(session: Session, heard: list[str]) -> None:
    session.change(with_training(learning_rate=0.5), "Change the learning rate")
    assert heard == ["document_changed", "refresh_requested"]


def test_a_weight_set_by_hand_is_an_edit(session: Session, heard: list[str]) -> None:
    session.set_weight(Edge(1, 0, 0), 1.0)
    assert heard == ["document_changed", "refresh_requested"]


def test_an_edit_that_takes_the_selected_and_the_hovered_node_away_refreshes_once(
    session: Session, heard: list[str]
) -> None:
    session.select(node=Node(1, 3))
    session.hover(Node(1, 3))
    heard.clear()
    session.change(with_width(1, 2), "Change a width")
    assert heard == ["document_changed", "selection_changed", "hovered_changed", "refresh_requested"]


def test_listeners_of_a_document_see_the_selection_that_fits_it(session: Session) -> None:
    session.select(node=Node(1, 3))
    seen: list[Node | None] = []
    session.document_changed.connect(lambda _before, _after: seen.append(session.selection.node))
    session.change(with_width(1, 2), "Change a width")
    assert seen == [None]


def test_a_selection_is_no_step(session: Session, heard: list[str]) -> None:
    session.select(node=Node(1, 0))
    session.select(node=Node(1, 0))
    assert heard == ["selection_changed", "refresh_requested"]


def test_a_hovered_node_is_no_selection(session: Session, heard: list[str]) -> None:
    session.hover(Node(1, 0))
    session.hover(Node(1, 0))
    assert heard == ["hovered_changed", "refresh_requested"]


def test_what_edges_show_is_no_selection(session: Session, heard: list[str]) -> None:
    session.set_display(edge_kind="gradient")
    session.set_display(edge_kind="gradient")
    assert heard == ["display_changed", "refresh_requested"]


def test_a_what_if_moves_no_run(session: Session, heard: list[str]) -> None:
    session.set_what_if(WhatIf(Node(1, 0), 0.5))
    session.set_what_if(None)
    assert heard == ["what_if_changed", "refresh_requested"] * 2


def test_opening_a_file_refreshes_once(session: Session, heard: list[str]) -> None:
    open_saved(session, Saved(Document(seed=9), view=ViewState(Selection(node=Node(1, 1)))))
    assert heard == ["document_changed", "selection_changed", "refresh_requested"]


def test_a_refresh_that_is_wanted_is_no_step(session: Session, heard: list[str]) -> None:
    session.request_refresh()
    assert heard == ["refresh_requested"]
