"""The Jacobian tab shows the picked matrix, follows the selected layer, and writes out the clicked entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.app.views.jacobian.presenter import JacobianPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_depth
from playground.document.document import Node
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.matrices.jacobian_view import JacobianView


@pytest.fixture
def view(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(JacobianView)
    made.presenter = JacobianPresenter(session, scheduler, SlowMotion(session, session), made)
    return made


def test_a_picked_part_is_shown(session: Session, view: Any) -> None:
    view.choice_picked.emit("linear 1")
    np.testing.assert_array_equal(view.set_reading.call_args.args[0].matrix, session.snapshot().matrices()[0][:, :-1])
    assert view.set_choices.call_args.args[1] == "linear 1"


def test_a_part_follows_the_selected_layer_and_the_whole_network_stays(session: Session, view: Any) -> None:
    session.select(node=Node(2, 0))
    assert view.set_choices.call_args.args[1] == "network 0"
    view.choice_picked.emit("layer 1")
    session.select(node=Node(1, 0))
    session.select(node=Node(2, 0))
    assert view.set_choices.call_args.args[1] == "layer 2"


def test_a_clicked_entry_is_written_out_until_another_matrix_is_shown(session: Session, view: Any) -> None:
    view.cell_clicked.emit(0, 1)
    place, text = view.set_cell.call_args.args
    assert place == (0, 1)
    assert text.startswith("∂ŷ / ∂x₂ = Σₖ")
    view.choice_picked.emit("linear 1")
    view.set_cell.assert_called_with(None, "")


def test_a_layer_that_is_gone_gives_way_to_the_whole_network(session: Session, view: Any) -> None:
    view.choice_picked.emit("layer 2")
    session.change(with_depth(0), "No hidden layer")
    assert view.set_choices.call_args.args[1] == "network 0"
