"""A screen reader finds a role and a name at every control of every dock, page, popup and window, and can press it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessibleActionInterface
from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_data, with_width
from playground.document.document import Edge, Node
from playground.lessons.drills.ladder import KINDS
from tests.spoken import NAME, actions, everything, faults, named, press
from widgets.controls.painted_items import ItemInterface

PRESS = QAccessibleActionInterface.pressAction()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.slow
def test_every_control_of_every_dock_and_page_has_a_role_and_a_name(window: MainWindow) -> None:
    window.parts.deferred.finish()
    found: dict[str, set[str]] = {"window": faults(window)}
    for key, dock in window.parts.docks.items():
        dock.show()
        dock.raise_()
        settle()
        found[key] = faults(dock)
    window.session.select(node=Node(1, 0))
    tabs = window.parts.panels.inspector.tabs
    window.parts.docks["inspector"].raise_()
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        settle()
        found[f"page {index}"] = faults(window.parts.docks["inspector"])

    assert {key: wrong for key, wrong in found.items() if wrong} == {}


@pytest.mark.slow
def test_every_step_of_every_lesson_and_every_task_has_names(window: MainWindow) -> None:
    lessons, found = window.parts.lessons, dict[str, set[str]]()
    for lesson in lessons.shipped():
        for index in range(len(lesson.steps)):
            lessons.take(lesson, at=index)
            settle()
            found[f"{lesson.name} {index}"] = faults(window.parts.docks["lesson"])
        found[lesson.name] = faults(window.parts.panels.center)
    for kind in KINDS:
        lessons.practise(kind)
        settle()
        found[kind] = faults(window)
    lessons.show_list()
    settle()
    found["list"] = faults(window.parts.docks["lesson"])

    assert {key: wrong for key, wrong in found.items() if wrong} == {}


@pytest.mark.qt_log_ignore("This plugin does not support grabbing", extend=True)
def test_whatever_opens_over_the_window_has_names(window: MainWindow) -> None:
    parts, found = window.parts, dict[str, set[str]]()
    actions_of = parts.actions
    for key in ("predict", "slow_motion", "tour"):
        actions_of[key].trigger()
        settle()
        found[key] = faults(window)
        if key != "tour":
            actions_of[key].trigger()
    graph = parts.panels.network
    graph.open_layer_settings(1)
    settle()
    found["layer"] = faults(graph.layer_popup)
    graph.layer_popup.hide()
    actions_of["circuits"].trigger()
    circuits = parts.circuits.window
    settle()
    found["circuits"] = faults(circuits)
    circuits.presenter.toggle_quiz()
    settle()
    found["quiz"] = faults(circuits)
    circuits.close()

    assert {key: wrong for key, wrong in found.items() if wrong} == {}


def test_a_press_selects_a_node_an_edge_and_a_cell(window: MainWindow) -> None:
    canvas, session = window.parts.panels.network.canvas, window.session

    press(named(canvas, "neuron 2 of hidden layer 1"))
    assert session.selection.node == Node(1, 1)
    press(named(canvas, "weight from x₂ to a₃⁽¹⁾"))
    assert session.selection.edge == Edge(1, 1, 2)
    press(named(canvas, "input x₁"))
    assert session.selection.node == Node(0, 0)

    window.session.change(with_data(name="digits"), "digits")
    window.parts.views.open("templates")
    settle()
    second = [thing for thing, _ in everything(window.parts.docks["templates"]) if isinstance(thing, ItemInterface)][1]
    press(second)
    assert session.selection.node == Node(1, 1)


def test_a_press_inspects_a_gate(window: MainWindow) -> None:
    window.parts.actions["circuits"].trigger()
    settle()
    circuits = window.parts.circuits.window
    clicked: list[int] = []
    circuits.view.graph.gate_clicked.connect(clicked.append)

    press(named(circuits.view.graph, "gate 1"))

    assert clicked == [circuits.view.graph.focused]


def test_everything_that_is_drawn_can_be_pressed_until_it_is_gone(window: MainWindow) -> None:
    canvas = window.parts.panels.network.canvas
    drawn = [thing for thing, _ in everything(canvas) if isinstance(thing, ItemInterface)]
    assert [thing.text(NAME) for thing in drawn if actions(thing) != [PRESS]] == []

    fourth = named(canvas, "neuron 4 of hidden layer 1")
    window.session.change(with_width(1, 2), "narrower")
    settle()

    assert not fourth.isValid()
    assert actions(fourth) == []
    press(fourth)  # too late: nothing happens
