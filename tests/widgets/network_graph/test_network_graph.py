from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from widgets.frame.warning_card import WarningCard, listed
from widgets.network_graph import NetworkGraph
from widgets.network_graph.labels import RING, badge_boxes
from widgets.style import colour_tables, style
from widgets.values import (
    BIAS,
    LOSS,
    Badge,
    Choice,
    EdgeKey,
    LayerSettings,
    NetworkNumbers,
    NodeKey,
    NumberField,
)

SIGNALS = tuple(
    f"{what}_{did}"
    for what, dids in {
        "neuron": ("hovered", "clicked"),
        "edge": ("clicked", "value_typed", "kind_picked"),
        "width": ("pressed", "changed", "released"),
        "depth": ("pressed", "changed", "released"),
        "loss": ("clicked",),
        "selection": ("cleared",),
        "activation": ("picked",),
        "feature": ("toggled",),
        "neuron_kind": ("picked",),
    }.items()
    for did in dids
)


@pytest.fixture
def heard(graph):
    log: list[tuple] = []
    for name in SIGNALS:
        source = graph if hasattr(graph, name) else graph.canvas
        getattr(source, name).connect(lambda *values, name=name: log.append((name, *values)))
    return log


def point_of(graph: NetworkGraph, key) -> QPoint:
    scene = graph.canvas.scene
    if isinstance(key, EdgeKey) and key.source != BIAS:
        layer = scene.edges.layers[key.layer - 1]
        lines = scene._edge_painter.lines(layer, curved=True)
        return lines.path(*layer.place(key)).pointAtPercent(0.5).toPoint()
    return scene.spot(key).toPoint()


def click(graph: NetworkGraph, key, *, double: bool = False) -> None:
    press = QTest.mouseDClick if double else QTest.mouseClick
    press(graph.canvas, Qt.MouseButton.LeftButton, pos=point_of(graph, key))


def press(graph: NetworkGraph, key: Qt.Key) -> None:
    QTest.keyClick(graph.canvas, key)


def tab_into(graph: NetworkGraph) -> None:
    graph.canvas.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))


def shows(image: QImage, at: QPoint, index: int) -> bool:
    return image.pixelColor(at).rgb() == int(colour_tables.value_table()[index])


def picture(graph: NetworkGraph) -> QImage:
    return graph.canvas.grab().toImage()


def test_setting_never_emits(graph, heard, make_diagram, make_frame):
    diagram = make_diagram(3, 5, 1, activation="relu")
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram, edge_kind="gradient", neuron_kind="upstream"))
    graph.set_selection(NodeKey(1, 2))
    graph.set_hovered(EdgeKey(1, 0, 0))
    graph.set_activation_choices(())
    graph.set_selection(None)
    assert heard == []


@pytest.mark.parametrize("key", [NodeKey(0, 1), NodeKey(1, 3), NodeKey(3, 0)])
def test_a_click_on_a_tile_is_a_click_on_that_neuron(graph, heard, key):
    click(graph, key)
    assert ("neuron_clicked", key) in heard


def test_a_click_on_the_loss_node_is_reported_as_such(graph, heard):
    click(graph, LOSS)
    assert [name for name, *_ in heard if name.endswith("clicked")] == ["loss_clicked"]


@pytest.mark.parametrize("key", [EdgeKey(1, BIAS, 2), EdgeKey(3, 1, 0)])
def test_a_click_on_an_edge_or_a_bias_is_reported_with_its_key(graph, heard, key):
    click(graph, key)
    assert ("edge_clicked", key) in heard


def test_a_click_on_empty_ground_clears_the_selection(graph, heard):
    QTest.mouseClick(graph.canvas, Qt.MouseButton.LeftButton, pos=QPoint(4, graph.canvas.height() - 4))
    assert heard == [("selection_cleared",)]


def test_hovering_reports_a_neuron_once_when_entered_and_once_when_left(graph, heard):
    tile = point_of(graph, NodeKey(1, 1))
    QTest.mouseMove(graph.canvas, tile)
    QTest.mouseMove(graph.canvas, tile + QPoint(1, 1))
    QTest.mouseMove(graph.canvas, point_of(graph, EdgeKey(3, 0, 0)))
    QTest.mouseMove(graph.canvas, QPoint(4, graph.canvas.height() - 4))
    assert heard == [
        ("neuron_hovered", NodeKey(1, 1)),
        ("neuron_hovered", None),
    ]


def test_a_double_click_on_an_edge_offers_every_digit_and_enter_sends_the_new_value(graph, heard):
    key = EdgeKey(3, 0, 0)
    value = float(graph.canvas.scene.frame.edges[2][0, 0])
    click(graph, key, double=True)
    editor = graph.canvas.editor
    assert editor.isVisible()
    assert editor.line.text().replace("−", "-") == repr(value)
    editor.line.clear()
    QTest.keyClicks(editor.line, "-0,25")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert ("edge_value_typed", key, -0.25) in heard
    assert not editor.isVisible()


def test_a_double_click_edits_the_edge_that_its_first_click_hit_when_the_network_moves_between(graph, heard):
    key = EdgeKey(3, 0, 0)
    at = point_of(graph, key)
    QTest.mouseClick(graph.canvas, Qt.MouseButton.LeftButton, pos=at)
    graph.resize(graph.width(), graph.height() // 2)  # as the card below opens
    assert graph.canvas.scene.at(at.toPointF()) != key
    place, left, none = at.toPointF(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    second = QMouseEvent(QEvent.Type.MouseButtonDblClick, place, place, left, left, none)
    graph.canvas.mouseDoubleClickEvent(second)
    assert graph.canvas.editor.isVisible()


def test_bad_text_in_the_editor_is_explained_and_escape_cancels(graph, heard):
    click(graph, EdgeKey(1, BIAS, 0), double=True)
    editor = graph.canvas.editor
    editor.line.setText("four")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert editor.message.isVisible()
    assert "four" in editor.message.text()
    QTest.keyClick(editor.line, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert not [name for name, *_ in heard if name == "edge_value_typed"]


def test_the_editor_starts_from_the_weight_while_edges_show_gradients(graph, make_frame):
    frame = graph.canvas.scene.frame
    weights = frame.edges
    none = tuple(w * 0 for w in weights)
    graph.set_frame(make_frame(graph.canvas.scene.diagram, edge_kind="gradient", edges=none, weights=weights))
    graph.canvas.edit(EdgeKey(1, 0, 0))
    assert graph.canvas.editor.line.text().replace("−", "-") == repr(float(weights[0][0, 0]))


def test_without_the_weights_a_gradient_is_not_offered_for_editing(graph, make_frame):
    graph.set_frame(make_frame(graph.canvas.scene.diagram, edge_kind="gradient"))
    graph.canvas.edit(EdgeKey(1, 0, 0))
    assert not graph.canvas.editor.isVisible()


def test_arrows_belong_to_the_window_until_the_user_enters_the_graph(graph, heard):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        graph.canvas.event(event)
        assert not event.isAccepted()
    assert heard == []


def test_keys_lead_over_nodes_and_edges_and_enter_inspects(graph, heard):
    tab_into(graph)
    press(graph, Qt.Key.Key_Down)
    press(graph, Qt.Key.Key_Return)
    assert ("neuron_clicked", NodeKey(1, 1)) in heard
    press(graph, Qt.Key.Key_E)
    press(graph, Qt.Key.Key_Down)
    assert graph.canvas.focused == EdgeKey(1, 1, 1)
    press(graph, Qt.Key.Key_Return)
    assert ("edge_clicked", EdgeKey(1, 1, 1)) in heard
    assert graph.canvas.editor.key == EdgeKey(1, 1, 1)


def test_keys_reach_the_loss_node(graph, heard):
    tab_into(graph)
    for _ in range(3):
        press(graph, Qt.Key.Key_Right)
    press(graph, Qt.Key.Key_Enter)
    assert heard[-1] == ("loss_clicked",)


def test_during_keyboard_navigation_the_arrows_are_kept_from_the_windows_shortcuts_and_space_is_not(graph):
    tab_into(graph)
    taken = {}
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_R):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        graph.canvas.event(event)
        taken[key] = event.isAccepted()
    assert taken == {Qt.Key.Key_Right: True, Qt.Key.Key_Space: False, Qt.Key.Key_R: False}


def test_escape_ends_keyboard_navigation_and_clears_the_selection(graph, heard):
    tab_into(graph)
    press(graph, Qt.Key.Key_Escape)
    assert graph.canvas.focused is None
    assert heard[-2:] == [("neuron_hovered", None), ("selection_cleared",)]


def test_keys_bring_columns_that_are_out_of_sight_into_sight(graph, make_diagram):
    graph.set_diagram(make_diagram(2, *[3] * 16, 1))
    QApplication.processEvents()
    bar = graph.scroll_area.horizontalScrollBar()
    assert bar.value() == 0
    tab_into(graph)
    for _ in range(14):
        press(graph, Qt.Key.Key_Right)
    place = graph.canvas.scene.layout.columns[15]
    assert bar.value() < place.left
    assert place.right < bar.value() + graph.scroll_area.viewport().width()


def test_keyboard_navigation_begins_at_the_neuron_that_was_clicked(graph, heard):
    click(graph, NodeKey(1, 2))
    press(graph, Qt.Key.Key_Right)
    assert heard[-1] == ("neuron_hovered", NodeKey(2, 1))


def test_the_wheel_scrolls_a_layer_that_does_not_show_all_its_units(graph, make_diagram, make_frame):
    diagram = make_diagram(2, 256, 1)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram))
    place = graph.canvas.scene.layout.columns[1]
    at = QPointF(place.x, 200.0)
    for _ in range(2):
        turn = QWheelEvent(
            at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(graph.canvas, turn)
    assert graph.canvas.scene.layout.columns[1].first == 6


def test_a_selected_unit_is_scrolled_into_view(graph, make_diagram):
    graph.set_diagram(make_diagram(2, 256, 1))
    graph.set_selection(NodeKey(1, 200))
    assert graph.canvas.scene.layout.is_shown(NodeKey(1, 200))


def test_a_frame_of_another_shape_is_refused_with_its_place(graph, make_diagram, make_frame):
    with pytest.raises(ValueError, match=r"edges of layer 1: expected \(4, 3\), got \(5, 3\)"):
        graph.set_frame(make_frame(make_diagram(2, 5, 2, 1)))
    with pytest.raises(ValueError, match="expected 3 arrays"):
        graph.set_frame(make_frame(make_diagram(2, 1)))


def test_a_new_structure_forgets_what_it_no_longer_has(graph, make_diagram):
    graph.set_selection(NodeKey(2, 1))
    graph.set_hovered(EdgeKey(3, 1, 0))
    graph.set_diagram(make_diagram(2, 4, 1))
    assert graph.canvas.selected is None
    assert graph.canvas.hovered is None
    picture(graph)


def drag_edge(graph: NetworkGraph, key: EdgeKey, *, up: int) -> None:
    at = point_of(graph, key)
    QTest.mousePress(graph.canvas, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(graph.canvas, at - QPoint(0, up // 2))
    QTest.mouseMove(graph.canvas, at - QPoint(0, up))


@pytest.fixture
def dragged(graph) -> list[tuple]:
    log: list[tuple] = []
    for name in ("edge_drag_started", "edge_dragged", "edge_drag_ended"):
        getattr(graph.canvas, name).connect(lambda *values, name=name: log.append((name, *values)))
    return log


def test_a_drag_of_an_edge_moves_its_weight_by_the_value_of_full_width_in_100_pixels(graph, dragged):
    key = EdgeKey(3, 0, 0)
    value, scale = float(graph.canvas.scene.frame.edges[2][0, 0]), graph.canvas.scene.frame.edge_scale
    drag_edge(graph, key, up=50)
    QTest.mouseRelease(graph.canvas, Qt.MouseButton.LeftButton)
    assert dragged[0] == ("edge_drag_started", key)
    assert dragged[-1] == ("edge_drag_ended", key)
    name, moved, reached = dragged[-2]
    assert (name, moved) == ("edge_dragged", key)
    assert reached == pytest.approx(value + 0.5 * scale)


@pytest.mark.parametrize("how", ["escape", "hide"])
def test_a_drag_that_is_cancelled_restores_the_weight_from_before_the_press(graph, dragged, how):
    key = EdgeKey(3, 0, 0)
    value = float(graph.canvas.scene.frame.edges[2][0, 0])
    drag_edge(graph, key, up=50)
    if how == "escape":
        press(graph, Qt.Key.Key_Escape)
    else:
        graph.hide()
    assert dragged[-2:] == [("edge_dragged", key, value), ("edge_drag_ended", key)]
    QTest.mouseRelease(graph.canvas, Qt.MouseButton.LeftButton)
    assert len([name for name, *_ in dragged if name == "edge_drag_ended"]) == 1


def test_a_drag_of_an_edge_that_is_gone_is_over(graph, dragged, make_diagram, make_frame):
    drag_edge(graph, EdgeKey(2, 3, 1), up=50)
    diagram = make_diagram(2, 2, 2, 1)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram))
    assert dragged[-1] == ("edge_drag_ended", EdgeKey(2, 3, 1))
    so_far = list(dragged)
    QTest.mouseMove(graph.canvas, QPoint(90, 90))
    QTest.mouseRelease(graph.canvas, Qt.MouseButton.LeftButton)
    assert dragged == so_far


def test_a_drag_goes_on_where_the_edge_is_scrolled_out_of_sight(graph, dragged, make_diagram, make_frame):
    diagram = make_diagram(2, 90, 2, 1)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram))
    key = EdgeKey(2, 0, 0)
    drag_edge(graph, key, up=20)
    graph.canvas.bring_into_view(NodeKey(1, 89))
    assert graph.canvas.place_of(key).isEmpty()
    QTest.mouseMove(graph.canvas, QPoint(90, 90))
    QTest.mouseRelease(graph.canvas, Qt.MouseButton.LeftButton)
    assert [name for name, *_ in dragged[-2:]] == ["edge_dragged", "edge_drag_ended"]


# ---- controls ----------------------------------------------------------------------------------


def test_a_drag_of_a_width_is_one_gesture_of_its_layer(graph, heard):
    slider = graph.hidden_headers[1].slider.slider
    middle = slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, middle))
    QTest.mouseMove(slider, QPoint(slider.width() - 2, middle))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 2, middle))
    assert heard[0] == ("width_pressed", 2)
    assert heard[-2:] == [("width_changed", 2, 32), ("width_released", 2)]
    assert all(name == "width_changed" for name, *_ in heard[1:-1])


def test_a_width_beyond_the_slider_can_be_typed(graph, heard):
    editor = graph.hidden_headers[0].slider.editor
    editor.setFocus()
    editor.setText("256")
    editor.setModified(True)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert heard == [("width_pressed", 1), ("width_changed", 1, 256), ("width_released", 1)]


def test_a_width_beyond_the_limits_is_refused(graph, heard):
    editor = graph.hidden_headers[0].slider.editor
    editor.setFocus()
    editor.setText("257")
    editor.setModified(True)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert heard == []
    assert graph.hidden_headers[0].slider.value == 4
    assert "257" in QToolTip.text()  # a narrow column has no room for a note
    assert graph.hidden_headers[0].slider.error.isHidden()


def test_the_depth_slider_reports_a_gesture(graph, heard):
    QTest.keyClick(graph.depth_header.slider.slider, Qt.Key.Key_Right)
    assert heard == [("depth_pressed",), ("depth_changed", 3), ("depth_released",)]


def test_the_slider_being_dragged_survives_the_new_structure_it_causes(graph, make_diagram):
    header = graph.hidden_headers[0]
    slider = header.slider.slider
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(4, slider.height() // 2))
    graph.set_diagram(make_diagram(2, 1, 2, 1))
    assert graph.hidden_headers[0] is header
    assert slider.isSliderDown()
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton)


def test_the_depth_slider_does_not_move_while_layers_come_and_go(graph, make_diagram):
    places = set()
    for depth in (0, 3, 8, 16):
        graph.set_diagram(make_diagram(2, *[4] * depth, 1))
        QApplication.processEvents()
        slider = graph.depth_header.slider
        places.add((slider.mapTo(graph, QPoint()).toTuple(), slider.size().toTuple()))
    assert len(places) == 1


def test_picking_an_activation_reports_layer_and_key(graph, heard):
    combo = graph.hidden_headers[1].combo
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    combo.activated.emit(1)
    assert heard == [("activation_picked", 2, "relu")]


def test_the_columns_show_the_structure(graph, make_diagram):
    graph.set_diagram(make_diagram(2, 7, 1, activation="maxout"))
    assert [header.title.text() for header in graph.hidden_headers] == ["Hidden 1"]
    assert graph.hidden_headers[0].slider.value == 7
    assert graph.hidden_headers[0].combo.currentText() == "Maxout"
    assert graph.depth_header.slider.value == 1
    assert graph.output_header.activation.text() == "linear"


@pytest.mark.parametrize(("width", "height"), [(790, 480), (620, 330), (1100, 700)])
@pytest.mark.parametrize("depth", [0, 1, 4, 8, 16])
def test_controls_of_two_columns_never_overlap(graph, make_diagram, width, height, depth):
    graph.resize(width, height)
    graph.set_diagram(make_diagram(9, *[4] * depth, 3))
    QApplication.processEvents()
    headers = [graph.input_header, *graph.hidden_headers, graph.output_header]
    boxes = [header.geometry() for header in headers]
    for header, box in zip(headers, boxes, strict=True):
        assert not any(box.intersects(other) for other in boxes if other != box)
        inside = QRect(QPoint(0, 0), box.size())
        assert all(
            inside.contains(child.geometry()) for child in header.children() if getattr(child, "isVisible", bool)()
        )


def test_switching_a_feature_reports_it_and_the_last_one_stays_on(graph, heard, make_diagram):
    from dataclasses import replace

    popup = graph.input_header.popup
    popup.boxes["x1_squared"].click()
    assert heard == [("feature_toggled", "x1_squared", True)]
    graph.set_diagram(replace(make_diagram(1, 1), active=("x2",)))
    assert not popup.boxes["x2"].isEnabled()
    assert popup.boxes["x1"].isEnabled()
    assert not popup.boxes["x1_squared"].isChecked()


@pytest.mark.qt_log_ignore("grabbing the keyboard", "raise", extend=True)
def test_the_features_open_under_their_button(graph, qtbot):
    graph.input_header.button.click()
    popup = graph.input_header.popup
    assert popup.isVisible()
    popup.close()


def test_the_pickers_report_a_wish_and_show_what_the_frame_says(graph, heard, make_frame):
    graph.edge_picker.buttons["gradient"].click()
    graph.neuron_picker.buttons["downstream"].click()
    graph.edge_picker.buttons["weight"].click()
    assert heard == [("edge_kind_picked", "gradient"), ("neuron_kind_picked", "downstream")]
    assert graph.edge_picker.buttons["weight"].isChecked()
    assert not graph.edge_picker.buttons["gradient"].isChecked()
    graph.set_frame(make_frame(graph.canvas.scene.diagram, edge_kind="gradient"))
    assert graph.edge_picker.kind == "gradient"
    assert graph.edge_picker.buttons["gradient"].isChecked()


# ---- pictures ----------------------------------------------------------------------------------


def test_the_picture_shows_the_sign_of_a_bias(graph, make_frame):
    diagram = graph.canvas.scene.diagram
    colours = []
    for value in (2.0, -2.0):
        edges = tuple(np.full((len(c.labels), len(b.labels) + 1), value) for b, c in pairwise(diagram.columns))
        graph.set_frame(make_frame(diagram, edges=edges))
        colours.append(picture(graph).pixelColor(point_of(graph, EdgeKey(1, BIAS, 1)) - QPoint(0, 2)).name().upper())
    assert colours == [style.current().positive.upper(), style.current().negative.upper()]


def test_each_map_is_drawn_upright_in_its_own_tile(graph, make_frame):
    diagram = graph.canvas.scene.diagram
    maps = [np.full((len(column.labels), 8, 8), 128, dtype=np.uint8) for column in diagram.columns]
    maps[1][2, :4] = 255
    maps[1][2, 4:] = 0
    graph.set_frame(make_frame(diagram, maps=tuple(maps)))
    image, tile = picture(graph), graph.canvas.scene.layout.tile(NodeKey(1, 2))
    centre = tile.center().toPoint()
    quarter = QPoint(0, round(tile.height() / 4))
    assert shows(image, centre - quarter, 255)
    assert shows(image, centre + quarter, 0)
    assert shows(image, graph.canvas.scene.layout.tile(NodeKey(1, 1)).center().toPoint(), 128)


def test_layers_that_slow_motion_has_not_reached_are_blank(graph, make_frame):
    diagram = graph.canvas.scene.diagram
    full = tuple(np.full((len(c.labels), 8, 8), 255, dtype=np.uint8) for c in diagram.columns)
    graph.set_frame(make_frame(diagram, maps=full, known_layers=range(2)))
    image, layout = picture(graph), graph.canvas.scene.layout
    assert shows(image, layout.tile(NodeKey(1, 0)).center().toPoint(), 255)
    assert not shows(image, layout.tile(NodeKey(2, 0)).center().toPoint(), 255)


@pytest.mark.parametrize("key", [NodeKey(1, 1), EdgeKey(1, 0, 2), EdgeKey(2, BIAS, 1), LOSS])
def test_a_selection_is_ringed_in_the_accent(graph, key):
    def accent_pixels() -> int:
        image = picture(graph).convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), dtype=np.uint32)
        return int((pixels & 0xFFFFFF == int(style.current().accent[1:], 16)).sum())

    before = accent_pixels()
    graph.set_selection(key)
    assert accent_pixels() > before + 10


def test_warnings_dropped_units_and_broken_numbers_are_drawn(graph, make_frame):
    diagram = graph.canvas.scene.diagram
    plain = picture(graph)
    frame = make_frame(
        diagram,
        badges={
            NodeKey(1, 0): Badge("dead", "0", ("lower the rate",)),
            NodeKey(2, -1): Badge("vanishing", "1e-6", ("…",)),
        },
        dropped=frozenset({NodeKey(1, 3)}),
    )
    frame.edges[0][1, 0] = np.nan
    graph.set_frame(frame)
    assert picture(graph) != plain
    assert "lower the rate" in graph.canvas.tooltip(NodeKey(1, 0))
    assert "dropped" in graph.canvas.name_of(NodeKey(1, 3))


def test_the_second_drawing_of_the_same_frame_looks_like_the_first(graph):
    graph.set_frame(graph.canvas.scene.frame)
    graph.canvas.scene.forget()
    first = picture(graph)
    assert picture(graph) == first


def test_a_network_without_numbers_yet_is_drawn_empty(qtbot, make_diagram):
    view = NetworkGraph()
    qtbot.addWidget(view)
    view.resize(790, 480)
    view.set_diagram(make_diagram(2, 4, 1))
    assert not picture(view).isNull()
    assert view.canvas.tooltip(NodeKey(1, 1)).startswith("neuron h1[1]")


def test_the_network_can_be_drawn_as_vectors(graph):
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(graph.size())
    painter = QPainter(generator)
    graph.render(painter, QPoint())
    painter.end()
    text = bytes(data.data()).decode()
    assert "Hidden 2" in text
    assert text.count("<path") + text.count("<polyline") > 18


# ---- words -------------------------------------------------------------------------------------


def test_a_tooltip_gives_name_number_and_formula(graph):
    text = graph.canvas.tooltip(NodeKey(1, 2))
    assert "neuron h1[2], tanh, activation 2" in text
    assert "z = Σ w·x + b over 2 inputs" in text
    assert "a = tanh(z)" in text


def test_an_edges_tooltip_gives_every_digit(graph):
    value = float(graph.canvas.scene.frame.edges[0][2, 1])
    text = graph.canvas.tooltip(EdgeKey(1, 1, 2)).replace("−", "-")
    assert "weight from x2 to h1[2]" in text
    assert repr(value) in text
    assert "double-click" in text


def test_a_bias_is_called_a_bias_and_its_gradient_a_gradient(graph, make_frame):
    key = EdgeKey(2, BIAS, 1)
    assert "\nbias ≈" in graph.canvas.tooltip(key)
    graph.set_frame(make_frame(graph.canvas.scene.diagram, edge_kind="gradient"))
    assert "\nbatch ∂L/∂b ≈" in graph.canvas.tooltip(key)
    assert "∂L_B/∂b = mean over the pending batch of ∂Lᵢ/∂z" in graph.canvas.tooltip(key)


@pytest.mark.qt_log_ignore("grabbing the keyboard", "raise", extend=True)
def test_the_button_of_a_column_opens_the_settings_of_its_layer(graph, heard):
    dropout = NumberField("dropout", "Dropout p", "Share dropped.", (0.0, 0.2, 0.25), 0.0, 0.0, 0.9, percent=True)
    settings = tuple(LayerSettings(n, f"Hidden {n}", "tanh", ((dropout, 0.1 * n),)) for n in (1, 2))
    graph.set_layer_settings(settings)
    graph.hidden_headers[1].settings.click()
    popup = graph.layer_popup
    assert popup.isVisible()
    assert (popup.layer, popup.fields["dropout"].value) == (2, 0.2)
    graph.layer_field_changed.connect(lambda *values: heard.append(("layer_field_changed", *values)))
    QTest.keyClick(popup.fields["dropout"].slider, Qt.Key.Key_Right)
    assert heard == [("layer_field_changed", 2, "dropout", 0.25)]
    graph.set_layer_settings(settings[:1])
    assert not popup.isVisible()


def test_the_settings_button_stays_inside_a_narrow_column(graph, make_diagram):
    graph.set_diagram(make_diagram(2, *[3] * 8, 1))
    graph.resize(700, 400)
    for header in graph.hidden_headers:
        assert header.rect().contains(header.settings.geometry())


def test_a_tooltip_says_what_is_wrong_with_the_whole_layer(graph, make_diagram, make_frame):
    diagram = make_diagram(2, 4, 2, 1)
    badge = Badge("vanishing", "‖∂L/∂W₁‖ is 1e−5 of the output's", ("Use ReLU.",))
    graph.set_frame(make_frame(diagram, badges={NodeKey(1, -1): badge}))
    assert "Use ReLU." in graph.canvas.tooltip(NodeKey(1, 0))
    assert "Use ReLU." not in graph.canvas.tooltip(NodeKey(2, 0))


def test_a_title_makes_room_for_the_button_and_its_tooltip_has_it_whole(graph, make_diagram):
    header = graph.hidden_headers[0]
    assert header.title.text() == "Hidden 1"
    graph.set_diagram(make_diagram(2, *[3] * 8, 1))
    graph.resize(640, 400)
    narrow = graph.hidden_headers[0]
    assert (narrow.title.text(), narrow.title.toolTip().splitlines()[0]) == ("H1", "Hidden 1")
    graph.set_diagram(make_diagram(2, 3, 1))
    assert graph.hidden_headers[0].title.text() == "Hidden 1"


def test_the_controls_of_a_tight_column_show_its_activation_and_width_whole(graph, make_diagram):
    graph.resize(667, 300)
    graph.set_diagram(make_diagram(2, *[12] * 8, 1))
    QApplication.processEvents()
    header = graph.hidden_headers[0]
    assert header.width() < 60
    assert header.slider.editor.geometry().right() <= header.width()
    assert header.slider.editor.text() == "12"
    assert header.combo.fontMetrics().horizontalAdvance("tanh") <= header.combo.width() - 18


@pytest.mark.qt_log_ignore("grabbing the (keyboard|mouse)", "raise", "MouseRelease", extend=True)
def test_a_click_on_a_warning_explains_it_and_offers_a_cure(graph, make_diagram, make_frame):
    diagram = make_diagram(2, 4, 2, 1)
    badge = Badge("dead", "(on all)", ("It is dead.", "Its z is −1.", "It cannot learn."), (Choice("x", "Cure"),))
    graph.set_frame(make_frame(diagram, badges={NodeKey(1, 0): badge}))
    picked = []
    graph.canvas.fix_picked.connect(lambda key, fix: picked.append((key, fix)))
    tile = graph.canvas.scene.layout.tile(NodeKey(1, 0))
    (key, box) = next(found for x in range(60) for y in range(40)
                      if (found := graph.canvas.scene.badge_at(tile.topLeft() + QPointF(x, y - 20))))  # fmt: skip
    assert key == NodeKey(1, 0)
    assert graph.canvas.tip_at(box.center().toPoint()).text == "It is dead.\nIts z is −1.\nIt cannot learn."
    QTest.mouseClick(graph.canvas, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    card = graph.canvas.findChild(WarningCard)
    card.buttons["x"].click()
    assert picked == [(NodeKey(1, 0), "x")]


def test_one_activation_for_all_hidden_layers_is_picked_beside_their_number(graph, make_diagram):
    graph.set_activation_choices((Choice("tanh", "tanh"), Choice("relu", "ReLU")))
    graph.set_diagram(make_diagram(2, 3, 3, 1))
    combo, picked = graph.depth_header.combo, []
    graph.all_activations_picked.connect(picked.append)
    assert combo.currentText() == "all: tanh"
    combo.activated.emit(1)
    assert picked == ["relu"]


@pytest.mark.qt_log_ignore("grabbing the (keyboard|mouse)", "raise", "MouseRelease", extend=True)
def test_a_click_on_the_title_of_a_column_opens_its_settings(graph):
    graph.set_layer_settings(tuple(LayerSettings(n, f"Hidden {n}", "tanh") for n in (1, 2)))
    header = graph.hidden_headers[1]
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=header.title.geometry().center())
    assert graph.layer_popup.isVisible()
    assert graph.layer_popup.layer == 2
    graph.layer_popup.hide()


@pytest.mark.qt_log_ignore("grabbing the (keyboard|mouse)", "raise", extend=True)
def test_a_key_explains_the_warning_of_the_focused_neuron_and_leads_to_the_others(graph, make_diagram, make_frame):
    diagram = make_diagram(2, 8, 2, 1)
    cure = (Choice("x", "Cure"),)
    dead = {NodeKey(1, unit): Badge("dead", "", (f"{unit} is dead.",), cure) for unit in (0, 1, 2, 5)}
    vanishing = {NodeKey(2, -1): Badge("vanishing", "", ("It vanishes.",), cure)}
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram, badges={**dead, **vanishing}))
    canvas, picked = graph.canvas, []
    canvas.fix_picked.connect(lambda key, fix: picked.append((key, fix)))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_W)
    card = canvas.findChild(WarningCard)
    assert (card.title.text(), card.text.text(), card.place.text()) == ("dead", "1 is dead.", "2 of 5")
    assert card.peers.text() == "4 dead in this layer: neurons 1–3, 6."
    assert canvas.hovered == NodeKey(1, 1)
    for text in ("2 is dead.", "5 is dead.", "It vanishes.", "0 is dead."):
        QTest.keyClick(card, Qt.Key.Key_PageDown)
        assert card.text.text() == text
        QApplication.processEvents()
        assert card.text.height() >= card.text.heightForWidth(card.text.width())
        assert card.buttons["x"].hasFocus()
    card.previous.click()
    assert (card.title.text(), card.peers.isHidden(), canvas.hovered) == ("vanishing", True, None)
    QTest.keyClick(card, Qt.Key.Key_PageUp)
    card.buttons["x"].click()
    assert picked == [(NodeKey(1, 5), "x")]


@pytest.mark.parametrize(
    ("units", "words"),
    [([0], "neuron 1"), ([0, 1], "neurons 1, 2"), ([4, 0, 1, 2], "neurons 1–3, 5"), ([0, 2], "neurons 1, 3")],
    ids=["one", "two", "a run", "apart"],
)
def test_units_with_a_warning_are_listed_by_their_numbers(units, words):
    assert listed(NodeKey(1, unit) for unit in units) == words


class _Painted(QObject):
    """Keeps what was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[object] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.parts.append(watched)
        return False


def test_other_numbers_do_not_paint_the_controls_of_the_columns_again(graph, make_frame):
    QApplication.processEvents()
    painted, header = _Painted(), graph.hidden_headers[0]
    for part in (graph.canvas, header, header.settings):
        part.installEventFilter(painted)
    graph.set_frame(make_frame(graph.canvas.scene.diagram, loss=0.5))
    QApplication.processEvents()
    assert painted.parts == [graph.canvas]


@pytest.mark.parametrize("height", range(200, 420, 10))
def test_a_column_names_all_its_units_or_none(graph, make_diagram, make_frame, height):
    diagram = make_diagram(2, 4, 3)
    graph.resize(776, height)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram))
    graph.grab()
    scene = graph.canvas.scene
    named = [name.text for name in scene._name_layer.names(scene.layout, scene.diagram, scene.frame, scene.view)]
    for column in diagram.columns:
        assert sum(label in named for label in column.labels) in (0, len(column.labels))


def test_the_ring_of_the_first_unit_spares_its_name_where_gradients_are_written(graph, make_diagram, make_frame):
    diagram, numbers = make_diagram(2, 4, 1), tuple(np.ones(width) for width in (2, 4, 1))
    weights = np.ones((4, 3)), np.ones((1, 5))
    graph.resize(930, 420)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram, numbers=NetworkNumbers(numbers, weights, numbers, weights)))
    graph.grab()
    scene = graph.canvas.scene
    shown = scene._name_layer.names(scene.layout, scene.diagram, scene.frame, scene.view)
    name = next(name for name in shown if name.text == diagram.columns[1].labels[0])
    assert name.box.bottom() <= scene.layout.tile(NodeKey(1, 0)).top() - RING


@pytest.mark.parametrize(("outputs", "height"), [(2, 250), (3, 230), (3, 260), (3, 300), (10, 420), (10, 520)])
def test_outputs_have_names_clear_of_their_tiles_also_where_there_is_no_room_above(
    graph, make_diagram, make_frame, outputs, height
):
    diagram = make_diagram(2, 4, outputs)
    graph.resize(776, height)
    graph.set_diagram(diagram)
    graph.set_frame(make_frame(diagram))
    graph.grab()
    scene = graph.canvas.scene
    shown = scene._name_layer.names(scene.layout, scene.diagram, scene.frame, scene.view)
    boxes = {name.text: name.box for name in shown}
    tiles = [scene.layout.tile(NodeKey(2, unit)) for unit in range(outputs)]
    for tile, label in zip(tiles, diagram.columns[2].labels, strict=True):
        box = boxes[label]
        assert not any(box.intersects(other) for other in [*tiles, scene.layout.loss_box])
        assert min(tiles, key=lambda other: abs(other.center().y() - box.center().y())) == tile


@pytest.mark.parametrize("units", [1, 2, 4, 5])
@pytest.mark.parametrize("height", [220, 250, 280, 320, 480])
def test_the_word_of_a_warning_stands_nearer_to_its_unit_than_to_the_one_before(
    graph, make_diagram, make_frame, height, units
):
    diagram = make_diagram(2, units, 1)
    graph.resize(776, height)
    graph.set_diagram(diagram)
    frame = make_frame(diagram, badges={NodeKey(1, unit): Badge("saturated", "", ("",)) for unit in range(units)})
    graph.set_frame(frame)
    layout = graph.canvas.scene.layout
    for key, box in badge_boxes(layout, frame):
        own = layout.tile(key)
        if key.unit and box.width() > 20.0:
            before = layout.tile(NodeKey(1, key.unit - 1))
            assert box.top() >= (before.bottom() + own.top()) / 2.0


def test_room_that_stays_as_it_was_lays_nothing_out_again(graph, monkeypatch):
    fits = []
    fit = graph.canvas._fit
    monkeypatch.setattr(graph.canvas, "_fit", lambda: (fits.append(1), fit()))
    graph.canvas.set_header(80.0)
    graph.canvas.set_foot(20.0)
    assert len(fits) == 2
    graph.canvas.set_header(80.0)
    graph.canvas.set_foot(20.0)
    assert len(fits) == 2


def test_features_that_stay_as_they_are_are_not_shown_again(graph, make_diagram):
    popup, diagram = graph.input_header.popup, graph.canvas.scene.diagram
    popup.boxes["x1"].setToolTip("as it was left")
    graph.set_diagram(diagram)
    assert popup.boxes["x1"].toolTip() == "as it was left"
    graph.set_diagram(make_diagram(3, 1))
    assert popup.boxes["x1"].toolTip() == "as it was left"
