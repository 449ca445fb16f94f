from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from playground.document.changes import with_training, with_width
from playground.document.document import Document, Edge, Node
from playground.document.selection import Example, Selection
from playground.engine.spec import LayerSpec
from playground.files import document_file
from playground.files.saved import Saved, ViewState
from playground.session.saving import open_saved, to_saved
from playground.session.session import Session


@pytest.fixture
def session(qapp: QApplication) -> Session:
    return Session(Document())


def test_an_opened_session_goes_on_as_the_one_that_was_saved(session: Session, tmp_path: Path) -> None:
    session.step(20)
    session.change(with_width(1, 6), "Width")
    session.step(10)
    session.change(with_training(learning_rate=0.03), "Rate")
    session.set_weight(Edge(1, 0, 2), 0.75)
    session.select(node=Node(1, 2), example=Example(3))
    document_file.save(tmp_path / "a.playground", to_saved(session, {"zoom": 2.0}))
    other = Session(Document(hidden=(LayerSpec(2), LayerSpec(2))))
    content = document_file.load(tmp_path / "a.playground")
    open_saved(other, content)
    assert content.view.settings == {"zoom": 2.0}
    assert other.document == session.document
    assert other.selection == session.selection
    for one in (session, other):
        one.step(40)
    assert other.run.trainer.state().same_as(session.run.trainer.state())


def test_opening_tells_the_views_and_is_one_undo(session: Session) -> None:
    session.change(with_width(1, 6), "Width")
    told: list[object] = []
    session.document_changed.connect(lambda before, after: told.append((before, after)))
    before, after = session.document, Document(seed=9)
    open_saved(session, Saved(after))
    assert told == [(before, after)]
    assert session.run.iteration == 0
    session.undo_stack.undo()
    assert session.document == before
    session.undo_stack.undo()
    assert session.document == Document()


def test_opening_stops_training_and_a_drag(session: Session) -> None:
    session.begin_gesture()
    session.play()
    open_saved(session, Saved(Document(seed=9)))
    assert not session.is_playing
    session.change(with_width(1, 5), "Width")
    assert session.document == replace(Document(seed=9), hidden=(LayerSpec(5),))


def test_a_selection_of_what_is_not_there_is_let_go(session: Session) -> None:
    view = ViewState(Selection(Node(5, 9), Edge(7, 0, 0), Example(10**6)))
    open_saved(session, Saved(Document(), view=view))
    assert session.selection == Selection()


def test_steps_go_back_to_the_moment_of_opening_and_forth_again_exactly(session: Session) -> None:
    session.step(15)
    content = to_saved(session)
    other = Session(Document())
    open_saved(other, content)
    other.step(10)
    later = other.run.trainer.state()
    other.go_to(15)
    assert content.state is not None
    assert other.run.trainer.state().same_as(content.state)
    other.go_to(25)
    assert other.run.trainer.state().same_as(later)
