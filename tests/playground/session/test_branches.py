"""Futures that were left: what is kept of them, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from playground.document.document import Document, Edge, with_training, with_width
from playground.session import branches
from playground.session.session import Session
from playground.training.branch import MOST_BRANCHES, Branch


@pytest.fixture
def session(qapp: QApplication) -> Session:
    """A run that came to 300, went back to 100 and on to 160 with another rate."""
    session = Session(Document())
    session.step(300)
    session.go_to(100)
    session.change(with_training(learning_rate=0.01), "Change the learning rate")
    session.step(60)
    return session


def left(session: Session) -> Branch:
    return session.run.history.branches[-1]


def test_a_branch_leads_back_to_where_it_had_come_to_the_bit(session: Session) -> None:
    straight = Session(Document())
    straight.step(300)
    assert branches.go_to(session, left(session))
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


def test_what_is_left_for_a_branch_is_a_branch_and_leads_back_too(session: Session) -> None:
    before, document = session.run.trainer.state(), session.document
    branches.go_to(session, left(session))
    assert (left(session).iteration, left(session).last, left(session).is_apart) == (100, 160, True)
    assert len(session.run.history.branches) == 1
    branches.go_to(session, left(session))
    assert session.document == document
    assert session.run.trainer.state().same_as(before)
    assert (left(session).iteration, left(session).last) == (100, 300)


def test_going_to_a_branch_is_undone_exactly(session: Session) -> None:
    before, kept = session.run.trainer.state(), session.run.history.branches
    branches.go_to(session, left(session))
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)
    assert session.run.history.branches == kept
    assert session.document.training.learning_rate == 0.01
    session.undo_stack.redo()
    assert session.run.iteration == 300


def test_a_weight_set_in_the_past_leaves_a_future_that_can_be_come_back_to(session: Session) -> None:
    later = session.run.trainer.state()
    session.go_to(120)
    session.set_weight(Edge(1, 0, 0), 2.0)
    branches.go_to(session, left(session))
    assert session.run.trainer.state().same_as(later)


def test_a_future_of_another_width_brings_its_width_back(session: Session) -> None:
    session.go_to(120)
    session.change(with_width(1, 7), "width")
    session.step(10)
    assert branches.go_to(session, left(session))
    assert session.document.hidden[0].width == 4
    assert session.run.iteration == 160


def test_a_future_of_which_only_the_curve_is_known_is_refused_with_a_word(session: Session) -> None:
    said: list[str] = []
    session.noted.connect(said.append)
    assert not branches.go_to(session, Branch(left(session).table))
    assert "only its curve" in said[0]
    assert session.run.iteration == 160


def test_few_futures_are_kept(session: Session) -> None:
    for value in range(MOST_BRANCHES + 3):
        session.go_to(50)
        session.set_weight(Edge(1, 0, 0), float(value))
        session.step(20)
    assert len(session.run.history.branches) == MOST_BRANCHES
    assert all(branch.end is not None for branch in session.run.history.branches)
