from __future__ import annotations

import pytest

from playground.document.changes import Change, with_data, with_depth, with_feature, with_width
from playground.document.document import LOSS, Edge, Node
from playground.document.selection import Example, has_edge, has_node
from playground.engine.features import available
from playground.session.session import Session

ORDER = tuple(feature.name for feature in available(2))


@pytest.mark.parametrize(
    ("node", "change", "after"),
    [
        (Node(1, 3), with_width(1, 2), None),
        (Node(1, 1), with_width(1, 2), Node(1, 1)),
        (Node(2, 0), with_depth(3), Node(4, 0)),
        (Node(2, 0), with_depth(0), Node(1, 0)),
        (Node(1, 0), with_depth(0), None),
        (Node(0, 1), with_feature("x1", False, ORDER), Node(0, 0)),
        (Node(0, 0), with_feature("x1", False, ORDER), None),
        (LOSS, with_depth(0), LOSS),
    ],
)
def test_a_selected_node_survives_or_is_let_go(
    session: Session, node: Node, change: Change, after: Node | None
) -> None:
    session.select(node=node)
    session.hover(node)
    session.change(change, "edit")
    assert session.selection.node == after
    assert session.hovered == after


@pytest.mark.parametrize(
    ("edge", "change", "after"),
    [
        (Edge(1, 0, 3), with_width(1, 2), None),
        (Edge(2, 3, 0), with_width(1, 2), None),
        (Edge(2, 1, 0), with_width(1, 2), Edge(2, 1, 0)),
        (Edge(2, -1, 0), with_depth(2), Edge(3, -1, 0)),
        (Edge(2, -1, 0), with_depth(0), None),
        (Edge(1, 1, 0), with_feature("x1", False, ORDER), Edge(1, 0, 0)),
        (Edge(1, 0, 0), with_feature("x1", False, ORDER), None),
    ],
)
def test_a_selected_edge_survives_or_is_let_go(
    session: Session, edge: Edge, change: Change, after: Edge | None
) -> None:
    session.select(edge=edge, node=Node(edge.layer, edge.target))
    session.change(change, "edit")
    assert session.selection.edge == after


def test_the_selection_follows_an_undo(session: Session) -> None:
    session.select(node=Node(2, 0))
    session.change(with_depth(3), "deeper")
    session.undo_stack.undo()
    assert session.selection.node == Node(2, 0)


def test_views_hear_of_a_selection_once_and_only_when_it_changed(session: Session) -> None:
    heard = []
    session.selection_changed.connect(heard.append)
    session.select(node=Node(1, 3))
    session.select(node=Node(1, 3))
    session.change(with_width(1, 6), "wider")
    session.change(with_width(1, 2), "narrower")
    assert [selection.node for selection in heard] == [Node(1, 3), None]


def test_an_example_beyond_the_points_goes_back_to_the_first(session: Session) -> None:
    session.select(example=Example(399))
    session.change(with_data(points=200), "fewer")
    assert session.selection.example == Example()


def test_a_probe_survives_data_of_as_many_columns_only(session: Session) -> None:
    session.select(example=Example(None, (0.25, -0.5)))
    session.change(with_data(name="moons"), "moons")
    assert session.selection.example.probe == (0.25, -0.5)
    session.change(with_data(name="curve"), "curve")
    assert session.selection.example == Example()


@pytest.mark.parametrize(
    ("node", "there"),
    [(Node(0, 1), True), (Node(0, 2), False), (Node(1, 3), True), (Node(2, 1), False), (Node(3, 0), False)],
)
def test_whether_a_node_is_there(session: Session, node: Node, there: bool) -> None:
    assert has_node(session.run.network, node) is there


@pytest.mark.parametrize(("edge", "there"), [(Edge(1, -1, 0), True), (Edge(0, 0, 0), False), (Edge(1, 2, 0), False)])
def test_whether_an_edge_is_there(session: Session, edge: Edge, there: bool) -> None:
    assert has_edge(session.run.network, edge) is there


def test_an_example_is_read_where_it_is(session: Session) -> None:
    trace = session.snapshot().trace(Example(5))
    assert trace is session.snapshot().trace(Example(5))
    point = tuple(float(x) for x in session.run.data.sample.points[5])
    assert session.snapshot().trace(Example(None, point)).scores == pytest.approx(trace.scores)
