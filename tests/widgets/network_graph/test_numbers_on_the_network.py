"""The numbers on nodes and edges: each the right one, none on another, all inside the view, whatever the network."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from widgets.network_graph import NetworkGraph
from widgets.network_graph.number_stamps import room_of_numbers
from widgets.network_graph.written_numbers import NumberLabel
from widgets.style import numbers
from widgets.values import EdgeKey, NetworkNumbers, NodeKey

SIZES = ((560, 330), (756, 353), (790, 480), (1100, 620))


def written(widths: tuple[int, ...], rng: np.random.Generator, kind: str, spread: float = 1.0) -> NetworkNumbers:
    """Return numbers for a network of `widths`: forward only, with gradients, or with the next weights."""
    values = tuple(rng.normal(scale=spread, size=width) for width in widths)
    weights, below = (
        tuple(rng.normal(scale=spread, size=(after, before + 1)) for before, after in pairwise(widths)) for _ in "wb"
    )
    if kind == "forward":
        return NetworkNumbers(values, weights)
    gradients = tuple(rng.normal(scale=spread * 0.1, size=width) for width in widths)
    return NetworkNumbers(values, weights, gradients, below, below_kind="next" if kind == "update" else "gradient")


def shown(graph: NetworkGraph, make_diagram, make_frame, widths, numbers_of) -> list[NumberLabel]:
    diagram = make_diagram(*widths)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram, numbers=numbers_of))
    graph.grab()
    return graph.canvas.number_labels()


def names(labels: list[NumberLabel]) -> set:
    return {(label.key, label.which) for label in labels}


@pytest.fixture
def view(qtbot: QtBot) -> NetworkGraph:
    made = NetworkGraph(title="")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("seed", range(24))
def test_no_two_numbers_overlap_and_all_lie_inside_the_view(view, make_diagram, make_frame, seed):
    rng = np.random.default_rng(seed)
    widths = (int(rng.integers(1, 5)), *rng.integers(1, 13, rng.integers(0, 5)).tolist(), int(rng.integers(1, 5)))
    view.resize(*SIZES[seed % len(SIZES)])
    view.show()
    kind = ("forward", "backward", "update")[seed % 3]
    given = written(widths, rng, kind, spread=10.0 ** rng.integers(-6, 5))
    view.set_selection(NodeKey(1, 0))
    labels = shown(view, make_diagram, make_frame, widths, given)
    view.set_hovered(NodeKey(len(widths) - 1, 0))
    for found in (labels, view.canvas.number_labels()):
        assert found
        room = view.canvas.rect().adjusted(0, round(view.canvas._header), 0, 0)
        for label in found:
            assert room.contains(label.box.toAlignedRect()), label
        for one, other in combinations(found, 2):
            assert not one.box.intersects(other.box), (one, other)
            assert (one.key, one.which) != (other.key, other.which)


@pytest.mark.parametrize("kind", ["forward", "backward", "update"])
def test_each_number_is_the_given_one_in_its_place(view, make_diagram, make_frame, kind):
    widths, rng = (2, 4, 1), np.random.default_rng(1)
    view.resize(756, 353)
    given = written(widths, rng, kind)
    for label in shown(view, make_diagram, make_frame, widths, given):
        text = label.text.split(" ")[-1].lstrip("→")
        if isinstance(label.key, NodeKey):
            column = given.values if label.which == "value" else given.gradients
            assert text == numbers.brief(column[label.key.layer][label.key.unit])
        else:
            matrices = given.weights if label.which == "weight" else given.below
            assert text == numbers.brief(matrices[label.key.layer - 1][label.key.target, label.key.source])


@pytest.mark.parametrize("kind", ["forward", "backward", "update"])
@pytest.mark.parametrize("height", [320, 353, 480])
def test_a_small_network_shows_every_number(view, make_diagram, make_frame, kind, height):
    view.resize(756, height)
    found = names(shown(view, make_diagram, make_frame, (2, 4, 1), written((2, 4, 1), np.random.default_rng(2), kind)))
    nodes = [NodeKey(layer, unit) for layer, width in enumerate((2, 4, 1)) for unit in range(width)]
    edges = [EdgeKey(1, source, unit) for source in range(2) for unit in range(4)] + [
        EdgeKey(2, source, 0) for source in range(4)
    ]
    assert {(node, "value") for node in nodes} <= found
    assert {(edge, "weight") for edge in edges} <= found
    assert ((edges[0], "below") in found) == (kind != "forward")
    if kind != "forward":
        assert {(node, "gradient") for node in nodes} <= found
        assert {(edge, "below") for edge in edges} <= found


@pytest.mark.parametrize("seed", range(4))
def test_columns_close_together_show_every_gradient_beside_those_of_the_next(view, make_diagram, make_frame, seed):
    widths, rng = (2, *[4] * 8, 1), np.random.default_rng(seed)
    view.resize(776, 480)
    labels = shown(view, make_diagram, make_frame, widths, written(widths, rng, "backward"))
    nodes = {NodeKey(layer, unit) for layer, width in enumerate(widths) for unit in range(width)}
    assert {label.key for label in labels if label.which == "gradient"} == nodes


def test_a_large_network_shows_the_numbers_of_the_selected_and_of_the_hovered_neuron(view, make_diagram, make_frame):
    widths = (2, 8, 8, 8, 1)
    view.resize(790, 480)
    view.set_diagram(make_diagram(*widths))
    view.set_selection(NodeKey(2, 3))
    given = written(widths, np.random.default_rng(3), "forward")
    found = shown(view, make_diagram, make_frame, widths, given)
    between = {label.key for label in found if isinstance(label.key, EdgeKey) and label.key.layer in (2, 3)}
    assert {key.target for key in between if key.layer == 2} == {3}
    assert {key.source for key in between if key.layer == 3} == {3}
    view.set_hovered(NodeKey(2, 6))
    between = {label.key for label in view.canvas.number_labels() if isinstance(label.key, EdgeKey)}
    assert {key.target for key in between if key.layer == 2} == {3, 6}


def test_numbers_that_change_stay_where_they_are(view, make_diagram, make_frame):
    widths, rng = (2, 4, 2, 1), np.random.default_rng(4)
    view.resize(790, 480)
    first = shown(view, make_diagram, make_frame, widths, written(widths, rng, "forward"))
    second = shown(view, make_diagram, make_frame, widths, written(widths, rng, "forward"))
    assert {(label.key, label.which): label.box for label in first} == {
        (label.key, label.which): label.box for label in second
    }
    assert [label.text for label in first] != [label.text for label in second]


def test_a_veiled_number_is_a_bar_without_a_figure(view, make_diagram, make_frame):
    widths = (2, 4, 1)
    veiled = frozenset({(NodeKey(1, 2), "value"), (EdgeKey(1, 0, 2), "weight")})
    given = written(widths, np.random.default_rng(5), "forward")
    given = NetworkNumbers(given.values, given.weights, veiled=veiled)
    view.resize(790, 480)
    found = shown(view, make_diagram, make_frame, widths, given)
    assert {(label.key, label.which) for label in found if not label.text} == veiled


def test_without_numbers_none_is_written(view, make_diagram, make_frame):
    view.resize(790, 480)
    assert shown(view, make_diagram, make_frame, (2, 4, 1), None) == []
    assert not view.values_switch.isChecked()


def phases_of(full: NetworkNumbers) -> list[NetworkNumbers]:
    """Return what the phases of slow motion know of the numbers of a whole iteration, one after the other."""
    layers = len(full.weights)
    phases = [
        NetworkNumbers((*full.values[:k], *[None] * (layers + 1 - k)), full.weights) for k in range(1, layers + 2)
    ]
    for lowest in range(layers, 0, -1):
        gradients = tuple(
            d if layer >= (lowest if lowest > 1 else 0) else None for layer, d in enumerate(full.gradients)
        )
        below = tuple(g if layer >= lowest else None for layer, g in enumerate(full.below, 1))
        phases.append(NetworkNumbers(full.values, full.weights, gradients, below))
    return [*phases, full]


@pytest.mark.parametrize("size", [(752, 300), (790, 480), (1100, 620)])
@pytest.mark.parametrize("widths", [(2, 4, 1), (2, 4, 3), (2, 4, 2, 1), (2, 8, 8, 1), (4, 4, 4, 4, 2)])
@pytest.mark.parametrize("marked", [None, NodeKey(1, 0)])
@pytest.mark.parametrize("spread", [1.0, 0.0])
def test_from_phase_to_phase_of_slow_motion_numbers_stay_where_they_are(
    view, make_diagram, make_frame, widths, size, marked, spread
):
    rng, diagram, layers = np.random.default_rng(5), make_diagram(*widths), len(widths) - 1
    view.resize(*size)
    view.show()
    view.set_diagram(diagram)
    view.set_selection(marked)
    full = written(widths, rng, "update")
    if not spread:  # no weight is the larger one
        full = replace(full, weights=tuple(np.full_like(weights, 0.5) for weights in full.weights))
    seen: dict = {}
    names_seen = None
    for phase, of in enumerate(phases_of(full)):
        edges = tuple(rng.normal(size=weights.shape) for weights in full.weights)
        kind = "weight" if phase <= layers else "example"
        view.set_frame(make_frame(diagram, numbers=of, edges=edges, edge_kind=kind, known_layers=range(layers + 1)))
        boxes = {(label.key, label.which): label.box for label in view.canvas.number_labels()}
        weights = {where for where in boxes if where[1] == "weight"}
        # On a small screen the values beside sixteen tiles take that room; the weights of what is marked have theirs.
        assert weights or (marked is None and sum(widths) > 16 and size[1] < 400)
        assert weights == {where for where in seen if where[1] == "weight"} or not seen
        assert all(seen.get(where, box) == box for where, box in boxes.items())
        seen |= boxes
        written_names = [(name.text, name.box) for name in view.canvas.scene._names()]
        assert names_seen in (None, written_names)
        names_seen = written_names


def test_the_next_iteration_of_slow_motion_writes_its_weights_in_the_same_places(view, make_diagram, make_frame):
    widths, rng, seen = (2, 6, 1), np.random.default_rng(7), []
    view.resize(752, 300)
    diagram = make_diagram(*widths)
    view.show()
    view.set_diagram(diagram)
    for _ in range(3):
        for of in phases_of(written(widths, rng, "update")):
            view.set_frame(make_frame(diagram, numbers=of, known_layers=range(3)))
            seen.append({label.key: label.box for label in view.canvas.number_labels() if label.which == "weight"})
    assert seen[0]
    assert all(places == seen[0] for places in seen)


@pytest.mark.parametrize("value", [-0.0071532, 0.00012, -3.2e-9, -123.4, 0.5])
def test_in_slow_motion_no_number_on_an_edge_is_wider_than_its_place(view, make_diagram, make_frame, value):
    widths = (2, 4, 1)
    diagram, given = make_diagram(*widths), written(widths, np.random.default_rng(8), "update")
    given = replace(given, below=tuple(np.full_like(below, value) for below in given.below))
    view.resize(1100, 620)
    view.show()
    view.set_diagram(diagram)
    for kind in ("gradient", "next"):
        view.set_frame(make_frame(diagram, numbers=replace(given, below_kind=kind), known_layers=range(3)))
        found = [label for label in view.canvas.number_labels() if label.which == "below"]
        assert len(found) == 12
        room = room_of_numbers(bold=True)
        for label in found:
            assert room.width(label.text) <= label.box.width()
            assert float(label.text.lstrip("→").replace("−", "-")) == pytest.approx(value, rel=0.2)


def test_a_gradient_that_the_view_cuts_off_does_not_take_the_place_of_the_value(view, make_diagram, make_frame):
    widths = (2, 8, 8, 1)
    diagram, given = make_diagram(*widths), written(widths, np.random.default_rng(9), "update")
    view.resize(1100, 620)
    view.show()
    view.set_diagram(diagram)
    view.set_frame(make_frame(diagram, numbers=given, known_layers=range(4)))
    canvas = view.canvas
    for _ in range(40):
        canvas.pan_by(QPointF(0.0, -5.0)) if canvas.camera.zoom > 1.0 else canvas.zoom_by(3.0, QPointF(500.0, 300.0))
        tiles = {key: canvas.scene.layout.tile(key) for key in (NodeKey(1, unit) for unit in range(8))}
        for label in canvas.number_labels():
            if label.which == "gradient" and label.key in tiles:
                assert label.box.top() > tiles[label.key].bottom()


@pytest.mark.parametrize("size", [(752, 261), (780, 290), (1100, 620)])
@pytest.mark.parametrize("widths", [(2, 4, 1), (2, 4, 4, 1), (2, 8, 8, 1), (2, 8, 8, 8, 1)])
@pytest.mark.parametrize("is_slow", [False, True])
def test_no_value_covers_the_map_of_a_hidden_unit(view, make_diagram, make_frame, size, widths, is_slow):
    view.resize(*size)
    diagram, given = make_diagram(*widths), written(widths, np.random.default_rng(3), "forward")
    view.show()
    view.set_diagram(diagram)
    slow = {"known_layers": range(len(widths))} if is_slow else {}
    view.set_frame(make_frame(diagram, numbers=given, **slow))
    made = view.canvas.number_labels()
    plates = {label.key: label.box for label in made if label.which == "value"}
    assert len(plates) == sum(widths)
    for layer, width in enumerate(widths[1:-1], start=1):
        for unit in range(width):
            key = NodeKey(layer, unit)
            tile = view.canvas.scene.layout.tile(key)
            on_it = plates[key].intersected(tile)
            assert on_it.height() <= 0.5 * tile.height()
            assert plates[key].left() < tile.right() + 10.0


def test_what_points_at_an_edge_points_at_its_weight_where_that_is_written(view, make_diagram, make_frame):
    view.resize(760, 280)
    made = shown(view, make_diagram, make_frame, (2, 1, 1), written((2, 1, 1), np.random.default_rng(3), "forward"))
    edge = EdgeKey(1, 1, 0)
    box = next(label.box for label in made if label.key == edge)
    assert view.canvas.place_of_number(edge) == box.toAlignedRect()
    assert view.canvas.place_of_number(NodeKey(1, 0)) == view.canvas.place_of(NodeKey(1, 0))
    view.set_frame(make_frame(make_diagram(2, 1, 1)))
    assert view.canvas.place_of_number(edge) == view.canvas.place_of(edge)
