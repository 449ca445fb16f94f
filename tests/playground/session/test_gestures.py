from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.document.changes import with_depth, with_layer, with_training, with_width
from playground.document.document import Document, Edge
from playground.session.session import Session


def test_a_drag_is_one_undo(session: Session) -> None:
    first = session.document
    session.begin_gesture()
    for width in (5, 6, 7, 8):
        session.change(with_width(1, width), "Change the width")
    session.end_gesture()
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.document == first
    session.undo_stack.redo()
    assert session.document.hidden[0].width == 8


def test_another_edit_in_the_middle_of_a_drag_stands_on_what_was_dragged(session: Session) -> None:
    session.begin_gesture()
    session.change(with_depth(3), "Change the depth")
    session.change(with_layer(3, activation="relu"), "Change an activation")
    session.end_gesture()
    assert [layer.activation for layer in session.document.hidden] == ["tanh", "tanh", "relu"]
    assert session.undo_stack.count() == 2


def test_a_drag_of_a_layer_that_has_just_gone_is_refused(session: Session, notes: list[str]) -> None:
    document = session.document
    session.begin_gesture()
    assert not session.change(with_width(10, 5), "Change a width")
    assert not session.change(with_layer(0, activation="relu"), "Change an activation")
    session.end_gesture()
    assert session.document is document
    assert notes == ["hidden layer 10: the network has only 1", "hidden layer 0: the network has only 1"]


def test_two_drags_are_two_undos(session: Session) -> None:
    for width in (6, 8):
        session.begin_gesture()
        session.change(with_width(1, width), "Change the width")
        session.end_gesture()
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.document.hidden[0].width == 6


def test_a_drag_there_and_back_loses_no_weight_and_leaves_no_undo(make_session: Callable) -> None:
    session = make_session(with_width(1, 8)(Document()))
    session.step(20)
    before = session.run.trainer.state()
    session.begin_gesture()
    for width in (7, 5, 2, 1, 4, 8):
        session.change(with_width(1, width), "Change the width")
    session.end_gesture()
    assert session.run.trainer.state().same_as(before)
    assert session.undo_stack.count() == 0


def test_a_drag_through_depth_zero_loses_no_weight(make_session: Callable) -> None:
    session = make_session(with_depth(3)(Document()))
    session.step(20)
    before = session.run.trainer.state()
    session.begin_gesture()
    for depth in (2, 1, 0, 2, 3):
        session.change(with_depth(depth), "Change the depth")
    session.end_gesture()
    assert session.run.trainer.state().same_as(before)


def test_a_drag_there_and_back_while_training_goes_on_loses_no_weight(
    make_session: Callable, matrices_of: Callable
) -> None:
    session = make_session(with_width(1, 8)(Document()))
    session.play()
    session.advance(10.0, 20)
    pressed = matrices_of(session)
    session.begin_gesture()
    session.change(with_width(1, 2), "Change the width")
    session.advance(10.0, 10)
    kept = matrices_of(session)
    session.change(with_width(1, 8), "Change the width")
    session.end_gesture()

    first, output = matrices_of(session)
    assert np.array_equal(first[:2], kept[0])
    assert np.array_equal(first[2:], pressed[0][2:])
    assert np.array_equal(output[:, 2:8], pressed[1][:, 2:8])
    assert np.array_equal(output[:, [0, 1, 8]], kept[1])
    assert session.run.iteration == 30
    assert session.is_playing


def test_a_drag_with_keep_weights_off_is_undone_to_the_press(make_session: Callable) -> None:
    session = make_session(replace(Document(), keep_weights=False))
    session.step(20)
    before = session.run.trainer.state()
    session.begin_gesture()
    for width in (8, 2, 4):
        session.change(with_width(1, width), "Change the width")
    session.end_gesture()
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)


def test_a_long_drag_of_a_rate_costs_no_place_in_the_timeline(session: Session) -> None:
    session.step(40)
    session.begin_gesture()
    for i in range(1000):
        session.change(with_training(learning_rate=0.01 + i / 1e4), "Change the learning rate")
    session.end_gesture()
    session.go_to(3)
    assert session.run.iteration == 3
    assert len(session.run.timeline) < 50


def test_dragging_a_weight_is_one_undo(session: Session) -> None:
    session.step(10)
    before, edge = session.run.trainer.state(), Edge(1, 0, 2)
    session.begin_gesture()
    for value in (0.1, 0.2, 0.3):
        session.set_weight(edge, value)
        session.run.train(2)
    session.end_gesture()
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)


@pytest.mark.parametrize("first", ["weight", "width"])
def test_different_edits_of_one_drag_stay_apart(session: Session, first: str) -> None:
    session.begin_gesture()
    edits = [lambda: session.set_weight(Edge(1, 0, 0), 2.0), lambda: session.change(with_width(1, 6), "wider")]
    for edit in edits if first == "weight" else edits[::-1]:
        edit()
    session.end_gesture()
    assert session.undo_stack.count() == 2


def test_a_drag_that_begins_afresh_midway_is_undone_to_the_press_with_its_curves(session: Session) -> None:
    session.step(20)
    before, curve = session.run.trainer.state(), session.run.history.copy()
    session.begin_gesture()
    session.change(with_width(1, 6), "both")
    session.change(lambda d: replace(d, seed=5), "both")
    session.end_gesture()
    assert session.run.iteration == 0
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)
    assert np.array_equal(session.run.history.copy().table, curve.table)
    session.go_to(7)
    assert session.run.iteration == 7


def test_many_edits_hold_little_memory(session: Session) -> None:
    session.step(900)
    for i in range(20):
        session.change(with_training(learning_rate=0.01 + i / 1000), "rate")
        session.step(3)
    held = [session.undo_stack.command(i)._before for i in range(session.undo_stack.count())]
    assert all(whole.memory.marks == () and whole.memory.curve is None and whole.branches == () for whole in held)
