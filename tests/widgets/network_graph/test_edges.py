from __future__ import annotations

import numpy as np
import pytest

from widgets.network_graph.edges import BROKEN, gather, quantise, value_of
from widgets.network_graph.layout import Body, lay_out
from widgets.values import BIAS, EdgeKey

BODY = Body(790.0, 80.0, 440.0)


def test_a_code_is_the_sign_times_a_level_from_one_to_eight():
    codes = quantise(np.array([0.0, 1e-9, 1.0, -1.0, 0.5, -7.0, 2.0]), scale=2.0)
    assert codes.tolist() == [0, 1, 4, -4, 2, -8, 8]


def test_numbers_that_are_not_finite_have_their_own_code():
    codes = quantise(np.array([np.nan, np.inf, -np.inf, 1.0]), scale=1.0)
    assert codes.tolist() == [BROKEN, BROKEN, BROKEN, 8]


def test_a_scale_of_zero_draws_nothing_infinite():
    assert quantise(np.array([0.0, 3.0]), scale=0.0).tolist() == [0, 8]


def test_the_count_of_edges_leaves_biases_out(make_diagram, make_frame):
    diagram = make_diagram(2, 4, 2, 1)
    edges = gather(lay_out(diagram, BODY), make_frame(diagram))
    assert (edges.total, edges.drawn, edges.curved, edges.notice) == (18, 18, True, "")


def test_a_large_network_shows_the_strongest_five_hundred_and_says_so(make_diagram, make_frame):
    diagram = make_diagram(2, 64, 64, 64, 1)
    edges = gather(lay_out(diagram, BODY), make_frame(diagram))
    assert edges.notice == "showing the 500 strongest of 8 384 edges"
    assert not edges.curved
    shown = np.concatenate([np.abs(layer.values[layer.shown]) for layer in edges.layers])
    hidden = np.concatenate([np.abs(layer.values[~layer.shown]) for layer in edges.layers])
    assert shown.size == 500
    assert shown.min() >= hidden.max()


def test_a_scrolled_away_unit_takes_its_edges_along_and_the_line_says_so(make_diagram, make_frame):
    diagram = make_diagram(2, 40, 1)
    edges = gather(lay_out(diagram, BODY), make_frame(diagram))
    assert edges.notice == "showing 96 of 120 edges: those between the units on screen"


def test_rows_of_a_scrolled_layer_are_the_right_units(make_diagram, make_frame):
    diagram = make_diagram(2, 100, 50, 1)
    frame = make_frame(diagram)
    layer = gather(lay_out(diagram, BODY, {1: 20, 2: 10}), frame).layers[1]
    key = layer.key(3, 5)
    assert key == EdgeKey(2, 25, 13)
    assert layer.values[3, 5] == frame.edges[1][13, 25]
    assert layer.place(key) == (3, 5)
    assert layer.place(EdgeKey(2, 0, 13)) is None


def test_each_piece_of_a_maxout_unit_has_its_own_edges_and_bias(make_diagram, make_frame):
    diagram = make_diagram(2, 3, 1, pieces=(2,))
    frame = make_frame(diagram)
    layer = gather(lay_out(diagram, BODY), frame).layers[0]
    assert layer.values.shape == (6, 2)
    row, source = layer.place(EdgeKey(1, 1, 2, 1)) or (-1, -1)
    assert layer.values[row, source] == frame.edges[0][2, 1, 1]
    assert len(set(layer.y1.tolist())) == 6


@pytest.mark.parametrize(
    "key", [EdgeKey(1, 2, 0), EdgeKey(3, 0, 0), EdgeKey(1, 0, 9), EdgeKey(0, 0, 0), EdgeKey(1, 0, 0, 1)]
)
def test_an_edge_that_is_not_there_has_no_value(make_diagram, make_frame, key):
    assert value_of(make_frame(make_diagram(2, 4, 1)).edges, key) is None


def test_the_value_of_a_bias_is_the_last_column(make_diagram, make_frame):
    frame = make_frame(make_diagram(2, 4, 1))
    assert value_of(frame.edges, EdgeKey(1, BIAS, 3)) == frame.edges[0][3, -1]


def test_edges_look_the_same_until_a_code_changes(make_diagram, make_frame):
    diagram = make_diagram(2, 2, 1)
    layout, frame = lay_out(diagram, BODY), make_frame(diagram)
    before = gather(layout, frame)
    frame.edges[0][0, 0] *= 1 + 1e-12
    assert np.array_equal(gather(layout, frame).layers[0].codes, before.layers[0].codes)
    frame.edges[0][0, 0] *= -1
    assert not np.array_equal(gather(layout, frame).layers[0].codes, before.layers[0].codes)
