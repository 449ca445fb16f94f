"""In slow motion the network view shows what the phases have computed, and the line under them the numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.app.views.network import slow_motion_reading as reading
from playground.app.views.network.reading import frame as frame_of
from playground.document.changes import with_training
from playground.document.document import Edge, Node
from playground.document.selection import Example, Selection
from playground.session.session import Session
from playground.training.step_cursor import StepCursor
from widgets.style import numbers

AT = Example(0)
BATCH, FORWARD_1, LOSS, BACKWARD_2, BACKWARD_1, UPDATE = 0, 1, 3, 4, 5, 6


@pytest.fixture
def cursor(session: Session) -> StepCursor:
    session.step(5)
    return StepCursor(session.snapshot())


def test_what_is_not_computed_is_blank(cursor: StepCursor) -> None:
    forward = reading.frame(cursor.at(FORWARD_1), AT)
    assert forward.known_layers == range(2)
    assert forward.loss is None
    assert reading.frame(cursor.at(LOSS), AT).loss == cursor.record.loss
    backward = reading.frame(cursor.at(BACKWARD_2), AT)
    assert backward.known_layers == range(2, 3)
    assert backward.edges[1].any()
    assert reading.frame(cursor.at(BACKWARD_1), AT).known_layers == range(3)


def test_the_phase_decides_what_edges_and_neurons_show(cursor: StepCursor) -> None:
    shown = [reading.frame(cursor.at(phase), AT) for phase in (BATCH, BACKWARD_1, UPDATE)]
    assert [(frame.edge_kind, frame.neuron_kind, frame.is_choice) for frame in shown] == [
        ("weight", "activation", False),
        ("gradient", "downstream", False),
        ("update", "downstream", False),
    ]
    moved = cursor.record.next_parameters - cursor.snapshot.state.parameters
    np.testing.assert_allclose(np.concatenate([m.ravel() for m in shown[-1].edges]), moved, atol=1e-15)


def test_the_loss_phase_shows_the_mean_loss_of_the_batch(cursor: StepCursor, passes: Callable[..., Any]) -> None:
    losses = [0.5 * passes(cursor.snapshot, int(index)).d_output ** 2 for index in cursor.batch]
    text = reading.caption(cursor.at(LOSS), Selection())
    assert text.startswith(f"Loss: data loss L_B ≈ {numbers.four(float(np.mean(losses)))} (mean over 16")


def test_the_update_shows_the_numbers_of_the_selected_edge(session: Session, cursor: StepCursor) -> None:
    session.change(with_training(optimizer=session.document.training.optimizer, learning_rate=0.5), "Change the rate")
    cursor = StepCursor(session.snapshot())
    at = session.run.index_of(Edge(1, 0, 1))
    w, gradient = float(cursor.snapshot.state.parameters[at]), float(cursor.record.gradient[at])
    text = reading.caption(cursor.at(UPDATE), Selection(Node(1, 1), Edge(1, 0, 1)))
    four = numbers.four
    assert text.startswith(f"x₁ → a₂⁽¹⁾: w + Δw = {four(w)} + ({four(-0.5 * gradient)}) ≈ {four(w - 0.5 * gradient)}")
    assert "η = 0.5" in text
    assert reading.caption(cursor.at(UPDATE), Selection()).endswith("Click an edge to see its numbers")


def test_the_loss_node_says_whose_loss_it_shows(cursor: StepCursor) -> None:
    snapshot, loss = cursor.snapshot, cursor.record.loss
    of_batch = [reading.frame(cursor.at(phase), AT) for phase in (LOSS, BACKWARD_1, UPDATE)]
    assert {(frame.loss_label, frame.loss) for frame in of_batch} == {("loss L_B + λR", loss)}
    assert "over the pending batch" in of_batch[0].loss_formula
    ordinary = frame_of(snapshot, AT, "weight", "activation")
    assert ordinary.loss == snapshot.losses.train + snapshot.losses.regularization != loss
    assert (ordinary.loss_label, "over the training set" in ordinary.loss_formula) == ("loss L", True)


def test_the_update_says_that_the_gradient_was_clipped(session: Session, cursor: StepCursor) -> None:
    at = Selection(Node(1, 1), Edge(1, 0, 1))
    assert " · −η·g ≈ " in reading.caption(cursor.at(UPDATE), at)
    session.change(with_training(clip_norm=1e-3), "Clip the gradient")
    clipped = StepCursor(session.snapshot())
    index = session.run.index_of(Edge(1, 0, 1))
    plain = -clipped.record.rate * float(clipped.record.clipped[index])
    assert f" · −η·clipped g ≈ {numbers.four(plain)}," in reading.caption(clipped.at(UPDATE), at)
