"""Choosing data takes along the inputs, the loss and the number of points that they need."""

from __future__ import annotations

import numpy as np
import pytest

from playground.document import catalogue
from playground.document.changes import with_data
from playground.document.data_choice import (
    compatible_features,
    with_dataset,
    with_function,
    with_parameter,
    with_stroke,
    with_table,
)
from playground.document.document import DataSettings, Document
from playground.document.own_data import Table
from playground.document.paint import Stroke
from playground.document.prepared_data import prepare, sample_of
from playground.engine.spec import TrainingSpec
from playground.session.session import Session


@pytest.mark.parametrize("name", catalogue.GENERATORS)
def test_every_kind_of_data_can_be_chosen_and_trained_on(name: str, qapp: object) -> None:
    session = Session(with_data(points=1000)(Document(training=TrainingSpec(loss="softmax"))))

    assert session.change(with_dataset(name), "Take other data")
    session.step(2)
    assert np.isfinite(session.snapshot().losses.train)
    entry = catalogue.generator(name)
    assert session.document.data.points == (entry.rows or min(1000, entry.most_points))


@pytest.mark.parametrize("name", ["and", "or", "nand", "nor", "xor_table"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("points", [4, 12])
def test_every_row_of_a_truth_table_trains_and_tests(name: str, share: float, points: int) -> None:
    document = with_data(train_fraction=share, points=points)(with_dataset(name)(Document()))
    data = prepare(document)

    assert data.sample.train.tolist() == data.sample.test.tolist() == list(range(points))
    assert np.array_equal(data.train.inputs, data.sample.points)
    assert np.array_equal(data.test.targets, data.train.targets)


def test_other_data_after_a_truth_table_have_the_usual_number_of_points() -> None:
    table = with_dataset("and")(with_data(points=250)(Document()))

    assert table.data.points == with_dataset("nor")(table).data.points == 4
    assert with_dataset("circle")(table).data.points == 400
    own = with_stroke(Stroke("add", 1.0, 0.1, 1, None).to(0.5, 0.5))(table)
    assert with_dataset("circle")(own).data.points == 400


def test_what_is_painted_on_a_truth_table_leaves_its_rows_to_train() -> None:
    painted = with_stroke(Stroke("add", 1.0, 0.1, 1, None).to(0.5, 0.5))(with_dataset("and")(Document()))

    sample = sample_of(painted.data)
    assert sample.points[:4].tolist() == [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    assert set(range(4)) <= set(sample.train.tolist())
    assert sorted([*sample.train, *sample.test]) == list(range(len(sample.points)))


@pytest.mark.parametrize(
    ("chosen", "before", "columns", "expected"),
    [
        (("x1", "x2"), 2, 2, ("x1", "x2")),
        (("x1", "x1_squared"), 2, 2, ("x1", "x1_squared")),
        (("x2", "x1_x2"), 2, 1, ("x1",)),
        (("x1", "x2", "sin_x1"), 2, 1, ("x1", "sin_x1")),
        (("x1", "sin_x1"), 1, 2, ("x1", "x2", "sin_x1")),
        (("x1", "x2"), 2, 4, ("x1", "x2", "x3", "x4")),
        (("x2", "x4"), 4, 4, ("x2", "x4")),
        (("x3", "x4"), 4, 2, ("x1", "x2")),
        (("x1", "x2", "x3"), 3, 5, ("x1", "x2", "x3", "x4", "x5")),
    ],
)
def test_inputs_follow_the_columns(
    chosen: tuple[str, ...], before: int, columns: int, expected: tuple[str, ...]
) -> None:
    assert compatible_features(chosen, before, columns) == expected


def test_the_number_of_classes_is_a_setting_of_rings_and_blobs() -> None:
    document = with_parameter("classes", 5)(with_dataset("rings")(Document()))

    assert document.data.parameters == (("classes", 5.0),)
    assert prepare(document).sample.n_classes == 5
    assert with_parameter("classes", 6)(document).data.parameters == (("classes", 6.0),)


def test_a_setting_stays_with_its_own_data() -> None:
    document = with_parameter("turns", 0.5)(with_dataset("spiral")(Document()))

    assert with_dataset("spiral")(document).data.parameters == (("turns", 0.5),)
    assert with_dataset("xor")(document).data.parameters == ()
    assert not np.array_equal(sample_of(document.data).points, sample_of(DataSettings("spiral")).points)


@pytest.mark.parametrize(
    ("name", "parameter", "value", "message"),
    [
        ("xor", "classes", 3, "classes: xor has no such setting"),
        ("rings", "classes", 11, "classes: expected an integer from 2 to 10"),
        ("rings", "classes", 2.5, "classes: expected an integer"),
    ],
)
def test_a_setting_that_there_is_not_is_refused(name: str, parameter: str, value: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        with_parameter(parameter, value)(with_dataset(name)(Document()))


def test_a_setting_is_given_once() -> None:
    with pytest.raises(ValueError, match="parameters: expected each name once"):
        DataSettings(parameters=(("classes", 2.0), ("classes", 3.0)))


def test_points_lie_above_and_below_the_typed_function() -> None:
    sample = prepare(with_function("sin(3 * x1) / 2")(Document())).sample
    above = sample.points[:, 1] - np.sin(3 * sample.points[:, 0]) / 2

    assert (above[sample.labels == 1] > 0).mean() > 0.99
    assert (above[sample.labels == 0] < 0).mean() > 0.99


def test_a_function_that_cannot_be_read_leaves_the_document_alone(qapp: object) -> None:
    session = Session()
    said: list[str] = []
    session.noted.connect(said.append)
    before = session.document

    assert not session.change(with_function("sin(3 * )"), "Type a function")
    assert session.document == before
    assert said[0].startswith("column ")


def test_own_points_come_back_when_chosen_again() -> None:
    table = Table(np.eye(2), np.array([0, 1]))
    document = with_dataset("moons")(with_table(table)(Document()))

    assert document.table is None
    assert with_dataset("own")(document).table == table


def test_own_points_that_there_are_not_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="There are no points of your own yet: paint some, or import a table"):
        with_dataset("own")(Document())


def test_own_values_switch_to_squared_error() -> None:
    values = Table(np.eye(2), np.array([0.5, 1.5]), 0)

    assert with_table(values)(Document(training=TrainingSpec(loss="softmax"))).training.loss == "squared"
