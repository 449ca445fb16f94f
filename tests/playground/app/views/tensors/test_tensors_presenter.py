"""The Tensors tab follows the selection to a brick and a cell, and a click to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views.scheduling import Scheduler
from playground.app.views.tensors.presenter import TensorsPresenter
from playground.document.changes import with_depth
from playground.document.document import LOSS, Edge, Node
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.matrices.tensor_view import TensorView


@pytest.fixture
def view(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(TensorView)
    made.presenter = TensorsPresenter(session, scheduler, SlowMotion(session, session), made)
    return made


def brick(view: Any) -> Any:
    return view.set_reading.call_args.args[1]


def test_the_brick_follows_the_selected_node(session: Session, view: Any) -> None:
    assert brick(view) == "linear 1"
    session.select(node=Node(2, 0))
    assert brick(view) == "linear 2"
    session.select(node=LOSS)
    assert brick(view) == "loss 2"


def test_the_cell_of_a_selected_edge_is_its_gradient(session: Session, view: Any) -> None:
    session.select(node=Node(2, 0), edge=Edge(2, 3, 0))
    shown = view.set_cell.call_args.args[0]
    at = session.run.index_of(Edge(2, 3, 0))
    assert (shown.tensor, shown.row, shown.column) == ("linear 2:dW", 3, 0)
    assert session.snapshot().pending.data_gradient[at] == pytest.approx(
        view.set_reading.call_args.args[0].tensors[5].values[3, 0]
    )


def test_a_clicked_brick_stays_while_the_selection_does(session: Session, view: Any) -> None:
    view.brick_clicked.emit("activation 1")
    session.step()
    assert brick(view) == "activation 1"
    view.cell_clicked.emit("activation 1:A", 0, 1)
    assert view.set_cell.call_args.args[0].tensor == "activation 1:A"
    view.brick_clicked.emit("linear 1")
    view.set_cell.assert_called_with(None)


def test_a_brick_that_is_gone_gives_way_to_the_first(session: Session, view: Any) -> None:
    view.brick_clicked.emit("activation 1")
    session.change(with_depth(0), "No hidden layer")
    assert brick(view) == "linear 1"
