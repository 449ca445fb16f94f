"""Hovering a node brings its own numbers forward: inputs and outputs too, in every phase, before those selected."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from widgets.network_graph import NetworkGraph, navigation
from widgets.values import EdgeKey, NetworkNumbers, NodeKey


def numbers_of(widths: tuple[int, ...], known: str) -> NetworkNumbers:
    """Return numbers of a network: of the forward pass, of the whole backward pass, or of the update."""
    rng = np.random.default_rng(4)
    values = tuple(rng.normal(size=width) for width in widths)
    weights, below = (tuple(rng.normal(size=(b, a + 1)) for a, b in pairwise(widths)) for _ in "wb")
    if known == "forward":
        return NetworkNumbers(values, weights)
    gradients = tuple(rng.normal(size=width) for width in widths)
    return NetworkNumbers(values, weights, gradients, below, below_kind="next" if known == "update" else "gradient")


@pytest.fixture
def view(qtbot: QtBot) -> NetworkGraph:
    made = NetworkGraph(title="")
    qtbot.addWidget(made)
    made.show()
    return made


def nodes(widths: tuple[int, ...]) -> list[NodeKey]:
    return [NodeKey(layer, unit) for layer, width in enumerate(widths) for unit in range(width)]


def own(view: NetworkGraph, key: NodeKey) -> set[tuple[EdgeKey, str]]:
    """Return which numbers of the edges of a node are written."""
    edges = set(navigation.edges_of(view.canvas.scene.diagram, (key,)))
    return {(label.key, label.which) for label in view.canvas.number_labels() if label.key in edges}


@pytest.mark.parametrize("known", ["forward", "backward", "update"])
@pytest.mark.parametrize("is_slow", [False, True])
def test_every_number_of_the_hovered_node_is_written(view, make_diagram, make_frame, known, is_slow):
    widths = (2, 8, 8, 1)
    diagram = make_diagram(*widths)
    view.resize(1100, 620)
    view.set_diagram(diagram)
    view.set_selection(NodeKey(1, 0))
    slow = {"known_layers": range(4)} if is_slow else {}
    view.set_frame(make_frame(diagram, numbers=numbers_of(widths, known), **slow))
    for key in nodes(widths):
        view.set_hovered(key)
        edges = [edge for edge in navigation.edges_of(diagram, (key,)) if edge.source >= 0]
        wanted = {(edge, which) for edge in edges for which in ("weight", "below")[: 1 if known == "forward" else 2]}
        assert own(view, key) == wanted, key
        assert {label.which for label in view.canvas.number_labels() if label.key == key} >= {"value"}


@pytest.mark.parametrize("widths", [(2, 8, 8, 1), (2, 16, 16, 2), (2, 32, 32, 1)])
@pytest.mark.parametrize("known", ["forward", "update"])
def test_what_is_hovered_goes_before_what_is_selected(view, make_diagram, make_frame, widths, known):
    diagram = make_diagram(*widths)
    view.resize(790, 420)
    view.set_diagram(diagram)
    view.set_frame(make_frame(diagram, numbers=numbers_of(widths, known)))
    for key in [NodeKey(0, 1), NodeKey(1, 1), NodeKey(2, widths[2] - 1), NodeKey(3, 0)]:
        view.set_selection(None)
        view.set_hovered(key)
        alone = own(view, key)
        assert alone
        view.set_selection(NodeKey(2, 1) if key.layer != 2 else NodeKey(1, 1))
        assert len(own(view, key)) >= 0.8 * len(alone), key


def test_the_value_of_the_hovered_node_goes_before_that_of_its_neighbour(view, make_diagram, make_frame):
    diagram = make_diagram(2, 30, 1)
    view.resize(790, 420)
    view.set_diagram(diagram)
    view.set_frame(make_frame(diagram, numbers=numbers_of((2, 30, 1), "forward")))
    view.set_selection(NodeKey(1, 4))
    view.set_hovered(NodeKey(1, 5))
    assert NodeKey(1, 5) in {label.key for label in view.canvas.number_labels()}


def test_a_network_of_which_only_the_strongest_edges_are_drawn_shows_numbers_too(view, make_diagram, make_frame):
    widths = (2, 32, 32, 1)
    diagram = make_diagram(*widths)
    view.resize(1100, 620)
    view.set_diagram(diagram)
    view.set_frame(make_frame(diagram, numbers=numbers_of(widths, "forward")))
    assert view.canvas.scene.edges.trimmed
    assert not [label for label in view.canvas.number_labels() if isinstance(label.key, EdgeKey)]
    view.set_hovered(NodeKey(2, 7))
    assert len(own(view, NodeKey(2, 7))) > 8
