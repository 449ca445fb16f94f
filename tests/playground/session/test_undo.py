from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.document.changes import (
    Change,
    with_data,
    with_depth,
    with_feature,
    with_frozen,
    with_layer,
    with_training,
    with_width,
)
from playground.document.document import Document, Edge
from playground.engine.features import available
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.engine.state import RunState
from playground.session.session import Session

ORDER = tuple(feature.name for feature in available(2))
EDITS: dict[str, Change] = {
    "wider": with_width(1, 7),
    "narrower": with_width(1, 2),
    "deeper": with_depth(3),
    "no hidden layer": with_depth(0),
    "feature on": with_feature("x1_x2", True, ORDER),
    "feature off": with_feature("x1", False, ORDER),
    "relu": with_layer(1, activation="relu"),
    "maxout": with_layer(1, activation="maxout"),
    "dropout": with_layer(1, dropout=0.3),
    "rate": with_training(learning_rate=0.03),
    "batch": with_training(batch_size=7),
    "penalty": with_training(regularizer="l2", penalty=0.01),
    "optimizer": with_training(optimizer=OptimizerSpec("adam")),
    "schedule": with_training(schedule=ScheduleSpec("step_decay", interval=5)),
    "clip": with_training(clip_norm=1.0),
    "loss": with_training(loss="softmax"),
    "output": lambda d: replace(d, output_activation="tanh"),
    "initializer": with_training(initializer="he"),
    "seed": lambda d: replace(d, seed=9),
    "data": with_data(name="moons"),
    "regression": with_data(name="plane"),
    "one column": with_data(name="curve"),
    "three classes": with_data(name="three_arms"),
    "points": with_data(points=120),
    "noise": with_data(noise=0.3),
    "share": with_data(train_fraction=0.8),
    "sample": with_data(seed=5),
    "keep weights": lambda d: replace(d, keep_weights=False),
    "freeze": with_frozen([Edge(1, 0, 0)]),
}


@pytest.mark.parametrize("name", EDITS)
def test_undo_and_redo_put_back_document_and_weights(session: Session, state_of: Callable, name: str) -> None:
    session.step(13)
    document, before = session.document, state_of(session)

    assert session.change(EDITS[name], name)
    after_document, after = session.document, state_of(session)
    assert after_document != document
    session.undo_stack.undo()

    assert session.document == document
    assert np.array_equal(state_of(session).parameters, before.parameters)
    session.undo_stack.redo()
    assert session.document == after_document
    assert np.array_equal(state_of(session).parameters, after.parameters)


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_leaves_a_network_that_trains(session: Session, name: str) -> None:
    session.step(3)
    session.change(EDITS[name], name)
    first = session.run.iteration
    session.step(20)
    assert session.run.iteration == first + 20
    assert session.snapshot().losses.are_finite


def test_all_edits_one_after_the_other_are_undone_to_the_first_document(session: Session) -> None:
    first = session.document
    for name, change in EDITS.items():
        if name in ("no hidden layer", "loss", "one column", "regression", "feature off"):
            continue
        session.step(2)
        assert session.change(change, name), name
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    assert session.document == first


def test_a_removed_width_comes_back_with_its_trained_weights(session: Session, matrices_of: Callable) -> None:
    session.step(30)
    before = matrices_of(session)
    session.change(with_width(1, 2), "narrow")
    session.step(10)
    first, output = matrices_of(session)

    session.undo_stack.undo()

    now = matrices_of(session)
    assert np.array_equal(now[0][:2], first)
    assert np.array_equal(now[0][2:], before[0][2:])
    assert np.array_equal(now[1][:, :2], output[:, :2])
    assert np.array_equal(now[1][:, 2:4], before[1][:, 2:4])
    assert np.array_equal(now[1][:, 4], output[:, 2])
    assert session.run.iteration == 40


def test_a_redone_width_brings_its_trained_weights_back(session: Session, matrices_of: Callable) -> None:
    session.change(with_width(1, 6), "wider")
    session.step(30)
    before = matrices_of(session)
    session.undo_stack.undo()
    session.undo_stack.redo()
    for now, then in zip(matrices_of(session), before, strict=True):
        assert np.array_equal(now, then)


def test_a_removed_layer_comes_back_with_its_trained_weights(make_session: Callable, matrices_of: Callable) -> None:
    session = make_session(Document(hidden=(LayerSpec(4), LayerSpec(3), LayerSpec(3))))
    session.step(30)
    before = matrices_of(session)
    session.change(with_depth(2), "shallow")
    assert np.array_equal(matrices_of(session)[1], before[1])
    session.step(10)
    trained = matrices_of(session)

    session.undo_stack.undo()

    now = matrices_of(session)
    assert np.array_equal(now[2], before[2])
    assert np.array_equal(now[0], trained[0])
    assert np.array_equal(now[1], trained[1])
    assert np.array_equal(now[3], trained[2])


def test_an_undone_width_brings_the_optimizer_memory_of_its_weights_back(make_session: Callable) -> None:
    session = make_session(Document(training=TrainingSpec("squared", OptimizerSpec("adam"))))
    session.step(30)
    before = session.run.trainer.state()
    session.change(with_width(1, 2), "narrow")
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)


def test_another_start_is_undone_exactly_with_curves_and_past(session: Session, state_of: Callable) -> None:
    session.step(40)
    before, curve = state_of(session), session.run.history.column("train")
    session.change(lambda d: replace(d, seed=d.seed + 1), "New weights")
    assert session.run.iteration == 0
    session.step(70)

    session.undo_stack.undo()

    assert state_of(session).same_as(before)
    for mine, theirs in zip(session.run.history.column("train"), curve, strict=True):
        assert np.array_equal(mine, theirs)
    session.go_to(25)
    other = Session()
    other.step(25)
    assert state_of(session).same_as(state_of(other))


def test_another_start_is_redone_to_where_it_was(session: Session, state_of: Callable) -> None:
    session.step(5)
    session.change(lambda d: replace(d, seed=4), "New weights")
    session.step(12)
    trained = state_of(session)
    session.undo_stack.undo()
    session.undo_stack.redo()
    assert state_of(session).same_as(trained)


def test_with_keep_weights_off_a_structure_begins_afresh_and_undo_restores_exactly(
    make_session: Callable, state_of: Callable[[Session], RunState]
) -> None:
    session = make_session(replace(Document(), keep_weights=False))
    session.step(25)
    before = state_of(session)
    session.change(with_width(1, 6), "wider")
    assert session.run.iteration == 0
    fresh = make_session(session.document)
    assert state_of(session).same_as(state_of(fresh))
    session.step(10)

    session.undo_stack.undo()

    assert state_of(session).same_as(before)


@pytest.mark.parametrize("name", ["rate", "relu", "dropout", "optimizer", "data", "penalty"])
def test_with_keep_weights_off_other_settings_still_keep_them(make_session: Callable, name: str) -> None:
    session = make_session(replace(Document(), keep_weights=False))
    session.step(25)
    before = session.run.trainer.parameters.copy()
    session.change(EDITS[name], name)
    assert session.run.iteration == 25
    assert np.array_equal(session.run.trainer.parameters, before)


def test_an_edit_that_also_switches_keeping_on_is_undone_without_loss(make_session: Callable) -> None:
    session = make_session(replace(Document(), keep_weights=False))
    session.step(25)
    before = session.run.trainer.state()
    session.change(lambda d: with_width(1, 2)(replace(d, keep_weights=True)), "both")
    assert session.run.iteration == 25
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before)


def test_an_edit_that_changes_nothing_is_no_undo(session: Session) -> None:
    assert session.change(with_width(1, 4), "same")
    assert session.undo_stack.count() == 0


def test_views_hear_of_a_document_after_the_run_has_followed(session: Session) -> None:
    heard = []
    session.document_changed.connect(lambda before, after: heard.append((before, after, session.run.network.widths)))
    before = session.document
    session.change(with_width(1, 6), "wider")
    assert heard == [(before, session.document, (2, 6, 1))]


def test_an_edit_during_play_lets_training_go_on(session: Session) -> None:
    session.play()
    session.advance(10.0, 5)
    session.change(with_width(1, 6), "wider")
    assert session.is_playing
    assert session.advance(10.0, 5) == 5
    session.undo_stack.undo()
    assert session.is_playing
    assert session.advance(10.0, 5) == 5
    assert session.run.iteration == 15


@pytest.mark.parametrize("iterations", [0, 5])
def test_a_redo_finds_the_points_that_the_undo_put_away(session: Session, iterations: int) -> None:
    session.step(iterations)
    session.change(with_data(points=200_000), "Points")
    data = session.run.data
    address, gone = id(data), weakref.ref(data.sample)
    del data
    session.undo_stack.undo()
    gc.collect()
    assert gone() is not None
    session.undo_stack.redo()
    assert id(session.run.data) == address
    session.undo_stack.undo()
    session.change(with_data(points=300), "Points")
    session.snapshot()
    gc.collect()
    assert gone() is None
