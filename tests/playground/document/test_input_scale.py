from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.document import catalogue
from playground.document.changes import with_data
from playground.document.data_choice import with_cleared_points, with_dataset, with_standardization, with_table
from playground.document.document import Document
from playground.document.input_scale import far_columns, misfit
from playground.document.own_data import Table
from playground.document.prepared_data import sample_of


def table(scale: float = 1.0, shift: float = 0.0, names: tuple[str, ...] = ("x₁", "x₂"), n_classes: int = 2) -> Table:
    points = np.random.default_rng(1).standard_normal((40, len(names)))
    targets = (points[:, 0] > 0).astype(float) if n_classes else points[:, 0] * 5e5
    return Table(points * scale + shift, targets, n_classes, names, target_name="price")


def own(**values: object) -> Document:
    return with_table(table(**values))(Document())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Document(), with_dataset("circle")(Document())),
        (Document(), with_data(noise=0.5)(Document())),
        (Document(), with_data(points=50, seed=9)(Document())),
        (Document(), with_cleared_points()(Document())),
        (own(), own(scale=1.3)),
        (own(), own(shift=0.4)),
    ],
    ids=["the same scale", "noise", "another sample", "painted on", "a little wider", "a little aside"],
)
def test_weights_fit_the_same_inputs_at_the_same_scale(before: Document, after: Document) -> None:
    assert misfit(before, after) == ""
    assert misfit(after, before) == ""


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (Document(), with_dataset("spiral")(Document()), "the inputs have another scale"),
        (Document(), with_dataset("digits")(Document()), "the data have other inputs"),
        (Document(), own(scale=1000.0), "the inputs have another scale"),
        (own(), own(shift=3.0), "the inputs have another scale"),
        (own(), own(names=("age", "height")), "the data have other inputs"),
        (own(scale=100.0), with_standardization(True)(own(scale=100.0)), "the inputs have another scale"),
        (Document(), with_dataset("plane")(Document()), "the data have values, not classes"),
        (with_dataset("plane")(Document()), Document(), "the data have classes, not values"),
        (own(n_classes=0), with_table(replace(table(n_classes=0), targets=table().targets))(Document()),
         "the targets have another scale"),
    ],
    ids=["wider", "pixels", "a table", "aside", "other names", "standardized", "values", "classes", "targets"],
)  # fmt: skip
def test_weights_do_not_fit_other_inputs_or_another_scale(before: Document, after: Document, why: str) -> None:
    assert misfit(before, after) == why


@pytest.mark.parametrize("name", sorted(catalogue.GENERATORS))
def test_no_generator_has_columns_far_from_one(name: str) -> None:
    assert far_columns(sample_of(with_dataset(name)(Document()).data)) == ()


def test_far_columns_are_named_with_their_ranges_the_largest_first() -> None:
    far = far_columns(sample_of(own(scale=50.0, n_classes=0).data))
    assert [column.name for column in far] == ["target price", "input x₁", "input x₂"]
    assert all(column.low < 0.0 < column.high for column in far)


def test_standardizing_brings_every_column_near_one_and_says_from_which_mean_and_deviation() -> None:
    document = with_standardization(True)(own(scale=50.0, shift=7.0, n_classes=0))
    assert far_columns(sample_of(document.data)) == ()
    lines = document.table.scaling()
    assert [line[0] for line in lines] == ["x₁", "x₂", "target price"]
    mean = float(table(scale=50.0, shift=7.0).points[:, 0].mean())
    assert lines[0][1] == pytest.approx(mean)
    assert with_standardization(False)(document).table.scaling() == ()


def test_generated_points_are_not_standardized() -> None:
    with pytest.raises(ValueError, match="Only your own points"):
        with_standardization(True)(Document())
