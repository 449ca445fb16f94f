from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.document.changes import (
    Change,
    with_data,
    with_depth,
    with_feature,
    with_layer,
    with_training,
    with_width,
)
from playground.document.document import Document
from playground.engine.features import available
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.session.session import Session

ORDER = tuple(feature.name for feature in available(2))
SLOTTED = ("momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")
SETTINGS: dict[str, Change] = {
    "rate": with_training(learning_rate=0.5),
    "batch": with_training(batch_size=3),
    "penalty": with_training(regularizer="l1", penalty=0.1),
    "activation": with_layer(1, activation="sine"),
    "dropout": with_layer(1, dropout=0.5),
    "schedule": with_training(schedule=ScheduleSpec("cosine", interval=100)),
    "clip": with_training(clip_value=0.1),
    "noise": with_data(noise=0.4),
    "data": with_data(name="circle"),
    "points": with_data(points=90),
}


def adam() -> Document:
    return Document(training=TrainingSpec("squared", OptimizerSpec("adam"), learning_rate=0.01))


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_keeps_weights_iteration_and_the_optimizer_memory(make_session: Callable, name: str) -> None:
    session = make_session(adam())
    session.step(16)
    before = session.run.trainer.state()
    session.change(SETTINGS[name], name)
    after = session.run.trainer.state()
    assert np.array_equal(after.parameters, before.parameters)
    assert all(np.array_equal(a, b) for a, b in zip(after.slots, before.slots, strict=True))
    assert (after.iteration, after.updates) == (16, 16)


@pytest.mark.parametrize("old", ["sgd", *SLOTTED])
@pytest.mark.parametrize("new", SLOTTED)
def test_another_optimizer_resets_its_memory_only(make_session: Callable, old: str, new: str) -> None:
    session = make_session(Document(training=TrainingSpec("squared", OptimizerSpec(old), learning_rate=0.01)))
    session.step(10)
    before = session.run.trainer.state()
    session.change(with_training(optimizer=OptimizerSpec(new, momentum=0.5)), "optimizer")
    after = session.run.trainer.state()
    assert np.array_equal(after.parameters, before.parameters)
    assert after.iteration == 10
    assert after.position == before.position
    if old == new:
        assert after.same_as(before)
    else:
        assert after.updates == 0
        assert not any(slot.any() for slot in after.slots)


def test_other_data_of_more_points_begin_a_new_epoch_with_the_same_weights(session: Session) -> None:
    session.step(16)
    before = session.run.trainer.state()
    assert (before.epoch, before.position) == (1, 48)
    session.change(with_data(points=100), "fewer")
    after = session.run.trainer.state()
    assert (after.epoch, after.position) == (2, 0)
    assert np.array_equal(after.parameters, before.parameters)


def test_points_of_the_same_number_go_on_in_the_epoch(session: Session) -> None:
    session.step(3)
    session.change(with_data(seed=8), "sample")
    assert session.run.trainer.position == 48


def test_only_data_are_made_anew_by_another_sample(session: Session) -> None:
    before = session.run.data.sample.points
    session.change(with_data(seed=8), "sample")
    assert not np.array_equal(session.run.data.sample.points, before)
    session.change(with_data(seed=1), "sample")
    assert np.array_equal(session.run.data.sample.points, before)


def test_features_keep_their_weights_by_name(make_session: Callable, matrices_of: Callable) -> None:
    session = make_session(replace(Document(), features=("x1", "x2", "x1_x2")))
    session.step(20)
    before = matrices_of(session)
    session.change(with_feature("x1", False, ORDER), "off")
    assert session.document.features == ("x2", "x1_x2")
    now = matrices_of(session)
    assert np.array_equal(now[0], before[0][:, 1:])
    assert np.array_equal(now[1], before[1])
    session.change(with_feature("x1_squared", True, ORDER), "on")
    now = matrices_of(session)
    columns = {name: i for i, name in enumerate(session.document.features)}
    assert np.array_equal(now[0][:, columns["x2"]], before[0][:, 1])
    assert np.array_equal(now[0][:, columns["x1_x2"]], before[0][:, 2])
    assert np.array_equal(now[0][:, -1], before[0][:, -1])


def test_the_last_feature_cannot_be_switched_off(make_session: Callable, notes: list[str], session: Session) -> None:
    session.change(with_feature("x1", False, ORDER), "off")
    before = session.document
    assert not session.change(with_feature("x2", False, ORDER), "off")
    assert session.document == before
    assert "at least one input" in notes[-1]


def test_a_wider_layer_keeps_old_units_and_starts_new_ones_by_the_initializer(
    make_session: Callable, matrices_of: Callable
) -> None:
    session = make_session()
    session.step(20)
    before = matrices_of(session)
    session.change(with_width(1, 6), "wider")
    now = matrices_of(session)
    fresh = matrices_of(make_session(session.document))
    assert np.array_equal(now[0][:4], before[0])
    assert np.array_equal(now[0][4:], fresh[0][4:])
    assert np.array_equal(now[1][:, [0, 1, 2, 3, 6]], before[1])
    assert np.array_equal(now[1][:, 4:6], fresh[1][:, 4:6])


def test_depth_adds_and_removes_the_layer_before_the_output(make_session: Callable, matrices_of: Callable) -> None:
    session = make_session(Document(hidden=(LayerSpec(4), LayerSpec(3))))
    session.step(20)
    before = matrices_of(session)
    session.change(with_depth(3), "deeper")
    now = matrices_of(session)
    assert [layer.units for layer in session.run.network.layers] == [4, 3, 3, 1]
    assert np.array_equal(now[0], before[0])
    assert np.array_equal(now[1], before[1])
    assert np.array_equal(now[3], before[2])


def test_a_change_of_loss_keeps_the_hidden_layers(session: Session, matrices_of: Callable) -> None:
    session.step(20)
    before = matrices_of(session)
    session.change(with_training(loss="softmax"), "loss")
    now = matrices_of(session)
    assert now[1].shape == (2, 5)
    assert np.array_equal(now[0], before[0])
    assert np.array_equal(now[1][1:], before[1])
