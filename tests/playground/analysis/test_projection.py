"""Principal components: an orthonormal plane, settled signs, there and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from playground.analysis.projection import principal_plane


def cloud(seed: int, n: int = 60, d: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) + rng.standard_normal(d)


@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(2, 8))
def test_places_lifted_and_projected_again_are_where_they_were(seed: int, n: int, d: int) -> None:
    plane = principal_plane(cloud(seed, max(n, 3), d))
    places = np.random.default_rng(seed).standard_normal((7, 2))

    np.testing.assert_allclose(plane.project(plane.lift(places)), places, atol=1e-10)
    np.testing.assert_allclose(plane.components @ plane.components.T, np.eye(2), atol=1e-12)


@given(st.integers(0, 10_000))
def test_it_agrees_with_another_implementation_up_to_sign(seed: int) -> None:
    points = cloud(seed)
    plane, other = principal_plane(points), PCA(2).fit(points)

    np.testing.assert_allclose(np.abs(plane.components), np.abs(other.components_), atol=1e-8)
    np.testing.assert_allclose(plane.shares, other.explained_variance_ratio_, rtol=1e-10)
    np.testing.assert_allclose(plane.mean, other.mean_)


def test_the_largest_entry_of_each_component_is_positive_whatever_the_points_order() -> None:
    points = cloud(3)
    plane, mirrored = principal_plane(points), principal_plane(points[::-1])

    for direction in plane.components:
        assert direction[np.argmax(np.abs(direction))] > 0
    np.testing.assert_allclose(plane.components, mirrored.components, atol=1e-10)


def test_every_point_lies_within_the_extent() -> None:
    points = cloud(4)
    plane = principal_plane(points)
    low, high = plane.extent

    places = plane.project(points)
    assert places.shape == (60, 2)
    assert low < places.min()
    assert places.max() < high
    assert np.abs(places).max() > 0.9 * high


def test_points_on_a_line_have_a_second_component_of_nothing() -> None:
    points = np.outer(np.linspace(-1, 1, 9), [3.0, 4.0, 0.0])
    plane = principal_plane(points)

    np.testing.assert_allclose(plane.components, [[0.6, 0.8, 0.0], [0.0, 0.0, 0.0]], atol=1e-15)
    assert plane.shares[1] < 1e-30


def test_a_single_point_has_a_plane_with_an_extent() -> None:
    plane = principal_plane(np.array([[1.0, 2.0, 3.0]]))

    assert plane.project(plane.lift(np.zeros((1, 2)))).tolist() == [[0.0, 0.0]]
    assert plane.extent == (-1.05, 1.05)
    assert plane.shares == (0.0, 0.0)


def test_axes_and_plane_are_named_with_their_share_of_the_variance() -> None:
    points = np.diag([3.0, 1.0]) @ np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    plane = principal_plane(np.concatenate([points, -points]))

    assert plane.names == ("PC₁ (90 %)", "PC₂ (10 %)")
    assert plane.title == "first two principal components of 3 columns (100 % of the variance)"


@pytest.mark.parametrize("points", [np.zeros((3, 1)), np.zeros(3), np.zeros((0, 4))])
def test_what_has_no_plane_is_refused(points: np.ndarray) -> None:
    with pytest.raises(ValueError, match="points: expected"):
        principal_plane(points)
