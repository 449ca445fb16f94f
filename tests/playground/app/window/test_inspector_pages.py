"""Tensors, Jacobian, gradient check and layer settings in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth, with_layer
from playground.document.document import Edge, Node
from widgets.style import numbers
from widgets.values import NodeKey

LEFT = Qt.MouseButton.LeftButton


def turn_to(window: MainWindow, page: str) -> None:
    window.parts.panels.inspector.show_page(page)
    QApplication.processEvents()


def test_a_cell_of_dw_is_the_gradient_that_the_card_announces(window: MainWindow) -> None:
    turn_to(window, "tensors")
    window.session.select(node=Node(1, 2), edge=Edge(1, 0, 2))
    view = window.parts.pages.widget("tensors")
    assert view.brick == "linear 1"
    pending = window.session.snapshot().pending
    place = window.session.run.index_of(Edge(1, 0, 2))
    assert view.frames["linear 1:dW"].map.values[0, 2] == pending.data_gradient[place]
    assert view.cell.text().startswith("dW₁₃ = Σᵢ Xᵢ₁·dYᵢ₃ = ")
    window.session.step()
    assert view.frames["linear 1:dW"].map.values[0, 2] == window.session.snapshot().pending.data_gradient[place]


def test_a_click_on_a_cell_lights_its_row_and_column(window: MainWindow) -> None:
    turn_to(window, "tensors")
    view = window.parts.pages.widget("tensors")
    cells = view.frames["linear 1:Y"].map
    QTest.mouseClick(cells, LEFT, pos=cells.cell_rect(1, 3).center().toPoint())
    assert view.frames["linear 1:X"].map._lit_row == 1
    assert view.frames["linear 1:W"].map._lit_column == 3
    assert "≈" in view.cell.text()


def test_the_bricks_follow_the_selected_node_and_a_click_chooses_another(window: MainWindow) -> None:
    turn_to(window, "tensors")
    view = window.parts.pages.widget("tensors")
    window.session.select(node=Node(2, 0), edge=None)
    assert view.brick == "linear 2"
    QTest.mouseClick(view._buttons["loss 2"], LEFT)
    assert view.brick == "loss 2"
    window.session.step()
    assert view.brick == "loss 2"
    window.session.change(with_depth(0), "no hidden layer")
    assert view.brick == "linear 1"


def test_the_code_of_a_brick_follows_the_brick_and_its_numbers(window: MainWindow) -> None:
    turn_to(window, "tensors")
    view = window.parts.pages.widget("tensors")
    view.show_code.click()
    shown = [text.text() for text in view.code.texts]
    assert shown[0] == "class Linear:"
    beside = view.code.numbers[shown.index("        Y = X @ W + b")]
    row = window.session.snapshot().pending.layers[0].z[0]
    assert beside.text().startswith(f"[16×4] {numbers.four(row[0])} {numbers.four(row[1])}")
    before = beside.text()
    window.session.step()
    assert beside.text() != before
    QTest.mouseClick(view._buttons["activation 1"], LEFT)
    assert view.code.texts[0].text() == "class Tanh:"


def test_the_jacobian_keeps_to_the_layer_of_the_selected_node(window: MainWindow) -> None:
    turn_to(window, "jacobian")
    view = window.parts.pages.widget("jacobian")
    assert view.map.values.shape == (1, 2)
    view.choice.choice_picked.emit("activation 1")
    assert view.map.values.shape == (4, 4)
    QTest.mouseClick(view.map, LEFT, pos=view.map.cell_rect(1, 1).center().toPoint())
    assert "1 − a²" in view.cell.text()
    window.session.select(node=Node(2, 0), edge=None)
    assert view.map.values.shape == (1, 1)


def test_a_linear_network_says_what_it_amounts_to(window: MainWindow) -> None:
    line = window.parts.panels.linear_line
    assert not line.isVisible()
    window.session.change(with_layer(1, activation="linear"), "linear")
    assert line.isVisible()
    assert line.text().startswith("All activations are linear, so the 2 layers together are ŷ = ")
    before = line.text()
    window.session.step(10)
    assert line.text() != before
    window.session.change(with_layer(1, activation="relu"), "ReLU")
    assert not line.isVisible()


def run_out(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.parts.pages.widget("check").run.isEnabled())


def test_the_check_agrees_and_finds_what_is_broken(window: MainWindow, qtbot: QtBot) -> None:
    turn_to(window, "check")
    view = window.parts.pages.widget("check")
    QTest.mouseClick(view.run, LEFT)
    run_out(window, qtbot)
    assert view.verdict.text().startswith("✓ all 17 gradients")
    assert ": 34 forward passes" in view.cost.text()
    QTest.mouseClick(view.broken, LEFT)
    run_out(window, qtbot)
    assert view.verdict.text().startswith("✗ 12 of 17 gradients")
    assert "Broken on purpose: hidden 1: −∂a/∂z of tanh" in view.notes.text()


def test_a_checked_parameter_leads_to_its_edge(window: MainWindow, qtbot: QtBot) -> None:
    turn_to(window, "check")
    view = window.parts.pages.widget("check")
    QTest.mouseClick(view.run, LEFT)
    run_out(window, qtbot)
    view.parameter_clicked.emit(window.session.run.index_of(Edge(1, 1, 3)))
    assert window.session.selection.edge == Edge(1, 1, 3)
    assert window.session.selection.node == Node(1, 3)


def test_a_check_can_be_cancelled_and_a_new_structure_forgets_it(window: MainWindow, qtbot: QtBot) -> None:
    window.session.change(with_layer(1, width=256), "wide")
    turn_to(window, "check")
    view = window.parts.pages.widget("check")
    QTest.mouseClick(view.run, LEFT)
    assert not view.run.isEnabled()
    QTest.mouseClick(view.cancel, LEFT)
    assert view.run.isEnabled()
    assert not view.empty.isHidden()
    window.session.change(with_layer(1, width=4), "narrow")
    QTest.mouseClick(view.run, LEFT)
    run_out(window, qtbot)
    assert view.empty.isHidden()
    window.session.change(with_layer(1, width=5), "wider")
    assert not view.empty.isHidden()


@pytest.mark.qt_log_ignore("grabbing the keyboard", "raise", extend=True)
def test_dropout_is_set_on_its_column_and_dropped_units_are_crossed_out(window: MainWindow) -> None:
    graph = window.parts.panels.network
    QTest.mouseClick(graph.hidden_headers[0].settings, LEFT)
    popup = graph.layer_popup
    assert popup.isVisible()
    assert popup.preview.curve is not None
    assert popup.preview.curve.label == "tanh"
    for _ in range(10):
        QTest.keyClick(popup.fields["dropout"].slider, Qt.Key.Key_Right)
    popup.close()
    assert window.session.document.hidden[0].dropout == 0.5
    dropped = window.session.snapshot().pending.layers[0].dropped
    assert dropped is not None
    frame = graph.canvas.scene.frame
    assert frame is not None
    assert frame.dropped == {NodeKey(1, unit) for unit in range(4) if dropped[0, unit]}


def test_a_dead_unit_wears_a_badge_on_its_node_and_is_counted_in_the_flow(window: MainWindow) -> None:
    window.session.change(with_layer(1, activation="relu"), "ReLU")
    for source, value in ((0, 0.0), (1, 0.0), (-1, -1.0)):
        window.session.set_weight(Edge(1, source, 2), value)
    frame = window.parts.panels.network.canvas.scene.frame
    assert frame is not None
    assert frame.badges[NodeKey(1, 2)].word == "dead"
    assert "where ReLU is flat" in window.parts.panels.network.canvas.tooltip(NodeKey(1, 2))
    assert [[one.text for one in row.warnings] for row in window.parts.panels.flow._rows] == [["1 of 4 dead"], []]


def test_hidden_pages_compute_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_to(window, "gradients")

    def refuse(*_arguments: object) -> None:
        raise AssertionError("a hidden page was computed")

    for name in ("tensors.presenter.tensors", "jacobian.presenter.jacobian"):
        monkeypatch.setattr(f"playground.app.views.{name}", refuse)
    window.session.step()
    window.session.select(node=Node(1, 1))
