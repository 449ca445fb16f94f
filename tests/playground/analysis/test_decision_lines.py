"""Decision lines pass where w·x + b = 0, and contours where the network is that sure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from playground.analysis.decision_lines import boundary_fields, confidence, decision, line_in_box
from playground.engine.losses import LOSSES

X, Y = np.linspace(-1.0, 1.0, 33), np.linspace(1.0, -1.0, 33)
PLACES = np.stack(np.meshgrid(X, Y), axis=-1).reshape(-1, 2)
number = st.floats(-3.0, 3.0)


@given(number, number, number)
def test_both_ends_of_a_line_solve_it_and_lie_in_the_box(w1: float, w2: float, b: float) -> None:
    ends = line_in_box((w1, w2), b, -1.0, 1.0, -1.0, 1.0)
    if not len(ends):
        corners = [w1 * x + w2 * y + b for x in (-1, 1) for y in (-1, 1)]
        assert np.hypot(w1, w2) < 1e-6 or min(corners) >= -1e-9 or max(corners) <= 1e-9
        return
    size = np.hypot(w1, w2)
    assert_allclose((ends @ [w1, w2] + b) / size, 0.0, atol=1e-9)
    assert np.abs(ends).max() <= 1.0 + 1e-9


@pytest.mark.parametrize("weights", [(0.0, 0.0), (float("nan"), 1.0), (float("inf"), 0.0)])
def test_a_neuron_without_usable_weights_has_no_line(weights: tuple[float, float]) -> None:
    assert line_in_box(weights, 0.5, -1.0, 1.0, -1.0, 1.0).shape == (0, 2)


def test_the_decision_of_two_classes_is_where_their_scores_are_equal() -> None:
    outputs = np.stack((PLACES[:, 0], PLACES[:, 1]))
    for chain in decision(outputs, LOSSES["softmax"], 2, X, Y):
        assert_allclose(chain[:, 0], chain[:, 1], atol=1e-9)


def test_of_three_classes_each_field_is_positive_exactly_where_its_class_wins() -> None:
    outputs = np.random.default_rng(1).normal(size=(3, 200))
    fields = np.stack(boundary_fields(outputs, LOSSES["softmax"], 3))
    assert ((fields > 0).argmax(axis=0) == outputs.argmax(axis=0)).all()
    assert ((fields > 0).sum(axis=0) == 1).all()


def test_confidence_contours_are_where_the_lead_says() -> None:
    z = 3.0 * PLACES[:, 0]
    levels = confidence(z[None], LOSSES["logistic"], 2, X, Y)
    assert [level.is_decision for level in levels] == [True, False, False, False, False]
    for level in levels:
        lead = 2.0 / (1.0 + np.exp(-3.0 * level.points[:, 0])) - 1.0
        assert_allclose(lead, level.value, atol=5e-3)


def test_contours_of_regression_are_at_values() -> None:
    levels = confidence(10.0 + 5.0 * PLACES[:, :1].T, LOSSES["squared"], 0, X, Y, middle=10.0, spread=4.0)
    assert sorted(level.value for level in levels) == pytest.approx([6.4, 8.0, 10.0, 12.0, 13.6])
    for level in levels:
        assert_allclose(10.0 + 5.0 * level.points[:, 0], level.value, atol=1e-9)
