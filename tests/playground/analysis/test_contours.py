"""Contours lie where the field has the level, and close."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from playground.analysis.contours import contour, joined

X, Y = np.linspace(-1.0, 1.0, 41), np.linspace(1.0, -1.0, 31)


@given(
    st.floats(-1, 1),
    st.floats(-1, 1),
    st.floats(-1, 1),
)
def test_a_plane_has_straight_contours_exactly_where_it_has_the_level(a: float, b: float, level: float) -> None:
    for chain in contour(a * X[None, :] + b * Y[:, None], level, X, Y):
        assert_allclose(a * chain[:, 0] + b * chain[:, 1], level, atol=1e-9)


def test_a_circle_is_one_closed_chain() -> None:
    (chain,) = contour(X[None, :] ** 2 + Y[:, None] ** 2, 0.25, X, Y)
    assert (chain[0] == chain[-1]).all()
    assert_allclose(np.hypot(*chain.T), 0.5, atol=2e-3)


def test_a_line_that_leaves_the_grid_is_one_open_chain() -> None:
    (chain,) = contour(X[None, :] + 0.0 * Y[:, None], 0.03, X, Y)
    assert len(chain) == len(Y)
    assert sorted(chain[[0, -1], 1]) == [-1.0, 1.0]


def test_a_saddle_is_two_chains_that_do_not_cross() -> None:
    chains = contour(X[None, :] * Y[:, None], 0.04, X, Y)
    assert len(chains) == 2
    assert {tuple(np.sign(chain).mean(axis=0)) for chain in chains} == {(1.0, 1.0), (-1.0, -1.0)}


@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_cells_without_a_finite_value_are_left_out(hole: float) -> None:
    field = np.broadcast_to(X, (len(Y), len(X))).copy()
    field[10] = hole
    chains = contour(field, 0.03, X, Y)
    assert len(chains) == 2
    assert all(np.isfinite(chain).all() for chain in chains)


def test_a_field_that_never_has_the_level_has_no_contour() -> None:
    assert contour(np.ones((4, 5)), 2.0, X[:5], Y[:4]) == []
    assert joined([]).shape == (0, 2)


def test_joined_chains_lift_the_pen_between_them() -> None:
    line = joined([np.zeros((2, 2)), np.ones((3, 2))])
    assert line.shape == (6, 2)
    assert np.flatnonzero(np.isnan(line[:, 0])).tolist() == [2]
