from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.circuits.layout.heights import settle
from playground.circuits.layout.layered import GATE_WIDTH, LayeredLayout, layered_layout
from playground.circuits.layout.order import crossings

Graph = list[tuple[int, ...]]
PRODUCT: Graph = [(), (), (0, 1), (), (2, 3)]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    n = draw(st.integers(1, 40))
    graph: Graph = []
    for i in range(n):
        feeding = draw(st.lists(st.integers(0, i - 1), max_size=4)) if i else []
        graph.append(tuple(feeding))
    return graph


def boxes(layout: LayeredLayout) -> list[tuple[float, float, float, float]]:
    half = GATE_WIDTH / 2
    return [
        (x - half, y - h / 2, x + half, y + h / 2) for x, y, h in zip(layout.x, layout.y, layout.heights, strict=True)
    ]


def assert_apart(layout: LayeredLayout) -> None:
    columns: dict[float, list[tuple[float, float]]] = {}
    for x, y, h in zip(layout.x, layout.y, layout.heights, strict=True):
        columns.setdefault(x, []).append((y, h))
    for column in columns.values():
        column.sort()
        for (above, a), (below, b) in pairwise(column):
            assert below - above >= (a + b) / 2 - 1e-3


def cuts(box: tuple[float, float, float, float], start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether the segment passes through the inside of the box (Liang and Barsky)."""
    left, top, right, bottom = box
    low, high = 0.0, 1.0
    for a, b, lower, upper in ((start[0], end[0], left, right), (start[1], end[1], top, bottom)):
        lower, upper = lower + 1e-3, upper - 1e-3
        if a == b:
            if not lower < a < upper:
                return False
            continue
        first, second = sorted(((lower - a) / (b - a), (upper - a) / (b - a)))
        low, high = max(low, first), min(high, second)
    return low < high


def assert_routes_avoid_gates(graph: Graph, layout: LayeredLayout) -> None:
    places = boxes(layout)
    for routes in layout.routes:
        for route in routes:
            for start, end in pairwise(route):
                assert end[0] >= start[0]
                assert not any(cuts(box, start, end) for box in places)


def drawn_crossings(graph: Graph, layout: LayeredLayout) -> int:
    """Count crossings of straight pieces of wires of different sources."""
    pieces = [
        (graph[i][slot], start, end)
        for i, routes in enumerate(layout.routes)
        for slot, route in enumerate(routes)
        for start, end in pairwise(route)
    ]

    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    count = 0
    for (s, a, b), (t, c, d) in combinations(pieces, 2):
        if s != t:
            count += side(a, b, c) * side(a, b, d) < -1e-9 and side(c, d, a) * side(c, d, b) < -1e-9
    return count


def test_columns_run_from_inputs_to_the_output() -> None:
    layout = layered_layout(PRODUCT)
    assert layout.x == (0.0, 0.0, 1.0, 1.0, 2.0)
    assert (layout.width, min(layout.y)) == (2.0, 0.0)
    assert layout.height == max(layout.y)


def test_chosen_inputs_stand_at_the_very_left() -> None:
    layout = layered_layout(PRODUCT, first_column=(0, 1, 3))
    assert layout.x == (0.0, 0.0, 1.0, 0.0, 2.0)
    assert len(layout.routes[4][1]) >= 3
    assert drawn_crossings(PRODUCT, layout) == 0


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_gates_never_overlap_and_wires_go_round_them(graph: Graph) -> None:
    layout = layered_layout(graph)
    assert_apart(layout)
    assert_routes_avoid_gates(graph, layout)
    for i, feeding in enumerate(graph):
        assert len(layout.routes[i]) == len(feeding)
        for j, route in zip(feeding, layout.routes[i], strict=True):
            assert layout.x[j] < layout.x[i]
            assert route[0] == (layout.x[j] + GATE_WIDTH / 2, layout.y[j])
            assert route[-1][0] == layout.x[i] - GATE_WIDTH / 2
            assert abs(route[-1][1] - layout.y[i]) < layout.heights[i] / 2


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_the_same_graph_always_gets_the_same_layout(graph: Graph) -> None:
    assert layered_layout(graph) == layered_layout([list(feeding) for feeding in graph])


@st.composite
def trees(draw: st.DrawFn) -> Graph:
    graph: Graph = [() for _ in range(draw(st.integers(2, 12)))]
    loose = list(range(len(graph)))
    while len(loose) > 1:
        k = draw(st.integers(0, len(loose) - 2))
        graph.append((loose[k], loose[k + 1]))
        loose[k : k + 2] = [len(graph) - 1]
    return graph


@settings(deadline=None)
@given(trees(), st.booleans())
def test_a_tree_is_drawn_without_crossings(graph: Graph, first: bool) -> None:
    leaves = [i for i, feeding in enumerate(graph) if not feeding] if first else []
    assert drawn_crossings(graph, layered_layout(graph, leaves)) == 0


def test_two_wires_of_one_value_arrive_at_different_ports() -> None:
    one, other = layered_layout([(), (0, 0)]).routes[1]
    assert one[0] == other[0]
    assert one[-1] != other[-1]


def test_a_crossing_that_can_be_undone_is_undone() -> None:
    graph: Graph = [(), (), (), (0, 2), (0, 1), (3, 4)]
    assert drawn_crossings(graph, layered_layout(graph)) == 0


def test_crossings_are_counted() -> None:
    before = [[], [], [1], [0]]
    assert crossings([[0, 1], [2, 3]], before) == 1
    assert crossings([[0, 1], [3, 2]], before) == 0


def test_a_gate_with_many_inputs_gets_room_for_them() -> None:
    graph: Graph = [() for _ in range(20)]
    graph += [tuple(range(20)), (20,)]
    layout = layered_layout(graph)
    assert layout.heights[20] == pytest.approx(8.0)
    ports = [route[-1][1] for route in layout.routes[20]]
    assert ports == sorted(ports)
    assert min(b - a for a, b in pairwise(ports)) == pytest.approx(0.4)


def test_a_lone_wire_is_straight() -> None:
    layout = layered_layout([(), (0,), (1,), (2,)])
    assert len(set(layout.y)) == 1
    assert all(len(route) == 2 for routes in layout.routes for route in routes)


def test_heights_are_the_nearest_that_keep_distance() -> None:
    y = settle([[0, 1], [2]], [[], [], [0, 1]], [[2], [2], []], [1.0, 1.0, 1.0], 3)
    assert y[1] - y[0] == pytest.approx(1.0)
    assert y[2] == pytest.approx((y[0] + y[1]) / 2)


def test_a_chain_of_five_thousand_needs_no_recursion() -> None:
    layout = layered_layout([()] + [(i,) for i in range(5000)])
    assert layout.width == 5000.0
    assert layout.height == 0.0


def test_an_input_used_at_every_one_of_many_gates_is_laid_out() -> None:
    layout = layered_layout([()] + [(i, 0) for i in range(3000)])
    assert_apart(layout)
    assert sum(len(route) for routes in layout.routes for route in routes) < 20_000


def test_wires_that_would_need_too_many_passages_run_above_everything() -> None:
    inputs = [() for _ in range(60)]
    chain = [(59 + k, k % 60) for k in range(1, 1500)]
    graph: Graph = [*inputs, (0, 1), *chain]
    layout = layered_layout(graph, first_column=range(60))
    assert_apart(layout)
    long = [route for routes in layout.routes for route in routes if route[-1][0] - route[0][0] > 100]
    assert any(min(y for _, y in route) < min(layout.y) for route in long)
    for route in long[:40]:
        for start, end in pairwise(route):
            assert not any(cuts(box, start, end) for box in boxes(layout))


def test_nothing_to_lay_out_is_nothing() -> None:
    assert layered_layout([]) == LayeredLayout((), (), (), (), 0.0, 0.0)


def test_an_input_that_comes_later_is_refused() -> None:
    with pytest.raises(ValueError, match="node 0 is fed by"):
        layered_layout([(0,)])
