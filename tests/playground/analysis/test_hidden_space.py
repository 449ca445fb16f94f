"""The hidden space: its places are the activations, its axes steady, its decision the network's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from playground.analysis.hidden_space import (
    BENDS,
    LINES,
    PRINCIPAL,
    SCORE,
    HiddenSpace,
    facing,
    input_grid,
    steady_reach,
    unit_plane,
)
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec

DATA = np.random.default_rng(0).uniform(-1.0, 1.0, (30, 2))
GRID = input_grid(-1.0, 1.0, -1.0, 1.0)


def made(*widths: int, n_outputs: int = 1, activation: str = "tanh") -> tuple[Network, np.ndarray]:
    network = Network(NetworkSpec(2, tuple(LayerSpec(w, activation) for w in widths), n_outputs))
    return network, network.initial(TrainingSpec(), 3) * 2.0


def space(network: Network, layer: int) -> HiddenSpace:
    return HiddenSpace(network, layer, DATA, GRID.reshape(-1, 2))


def passed(network: Network, parameters: np.ndarray, inputs: np.ndarray) -> Pass:
    here = Pass(network, None, len(inputs), parameters, keep=True)
    here.inputs[:-1] = inputs.T
    here.forward()
    return here


def test_the_grid_has_lines_of_equal_x1_then_of_equal_x2() -> None:
    assert GRID.shape == (2 * LINES, BENDS, 2)
    assert (np.ptp(GRID[:LINES, :, 0], axis=1) == 0).all()
    assert (np.ptp(GRID[LINES:, :, 1], axis=1) == 0).all()
    assert GRID.min() == -1.0
    assert GRID.max() == 1.0


@pytest.mark.parametrize("activation", ["tanh", "relu", "maxout", "gelu"])
def test_places_on_two_units_are_their_activations(activation: str) -> None:
    network, parameters = made(5, 4, activation=activation)
    picture = space(network, 2).picture(parameters, (3, 1))
    exact = passed(network, parameters, DATA).layers[1].a
    assert_allclose(picture.points, exact[[3, 1]].T, atol=1e-5)
    grid = passed(network, parameters, GRID.reshape(-1, 2)).layers[1].a
    assert_allclose(picture.grid.reshape(-1, 2), grid[[3, 1]].T, atol=1e-5)


def test_of_two_units_the_plane_is_the_whole_layer_and_its_decision_the_networks() -> None:
    network, parameters = made(6, 2, 5, n_outputs=3)
    here = space(network, 2)
    picture = here.picture(parameters, (0, 1))
    assert_allclose(
        here.outputs(parameters, picture.plane, picture.points), passed(network, parameters, DATA).scores, atol=1e-4
    )


@pytest.mark.parametrize("n_outputs", [1, 2])
def test_along_the_score_every_point_has_the_score_of_its_place(n_outputs: int) -> None:
    network, parameters = made(4, 7, n_outputs=n_outputs)
    here = space(network, 2)
    picture = here.picture(parameters, SCORE)
    scores = passed(network, parameters, DATA).scores
    placed = here.outputs(parameters, picture.plane, picture.points)
    assert_allclose(
        placed[-1] - (placed[0] if n_outputs == 2 else 0), scores[-1] - (scores[0] if n_outputs == 2 else 0), atol=1e-4
    )
    assert_allclose(picture.plane.components @ picture.plane.components.T, np.eye(2), atol=1e-9)


def test_only_the_last_layer_of_one_or_two_outputs_has_a_direction_that_decides() -> None:
    network, parameters = made(4, 4)
    assert space(network, 1).score_direction(parameters) is None
    network, parameters = made(4, n_outputs=3)
    assert space(network, 1).score_direction(parameters) is None


def test_an_axis_never_turns_round_from_one_frame_to_the_next() -> None:
    network, parameters = made(6)
    here, before = space(network, 1), None
    rng = np.random.default_rng(1)
    for _ in range(30):
        parameters = parameters + 0.05 * rng.normal(size=parameters.shape)
        plane = here.picture(parameters, PRINCIPAL, before).plane
        if before is not None:
            assert ((plane.components * before.components).sum(axis=1) >= 0.0).all()
        before = plane
    turned = facing(plane, before)
    assert (turned.components == plane.components).all()


def test_bent_lines_lie_where_their_points_lie() -> None:
    network, parameters = made(5)
    here = space(network, 1)
    picture = here.picture(parameters, PRINCIPAL)
    first, second = here.places(parameters, picture.plane, [DATA[:4], DATA[4:]])
    assert_allclose(np.concatenate((first, second)), picture.points, atol=1e-6)
    assert here.places(parameters, picture.plane, []) == []


@pytest.mark.parametrize("scale", [1e20, 1e39, 1e300])
@pytest.mark.parametrize("axes", [PRINCIPAL, SCORE, (0, 1)])
@pytest.mark.parametrize("n_outputs", [1, 3])
def test_weights_that_exploded_still_give_a_finite_picture(scale: float, axes: object, n_outputs: int) -> None:
    network, parameters = made(4, 3, n_outputs=n_outputs, activation="relu")
    for layer in (1, 2):
        reader = space(network, layer)
        picture = reader.picture(scale * parameters, axes)
        assert np.isfinite(picture.points).all()
        assert np.isfinite(picture.grid).all()
        assert np.isfinite(picture.plane.components).all()
        reader.outputs(scale * parameters, picture.plane, picture.points)


def test_a_single_unit_lies_on_one_line() -> None:
    network, parameters = made(1)
    picture = space(network, 1).picture(parameters, (0, None))
    assert (picture.points[:, 1] == 0.0).all()
    assert np.ptp(picture.points[:, 0]) > 0


@pytest.mark.parametrize("units", [(5, 0), (0, 0), (0, 7)])
def test_units_that_are_not_there_are_refused(units: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="units: expected"):
        unit_plane(np.zeros((3, 5)), *units)


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30))
def test_the_range_always_holds_what_is_shown_and_is_never_much_too_large(sizes: list[float]) -> None:
    reach = 0.0
    for size in sizes:
        reach = steady_reach(size, reach)
        assert size <= reach <= 3.0 * size


def test_the_range_stays_while_what_is_shown_changes_a_little() -> None:
    reach = steady_reach(1.3)
    assert all(steady_reach(1.3 * factor, reach) == reach for factor in (0.5, 0.8, 1.0, 0.999 * reach / 1.3))
    assert steady_reach(float("nan"), reach) == reach


def test_a_clamped_unit_stands_at_its_number_and_leaves_the_others_where_they_are() -> None:
    network, parameters = made(5)
    here = space(network, 1)
    plain = here.picture(parameters, (0, 1))
    clamped = here.picture(parameters, (0, 1), clamped=(0, 0.25))
    assert (clamped.points[:, 0] == 0.25).all()
    assert (clamped.grid[..., 0] == 0.25).all()
    assert_allclose(clamped.points[:, 1], plain.points[:, 1])
    (places,) = here.places(parameters, clamped.plane, [DATA[:4]], clamped=(0, 0.25))
    assert_allclose(places, clamped.points[:4], atol=1e-6)
