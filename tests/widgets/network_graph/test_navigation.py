from __future__ import annotations

import pytest

from widgets.network_graph import navigation
from widgets.values import BIAS, LOSS, EdgeKey, NodeKey


@pytest.fixture
def diagram(make_diagram):
    return make_diagram(2, 4, 2, 1)


@pytest.mark.parametrize(
    ("key", "direction", "expected"),
    [
        (NodeKey(1, 0), "down", NodeKey(1, 1)),
        (NodeKey(1, 0), "up", NodeKey(1, 0)),
        (NodeKey(1, 3), "down", NodeKey(1, 3)),
        (NodeKey(1, 3), "right", NodeKey(2, 1)),
        (NodeKey(2, 0), "left", NodeKey(1, 0)),
        (NodeKey(0, 1), "left", NodeKey(0, 1)),
        (NodeKey(3, 0), "right", LOSS),
        (LOSS, "left", NodeKey(3, 0)),
        (LOSS, "down", LOSS),
        (EdgeKey(2, 0, 1), "up", EdgeKey(2, 0, 1)),
        (EdgeKey(2, 3, 1), "down", EdgeKey(2, BIAS, 1)),
        (EdgeKey(2, 3, 1), "left", NodeKey(1, 3)),
        (EdgeKey(2, 3, 1), "right", NodeKey(2, 1)),
        (EdgeKey(2, BIAS, 1), "left", NodeKey(2, 1)),
    ],
)
def test_each_arrow_leads_to_the_neighbour(diagram, key, direction, expected):
    assert navigation.step(diagram, key, direction) == expected


def test_edges_into_a_maxout_unit_come_piece_by_piece(make_diagram):
    keys = navigation.edges_into(make_diagram(2, 3, 1, pieces=(2,)), NodeKey(1, 0))
    assert keys == [EdgeKey(1, s, 0, p) for p in (0, 1) for s in (0, 1, BIAS)]


def test_an_input_has_only_edges_that_leave_it(diagram):
    assert navigation.edges_into(diagram, NodeKey(0, 1)) == []
    assert navigation.edges_out_of(diagram, NodeKey(0, 1)) == [EdgeKey(1, 1, t) for t in range(4)]
    assert navigation.across(diagram, NodeKey(0, 1)) == EdgeKey(1, 1, 0)
    assert navigation.across(diagram, LOSS) == LOSS


@pytest.mark.parametrize("key", [NodeKey(4, 0), NodeKey(1, 4), EdgeKey(1, 2, 0), EdgeKey(0, 0, 0), EdgeKey(1, 0, 0, 1)])
def test_what_the_diagram_does_not_have_does_not_exist(diagram, key):
    assert not navigation.exists(diagram, key)


@pytest.mark.parametrize("key", [LOSS, NodeKey(3, 0), EdgeKey(1, BIAS, 3), EdgeKey(3, 1, 0)])
def test_what_the_diagram_has_exists(diagram, key):
    assert navigation.exists(diagram, key)
