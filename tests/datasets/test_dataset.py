from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from datasets.csv_export import csv_parts
from datasets.dataset import Dataset

POINTS = np.array([[0.0, 1.0], [2.0, -3.0], [4.0, 5.0]])


def test_a_data_set_names_its_columns_and_classes_and_finds_its_extent() -> None:
    data = Dataset(POINTS, np.array([0, 1, 1]))

    assert data.feature_names == ("x₁", "x₂")
    assert data.class_names == ("class 0", "class 1")
    assert data.extent == (-5.0, 5.0)
    assert (data.n_points, data.n_features, data.is_regression) == (3, 2, False)
    assert data.counts() == (1, 2)


def test_given_names_and_extent_are_kept() -> None:
    data = Dataset(POINTS, np.array([0, 1, 1]), 2, ("age", "height"), (0.0, 9.0), ("no", "yes"))

    assert data.feature_names == ("age", "height")
    assert data.extent == (0.0, 9.0)
    assert data.class_names == ("no", "yes")


def test_regression_keeps_values_and_has_no_classes() -> None:
    data = Dataset(POINTS, np.array([0.5, -1.0, 2.5]), 0)

    assert data.is_regression
    assert data.targets.dtype == np.float64
    assert data.counts() == ()
    assert data.class_names == ()


def test_labels_become_integers() -> None:
    assert Dataset(POINTS, np.array([0.0, 2.0, 1.0]), 3).targets.dtype == np.int64


def test_a_data_set_of_zeros_still_has_an_extent() -> None:
    assert Dataset(np.zeros((2, 1)), np.array([0, 1])).extent == (-1.0, 1.0)


def test_the_thirteenth_column_is_written_with_two_small_digits() -> None:
    assert Dataset(np.ones((1, 13)), np.array([1])).feature_names[12] == "x₁₃"


def test_a_data_set_never_changes() -> None:
    points, labels = POINTS.copy(), np.array([0, 1, 1])
    data = Dataset(points, labels)
    points[0, 0] = labels[0] = 7

    assert data.points[0, 0] == 0.0
    assert data.targets[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        data.points[0, 0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        data.targets[0] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.n_classes = 3  # type: ignore[misc]


def test_arrays_are_contiguous_whatever_came_in() -> None:
    assert Dataset(np.asfortranarray(POINTS), np.array([0, 1, 1])).points.flags.c_contiguous


def test_taking_points_keeps_names_and_extent() -> None:
    data = Dataset(POINTS, np.array([0, 1, 1]), 2, ("age", "height"), (0.0, 9.0), ("no", "yes"))
    part = data.take(np.array([2, 0]))

    assert part.points.tolist() == [[4.0, 5.0], [0.0, 1.0]]
    assert part.targets.tolist() == [1, 0]
    assert (part.feature_names, part.extent, part.class_names) == (data.feature_names, data.extent, data.class_names)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.zeros(3), [0, 1, 1]), r"points: expected a table .* got shape \(3,\)"),
        ((np.zeros((0, 2)), []), r"points: .* got shape \(0, 2\)"),
        ((np.zeros((3, 0)), [0, 1, 1]), r"points: .* got shape \(3, 0\)"),
        ((POINTS * np.array([[1], [np.nan], [1]]), [0, 1, 1]), "points, row 1, column 0: expected a finite number"),
        ((POINTS, [0, 1]), r"targets: expected one per point, shape \(3,\), got shape \(2,\)"),
        ((POINTS, [0.0, np.inf, 1.0], 0), "targets, row 1: expected a finite number, got inf"),
        ((POINTS, [0, 1, 2]), "targets, row 2: expected a label from 0 to 1, got 2"),
        ((POINTS, [0, -1, 1]), "targets, row 1: expected a label from 0 to 1, got -1"),
        ((POINTS, [0, 0.5, 1]), "targets, row 1: expected a label from 0 to 1, got 0.5"),
        ((POINTS, [0, 1, 1], 1), r"n_classes: expected 0 \(regression\) or 2 to 10, got 1"),
        ((POINTS, [0, 1, 1], 11), "n_classes: .* got 11"),
        ((POINTS, [0, 1, 1], 2, ("x",)), "feature_names: expected 2 names, one per column, got 1"),
        ((POINTS, [0, 1, 1], 2, (), (0.0, 0.0), ("a",)), "class_names: expected 2 names, one per class, got 1"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Dataset(*arguments)


def test_names_have_no_sign_that_turns_a_text_around() -> None:
    data = Dataset(
        POINTS, np.array([0, 1, 1]), 2, ("a\u202eb\n", "\u2066\x07\x0c"), (0.0, 9.0), ("\ud800", "ש é 𝛿 <b>")
    )

    assert data.feature_names == ("a�b\n", "�� ")
    assert data.class_names == ("�", "ש é 𝛿 <b>")


def test_a_spreadsheet_computes_no_name_of_a_saved_table() -> None:
    data = Dataset(POINTS, np.array([0, 1, 1]), 2, ("=x", "y"), (0.0, 9.0), ("-1", "@SUM(1)"))
    head, first, second, _ = "".join(csv_parts(data, "+c")).splitlines()

    assert head == "'=x,y,'+c"
    assert first == "0.0,1.0,-1"
    assert second == "2.0,-3.0,'@SUM(1)"
