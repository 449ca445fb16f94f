from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.document.changes import with_depth, with_feature, with_width
from playground.document.document import Document, Edge, StartWeight
from playground.engine.features import available
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.session.session import Session

ORDER = tuple(feature.name for feature in available(2))
EDGE = Edge(1, 0, 2)


def weight(session: Session, edge: Edge = EDGE) -> float:
    return float(session.run.trainer.parameters[session.run.index_of(edge)])


def test_a_weight_set_before_training_is_part_of_the_start(session: Session) -> None:
    assert session.set_weight(EDGE, 1.5)
    assert session.document.start_weights == (StartWeight(EDGE, 1.5),)
    session.step(30)
    assert weight(session) != 1.5
    session.reset()
    assert weight(session) == 1.5


def test_the_output_bias_can_be_set(session: Session) -> None:
    session.set_weight(Edge(2, -1, 0), -0.75)
    assert session.run.network.matrices(session.run.trainer.parameters)[1][0, -1] == -0.75
    assert session.undo_stack.undoText() == "Set a bias"


def test_setting_a_weight_again_replaces_its_start(session: Session) -> None:
    for value in (1.0, 2.0):
        session.set_weight(EDGE, value)
    session.set_weight(Edge(1, 1, 2), 3.0)
    assert [w.value for w in session.document.start_weights] == [2.0, 3.0]
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert weight(session) == 1.0
    session.undo_stack.undo()
    assert session.document == Document()


def test_a_weight_set_during_training_is_a_dated_undoable_edit(session: Session) -> None:
    session.step(20)
    before = session.run.trainer.state()
    session.set_weight(EDGE, 1.5)
    edited = session.run.trainer.state()
    assert session.document.start_weights == ()
    assert edited.iteration == 20
    session.step(15)

    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)
    session.undo_stack.redo()
    assert session.run.trainer.state().same_as(edited)


def test_training_goes_on_from_a_hand_edit_with_the_optimizer_memory(make_session: Callable) -> None:
    session = make_session(Document(training=TrainingSpec("squared", OptimizerSpec("adam"))))
    session.step(20)
    slots = session.run.trainer.state().slots
    session.set_weight(EDGE, 1.5)
    after = session.run.trainer.state()
    assert all(np.array_equal(a, b) for a, b in zip(after.slots, slots, strict=True))
    assert after.updates == 20


def test_going_back_keeps_a_dated_edit_in_its_place(session: Session) -> None:
    states = []
    for i in range(20):
        if i == 10:
            session.set_weight(EDGE, 1.5)
        states.append(session.run.trainer.state())
        session.step()
    for iteration in (15, 10, 9, 3, 19):
        session.go_to(iteration)
        assert session.run.trainer.state().same_as(states[iteration]), iteration


def test_an_edit_leaves_no_stale_point_on_the_curves(session: Session) -> None:
    session.step(20)
    session.set_weight(EDGE, 6.0)
    x, y = session.run.history.column("train")
    assert x[-1] == 20
    assert y[-1] == session.snapshot().losses.train
    session.step(5)
    session.go_to(12)
    session.set_weight(EDGE, -6.0)
    x, y = session.run.history.column("train")
    assert list(x) == list(range(13))
    assert y[-1] == session.snapshot().losses.train


def test_undoing_an_edit_brings_curves_and_past_back(session: Session) -> None:
    session.step(20)
    before = session.run.history.column("train")
    session.set_weight(EDGE, 6.0)
    session.reset()
    session.step(50)
    session.undo_stack.undo()  # the reset
    session.undo_stack.undo()  # the weight
    for mine, theirs in zip(session.run.history.column("train"), before, strict=True):
        assert np.array_equal(mine, theirs)
    session.step_back(8)
    assert session.run.iteration == 12


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_weight_that_is_no_number_is_refused(session: Session, notes: list[str], value: float) -> None:
    before = session.run.trainer.state()
    assert not session.set_weight(EDGE, value)
    assert "finite number" in notes[-1]
    assert session.run.trainer.state().same_as(before)
    assert session.undo_stack.count() == 0


@pytest.mark.parametrize("edge", [Edge(9, 0, 0), Edge(1, 5, 0), Edge(1, 0, 4), Edge(2, 0, 0, 1)])
def test_an_edge_that_is_not_there_is_refused(session: Session, notes: list[str], edge: Edge) -> None:
    assert not session.set_weight(edge, 1.0)
    assert notes
    assert session.undo_stack.count() == 0


def test_start_weights_follow_their_feature_by_name(session: Session) -> None:
    session.edits.set_weights({Edge(1, 0, 0): 1.0, Edge(1, 1, 0): 2.0, Edge(1, -1, 0): 3.0}, "Set")
    session.change(with_feature("x1", False, ORDER), "off")
    session.reset()
    assert session.run.network.matrices(session.run.trainer.parameters)[0][0].tolist() == [2.0, 3.0]


def test_start_weights_of_the_output_follow_it_through_depth(session: Session) -> None:
    session.edits.set_weights({Edge(2, 3, 0): 1.25, Edge(1, 0, 0): 0.5}, "Set")
    session.change(with_depth(2), "deeper")
    session.reset()
    assert weight(session, Edge(3, 3, 0)) == 1.25
    assert weight(session, Edge(1, 0, 0)) == 0.5
    session.change(with_depth(1), "back")
    session.reset()
    assert weight(session, Edge(2, 3, 0)) == 1.25


def test_start_weights_of_a_removed_layer_do_not_move_to_another(make_session: Callable) -> None:
    session = make_session(Document(hidden=(LayerSpec(3), LayerSpec(3))))
    session.set_weight(Edge(2, 0, 0), 9.0)
    session.change(with_depth(1), "shallower")
    session.reset()
    assert weight(session, Edge(2, 0, 0)) != 9.0
    session.undo_stack.undo()
    session.reset()
    assert weight(session, Edge(2, 0, 0)) == 9.0


def test_with_no_hidden_layer_left_input_weights_do_not_move_to_the_output(session: Session) -> None:
    session.edits.set_weights({Edge(2, 0, 0): 9.0, Edge(2, -1, 0): 8.0}, "Set")
    session.change(with_depth(0), "linear")
    session.reset()
    assert session.document.start_weights == ()


def test_a_start_weight_outside_the_width_waits_for_its_unit(session: Session) -> None:
    session.set_weight(Edge(1, 0, 3), 7.0)
    session.change(with_width(1, 2), "narrower")
    session.reset()
    session.change(with_width(1, 4), "wider")
    session.reset()
    assert weight(session, Edge(1, 0, 3)) == 7.0
