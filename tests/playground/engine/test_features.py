"""The input features of a point."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.engine import features
from playground.engine.features import FEATURES, Feature, _column, available, compute, feature

POINTS = np.array([[0.5, -2.0], [3.0, 0.25]])


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("x1", "x₁", [0.5, 3.0]),
        ("x2", "x₂", [-2.0, 0.25]),
        ("x1_squared", "x₁²", [0.25, 9.0]),
        ("x2_squared", "x₂²", [4.0, 0.0625]),
        ("x1_x2", "x₁x₂", [-1.0, 0.75]),
        ("sin_x1", "sin x₁", np.sin([0.5, 3.0])),
        ("sin_x2", "sin x₂", np.sin([-2.0, 0.25])),
        ("cos_x1", "cos x₁", np.cos([0.5, 3.0])),
        ("cos_x2", "cos x₂", np.cos([-2.0, 0.25])),
    ],
)
def test_each_feature_is_its_formula_of_the_point(name: str, label: str, expected: list[float]) -> None:
    np.testing.assert_array_equal(compute([name], POINTS), np.reshape(expected, (2, 1)))
    assert FEATURES[name].label == label
    assert FEATURES[name].formula


def test_the_features_of_many_columns_are_named_once_however_many_inputs_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[int] = []
    first = _column

    def counted(index: int) -> Feature:
        named.append(index)
        return first(index)

    monkeypatch.setattr(features, "_column", counted)
    labels = [feature(f"x{index + 1}", 97).label for index in range(97)]
    assert labels == [one.label for one in available(97)]
    assert named == list(range(97))


def test_features_stand_in_the_order_asked_for() -> None:
    np.testing.assert_array_equal(compute(["x2", "x1_x2", "x1"], POINTS), [[-2.0, -1.0, 0.5], [0.25, 0.75, 3.0]])


def test_points_of_many_columns_have_plain_columns_as_features() -> None:
    points = np.arange(24.0).reshape(2, 12)
    assert [entry.name for entry in available(12)] == [f"x{i}" for i in range(1, 13)]
    assert feature("x12", 12).label == "x₁₂"
    np.testing.assert_array_equal(compute(["x12", "x3"], points), points[:, [11, 2]])


def test_points_of_one_column_have_the_features_of_x1_only() -> None:
    assert [entry.name for entry in available(1)] == ["x1", "x1_squared", "sin_x1", "cos_x1"]
    np.testing.assert_array_equal(compute(["x1_squared"], np.array([[3.0]])), [[9.0]])


def test_points_of_two_columns_have_the_whole_table() -> None:
    assert [entry.name for entry in available(2)] == list(FEATURES)


def test_no_points_give_no_rows() -> None:
    assert compute(["x1", "x2"], np.empty((0, 2))).shape == (0, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: compute(["x3"], POINTS), "features: expected one of x1, x2, .*cos_x2; got 'x3'"),
        (lambda: compute(["x1_squared"], np.zeros((1, 4))), "features: expected one of x1 to x4; got 'x1_squared'"),
        (lambda: compute(["x2_squared"], np.zeros((1, 1))), "features: expected one of x1, x1_squared"),
        (lambda: compute(["x1", "x1"], POINTS), "features: expected each once, got x1, x1"),
        (lambda: compute([], POINTS), "features: expected at least one"),
        (lambda: compute(["x1"], np.zeros(3)), r"points: expected shape \(n_samples, d\), got \(3,\)"),
        (lambda: available(0), "points: expected at least 1 column, got 0"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_cure(call: Callable, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
