from __future__ import annotations

import numpy as np

from playground.engine.layers import Brick, Dense, Dropout, Maxout, column_buffer


def test_a_dense_brick_is_w_x_forward_and_gives_each_gradient_the_shape_of_its_variable() -> None:
    rng = np.random.default_rng(0)
    weights, inputs = rng.standard_normal((3, 5)), column_buffer(4, 6)
    inputs[:-1] = rng.standard_normal((4, 6))
    z, delta, gradients, downstream = np.zeros((3, 6)), rng.standard_normal((3, 6)), np.zeros((3, 5)), np.zeros((5, 6))
    brick = Dense(weights, inputs, z, delta, gradients, downstream)
    brick.forward()
    brick.backward()
    np.testing.assert_allclose(z, weights[:, :4] @ inputs[:4] + weights[:, 4:], rtol=1e-14)
    np.testing.assert_allclose(gradients[:, :4], delta @ inputs[:4].T, rtol=1e-13)
    np.testing.assert_allclose(gradients[:, 4], delta.sum(axis=1), rtol=1e-13)
    np.testing.assert_allclose(downstream[:-1], weights[:, :4].T @ delta, rtol=1e-13)


def test_a_dense_brick_without_a_gradient_buffer_only_sends_back() -> None:
    downstream = np.zeros((2, 1))
    brick = Dense(np.array([[2.0, 5.0]]), np.ones((2, 1)), np.zeros((1, 1)), np.array([[3.0]]), None, downstream)
    brick.backward()
    assert downstream[0, 0] == 6.0


def test_maxout_routes_the_upstream_to_the_winning_piece_and_at_a_tie_to_the_first() -> None:
    z = np.array([[1.0, 2.0, 5.0], [3.0, 2.0, 5.0], [2.0, 7.0, 4.0]])  # three pieces of one unit, three examples
    a, upstream, delta = np.zeros((1, 3)), np.array([[10.0, 20.0, 30.0]]), np.full((3, 3), np.nan)
    brick = Maxout(z, a, upstream, delta)
    brick.forward()
    brick.backward()
    assert a.tolist() == [[3.0, 7.0, 5.0]]
    assert delta.tolist() == [[0.0, 0.0, 30.0], [10.0, 0.0, 0.0], [0.0, 20.0, 0.0]]


def test_maxout_gives_no_piece_the_gradient_of_another_when_all_are_equal() -> None:
    upstream, delta = np.array([[4.0]]), np.zeros((3, 1))
    brick = Maxout(np.zeros((3, 1)), np.zeros((1, 1)), upstream, delta)
    brick.forward()
    brick.backward()
    assert delta.tolist() == [[4.0], [0.0], [0.0]]


def test_dropout_multiplies_by_its_mask_both_ways() -> None:
    mask, a, out, upstream = np.array([[0.0, 2.0]]), np.array([[3.0, 5.0]]), np.zeros((1, 2)), np.array([[7.0, 11.0]])
    brick = Dropout(mask, a, out, upstream)
    brick.forward()
    brick.backward()
    assert out.tolist() == [[0.0, 10.0]]
    assert upstream.tolist() == [[0.0, 22.0]]


def test_bricks_that_only_read_have_no_backward_pass() -> None:
    bricks: list[Brick] = [
        Dense(np.ones((1, 2)), np.ones((2, 1)), np.zeros((1, 1))),
        Maxout(np.zeros((2, 1)), np.zeros((1, 1))),
        Dropout(np.ones((1, 1)), np.ones((1, 1)), np.ones((1, 1))),
    ]
    for brick in bricks:
        brick.forward()
        brick.backward()
        assert brick.backward_ops == ()
