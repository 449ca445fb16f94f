from __future__ import annotations

import gc

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QFocusEvent

from widgets.controls import described, painted_items
from widgets.network_graph import NetworkGraph
from widgets.values import LOSS, EdgeKey, NodeKey


@pytest.fixture
def spoken(graph):
    return QAccessible.queryAccessibleInterface(graph.canvas)


def names_of(spoken):
    return [spoken.child(index).text(QAccessible.Text.Name) for index in range(spoken.childCount())]


def test_every_node_every_edge_and_the_loss_is_a_named_child(graph, spoken):
    names = names_of(spoken)
    assert len(names) == (2 + 4 + 2 + 1) + (4 * 3 + 2 * 5 + 1 * 3) + 1
    assert names[0] == "input x1, value 0"
    assert names[4] == "neuron h1[2], tanh, activation 2"
    assert names[9].startswith("weight from x1 to h1[0], ")
    assert names[11].startswith("bias of h1[0], ")
    assert names[-1] == "loss L = 0.0212"


def test_of_very_many_edges_those_of_the_selected_neuron_are_children(graph, spoken, make_diagram):
    graph.set_diagram(make_diagram(2, 120, 1))
    assert len(names_of(spoken)) == 2 + 120 + 1 + 1
    graph.set_selection(NodeKey(1, 7))
    names = names_of(spoken)
    assert len(names) == 2 + 120 + 1 + 3 + 1
    assert names[123].startswith("weight from x1 to h1[7]")


def test_a_child_knows_its_place_on_the_screen(graph, spoken):
    child = spoken.child(4)
    tile = graph.canvas.scene.layout.tile(NodeKey(1, 2))
    assert child.rect().center() == graph.canvas.mapToGlobal(tile.toAlignedRect().center())
    found = spoken.childAt(child.rect().center().x(), child.rect().center().y())
    assert found is child
    assert spoken.indexOfChild(found) == 4
    assert spoken.childAt(*graph.canvas.mapToGlobal(QPoint(2, graph.canvas.height() - 2)).toTuple()) is None


def test_states_tell_focus_and_selection(graph, spoken, monkeypatch):
    monkeypatch.setattr(graph.canvas, "hasFocus", lambda: True)
    graph.canvas.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    graph.set_selection(NodeKey(0, 1))
    assert spoken.focusChild().text(QAccessible.Text.Name).startswith("neuron h1[0]")
    assert spoken.child(2).state().focused
    assert spoken.child(1).state().selected
    assert not spoken.child(1).state().focused


def test_an_item_turns_invalid_with_the_structure(graph, spoken, make_diagram):
    item = painted_items.item(graph.canvas, NodeKey(2, 1))
    assert item.isValid()
    graph.set_diagram(make_diagram(2, 4, 1))
    assert not item.isValid()
    assert item.text(QAccessible.Text.Name) == ""
    assert item.state().invalid
    assert not item.rect().isValid()


def test_a_neuron_that_is_scrolled_away_is_off_screen(graph, make_diagram):
    graph.set_diagram(make_diagram(2, 256, 1))
    assert not painted_items.item(graph.canvas, NodeKey(1, 255)).rect().isValid()
    assert painted_items.item(graph.canvas, EdgeKey(1, 0, 255)).state().offscreen
    assert painted_items.item(graph.canvas, LOSS).rect().isValid()


def test_nothing_is_kept_of_a_view_that_is_gone(qtbot, make_diagram):
    view = NetworkGraph()
    view.resize(400, 300)
    view.set_diagram(make_diagram(2, 3, 1))
    spoken = QAccessible.queryAccessibleInterface(view.canvas)
    children = [spoken.child(index) for index in range(spoken.childCount())]
    assert len(children) == 2 + 3 + 1 + 3 * 3 + 4 + 1
    number = id(view.canvas)
    assert number in described._kept
    del spoken, children
    shiboken6.delete(view)
    gc.collect()
    assert number not in described._kept


def test_the_keyboard_focus_is_reported_without_a_reader(graph):
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        graph.canvas.report_focus(NodeKey(1, 1))
    finally:
        QAccessible.setActive(was_active)


def test_a_description_that_is_asked_for_again_is_a_new_one(graph):
    # Qt asks again when the class of the widget has grown a slot, and deletes every answer once.
    first, second = described._describe("", graph.canvas), described._describe("", graph.canvas)
    assert first is not second
    assert described._describe("", graph) is None


def test_a_reader_hears_which_item_is_selected_now(graph, monkeypatch):
    heard = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", heard.append)
    graph.set_selection(NodeKey(1, 2))
    graph.set_selection(NodeKey(1, 2))
    graph.set_selection(NodeKey(0, 1))
    graph.set_selection(None)

    added, removed = QAccessible.Event.SelectionAdd, QAccessible.Event.SelectionRemove
    assert [(event.accessibleInterface().key, event.type()) for event in heard if event.type() in (added, removed)] == [
        (NodeKey(1, 2), added), (NodeKey(1, 2), removed), (NodeKey(0, 1), added), (NodeKey(0, 1), removed),
    ]  # fmt: skip
