from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from widgets.network_graph.curves import EdgeLines
from widgets.network_graph.edges import gather
from widgets.network_graph.hit_test import hit
from widgets.network_graph.layout import Body, lay_out
from widgets.values import BIAS, LOSS, EdgeKey, NodeKey

BODY = Body(790.0, 80.0, 440.0)


@pytest.mark.parametrize("widths", [(2, 4, 2, 1), (2, 1), (3, 32, 2), (2, 256, 1)])
def test_the_middle_of_every_tile_is_that_neuron(make_diagram, make_frame, widths):
    diagram = make_diagram(*widths)
    layout = lay_out(diagram, BODY)
    edges = gather(layout, make_frame(diagram))
    for number, place in enumerate(layout.columns):
        for unit in range(place.first, place.last):
            assert hit(layout, edges, layout.tile(NodeKey(number, unit)).center()) == NodeKey(number, unit)


@pytest.mark.parametrize("widths", [(2, 3, 1), (5, 4, 3), (3, 60, 1)])
def test_a_point_on_an_edge_finds_an_edge_that_runs_through_it(make_diagram, make_frame, widths):
    diagram = make_diagram(*widths)
    layout = lay_out(diagram, BODY)
    edges = gather(layout, make_frame(diagram))
    for layer in edges.layers:
        lines = EdgeLines(layer, curved=edges.curved)
        for row in range(len(layer.y1)):
            for source in range(len(layer.y0)):
                point = lines.path(row, source).pointAtPercent(0.62)
                found = hit(layout, edges, point)
                assert isinstance(found, EdgeKey)
                place = layer.place(found)
                assert place is not None
                stroke = lines.path(*place)
                near = min((stroke.pointAtPercent(t / 400) - point).manhattanLength() for t in range(401))
                assert near <= 3.0


def test_an_edge_alone_is_found_by_its_own_key(make_diagram, make_frame):
    diagram = make_diagram(2, 1)
    layout = lay_out(diagram, BODY)
    edges = gather(layout, make_frame(diagram))
    for source in (0, 1):
        point = EdgeLines(edges.layers[0], curved=True).path(0, source).pointAtPercent(0.3)
        assert hit(layout, edges, point) == EdgeKey(1, source, 0)


def test_an_edge_that_is_left_out_cannot_be_hit(make_diagram, make_frame):
    diagram = make_diagram(2, 64, 64, 1)
    layout = lay_out(diagram, BODY)
    edges = gather(layout, make_frame(diagram))
    edges.layers[1].shown[...] = False
    assert hit(layout, edges, QPointF((edges.layers[1].x0 + edges.layers[1].x1) / 2, 260.0)) is None


def test_the_dot_at_the_lower_left_is_the_bias(make_diagram, make_frame):
    diagram = make_diagram(2, 3, 1, pieces=(2,))
    layout = lay_out(diagram, BODY)
    edges = gather(layout, make_frame(diagram))
    for piece in (0, 1):
        assert hit(layout, edges, layout.bias_dot(NodeKey(1, 2), piece)) == EdgeKey(1, BIAS, 2, piece)


def test_the_box_at_the_end_is_the_loss_and_empty_ground_is_nothing(make_diagram, make_frame):
    diagram = make_diagram(2, 1)
    layout = lay_out(diagram, BODY)
    edges = gather(layout, make_frame(diagram))
    assert hit(layout, edges, layout.loss_box.center()) == LOSS
    assert hit(layout, edges, QPointF(5.0, 435.0)) is None
    assert hit(layout, None, layout.tile(NodeKey(0, 1)).center()) == NodeKey(0, 1)
