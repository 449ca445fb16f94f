"""Whatever throws training away is one undo, and undo brings all of it back, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.document.changes import Change, with_data, with_depth, with_feature, with_training, with_width
from playground.document.data_choice import with_cleared_points, with_dataset, with_new_sample, with_stroke
from playground.document.differences import CHANGES, DIFFERENCES
from playground.document.document import Document
from playground.document.paint import Stroke
from playground.files.saved import Saved
from playground.session import comparison
from playground.session.saving import open_saved
from playground.session.session import Session

LOSING: dict[str, Callable[[Session], object]] = {
    "reset": lambda session: session.reset(),
    "new weights": lambda session: session.change(lambda d: replace(d, seed=d.seed + 1), "New weights"),
    "another initializer": lambda session: session.change(with_training(initializer="zeros"), "Initializer"),
    "other data": lambda session: session.change(with_dataset("digits"), "Digits"),
    "data of another scale": lambda session: session.change(with_dataset("spiral"), "Spiral"),
    "a new sample": lambda session: session.change(with_new_sample(), "New sample"),
    "other points": lambda session: session.change(with_data(points=100), "Points"),
    "cleared points": lambda session: session.change(with_cleared_points(), "Clear"),
    "another depth": lambda session: session.change(with_depth(3), "Depth"),
    "a narrower layer": lambda session: session.change(with_width(1, 1), "Width"),
    "an input less": lambda session: session.change(with_feature("x2", False, ("x1", "x2")), "Input"),
    "a comparison": lambda session: comparison.start(session, CHANGES[0]),
    "a comparison preset": lambda session: comparison.start(session, DIFFERENCES["adam"]),
    "another document": lambda session: open_saved(session, Saved(Document(seed=9))),
    "a trained document": lambda session: open_saved(session, _trained()),
}


def _trained() -> Saved:
    other = Session(with_dataset("circle")(Document()))
    other.step(30)
    memory = other.run.full_memory()
    return Saved(memory.document, memory.state, memory.curve, marks=memory.marks)


@pytest.fixture(params=LOSING)
def lose(request: pytest.FixtureRequest) -> Callable[[Session], object]:
    return LOSING[request.param]


def test_undo_brings_back_what_was_trained(session: Session, lose: Callable[[Session], object]) -> None:
    session.step(50)
    document, state = session.document, session.run.trainer.state()
    curve, branches = session.run.history.copy(), session.run.history.branches
    lose(session)
    session.undo_stack.undo()
    assert session.document == document
    assert session.run.trainer.state().same_as(state)
    assert np.array_equal(session.run.history.copy().table, curve.table, equal_nan=True)
    assert session.run.history.branches == branches
    assert session.comparison_run is None
    session.go_to(20)
    assert session.run.iteration == 20


def test_undo_after_further_training_loses_neither(session: Session) -> None:
    session.step(50)
    state = session.run.trainer.state()
    session.reset()
    session.step(20)
    later = session.run.trainer.state()
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(state)
    session.undo_stack.redo()
    assert session.run.trainer.state().same_as(later)


def test_a_reset_in_the_past_keeps_what_came_after(session: Session) -> None:
    session.step(50)
    state = session.run.trainer.state()
    session.go_to(10)
    session.reset()
    session.undo_stack.undo()
    assert session.run.iteration == 10
    session.go_to(50)
    assert session.run.trainer.state().same_as(state)


def test_a_reset_leaves_a_branch_that_can_be_continued(session: Session) -> None:
    session.step(50)
    end = session.run.trainer.state()
    session.reset()
    (branch,) = session.run.history.branches
    assert (branch.iteration, branch.last) == (0, 50)
    assert branch.end is not None
    assert branch.end.state.same_as(end)


def test_what_is_trained_once_more_takes_the_place_of_the_branch(session: Session) -> None:
    session.step(50)
    session.reset()
    session.step(60)
    assert session.run.history.branches == ()


@pytest.mark.parametrize("change", [with_dataset("circle"), with_width(1, 8)], ids=["other data", "another network"])
def test_the_curves_of_other_data_or_another_network_become_a_branch(session: Session, change: Change) -> None:
    session.step(50)
    session.change(change, "Change")
    (branch,) = session.run.history.branches
    assert (branch.iteration, branch.last, branch.has_split) == (0, 50, True)
    assert session.run.history.first == 50
    assert session.run.iteration == 50


def test_painting_goes_on_with_the_curves(session: Session) -> None:
    session.step(50)
    session.change(with_stroke(Stroke("add", 1.0).to(0.2, 0.3)), "Add a point")
    assert session.run.history.branches == ()
    assert session.run.history.first == 0


def test_a_reset_that_changes_nothing_is_no_undo(session: Session) -> None:
    session.reset()
    assert session.undo_stack.count() == 0


def test_a_reset_ends_what_a_divergence_stopped(make_session: Callable[..., Session]) -> None:
    session = make_session(with_training(learning_rate=1e6)(Document()))
    session.step(50)
    assert session.run.divergence is not None
    session.reset()
    assert session.run.divergence is None
    assert session.run.iteration == 0


def test_a_document_opened_before_anything_was_done_leaves_nothing_to_undo(session: Session) -> None:
    open_saved(session, Saved(Document(seed=9)))
    assert not session.undo_stack.canUndo()


def test_undo_and_redo_again_and_again_keep_what_was_trained_between(session: Session) -> None:
    session.change(with_feature("x1", False, ("x1", "x2")), "Input")
    session.step(5)
    trained = session.run.trainer.state()
    for _ in range(3):
        session.undo_stack.undo()
        session.undo_stack.redo()
        assert session.run.trainer.state().same_as(trained)


def test_training_after_an_undo_is_not_lost_by_redo_and_undo(session: Session) -> None:
    session.step(20)
    session.reset()
    session.undo_stack.undo()
    session.step(7)
    state = session.run.trainer.state()
    session.undo_stack.redo()
    assert session.run.iteration == 0
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(state)
