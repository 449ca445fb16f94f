"""Editing the network by hand in the real window: menus, drags, locks, questions."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document.document import Edge, Node
from playground.session.weight_edits import edges_of
from playground.training.what_if import WhatIf
from widgets.matrices.confusion_matrix import ConfusionMatrix
from widgets.plots.hidden_space_plot import HiddenSpacePlot
from widgets.values import BIAS, EdgeKey, NodeKey

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
FIRST = EdgeKey(1, 0, 0)


def spot(window: MainWindow, key: NodeKey | EdgeKey) -> QPoint:
    """Return a place where `key` and nothing else is hit."""
    canvas = window.parts.panels.network.canvas
    if isinstance(key, NodeKey) or key.source == BIAS:
        return canvas.scene.spot(key).toPoint()
    edges = canvas.scene.edges
    assert edges is not None
    layer = edges.layers[key.layer - 1]
    for share in (0.3, 0.4, 0.2, 0.6, 0.7, 0.8):
        x = layer.x0 + share * (layer.x1 - layer.x0)
        for y in range(int(canvas.scene.layout.body.top), int(canvas.scene.layout.body.bottom)):
            if canvas.scene.at(QPointF(x, y)) == key:
                return QPoint(round(x), y + 1 if canvas.scene.at(QPointF(round(x), y + 1)) == key else y)
    raise AssertionError(f"{key} is nowhere to be seen")


def open_menu(window: MainWindow, at: QPoint) -> QMenu:
    """Right-click at `at` of the network."""
    canvas = window.parts.panels.network.canvas
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
    QApplication.sendEvent(canvas, event)
    menu = window.parts.hand_edits.menu
    assert menu.isVisible()
    return menu


def action(menu: QMenu, name: str) -> QAction:
    found = next((one for one in menu.actions() if one.objectName() == name), None)
    assert found is not None, [one.objectName() for one in menu.actions()]
    return found


def choose(window: MainWindow, key: NodeKey | EdgeKey, name: str) -> None:
    menu = open_menu(window, spot(window, key))
    action(menu, name).trigger()
    menu.close()


def names(menu: QMenu) -> set[str]:
    return {one.objectName() for one in menu.actions() if one.objectName()}


def weight(window: MainWindow, key: EdgeKey) -> float:
    run = window.session.run
    return float(run.trainer.parameters[run.index_of(Edge(*key))])


def answer(window: MainWindow, *texts: str) -> None:
    """Type `texts` into the fields of the question and press Enter."""
    prompt = window.parts.hand_edits.prompt
    assert prompt is not None
    for edit, text in zip(prompt.edits.values(), texts, strict=True):
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)
    QTest.keyClick(list(prompt.edits.values())[-1], Qt.Key.Key_Return)


def test_a_frozen_weight_stays_while_the_others_train_and_is_drawn_with_a_lock(window: MainWindow) -> None:
    canvas = window.parts.panels.network.canvas
    choose(window, FIRST, "freeze")
    before = weight(window, FIRST), weight(window, EdgeKey(1, 1, 0))
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert weight(window, FIRST) == before[0]
    assert weight(window, EdgeKey(1, 1, 0)) != before[1]
    assert "frozen: training leaves it as it is" in canvas.tooltip(FIRST)
    assert canvas.name_of(FIRST).endswith("frozen")
    choose(window, FIRST, "unfreeze")
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert weight(window, FIRST) != before[0]


def test_a_whole_neuron_and_a_whole_layer_can_be_frozen_from_one_menu(window: MainWindow) -> None:
    session = window.session
    choose(window, NodeKey(1, 2), "freeze")
    assert set(session.document.frozen) == {Edge(1, 0, 2), Edge(1, 1, 2), Edge(1, -1, 2)}
    assert "frozen" in window.parts.panels.network.canvas.name_of(NodeKey(1, 2))
    menu = open_menu(window, spot(window, NodeKey(1, 2)))
    layer = next(one.menu() for one in menu.actions() if one.menu() is not None)
    assert isinstance(layer, QMenu)
    action(layer, "freeze").trigger()
    menu.close()
    assert set(session.document.frozen) == set(edges_of(session.run.network, 1))
    session.undo_stack.undo()
    assert len(session.document.frozen) == 3


def test_pruning_holds_at_zero_and_reviving_gives_the_value_back(window: MainWindow) -> None:
    before = weight(window, FIRST)
    choose(window, FIRST, "prune")
    window.session.step(5)
    assert weight(window, FIRST) == 0.0
    assert "pruned" in window.parts.panels.network.canvas.name_of(FIRST)
    choose(window, FIRST, "revive")
    assert weight(window, FIRST) == before
    assert "pruned" not in window.parts.panels.network.canvas.name_of(FIRST)


def test_a_pruned_edge_is_drawn_differently_from_one_that_is_zero(window: MainWindow) -> None:
    canvas, session = window.parts.panels.network.canvas, window.session
    session.set_weight(Edge(*FIRST), 0.0)
    zero = canvas.grab().toImage()
    choose(window, FIRST, "prune")
    assert canvas.grab().toImage() != zero


def test_set_all_asks_for_a_value_and_is_one_undo(window: MainWindow) -> None:
    session = window.session
    before = session.run.memory().state.parameters.copy()
    choose(window, NodeKey(1, 1), "set_all")
    answer(window, "0,25")
    assert [weight(window, EdgeKey(1, source, 1)) for source in (0, 1, BIAS)] == [0.25] * 3
    session.undo_stack.undo()
    assert np.array_equal(session.run.trainer.parameters, before)


def test_what_is_no_number_is_explained_and_changes_nothing(window: MainWindow) -> None:
    before = window.session.run.memory().state.parameters.copy()
    choose(window, NodeKey(1, 1), "set_all")
    answer(window, "abc")
    prompt = window.parts.hand_edits.prompt
    assert prompt is not None
    assert prompt.isVisible()
    assert "abc" in prompt.message.text()
    assert np.array_equal(window.session.run.trainer.parameters, before)
    QTest.keyClick(prompt, Qt.Key.Key_Escape)


def test_a_perturbation_is_the_same_for_the_same_seed(window: MainWindow) -> None:
    session = window.session
    made = []
    for _ in range(2):
        choose(window, NodeKey(1, 0), "perturb")
        answer(window, "0.5", "7")
        made.append(session.run.trainer.parameters.copy())
        session.undo_stack.undo()
    assert np.array_equal(made[0], made[1])
    assert not np.array_equal(made[0], session.run.trainer.parameters)


def test_a_weight_can_be_typed_from_the_menu(window: MainWindow) -> None:
    choose(window, FIRST, "type")
    editor = window.parts.panels.network.canvas.editor
    assert editor.key == FIRST
    editor.line.selectAll()
    QTest.keyClicks(editor.line, "-1.5")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert weight(window, FIRST) == -1.5


def test_the_menu_key_opens_the_menu_of_where_the_walk_stands(window: MainWindow) -> None:
    canvas = window.parts.panels.network.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    at = canvas.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(canvas, QContextMenuEvent(reason, at, canvas.mapToGlobal(at)))
    menu = window.parts.hand_edits.menu
    assert menu.isVisible()
    assert "a₁⁽¹⁾" in action(menu, "title").text()
    menu.close()
    QTest.keyClick(canvas, Qt.Key.Key_E)
    QTest.keyClick(canvas, Qt.Key.Key_M)
    assert "x₁ → a₁⁽¹⁾" in action(window.parts.hand_edits.menu, "title").text()
    window.parts.hand_edits.menu.close()


def test_empty_ground_in_a_column_opens_the_menu_of_the_layer(window: MainWindow) -> None:
    canvas = window.parts.panels.network.canvas
    place = canvas.scene.layout.columns[1]
    menu = open_menu(window, QPoint(round(place.x), round(place.ys[0] - place.tile / 2 - 6)))
    assert action(menu, "title").text().startswith("Hidden 1: its 8 weights and 4 biases")
    menu.close()


def test_a_drag_of_an_edge_is_one_undo_and_a_click_stays_a_click(window: MainWindow) -> None:
    canvas, session = window.parts.panels.network.canvas, window.session
    session.step(20)
    before, count = weight(window, FIRST), session.undo_stack.count()
    at = spot(window, FIRST)
    QTest.mouseClick(canvas, LEFT, NONE, at)
    assert session.selection.edge == Edge(*FIRST)
    assert weight(window, FIRST) == before
    QTest.mousePress(canvas, LEFT, NONE, at)
    seen = []
    for lift in (20, 40, 60):
        QTest.mouseMove(canvas, at - QPoint(0, lift))
        seen.append(weight(window, FIRST))
    QTest.mouseRelease(canvas, LEFT, NONE, at - QPoint(0, 60))
    scale = canvas.scene.frame.edge_scale if canvas.scene.frame else 0.0
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(before + 0.6 * scale)
    assert session.undo_stack.count() == count + 1
    assert session.run.iteration == 20
    session.undo_stack.undo()
    assert weight(window, FIRST) == before


def test_a_what_if_moves_everything_downstream_and_nothing_of_training(window: MainWindow) -> None:
    session = window.session
    session.step(50)
    session.select(node=Node(2, 0))
    before, map_before = session.snapshot().trace(session.selection.example), session.snapshot().maps(32)[-1].copy()
    ahead = session.run.snapshot().pending.after
    choose(window, NodeKey(1, 1), "what_if")
    answer(window, "0.5")
    held = session.snapshot().trace(session.selection.example)
    assert held.layer(1).a[1] == 0.5
    reader = held.layer(2)
    assert np.allclose(reader.z, reader.weights[:, :-1] @ reader.inputs + reader.weights[:, -1], rtol=1e-12, atol=1e-15)
    assert reader.a[0] != before.layer(2).a[0]
    assert np.array_equal(reader.weights, before.layer(2).weights)
    assert np.array_equal(held.layer(1).downstream, held.layer(1).upstream * held.layer(1).local)
    assert not np.array_equal(session.snapshot().maps(32)[-1], map_before)
    assert window.parts.panels.output.title.text() == "what-if a₂⁽¹⁾ = 0.5 · network output ŷ"
    frame = window.parts.panels.network.canvas.scene.frame
    assert frame is not None
    assert frame.badges[NodeKey(1, 1)].word == "what-if"
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert session.run.trainer.state().same_as(ahead)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert session.what_if is None
    assert window.parts.panels.output.title.text() == "network output ŷ"


def test_a_what_if_reaches_every_view_of_the_example_or_is_named_there(window: MainWindow, qtbot: QtBot) -> None:
    session, panels = window.session, window.parts.panels
    session.step(100)
    window.parts.panels.overlays.actions_by_key["misclassified"].trigger()
    wrong = len(panels.output.plane.misclassified)
    session.select(node=Node(2, 0))
    panels.inspector.show_page("circuit")
    circuit = window.parts.pages.widget("circuit")
    gates = circuit.graph.items()
    session.set_what_if(WhatIf(Node(1, 1), 2.0))
    assert circuit.note.text().startswith("What-if a₂⁽¹⁾ = 2: a leaf with that number")
    assert circuit.graph.items() == gates
    assert len(panels.output.plane.misclassified) != wrong
    session.select(node=Node(1, 1))
    assert "stops here" in circuit.note.text()
    assert len(circuit.graph.items()) == 1
    circuit.whole.click()
    assert "the gradient stops at it" in circuit.note.text()
    panels.inspector.show_page("tensors")
    assert "without the what-if a₂⁽¹⁾ = 2" in window.parts.pages.widget("tensors").batch.text()
    panels.inspector.show_page("jacobian")
    assert "a₂⁽¹⁾ is held at 2" in window.parts.pages.widget("jacobian").note.text()
    window.parts.views.open("confusion")
    qtbot.waitUntil(lambda: bool(window.findChildren(ConfusionMatrix)))
    assert "what-if a₂⁽¹⁾ = 2" in window.findChildren(ConfusionMatrix)[0].summary.text()
    window.parts.views.open("hidden_space")
    qtbot.waitUntil(lambda: bool(window.findChildren(HiddenSpacePlot)))
    plot = window.findChildren(HiddenSpacePlot)[0]
    plot.axes_picked.emit((1, 0))
    assert plot.view.frame is not None
    assert (plot.view.frame.points.positions[:, 0] == 2.0).all()
    assert plot.view.frame.extent.right > 2.0
    assert plot.title.text().startswith("what-if a₂⁽¹⁾ = 2")
    session.set_what_if(None)
    assert not plot.title.text().startswith("what-if")
    window.parts.docks["output"].raise_()
    QApplication.processEvents()
    assert len(panels.output.plane.misclassified) == wrong
