"""Zoom and pan: what lies under the mouse stays there, no empty strip opens beside the network, words stay in view."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from widgets.network_graph.camera import NEAREST, Camera
from widgets.values import EdgeKey, NetworkNumbers, NodeKey

PLACE = QSizeF(700.0, 300.0)
CTRL = Qt.KeyboardModifier.ControlModifier


def wheel(canvas, at: QPointF, turn: int, modifiers=CTRL) -> None:
    where = QPointF(canvas.mapToGlobal(at.toPoint()))
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(canvas, QWheelEvent(at, where, QPoint(), QPoint(0, turn), buttons, modifiers, phase, False))


def drag(canvas, start: QPoint, way: QPoint, button=Qt.MouseButton.LeftButton) -> None:
    QTest.mousePress(canvas, button, pos=start)
    QTest.mouseMove(canvas, start + way / 2)
    QTest.mouseMove(canvas, start + way)
    QTest.mouseRelease(canvas, button, pos=start + way)


def numbered(graph, make_diagram, make_frame, widths):
    rng = np.random.default_rng(0)
    numbers = NetworkNumbers(
        tuple(rng.normal(size=n) for n in widths),
        tuple(rng.normal(size=(b, a + 1)) for a, b in pairwise(widths)),
    )
    diagram = make_diagram(*widths)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram, numbers=numbers))
    return graph.canvas


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_zoomed_and_panned_the_network_covers_its_place(seed):
    rng, camera = np.random.default_rng(seed), Camera()
    for _ in range(40):
        at = QPointF(rng.uniform(0, 700), rng.uniform(0, 300))
        camera = camera.zoomed(rng.uniform(0.5, 2.0), at, PLACE).panned(QPointF(*rng.normal(0, 200, 2)), PLACE)
        assert 1.0 <= camera.zoom <= NEAREST
        assert camera.left <= 0.0 <= camera.left + 700.0 * camera.zoom - 700.0 + 1e-6
        assert camera.top <= 0.0 <= camera.top + 300.0 * camera.zoom - 300.0 + 1e-6


def test_what_lies_under_the_mouse_stays_there():
    at = QPointF(200.0, 100.0)
    camera = Camera().zoomed(2.0, at, PLACE)
    assert (at.x() - camera.left) / 2.0 == pytest.approx(200.0)
    assert (at.y() - camera.top) / 2.0 == pytest.approx(100.0)


def test_ctrl_and_the_wheel_zoom_at_the_mouse_and_a_double_click_on_empty_ground_shows_all(graph):
    canvas = graph.canvas
    before = canvas.scene.layout.tile(NodeKey(1, 1))
    wheel(canvas, before.center(), 480)
    after = canvas.scene.layout.tile(NodeKey(1, 1))
    assert canvas.camera.zoom > 1.5
    assert after.width() > before.width()
    assert (after.center() - before.center()).manhattanLength() < 25.0
    empty = next(
        QPoint(x, canvas.height() - 40) for x in range(5, canvas.width(), 7)
        if canvas.scene.at(QPointF(x, canvas.height() - 40)) is None
    )  # fmt: skip
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=empty)
    assert canvas.camera.zoom == 1.0
    assert canvas.scene.layout.tile(NodeKey(1, 1)) == before


def test_keys_zoom_while_the_network_has_the_focus(graph):
    canvas = graph.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Plus, CTRL)
    QTest.keyClick(canvas, Qt.Key.Key_Equal, CTRL)
    assert canvas.camera.zoom == pytest.approx(1.25**2)
    QTest.keyClick(canvas, Qt.Key.Key_Minus, CTRL)
    assert canvas.camera.zoom == pytest.approx(1.25)
    QTest.keyClick(canvas, Qt.Key.Key_0, CTRL)
    assert canvas.camera.zoom == 1.0


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_a_drag_moves_the_network_and_its_headers_and_keeps_the_selection(graph, button):
    canvas, cleared = graph.canvas, []
    canvas.selection_cleared.connect(lambda: cleared.append(True))
    canvas.zoom_by(3.0, QPointF(canvas.rect().center()))
    canvas.looked.emit()
    before = canvas.scene.layout.tile(NodeKey(1, 1))
    start = next(
        QPoint(x, y) for x in range(150, canvas.width() - 150, 7) for y in range(200, canvas.height() - 40, 9)
        if canvas.scene.at(QPointF(x, y)) is None
    )  # fmt: skip
    drag(canvas, start, QPoint(-60, 0), button)
    moved = canvas.scene.layout.tile(NodeKey(1, 1)).x() - before.x()
    assert moved == pytest.approx(-60, abs=6)
    shown = 0
    for header, place in zip(graph.hidden_headers, canvas.scene.layout.columns[1:], strict=False):
        if header.isVisible():
            shown += 1
            left, right = place.slot.left, place.slot.left + place.slot.width
            assert left - 1 <= header.x() <= header.x() + header.width() <= right + 1
    assert shown
    assert cleared == []


def test_a_neuron_out_of_sight_is_brought_into_view_when_it_is_selected(graph):
    canvas = graph.canvas
    canvas.zoom_by(6.0, QPointF(0.0, 300.0))
    assert canvas.place_of(NodeKey(3, 0)).isEmpty()
    graph.set_selection(NodeKey(3, 0))
    assert canvas.scene.view.contains(canvas.scene.spot(NodeKey(3, 0)))
    assert not canvas.place_of(NodeKey(3, 0)).isEmpty()


def test_no_header_comes_under_the_controls_of_the_depth(graph):
    canvas = graph.canvas
    for factor, x in ((1.7, 0.0), (1.7, 400.0), (3.0, 700.0)):
        canvas.zoom_by(factor, QPointF(x, 300.0))
        canvas.looked.emit()
        for header in (graph.input_header, *graph.hidden_headers, graph.output_header):
            if header.isVisible():
                assert not header.geometry().intersects(graph.depth_header.geometry())
    canvas.fit()
    canvas.looked.emit()
    assert graph.output_header.isVisible()


def test_nothing_is_under_the_mouse_where_the_network_is_hidden_by_the_controls(graph):
    canvas = graph.canvas
    canvas.zoom_by(4.0, QPointF(canvas.rect().center()))
    canvas.pan_by(QPointF(0.0, -1000.0))
    assert all(canvas.scene.at(QPointF(x, 20.0)) is None for x in range(0, canvas.width(), 5))


def test_more_numbers_find_a_place_the_nearer_the_network_is(graph, make_diagram, make_frame):
    canvas = numbered(graph, make_diagram, make_frame, (2, 6, 6, 1))
    counts = []
    for _ in range(4):
        found = canvas.number_labels()
        counts.append(len({label.key for label in found if isinstance(label.key, EdgeKey) and label.key.layer == 2}))
        for label in found:
            assert canvas.scene.view.adjusted(-1, -1, 1, 1).contains(label.box)
        assert not any(one.box.intersects(other.box) for one, other in combinations(found, 2))
        canvas.zoom_by(2.0, QPointF(canvas.rect().center()))
        assert not canvas.grab().isNull()
    assert counts[0] == 0
    assert counts[0] == 0 < counts[2]


def test_a_nearer_view_shows_more_units_of_a_wide_layer(graph, make_diagram, make_frame):
    canvas = numbered(graph, make_diagram, make_frame, (2, 64, 1))
    before = len(canvas.scene.layout.columns[1].ys)
    canvas.zoom_by(4.0, QPointF(canvas.rect().center()))
    assert len(canvas.scene.layout.columns[1].ys) > before


def test_the_wheel_alone_moves_a_network_that_is_larger_than_its_place(graph):
    canvas = graph.canvas
    at = QPointF(canvas.rect().center())
    wheel(canvas, at, -120, Qt.KeyboardModifier.NoModifier)
    assert canvas.camera.zoom == 1.0
    wheel(canvas, at, 600)
    before = canvas.camera
    wheel(canvas, at, -120, Qt.KeyboardModifier.NoModifier)
    assert canvas.camera.top < before.top
    assert canvas.camera.zoom == before.zoom
