"""The gradient check as a job: begun, cancelled, begun again; against a stand-in for the view."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from playground.app.views.gradcheck.presenter import GradientCheckPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import Change, with_data, with_layer, with_training
from playground.document.document import Document, Edge
from playground.session.session import Session
from widgets.style import numbers


class View(QObject):
    check_requested = Signal()
    sweep_requested = Signal()
    cancel_requested = Signal()
    epsilon_changed = Signal(float)
    epsilon_released = Signal()
    broken_picked = Signal(str)
    parameter_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        names = "progress", "reading", "epsilon", "broken", "work", "sweep", "outdated"
        for name in (*(f"set_{name}" for name in names), "isVisible"):
            setattr(self, name, MagicMock())


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(Document())


@pytest.fixture
def view(session: Session) -> View:
    made = View()
    made.presenter = GradientCheckPresenter(session, Scheduler(session), made)  # type: ignore[attr-defined, arg-type]
    return made


def finish(view: View) -> None:
    view.presenter._job.finish()  # type: ignore[attr-defined]


def test_a_check_ends_with_a_reading_and_no_progress(view: View) -> None:
    view.check_requested.emit()
    assert view.set_progress.call_args.args == (0.0,)
    finish(view)
    assert view.set_progress.call_args.args == (None,)
    shown = view.set_reading.call_args.args[0]
    assert shown.max_error <= shown.tolerance
    assert view.presenter._job is None  # type: ignore[attr-defined]


def test_a_cancelled_check_leaves_the_last_result(view: View) -> None:
    view.check_requested.emit()
    view.cancel_requested.emit()
    assert view.set_progress.call_args.args == (None,)
    view.set_reading.assert_not_called()


def test_another_epsilon_checks_again_only_after_a_first_check(view: View) -> None:
    view.epsilon_changed.emit(1e-2)
    view.epsilon_released.emit()
    assert view.presenter._job is None  # type: ignore[attr-defined]
    view.check_requested.emit()
    finish(view)
    coarse = view.set_reading.call_args.args[0]
    view.epsilon_changed.emit(1e-4)
    view.epsilon_released.emit()
    finish(view)
    fine = view.set_reading.call_args.args[0]
    assert (coarse.epsilon, fine.epsilon) == (1e-2, 1e-4)
    assert fine.max_error < coarse.max_error


def test_a_check_goes_on_while_training_does_and_names_its_iteration(view: View, session: Session) -> None:
    session.step(7)
    view.check_requested.emit()
    session.step(5)
    finish(view)
    assert "At iteration 7," in view.set_reading.call_args.args[0].notes[0]


def head(view: View) -> str:
    return view.set_outdated.call_args.args[0]  # type: ignore[attr-defined]


CHECK_AGAIN = "Of iteration 0 before the change: check again."


@pytest.mark.parametrize(
    "change",
    [with_training(initializer="zeros"), with_data(noise=0.3), with_training(regularizer="l2")],
    ids=["weights", "data", "loss"],
)
def test_a_check_of_other_weights_data_or_another_loss_says_so_at_its_head(
    view: View, session: Session, change: Change
) -> None:
    view.check_requested.emit()
    finish(view)
    assert head(view) == ""
    session.change(change, "Another")
    assert head(view) == CHECK_AGAIN
    session.undo_stack.undo()
    assert head(view) == ""
    session.undo_stack.redo()
    view.check_requested.emit()
    finish(view)
    assert head(view) == ""


def test_a_check_of_another_iteration_says_so_and_one_that_is_shown_again_does_not(
    view: View, session: Session
) -> None:
    view.check_requested.emit()
    session.step(3)
    finish(view)
    assert head(view) == "Of iteration 0, not of the present one: check again."
    session.step_back(3)
    assert head(view) == ""
    session.set_weight(Edge(1, 0, 0), 0.5)
    assert head(view) == CHECK_AGAIN


def test_what_a_check_does_not_depend_on_leaves_it_current(view: View, session: Session) -> None:
    view.check_requested.emit()
    finish(view)
    session.change(with_training(learning_rate=0.5, penalty=0.5), "no regularizer: no λ")
    assert head(view) == ""


def test_a_sweep_of_another_kind_of_network_says_so_at_its_head(view: View, session: Session) -> None:
    view.sweep_requested.emit()
    finish(view)
    session.step(3)
    session.change(with_layer(1, width=7), "the sweep has widths of its own")
    assert head(view) == ""
    session.change(with_layer(1, activation="maxout"), "Maxout")
    assert head(view) == "Of the network, loss or data before the change: press Width sweep again."
    session.change(with_layer(1, activation="tanh"), "tanh")
    session.change(with_data(points=100), "fewer examples")
    assert head(view) != ""


def test_a_new_structure_gives_a_running_check_and_its_result_up(view: View, session: Session) -> None:
    view.check_requested.emit()
    finish(view)
    view.check_requested.emit()
    session.change(with_layer(1, width=6), "wider")
    assert view.presenter._job is None  # type: ignore[attr-defined]
    assert view.set_reading.call_args.args == (None,)


def test_another_rate_keeps_the_result_and_its_way_to_the_edge(view: View, session: Session) -> None:
    view.check_requested.emit()
    finish(view)
    calls = view.set_reading.call_count
    session.change(with_training(learning_rate=0.5), "rate")
    view.parameter_clicked.emit(1)
    assert view.set_reading.call_count == calls
    assert session.selection.edge == Edge(1, 1, 0)


def test_the_broken_layer_goes_when_its_layer_goes(view: View, session: Session) -> None:
    view.broken_picked.emit("2")
    session.change(lambda d: Document(data=d.data, hidden=()), "no hidden layer")
    view.check_requested.emit()
    finish(view)
    assert view.set_reading.call_args.args[0].broken == ""


def test_the_present_network_says_what_its_gradients_cost(session: Session, view: View) -> None:
    assert (
        "N = 10 nodes (z and a of every unit), P = 17 parameters: one by one N·P = 170"
        in view.set_work.call_args.args[0]
    )
    session.change(with_layer(1, width=8), "Wider")
    text = view.set_work.call_args.args[0]
    assert "N·P = 594" in text
    assert "N + P = 51" in text


def test_a_width_sweep_is_a_job_that_can_be_cancelled(view: View) -> None:
    view.sweep_requested.emit()
    view.cancel_requested.emit()
    assert view.presenter._job is None  # type: ignore[attr-defined]
    assert not view.set_sweep.called
    view.sweep_requested.emit()
    finish(view)
    shown = view.set_sweep.call_args.args[0]
    assert shown.widths[-1] == 128
    assert (shown.one_by_one > shown.backprop).all()
    assert shown.parameters[-1] == 128 * 3 + 129
    assert f"At P = 513, 2·P = {numbers.grouped(1026)} forward passes take" in shown.note
