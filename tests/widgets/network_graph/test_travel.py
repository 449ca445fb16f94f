"""Dots travel along the edges of a phase, and arrive within 400 milliseconds; with animations off nothing moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from widgets.network_graph.travel import DURATION_MS, MOST_EDGES, Way, places
from widgets.style import style


@pytest.fixture
def scene(graph):
    return graph.canvas.scene


def test_a_phase_takes_less_than_400_milliseconds():
    assert DURATION_MS <= 400


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_dots_lie_on_the_lines_and_go_from_the_source_to_the_target(graph, scene, layer):
    edges = scene.edges.layers[layer - 1]
    for along, ends in ((0.0, edges.x0), (1.0, edges.x1)):
        xs, ys = places(Way(layer, backward=False), scene.layout, scene.edges, np.array([along]))
        assert len(xs) == edges.values.size
        assert set(xs) == {ends}
        assert set(ys) <= {*edges.y0, *edges.y1}


def test_past_the_last_layer_dots_go_to_the_loss_node(graph, scene):
    xs, ys = places(Way(4, backward=False), scene.layout, scene.edges, np.array([0.0, 1.0]))
    assert xs.tolist() == [scene.layout.columns[-1].right, scene.layout.loss_box.left()]
    assert scene.layout.loss_box.top() <= ys[1] <= scene.layout.loss_box.bottom()


def test_between_wide_layers_dots_travel_along_the_strongest_edges(graph, scene, make_diagram, make_frame):
    diagram = make_diagram(2, 20, 20, 1)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram))
    xs, _ = places(Way(2, backward=True), scene.layout, scene.edges, np.array([0.5]))
    assert len(xs) == MOST_EDGES


def test_a_journey_is_drawn_and_ends_when_the_network_changes(graph, make_diagram):
    canvas = graph.canvas
    before = canvas.grab().toImage()
    canvas.show_travel(2, backward=True)
    canvas._travel._animation.setCurrentTime(DURATION_MS // 2)
    assert canvas.grab().toImage() != before
    graph.set_diagram(make_diagram(2, 3, 1))
    assert canvas._travel.way is None


def test_with_animations_turned_off_nothing_travels(graph):
    application = QApplication.instance()
    was = style.current()
    style.apply(application, replace(was, reduced_motion=True))
    graph.canvas.show_travel(1, backward=False)
    assert graph.canvas._travel.way is None
    style.apply(application, was)
