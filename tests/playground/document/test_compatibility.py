from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from playground.document.changes import Change, with_data, with_layer, with_training
from playground.document.document import Document
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.session.session import Session


@pytest.mark.parametrize("loss", ["softmax", "hinge", "logistic"])
def test_regression_data_switch_the_loss_with_a_note(session: Session, notes: list[str], loss: str) -> None:
    session.change(with_training(loss=loss), "loss")
    assert session.change(with_data(name="plane"), "plane")
    assert session.document.training.loss == "squared"
    assert "Plane is regression: the loss is now squared error" in notes[-1]
    session.undo_stack.undo()
    assert session.document.training.loss == loss


@pytest.mark.parametrize("loss", ["softmax", "hinge", "logistic"])
def test_a_loss_of_classes_is_refused_for_regression_data(session: Session, notes: list[str], loss: str) -> None:
    session.change(with_data(name="plane"), "plane")
    before = session.document
    assert not session.change(with_training(loss=loss), "loss")
    assert session.document == before
    assert f"{loss} needs classes" in notes[-1]
    session.step(3)
    assert session.run.iteration == 3


def test_data_of_one_column_drop_the_features_of_the_second(session: Session, notes: list[str]) -> None:
    session.change(lambda d: replace(d, features=("x2", "x1_x2")), "features")
    session.change(with_data(name="curve"), "curve")
    assert session.document.features == ("x1",)
    assert notes[-1].endswith("has 1 column: the inputs are now x1.")


WRONG: dict[str, Change] = {
    "data": with_data(name="no such data"),
    "points": with_data(points=1),
    "noise": with_data(noise=-1.0),
    "loss": with_training(loss="no such loss"),
    "rate": with_training(learning_rate=float("nan")),
    "batch": with_training(batch_size=0),
    "optimizer": with_training(optimizer=OptimizerSpec("no such")),
    "schedule": with_training(schedule=ScheduleSpec("no such")),
    "regularizer": with_training(regularizer="no such"),
    "initializer": with_training(initializer="no such"),
    "activation": with_layer(1, activation="no such"),
    "output": lambda d: replace(d, output_activation="no such"),
    "output of scores": lambda d: replace(with_training(loss="hinge")(d), output_activation="tanh"),
    "width": with_layer(1, width=0),
    "depth": lambda d: replace(d, hidden=(LayerSpec(2),) * 17),
    "features": lambda d: replace(d, features=("x1", "x1")),
    "no features": lambda d: replace(d, features=()),
    "unknown feature": lambda d: replace(d, features=("x7",)),
    "seed": lambda d: replace(d, seed=-1),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_trained_is_refused_with_a_reason_and_changes_nothing(
    session: Session, notes: list[str], name: str
) -> None:
    session.step(5)
    document, before = session.document, session.run.trainer.state()
    assert not session.change(WRONG[name], name)
    assert session.document is document
    assert session.run.trainer.state().same_as(before)
    assert session.undo_stack.count() == 0
    assert len(notes) == 1
    assert "\n" not in notes[0]
    session.step(2)
    assert session.run.iteration == 7


def test_a_document_that_cannot_be_trained_makes_no_session(make_session: Callable) -> None:
    document = Document(data=replace(Document().data, name="plane"), training=TrainingSpec("softmax"))
    with pytest.raises(ValueError, match="choose squared"):
        make_session(document)
