"""The loss slice: planes, the path upon them, and losses that are the network's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from playground.analysis import loss_slice
from playground.analysis.evaluate import Evaluator, evaluate
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec
from playground.engine.trainer import TrainingData

NETWORK = Network(NetworkSpec(2, (LayerSpec(3),), 1))
TRAINING = TrainingSpec(loss="squared", regularizer="l2", penalty=0.01)
PARAMETERS = NETWORK.initial(TRAINING, 1)
RNG = np.random.default_rng(0)
DATA = TrainingData(RNG.normal(size=(20, 2)), RNG.normal(size=(1, 20)))


def drained(work: object) -> tuple[list[float], np.ndarray]:
    shares = []
    while True:
        try:
            shares.append(next(work))  # type: ignore[call-overload]
        except StopIteration as end:
            return shares, end.value


def test_every_cell_is_the_loss_of_the_network_with_these_two_weights() -> None:
    plane = loss_slice.weight_plane(PARAMETERS, 4, 1)
    box = (-2.0, 1.0, -1.0, 2.0)
    shares, values = drained(loss_slice.losses_over(plane, Evaluator(NETWORK, TRAINING, DATA), box, 5))
    assert shares == sorted(shares)
    assert len(shares) == 25
    assert shares[-1] == 1.0
    across, up = loss_slice.cells(box, 5)
    for row in range(5):
        for column in range(5):
            changed = PARAMETERS.copy()
            changed[4], changed[1] = across[column], up[row]
            assert values[row, column] == pytest.approx(evaluate(NETWORK, TRAINING, DATA, changed).loss, rel=1e-12)


def test_of_two_weights_the_coordinates_are_their_values() -> None:
    plane = loss_slice.weight_plane(PARAMETERS, 4, 1)
    states = RNG.normal(size=(6, len(PARAMETERS)))
    assert_allclose(plane.coordinates(states), states[:, [4, 1]])


@given(arrays(np.float64, 2, elements=st.floats(-3, 3)), st.integers(0, 20))
def test_coordinates_of_a_place_on_a_random_plane_are_that_place(place: np.ndarray, seed: int) -> None:
    plane = loss_slice.random_plane(NETWORK, PARAMETERS, seed)
    assert plane.u @ plane.v == pytest.approx(0.0, abs=1e-9)
    assert_allclose(plane.coordinates(plane.at(*place)), place, atol=1e-9)


def test_a_random_direction_is_as_long_per_neuron_as_its_weights() -> None:
    plane = loss_slice.random_plane(NETWORK, PARAMETERS, 3)
    for direction, weights in zip(NETWORK.matrices(plane.u), NETWORK.matrices(PARAMETERS), strict=True):
        assert_allclose(np.linalg.norm(direction, axis=1), np.linalg.norm(weights, axis=1))


def test_another_seed_is_another_plane_and_the_same_seed_the_same() -> None:
    first, again, other = (loss_slice.random_plane(NETWORK, PARAMETERS, seed) for seed in (1, 1, 2))
    assert (first.u == again.u).all()
    assert (first.u != other.u).any()


def test_a_path_in_a_plane_lies_wholly_on_its_plane_and_runs_forward() -> None:
    a, b = RNG.normal(size=(2, len(PARAMETERS)))
    steps = np.linspace(0.0, 1.0, 12)
    states = PARAMETERS + 5.0 * steps[:, None] * a + np.sin(4.0 * steps)[:, None] * b
    plane = loss_slice.path_plane(states, states[-1])
    places = plane.coordinates(states)
    rebuilt = np.stack([plane.at(*place) for place in places])
    assert_allclose(rebuilt, states, atol=1e-8)
    assert (places[-1] - places[0] >= -1e-9).all()
    assert np.ptp(places[:, 0]) > np.ptp(places[:, 1])


def test_a_straight_path_and_a_network_of_zeros_still_make_a_plane() -> None:
    states = np.linspace(0.0, 1.0, 4)[:, None] * np.ones(len(PARAMETERS))
    assert np.isfinite(loss_slice.path_plane(states, states[-1]).coordinates(states)).all()
    zeros = np.zeros(len(PARAMETERS))
    assert (loss_slice.random_plane(NETWORK, zeros, 0).coordinates(PARAMETERS) == 0.0).all()


def test_what_makes_no_plane_is_refused_with_the_cure() -> None:
    with pytest.raises(ValueError, match="pick two different ones"):
        loss_slice.weight_plane(PARAMETERS, 2, 2)
    with pytest.raises(ValueError, match="train at least two iterations"):
        loss_slice.path_plane(PARAMETERS[None], PARAMETERS)


@given(arrays(np.float64, (7, 2), elements=st.floats(-50, 50)))
def test_the_square_holds_the_path_with_room(places: np.ndarray) -> None:
    left, right, bottom, top = loss_slice.square_about(places, 1.0)
    assert right - left == pytest.approx(top - bottom)
    assert right - left >= 2.0 - 1e-9
    assert left < places[:, 0].min()
    assert right > places[:, 0].max()
    assert bottom < places[:, 1].min()
    assert top > places[:, 1].max()


@pytest.mark.parametrize("size", [1e16, 1e50, 1e100])
def test_the_square_about_exploded_weights_has_a_width(size: float) -> None:
    left, right, bottom, top = loss_slice.square_about(np.array([[size, -size], [size, -size]]), 1.0)
    across, up = loss_slice.cells((left, right, bottom, top), 41)
    assert (np.diff(across) > 0).all()
    assert (np.diff(up) < 0).all()


@pytest.mark.parametrize("size", [1e101, np.inf, np.nan])
def test_weights_that_are_too_large_to_draw_are_refused(size: float) -> None:
    with pytest.raises(ValueError, match="too large to draw"):
        loss_slice.square_about(np.array([[0.0, size]]), 1.0)


def test_levels_rise_between_the_lowest_and_the_highest_loss() -> None:
    values = np.array([[0.01, np.nan], [np.inf, 100.0]])
    levels = loss_slice.levels(values)
    assert (np.diff(levels) > 0).all()
    assert 0.01 < levels[0] < levels[-1] < 100.0
    assert_allclose(levels[1:] / levels[:-1], levels[1] / levels[0])
    assert len(loss_slice.levels(np.full((2, 2), 3.0))) == 0


def test_heights_go_from_the_lowest_to_the_highest_and_the_unknown_is_highest() -> None:
    heights = loss_slice.heights(np.array([[0.01, 1.0], [100.0, np.nan]]))
    assert heights.tolist() == [[0, 128], [255, 255]]
    assert loss_slice.heights(np.full((2, 2), np.nan)).min() == 255
    assert loss_slice.heights(np.zeros((2, 2))).tolist() == [[0, 0], [0, 0]]
