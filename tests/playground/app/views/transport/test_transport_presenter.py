"""The transport shows where training is, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views.scheduling import Scheduler
from playground.app.views.transport.presenter import TransportPresenter
from playground.document.changes import with_layer, with_training
from playground.document.document import Node
from playground.session.session import Session
from widgets.frame.notice_bar import NoticeBar
from widgets.frame.status_line import StatusLine
from widgets.frame.transport_bar import TransportBar


@pytest.fixture
def bar(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(TransportBar)
    made.line, made.notices = stand_in(StatusLine), stand_in(NoticeBar)
    made.presenter = TransportPresenter(session, scheduler, made, made.line, made.notices)
    return made


def test_a_step_shows_the_numbers_of_the_snapshot(session: Session, bar: Any) -> None:
    session.step(3)
    shown, losses = bar.set_readouts.call_args.args[0], session.snapshot().losses
    assert bar.set_readouts.call_count == 2
    assert (shown.iteration, shown.epoch) == (3, session.snapshot().state.epoch)
    assert shown.train_loss == losses.train
    assert shown.regularization_loss == losses.regularization
    assert bar.set_can_go_back.call_args.args[0] is True


def test_a_note_stands_in_the_status_line(session: Session, bar: Any) -> None:
    session.note("Saved.")
    bar.line.set_message.assert_called_with("Saved.")


def test_divergence_offers_the_last_good_iteration(session: Session, bar: Any) -> None:
    session.change(with_layer(1, activation="relu"), "Change an activation")
    session.change(with_training(loss="squared", learning_rate=2.5, batch_size=5), "Change the training")
    session.step(2000)
    assert session.run.divergence is not None
    word, message, choices = bar.notices.set_notice.call_args.args
    assert (word, message) == ("Stopped", session.run.divergence.message)
    bar.notices.action_clicked.emit(choices[0].key)
    assert session.run.divergence is None
    bar.notices.clear.assert_called()


def test_neither_a_hovered_nor_a_selected_node_concerns_it(session: Session, bar: Any) -> None:
    session.hover(Node(1, 0))
    session.select(node=Node(1, 0))
    assert bar.set_readouts.call_count == 1
