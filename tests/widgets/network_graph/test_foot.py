"""What comes and goes under the network has room of its own: nothing of the picture moves, nothing is covered."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from widgets.network_graph import NetworkGraph
from widgets.network_graph.labels import FOOT_HEIGHT
from widgets.values import NetworkNumbers, NodeKey


def numbers_of(*widths: int) -> NetworkNumbers:
    """Return the numbers of the last phase: all of them 0.5."""
    units = tuple(np.full(width, 0.5) for width in widths)
    edges = tuple(np.full((after, before + 1), 0.5) for before, after in pairwise(widths))
    return NetworkNumbers(units, edges, units, edges, below_kind="next")


@pytest.fixture
def told(graph: NetworkGraph) -> QLabel:
    made = QLabel("one\ntwo")
    made.hide()
    graph.set_foot(made)
    return made


def top_of(told: QLabel, graph: NetworkGraph) -> int:
    """Return where the widget under the network begins, as the canvas counts."""
    return graph.canvas.mapFromGlobal(told.mapToGlobal(told.rect().topLeft())).y()


def test_what_is_shown_under_the_network_moves_nothing(graph, told):
    before = graph.canvas.scene.layout, graph.canvas.size()
    told.show()
    graph.grab()
    assert (graph.canvas.scene.layout, graph.canvas.size()) == before
    assert graph.rect().contains(told.geometry())


def test_it_covers_neither_the_nodes_nor_what_columns_leave_out(graph, told, make_diagram, make_frame):
    diagram = make_diagram(2, 256, 1)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram))
    told.show()
    scene, top = graph.canvas.scene, top_of(told, graph)
    assert scene.leaves_out
    assert scene.layout.body.bottom + 2.0 + FOOT_HEIGHT <= top
    assert scene.view.bottom() <= top


def test_numbers_below_the_last_tiles_stay_above_it(graph, told, make_diagram, make_frame):
    told.show()
    for units in range(1, 9):
        diagram = make_diagram(2, units, 1)
        graph.set_diagram(diagram)
        graph.set_frame(make_frame(diagram, numbers=numbers_of(2, units, 1), known_layers=range(3)))
        written = {label.key for label in graph.canvas.number_labels() if label.which == "gradient"}
        assert {NodeKey(1, unit) for unit in range(units)} <= written
        top = top_of(told, graph)
        assert all(label.box.bottom() <= top for label in graph.canvas.number_labels())


def test_it_follows_the_width_of_the_network(graph, told):
    graph.resize(900, 500)
    graph.grab()
    assert told.width() == graph.scroll_area.viewport().width()
    assert graph.rect().contains(told.geometry())
