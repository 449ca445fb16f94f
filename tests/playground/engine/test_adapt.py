from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.adapt import transfer
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec

FRESH = -1.0


def network(*widths: int, n_inputs: int = 2, n_outputs: int = 2, activation: str = "tanh", pieces: int = 2) -> Network:
    hidden = tuple(LayerSpec(width=width, activation=activation, pieces=pieces) for width in widths)
    return Network(NetworkSpec(n_inputs, hidden, n_outputs))


def moved(source: Network, target: Network, inputs: tuple[int, ...] | None = None) -> tuple[list, list]:
    """Matrices before and after, the source's being 1, 2, 3, … and what is fresh −1."""
    flat, into = np.arange(1.0, source.n_parameters + 1), np.full(target.n_parameters, FRESH)
    transfer(flat, source, target, into, inputs)
    return source.matrices(flat), target.matrices(into)


@given(st.lists(st.integers(1, 5), max_size=3))
def test_the_same_shape_keeps_every_weight(widths: list[int]) -> None:
    before, after = moved(network(*widths), network(*widths))
    for old, new in zip(before, after, strict=True):
        np.testing.assert_array_equal(new, old)


def test_a_wider_layer_keeps_rows_columns_and_biases_and_the_rest_is_fresh() -> None:
    before, after = moved(network(3, 2), network(5, 2))
    np.testing.assert_array_equal(after[0][:3], before[0])
    assert (after[0][3:] == FRESH).all()
    np.testing.assert_array_equal(after[1][:, :3], before[1][:, :3])
    assert (after[1][:, 3:5] == FRESH).all()
    np.testing.assert_array_equal(after[1][:, 5], before[1][:, 3])
    np.testing.assert_array_equal(after[2], before[2])


def test_a_narrower_layer_keeps_what_still_has_a_place() -> None:
    before, after = moved(network(5), network(2))
    np.testing.assert_array_equal(after[0], before[0][:2])
    np.testing.assert_array_equal(after[1][:, :2], before[1][:, :2])
    np.testing.assert_array_equal(after[1][:, 2], before[1][:, 5])


def test_another_hidden_layer_leaves_the_layers_before_it_and_an_output_of_the_same_shape() -> None:
    before, after = moved(network(3), network(3, 3))
    np.testing.assert_array_equal(after[0], before[0])
    assert (after[1] == FRESH).all()
    np.testing.assert_array_equal(after[2], before[1])


def test_another_depth_makes_matrices_of_another_shape_fresh() -> None:
    before, after = moved(network(3), network(3, 4))
    np.testing.assert_array_equal(after[0], before[0])
    assert (after[2] == FRESH).all()
    before, after = moved(network(4, 3), network(4))
    np.testing.assert_array_equal(after[0], before[0])
    assert (after[1] == FRESH).all()


def test_a_linear_model_and_a_deep_one_share_no_matrix_even_if_the_shapes_agree() -> None:
    _, after = moved(network(), network(2))
    assert all((matrix == FRESH).all() for matrix in after)
    _, after = moved(network(2), network())
    assert all((matrix == FRESH).all() for matrix in after)


def test_inputs_follow_their_feature() -> None:
    before, after = moved(network(3, n_inputs=3), network(3, n_inputs=4), (2, -1, 0, 1))
    np.testing.assert_array_equal(after[0][:, [0, 2, 3]], before[0][:, [2, 0, 1]])
    assert (after[0][:, 1] == FRESH).all()
    np.testing.assert_array_equal(after[0][:, 4], before[0][:, 3])


def test_inputs_without_a_map_are_matched_by_number() -> None:
    before, after = moved(network(n_inputs=2), network(n_inputs=3))
    np.testing.assert_array_equal(after[0][:, :2], before[0][:, :2])
    assert (after[0][:, 2] == FRESH).all()
    np.testing.assert_array_equal(after[0][:, 3], before[0][:, 2])


def test_another_depth_still_follows_the_input_features() -> None:
    before, after = moved(network(3, n_inputs=2), network(3, 2, n_inputs=3), (1, -1, 0))
    np.testing.assert_array_equal(after[0][:, [0, 2]], before[0][:, [1, 0]])


def test_maxout_pieces_stay_with_their_unit() -> None:
    source, target = network(2, activation="maxout", pieces=2), network(3, activation="maxout", pieces=3)
    before, after = moved(source, target)
    here, there = source.layers[0], target.layers[0]
    for unit in range(3):
        for piece in range(3):
            row = after[0][there.row(unit, piece)]
            if unit < 2 and piece < 2:
                np.testing.assert_array_equal(row, before[0][here.row(unit, piece)])
            else:
                assert (row == FRESH).all()


def test_another_activation_keeps_the_weights_and_maxout_takes_them_as_its_first_piece() -> None:
    before, after = moved(network(3), network(3, activation="maxout"))
    np.testing.assert_array_equal(after[0][:3], before[0])
    assert (after[0][3:] == FRESH).all()
    before, after = moved(network(3, activation="maxout"), network(3))
    np.testing.assert_array_equal(after[0], before[0][:3])


@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_there_and_back_changes_no_weight_that_had_a_place(first: list[int], second: list[int]) -> None:
    one, two = network(*first), network(*second)
    start = np.arange(1.0, one.n_parameters + 1)
    between, back = np.full(two.n_parameters, FRESH), np.full(one.n_parameters, FRESH)
    transfer(start, one, two, between)
    transfer(between, two, one, back)
    assert ((back == start) | (back == FRESH)).all()


@pytest.mark.parametrize("inputs", [(0,), (0, 1, 2), (0, 2), (0, -2)])
def test_a_map_of_inputs_that_does_not_fit_is_refused(inputs: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="inputs: expected 2 numbers from −1 to 1"):
        moved(network(1), network(1), inputs)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_a_single_output_and_the_second_of_several_speak_for_the_same_class(n: int) -> None:
    one = Network(NetworkSpec(2, (LayerSpec(3),), 1))
    several = Network(NetworkSpec(2, (LayerSpec(3),), n))
    given = np.arange(1.0, several.n_parameters + 1.0)
    narrow = np.zeros(one.n_parameters)
    transfer(given, several, one, narrow)
    assert np.array_equal(one.matrices(narrow)[-1][0], several.matrices(given)[-1][1])
    wide = np.zeros(several.n_parameters)
    transfer(narrow, one, several, wide)
    assert np.array_equal(several.matrices(wide)[-1][1], one.matrices(narrow)[-1][0])
    assert not np.delete(several.matrices(wide)[-1], 1, axis=0).any()
