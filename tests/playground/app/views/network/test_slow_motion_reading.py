"""In slow motion the network view shows what the phases have computed, with the numbers of the example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.app.views.network import slow_motion_reading as reading
from playground.app.views.network.reading import frame as frame_of
from playground.document.selection import Example
from playground.engine.losses import LOSSES
from playground.session.session import Session
from playground.training.step_cursor import StepCursor

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
    assert reading.frame(cursor.at(LOSS), AT).loss == cursor.snapshot.trace(AT).example_loss
    backward = reading.frame(cursor.at(BACKWARD_2), AT)
    assert backward.known_layers == range(2, 3)
    assert backward.edges[1].any()
    assert reading.frame(cursor.at(BACKWARD_1), AT).known_layers == range(3)


def test_the_phase_decides_what_edges_and_neurons_show(cursor: StepCursor) -> None:
    shown = [reading.frame(cursor.at(phase), AT) for phase in (BATCH, BACKWARD_1, UPDATE)]
    assert [(frame.edge_kind, frame.neuron_kind, frame.is_choice) for frame in shown] == [
        ("weight", "activation", False),
        ("example", "downstream", False),
        ("update", "downstream", False),
    ]
    moved = cursor.record.next_parameters - cursor.snapshot.state.parameters
    np.testing.assert_allclose(np.concatenate([m.ravel() for m in shown[-1].edges]), moved, atol=1e-15)


def test_the_loss_node_says_whose_loss_it_shows(cursor: StepCursor) -> None:
    snapshot, loss = cursor.snapshot, cursor.snapshot.trace(AT).example_loss
    of_example = [reading.frame(cursor.at(phase), AT) for phase in (LOSS, BACKWARD_1, UPDATE)]
    assert {(frame.loss_label, frame.loss) for frame in of_example} == {("Lᵢ of this example", loss)}
    assert of_example[0].loss_formula == LOSSES[snapshot.document.training.loss].formula
    ordinary = frame_of(snapshot, AT, "weight", "activation")
    assert ordinary.loss == snapshot.losses.train + snapshot.losses.regularization != loss
    assert (ordinary.loss_label, "over the training set" in ordinary.loss_formula) == ("loss L", True)


def test_a_phase_writes_what_has_been_computed_of_the_example_and_leaves_the_rest_blank(
    cursor: StepCursor, passes: Callable[..., Any]
) -> None:
    one = passes(cursor.snapshot, 0)
    forward = reading.written(cursor.at(FORWARD_1), AT)
    np.testing.assert_allclose(forward.values[1], one.a)
    assert forward.values[2] is None
    assert (forward.gradients, forward.below) == ((), ())
    backward = reading.written(cursor.at(BACKWARD_2), AT)
    np.testing.assert_allclose(backward.gradients[2], [one.d_output])
    np.testing.assert_allclose(backward.below[1][0], one.d_output * np.append(one.a, 1.0))
    assert backward.gradients[:2] == (None, None)
    assert backward.below[0] is None
    last = reading.written(cursor.at(BACKWARD_1), AT)
    np.testing.assert_allclose(last.gradients[0], one.d_x)
    np.testing.assert_allclose(last.gradients[1], one.d_z)
    np.testing.assert_allclose(last.below[0], np.outer(one.d_z, np.append(one.x, 1.0)))
    np.testing.assert_array_equal(last.weights[0], cursor.snapshot.matrices()[0])


def test_the_lines_of_a_backward_phase_show_the_gradient_that_is_written_below_the_weight(cursor: StepCursor) -> None:
    drawn, written = reading.frame(cursor.at(BACKWARD_1), AT), reading.written(cursor.at(BACKWARD_1), AT)
    for line, number in zip(drawn.edges, written.below, strict=True):
        np.testing.assert_array_equal(line, number)


def test_the_update_writes_the_next_weight_below_each_weight(cursor: StepCursor) -> None:
    written = reading.written(cursor.at(UPDATE), AT)
    assert written.below_kind == "next"
    for number, matrix in zip(written.below, cursor.snapshot.next.matrices(), strict=True):
        np.testing.assert_array_equal(number, matrix)
