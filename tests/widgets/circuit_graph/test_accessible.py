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
    assert spoken.childCount() == 5
    child = spoken.child(4)
    assert child.text(QAccessible.Text.Name) == "gate 4, multiply, value −12, gradient 1"
    assert child.rect().center() == graph.mapToGlobal(QPoint(0, 0)) + graph.gate_rect(4).toRect().center()
    assert spoken.indexOfChild(child) == 4
    assert spoken.child(5) is None


def test_a_gate_that_is_gone_is_invalid(qtbot: QtBot, multiply: GateDiagram, square: GateDiagram) -> None:
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.set_diagram(multiply)
    gate = painted_items.item(graph, 4)
    assert gate.isValid()
    graph.set_diagram(square)
    assert not gate.isValid()
    assert gate.text(QAccessible.Text.Name) == ""
