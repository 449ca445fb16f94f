"""The curves show what was left as dimmed branches, and mark edits and branches at their iteration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.app.views.curves.presenter import CurvesPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_training
from playground.document.document import Edge
from playground.session.session import Session
from widgets.loss_plot import LossPlot

FIRST = Edge(1, 0, 0)


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(LossPlot)
    made.presenter = CurvesPresenter(session, scheduler, made)
    return made


def dimmed(plot: Any) -> list[str]:
    return [one.name for one in plot.set_series.call_args.args[0] if one.dimmed]


def marks(plot: Any, kind: str) -> list[tuple[float, str]]:
    return [(mark.iteration, mark.label) for mark in plot.set_marks.call_args.args[0] if mark.kind == kind]


def test_going_back_alone_leaves_the_curves_and_no_branch(session: Session, plot: Any) -> None:
    session.step(300)
    session.go_to(100)
    assert session.run.history.last == 300
    assert dimmed(plot) == []


def test_training_another_way_from_the_past_leaves_a_dimmed_branch_with_a_mark(session: Session, plot: Any) -> None:
    session.step(300)
    session.go_to(100)
    session.change(with_training(learning_rate=0.01), "Change the learning rate")
    session.step(50)
    assert dimmed(plot) == ["train data loss, left 0", "test data loss, left 0"]
    assert [iteration for iteration, _ in marks(plot, "branch")] == [100]
    plot.branch_clicked.emit(100.0)
    assert session.run.iteration == 300
    assert session.document.training.learning_rate == 0.1


def test_training_the_same_again_leaves_no_branch(session: Session, plot: Any) -> None:
    session.step(300)
    session.go_to(100)
    session.step(50)
    assert dimmed(plot) == ["train data loss, left 0", "test data loss, left 0"]
    assert marks(plot, "branch") == []
    session.step(150)
    assert dimmed(plot) == []


def test_a_branch_shows_the_curves_as_they_were(session: Session, plot: Any) -> None:
    session.step(300)
    iterations, losses = session.run.history.column("train")
    session.go_to(100)
    session.set_weight(FIRST, 2.0)
    left = next(one for one in plot.set_series.call_args.args[0] if one.name == "train data loss, left 0")
    kept = iterations >= 100
    assert np.array_equal(left.x, iterations[kept])
    assert np.array_equal(left.y, losses[kept])


def test_a_hand_edit_is_marked_and_its_undo_takes_the_mark_away(session: Session, plot: Any) -> None:
    session.step(30)
    session.set_weight(FIRST, 2.0)
    assert marks(plot, "edit") == [(30, "Set a weight")]
    session.undo_stack.undo()
    assert marks(plot, "edit") == []


def test_a_drag_of_a_setting_is_one_mark_and_its_later_undo_another(session: Session, plot: Any) -> None:
    session.step(30)
    session.begin_gesture()
    for rate in (0.05, 0.03):
        session.change(with_training(learning_rate=rate), "Change the learning rate")
    session.end_gesture()
    session.step(10)
    session.undo_stack.undo()
    assert marks(plot, "edit") == [(30, "Change the learning rate"), (40, "Undo: Change the learning rate")]


def test_an_edit_before_training_needs_no_mark(session: Session, plot: Any) -> None:
    session.set_weight(FIRST, 2.0)
    session.step(10)
    assert marks(plot, "edit") == []
