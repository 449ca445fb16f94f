"""Branches: what is kept of them, and switching to one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from playground.document.changes import with_training, with_width
from playground.document.document import Document, Edge
from playground.session.branches import switch_to
from playground.session.session import Session
from playground.training.branch import MOST_BRANCHES, Branch


@pytest.fixture
def session(qapp: QApplication) -> Session:
    """A run that reached 300, went back to 100 and on to 160 with another learning rate."""
    session = Session(Document())
    session.step(300)
    session.go_to(100)
    session.change(with_training(learning_rate=0.01), "Change the learning rate")
    session.step(60)
    return session


def left(session: Session) -> Branch:
    return session.run.history.branches[-1]


def test_switching_to_a_branch_resumes_it_bit_for_bit(session: Session) -> None:
    straight = Session(Document())
    straight.step(300)
    assert switch_to(session, left(session))
    assert session.document == straight.document
    assert session.run.trainer.state().same_as(straight.run.trainer.state())
    for iteration in (250, 40, 0, 299):
        session.go_to(iteration)
        straight.go_to(iteration)
        assert session.run.trainer.state().same_as(straight.run.trainer.state())
    session.go_to(300)
    session.step(25)
    straight.go_to(300)
    straight.step(25)
    assert session.run.trainer.state().same_as(straight.run.trainer.state())
    assert session.run.history.copy().table.tobytes() == straight.run.history.copy().table.tobytes()


def test_what_is_left_for_a_branch_becomes_a_branch(session: Session) -> None:
    before, document = session.run.trainer.state(), session.document
    switch_to(session, left(session))
    assert (left(session).iteration, left(session).last, left(session).has_split) == (100, 160, True)
    assert len(session.run.history.branches) == 1
    switch_to(session, left(session))
    assert session.document == document
    assert session.run.trainer.state().same_as(before)
    assert (left(session).iteration, left(session).last) == (100, 300)


def test_switching_to_a_branch_is_undone_exactly(session: Session) -> None:
    before, branches = session.run.trainer.state(), session.run.history.branches
    switch_to(session, left(session))
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)
    assert session.run.history.branches == branches
    assert session.document.training.learning_rate == 0.01
    session.undo_stack.redo()
    assert session.run.iteration == 300


def test_a_weight_set_in_the_past_leaves_a_branch(session: Session) -> None:
    later = session.run.trainer.state()
    session.go_to(120)
    session.set_weight(Edge(1, 0, 0), 2.0)
    switch_to(session, left(session))
    assert session.run.trainer.state().same_as(later)


def test_a_branch_of_another_width_restores_the_width(session: Session) -> None:
    session.go_to(120)
    session.change(with_width(1, 7), "width")
    session.step(10)
    assert switch_to(session, left(session))
    assert session.document.hidden[0].width == 4
    assert session.run.iteration == 160


def test_switching_to_a_branch_without_its_run_is_refused_with_a_message(session: Session) -> None:
    said: list[str] = []
    session.noted.connect(said.append)
    assert not switch_to(session, Branch(left(session).table))
    assert "Only the curves" in said[0]
    assert session.run.iteration == 160


def test_only_the_last_few_branches_are_kept(session: Session) -> None:
    for value in range(MOST_BRANCHES + 3):
        session.go_to(50)
        session.set_weight(Edge(1, 0, 0), float(value))
        session.step(20)
    assert len(session.run.history.branches) == MOST_BRANCHES
    assert all(branch.end is not None for branch in session.run.history.branches)
