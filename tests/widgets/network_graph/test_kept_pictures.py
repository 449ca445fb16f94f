"""What is kept between frames never shows: the network looks like one that has just been made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.network_graph import NetworkGraph
from widgets.network_graph.scene import GraphScene
from widgets.style import style, themes
from widgets.values import BIAS, EdgeKey, NetworkDiagram, NetworkFrame, NetworkNumbers, NodeKey

Pixels = NDArray[np.uint8]
Same = Callable[..., None]
WIDTHS = (2, 7, 5, 1)
RATIOS = (1.0, 1.5, 2.0)


def pixels(graph: NetworkGraph, ratio: float) -> Pixels:
    """Return what the canvas draws on a screen with `ratio` pixels per point."""
    canvas = graph.canvas
    image = QImage(canvas.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        canvas.scene.draw(painter, ratio)
        canvas.draw_marks(painter, ratio)
    return np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)


@pytest.fixture(params=RATIOS)
def looks_new(request: pytest.FixtureRequest) -> Same:
    """Return a check that a network is drawn as by a scene that has shown nothing but what it `settled` by."""
    ratio = request.param

    def check(graph: NetworkGraph, settled: NetworkFrame | None = None) -> None:
        scene, drawn = graph.canvas.scene, pixels(graph, ratio)
        new = graph.canvas.scene = GraphScene(scene.diagram)
        new.set_body(scene.layout.body, scene.view)
        for layer, place in enumerate(scene.layout.columns):
            new.scroll(layer, place.first)
        for frame in (settled, scene.frame):
            if frame is not None:
                new.set_frame(frame)
                graph.canvas.number_labels()
        drawn_anew = pixels(graph, ratio)
        graph.canvas.scene = scene
        assert np.array_equal(drawn, drawn_anew)

    return check


@pytest.fixture
def stream(make_diagram, make_frame) -> Callable[[int], list[NetworkFrame]]:
    """Return a maker of frames in which edges, biases and numbers come to look different, one more at each."""

    def make(count: int, diagram: NetworkDiagram | None = None) -> list[NetworkFrame]:
        diagram = diagram or make_diagram(*WIDTHS)
        rng = np.random.default_rng(7)
        frame, frames = make_frame(diagram), []

        def number() -> float:  # in five figures: longer ones move the others, and leave them there
            return float(rng.choice((-1.0, 1.0)) * rng.uniform(0.11, 0.98))

        edges = [np.array([number() for _ in part.flat]).reshape(part.shape) for part in frame.edges]
        values = [np.array([number() for _ in column.labels]) for column in diagram.columns]
        for _ in range(count):
            for part in edges:
                part.flat[rng.integers(part.size)] = number()
                part[rng.integers(len(part)), ..., -1] *= -1.0
            for column in values:
                column[rng.integers(len(column))] = number()
            now = tuple(np.array(part) for part in edges)
            numbers = NetworkNumbers(tuple(np.array(column) for column in values), now)
            maps = tuple(rng.integers(0, 256, part.shape, dtype=np.uint8) for part in frame.maps)
            frames.append(replace(frame, maps=maps, edges=now, numbers=numbers))
        return frames

    return make


@pytest.fixture
def playing(qtbot: QtBot, make_diagram, stream, looks_new: Same) -> Iterator[NetworkGraph]:
    """Return a network that has been drawn for a while, a neuron selected."""
    graph = NetworkGraph()
    qtbot.addWidget(graph)
    graph.resize(790, 480)
    graph.set_diagram(make_diagram(*WIDTHS))
    graph.canvas.set_selection(NodeKey(1, 1))
    graph.show()
    qtbot.waitExposed(graph)
    show(graph, stream(5), looks_new)
    yield graph
    style.apply(QApplication.instance(), themes.LIGHT)


def show(graph: NetworkGraph, frames: list[NetworkFrame], looks_new: Same) -> None:
    """Show `frames` where the numbers stand as they do now: their places are settled by the first frame."""
    settled = graph.canvas.scene.frame
    for frame in frames:
        graph.set_frame(frame)
        looks_new(graph, settled)


def test_frames_follow_each_other(playing, stream, looks_new):
    show(playing, stream(12), looks_new)


def test_another_neuron_is_marked(playing, stream, looks_new):
    for key in (NodeKey(2, 3), EdgeKey(1, 0, 2), EdgeKey(2, BIAS, 1), None):
        playing.canvas.set_selection(key)
        looks_new(playing)
        show(playing, stream(3), looks_new)
    playing.canvas.set_hovered(NodeKey(1, 2))
    looks_new(playing)


def test_the_size_changes(playing, stream, looks_new):
    for size in ((1100, 700), (600, 420)):
        playing.resize(*size)
        looks_new(playing)
        show(playing, stream(3), looks_new)


def test_the_network_is_zoomed_and_moved(playing, stream, looks_new):
    playing.canvas.zoom_by(2.0, QPointF(0.0, playing.canvas.scene.layout.body.top))
    looks_new(playing)
    playing.canvas.pan_by(QPointF(-31.5, -12.0))
    show(playing, stream(3), looks_new)


@pytest.mark.parametrize("theme", [themes.DARK, replace(themes.LIGHT, scale=1.4)], ids=["dark", "large type"])
def test_colours_and_type_change(playing, stream, looks_new, theme):
    style.apply(QApplication.instance(), theme)
    looks_new(playing)
    show(playing, stream(3), looks_new)


def test_the_direction_of_reading_changes(playing, stream, looks_new):
    playing.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    looks_new(playing)
    show(playing, stream(3), looks_new)


def test_a_unit_is_removed(playing, make_diagram, stream, looks_new):
    fewer = make_diagram(2, 6, 5, 1)
    playing.set_diagram(fewer)
    looks_new(playing)
    show(playing, stream(3, fewer), looks_new)


def test_a_column_is_scrolled(qtbot, make_diagram, stream, looks_new):
    graph, diagram = NetworkGraph(), make_diagram(2, 90, 3, 1)
    qtbot.addWidget(graph)
    graph.resize(790, 480)
    graph.set_diagram(diagram)
    frames = stream(4, diagram)
    show(graph, frames[:2], looks_new)
    graph.canvas.scene.scroll(1, 7)
    show(graph, frames[2:], looks_new)


def test_edges_show_something_else(playing, stream, looks_new):
    for fields in (
        {"edge_kind": "gradient"},
        {"known_layers": range(2)},
        {"known_layers": range(2, 4), "edge_kind": "example"},
        {"pruned": frozenset({EdgeKey(2, 1, 1), EdgeKey(1, BIAS, 3)})},
        {"edge_scale": 0.25},
    ):
        for frame in stream(3):
            show(playing, [replace(frame, **fields)], looks_new)
    show(playing, stream(3), looks_new)


def test_numbers_are_veiled_and_shown_again(playing, stream, looks_new):
    frame = stream(1)[0]
    veiled = frozenset({(NodeKey(1, 2), "value"), (EdgeKey(3, 0, 0), "weight")})
    for numbers in (replace(frame.numbers, veiled=veiled), frame.numbers, None, frame.numbers):
        show(playing, [replace(frame, numbers=numbers)], looks_new)


def test_kept_pictures_give_the_pixels_of_the_lines_themselves(playing, stream, looks_new):
    """Copied edges and dots add up to what all of them give that are drawn at once, to the last bit."""
    for frame in stream(40):
        playing.set_frame(frame)
        pixels(playing, 1.0)
    looks_new(playing)
