"""The first tour of the README, done in the real window with mouse and keyboard."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider, QStyle, QStyleOptionSlider, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document.document import Edge, Node
from widgets import values
from widgets.values import NodeKey

LEFT = Qt.MouseButton.LeftButton


def handle(slider: QSlider) -> QPoint:
    """Return the middle of a slider's handle."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    return (
        slider.style()
        .subControlRect(QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider)
        .center()
    )


def drag(slider: QSlider, *stops: int) -> None:
    """Take the handle and pull it over `stops` (indices), then let go."""
    QTest.mousePress(slider, LEFT, Qt.KeyboardModifier.NoModifier, handle(slider))
    for stop in stops:
        slider.setSliderPosition(stop)
        QApplication.processEvents()
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.NoModifier, handle(slider))
    QApplication.processEvents()


def click_node(window: MainWindow, layer: int, unit: int) -> None:
    canvas = window.parts.panels.network.canvas
    QTest.mouseClick(canvas, LEFT, pos=canvas.scene.layout.tile(NodeKey(layer, unit)).center().toPoint())


def reading(window: MainWindow) -> values.NeuronReading:
    from playground.app.views.inspector.reading import card

    node = window.session.selection.node
    assert node is not None
    shown = card(window.session.snapshot(), node, window.session.selection.example)
    assert isinstance(shown, values.NeuronReading)
    return shown


def test_no_straight_line_splits_xor_and_one_hidden_layer_does(window: MainWindow) -> None:
    drag(window.parts.panels.network.depth_header.slider.slider, 0)
    assert window.session.document.depth == 0
    window.session.step(2000)
    accuracy = window.session.snapshot().losses.test_accuracy
    assert accuracy is not None
    assert accuracy < 0.8
    drag(window.parts.panels.network.depth_header.slider.slider, 1)
    assert [layer.width for layer in window.session.document.hidden] == [4]
    window.session.step(3000)
    solved = window.session.snapshot().losses.test_accuracy
    assert solved is not None
    assert solved >= 0.95
    assert window.parts.panels.transport.iteration.number.text() == "005 000"


def test_upstream_times_local_is_downstream_on_the_card(window: MainWindow) -> None:
    window.session.step(50)
    click_node(window, 1, 2)
    assert window.session.selection.node == Node(1, 2)
    shown = reading(window)
    assert shown.upstream * shown.local == shown.downstream
    assert math.isclose(sum(term.product for term in shown.upstream_terms), shown.upstream, rel_tol=1e-12)
    text = window.parts.panels.card.text()
    assert repr(shown.downstream).replace("-", "") in text.replace("−", "").replace("-", "")


def test_the_announced_next_weight_is_what_the_step_yields(window: MainWindow) -> None:
    window.session.step(20)
    click_node(window, 1, 1)
    announced = {row.key: (row.weight, row.update_gradient, row.next_weight) for row in reading(window).edges}
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert window.session.run.iteration == 21
    rate = window.session.document.training.learning_rate
    for row in reading(window).edges:
        weight, gradient, after = announced[row.key]
        assert row.weight == after
        assert math.isclose(weight - rate * gradient, after, rel_tol=1e-15, abs_tol=1e-15)


def test_a_width_drag_is_one_undo_and_loses_no_weight(window: MainWindow) -> None:
    session = window.session
    session.step(100)
    before = session.run.memory()
    slider = window.parts.panels.network.hidden_headers[0].slider.slider
    drag(slider, 7, 1, 3)
    assert session.document.hidden[0].width == 4
    assert np.array_equal(session.run.trainer.parameters, before.state.parameters)
    drag(slider, 1)
    assert session.document.hidden[0].width == 2
    session.undo_stack.undo()
    assert session.document == before.document
    assert np.array_equal(session.run.trainer.parameters, before.state.parameters)


def test_training_goes_on_through_a_drag(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.session.is_playing
    drag(window.parts.panels.network.hidden_headers[0].slider.slider, 6, 2, 5)
    qtbot.waitUntil(lambda: window.session.run.iteration > 200)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert not window.session.is_playing
    assert window.session.document.hidden[0].width == 6
    assert window.session.run.divergence is None


def test_step_back_returns_to_the_same_bits(window: MainWindow) -> None:
    window.session.step(30)
    before = window.session.run.memory().state
    QTest.keyClick(window, Qt.Key.Key_F10)
    QTest.keyClick(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.run.memory().state.same_as(before)


def test_reset_gives_the_same_start(window: MainWindow) -> None:
    start = window.session.run.memory().state
    window.session.step(40)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.session.run.memory().state.same_as(start)


@pytest.mark.parametrize(
    ("key", "expected"), [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Space, None)], ids=["right steps", "space plays"]
)
def test_canvas_keys_steer_training(window: MainWindow, key: Qt.Key, expected: int | None) -> None:
    QTest.keyClick(window.parts.panels.network.canvas, key)
    if expected is None:
        assert window.session.is_playing
    else:
        assert window.session.run.iteration == expected


def test_sliders_keep_their_own_keys(window: MainWindow) -> None:
    slider = window.parts.panels.gallery.sliders["batch_size"].slider
    slider.setFocus()
    before = window.session.document.training.batch_size
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert window.session.run.iteration == 0
    assert window.session.document.training.batch_size != before


def test_a_hovered_neuron_fills_the_output(window: MainWindow) -> None:
    canvas = window.parts.panels.network.canvas
    assert window.parts.panels.output.title.text() == "network output ŷ"
    QApplication.processEvents()  # the inspector is a slim bar: the network takes its room
    QTest.mouseMove(canvas, canvas.scene.layout.tile(NodeKey(1, 3)).center().toPoint())
    assert window.parts.panels.output.title.text() == "a₄⁽¹⁾ activation"
    QTest.mouseMove(canvas, QPoint(3, canvas.height() - 3))
    assert window.parts.panels.output.title.text() == "network output ŷ"


def test_a_typed_weight_is_kept_by_reset_and_taken_back_by_undo(window: MainWindow) -> None:
    session = window.session
    start = session.run.memory().state
    session.set_weight(Edge(1, -1, 2), 0.75)
    index = session.run.index_of(Edge(1, -1, 2))
    session.step(10)
    session.reset()
    assert session.run.trainer.parameters[index] == 0.75
    for _ in ("the reset", "the weight"):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(session.run.trainer.parameters, start.parameters)


def test_every_data_set_of_the_gallery_can_be_picked_and_trained(window: MainWindow) -> None:
    for key, tile in window.parts.panels.gallery.tiles.items():
        QTest.mouseClick(tile, LEFT)
        assert window.session.document.data.name == key
        window.session.step(5)
        assert window.session.run.divergence is None
    while window.session.undo_stack.canUndo():
        window.session.undo_stack.undo()
    assert window.session.document.data.name == "xor"


def test_regression_takes_squared_error_and_says_so(window: MainWindow) -> None:
    window.parts.panels.training.boxes["loss"].choice_picked.emit("softmax")
    assert window.session.document.training.loss == "softmax"
    QTest.mouseClick(window.parts.panels.gallery.tiles["plane"], LEFT)
    assert window.session.document.training.loss == "squared"
    assert "squared error" in window.parts.panels.status.message.text()


def test_a_loss_that_explodes_stops_training_and_offers_the_way_back(window: MainWindow) -> None:
    session = window.session
    session.step(30)
    window.parts.panels.training.field_changed.emit("learning_rate", 1e5)
    session.step(2000)
    notice = window.parts.panels.notice
    assert notice.isVisible()
    assert "Training stopped at iteration" in notice.text.text()
    assert np.isfinite(session.run.trainer.parameters).all()
    QTest.mouseClick(notice.buttons["back"], LEFT)
    assert session.run.divergence is None
    assert not notice.isVisible()
    assert session.run.iteration <= 30


def test_switching_the_theme_repaints_everything_in_it(window: MainWindow) -> None:
    from widgets.style import style

    window.parts.actions["theme"].trigger()
    assert style.current().is_dark
    assert window.grab().toImage().pixelColor(5, 5).lightness() < 60
    window.parts.actions["theme"].trigger()
    assert not style.current().is_dark


def test_every_control_has_a_name_and_says_what_it_does(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QScrollBar

    mute = []
    for kind in (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit):
        for control in window.findChildren(kind):
            if isinstance(control, QScrollBar) or not control.isVisibleTo(window) or _is_inner(control):
                continue
            if not control.toolTip() or not (control.accessibleName() or getattr(control, "text", str)()):
                mute.append(f"{type(control).__name__} of {type(control.parent()).__name__}")
    assert mute == []


def _is_inner(control: QWidget) -> bool:
    return control.objectName().startswith("qt_") or type(control.parent()).__name__ in ("QTabBar", "QMenuBar")


def test_a_smaller_window_leaves_the_network_its_room(window: MainWindow) -> None:
    window.resize(1280, 720)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1280, 720)
    alone = window.parts.panels.center.height()
    assert window.parts.docks["inspector"].height() <= 60  # nothing is selected: a slim bar
    window.session.select(node=Node(1, 1))
    QApplication.processEvents()
    assert 260 <= window.parts.panels.center.height() < alone
    assert window.parts.docks["inspector"].height() >= 200
