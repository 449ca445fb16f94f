from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from widgets.circuit_graph import CircuitGraph
from widgets.controls import painted_items
from widgets.values import GateDiagram, GateValues


def test_gates_are_children_that_speak(qtbot: QtBot, multiply: GateDiagram, multiply_values: GateValues) -> None:
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.resize(600, 300)
    graph.set_diagram(multiply)
    graph.set_values(multiply_values)
    spoken = QAccessible.queryAccessibleInterface(graph)
    assert [spoken.child(index).text(QAccessible.Text.Name) for index in range(spoken.childCount())] == [
        "gate 0, input x, value −2, gradient −4",
        "gate 1, input y, value 5, gradient −4",
        "gate 2, input z, value −4, gradient 3",
        "gate 3, add, value 3, gradient −4",
        "wire from input x to gate 3, add, input 1, gradient −4",
        "wire from input y to gate 3, add, input 2, gradient −4",
        "gate 4, multiply, value −12, gradient 1",
        "wire from add to gate 4, multiply, input 1, gradient −4",
        "wire from input z to gate 4, multiply, input 2, gradient 3",
    ]
    child = spoken.child(6)
    assert child.text(QAccessible.Text.Name) == "gate 4, multiply, value −12, gradient 1"
    assert child.rect().center() == graph.mapToGlobal(QPoint(0, 0)) + graph.gate_rect(4).toRect().center()
    assert spoken.indexOfChild(child) == 6
    assert spoken.child(9) is None


def test_a_wire_is_found_where_it_is_drawn_and_pressed(
    qtbot: QtBot, routed: GateDiagram, multiply: GateDiagram
) -> None:
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.resize(600, 300)
    graph.set_diagram(routed)
    wires = [key for key in graph.items() if isinstance(key, tuple)]
    assert wires == [(2, 0), (2, 1), (4, 0), (4, 1), (5, 0), (5, 1)]
    for key in wires:
        assert graph.item_at(graph.place_of(key).toRectF().center()) == key
        with qtbot.waitSignal(graph.wire_clicked) as caught:
            graph.press(key)
        assert tuple(caught.args or ()) == key
    wire = painted_items.item(graph, (5, 1))
    assert wire.isValid()
    graph.set_diagram(multiply)
    assert not wire.isValid()
    assert [graph.has_item(key) for key in ((4, 1), (4, 2), (4, -1), (0, 0))] == [True, False, False, False]


def test_a_wire_keeps_what_is_hidden(multiply: GateDiagram, square: GateDiagram, qtbot: QtBot) -> None:
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.set_diagram(multiply)
    gradients = (-4.0, -4.0, 3.0, -4.0, 1.0)
    rows = ((), (), (), (-4.0, -4.0), (-4.0, 3.0))
    graph.set_values(GateValues(gradients, gradients, rows, hidden=frozenset({(2, "gradient")})))
    assert graph.name_of((4, 1)) == "wire from input z to gate 4, multiply, input 2, gradient hidden"
    assert graph.name_of((4, 0)).endswith("input 1, gradient −4")
    graph.set_values(GateValues(gradients, (None,) * 5, ((), (), (), (None, None), (None, None))))
    assert graph.name_of((4, 1)).endswith("gradient not computed yet")

    graph.set_diagram(square)
    assert graph.name_of((1, 1)) == "wire from input x to gate 1, multiply, input 2"
    graph.set_values(GateValues((3.0, 9.0), (6.0, 1.0), ((), (3.0, 3.0)), hidden=frozenset({(1, "wire_0")})))
    assert graph.name_of((1, 0)).endswith("gradient hidden")
    assert graph.name_of((1, 1)).endswith("input 2, gradient 3")


def test_a_gate_that_is_gone_is_invalid(qtbot: QtBot, multiply: GateDiagram, square: GateDiagram) -> None:
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.set_diagram(multiply)
    gate = painted_items.item(graph, 4)
    assert gate.isValid()
    graph.set_diagram(square)
    assert not gate.isValid()
    assert gate.text(QAccessible.Text.Name) == ""
