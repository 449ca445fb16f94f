"""Why? leads from any number to where it came from, and a row of places leads back."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_training
from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine.spec import OptimizerSpec, ScheduleSpec

NEURON = Node(1, 1)


def path(window: MainWindow) -> list[str]:
    return [place.label for place in window.parts.panels.inspector.trail.path]


def test_the_way_from_the_card_to_the_circuit_and_back(window: MainWindow, qtbot: QtBot) -> None:
    session, inspector = window.session, window.parts.panels.inspector
    session.select(node=LOSS)
    session.ask_why(Quantity("downstream", "h1.2"))
    assert session.selection.node == NEURON
    session.ask_why(Quantity("downstream", "h1.2"))
    assert inspector.current == "circuit"
    assert path(window) == [
        "network", "loss", "neuron 2 of hidden layer 1", "circuit of neuron 2 of hidden layer 1",
    ]  # fmt: skip
    window.parts.actions["why_back"].trigger()
    assert (inspector.current, session.selection.node) == ("gradients", NEURON)
    inspector.trail.button("0").click()
    assert session.selection.node == LOSS
    assert inspector.trail.isHidden()


def test_w_on_a_number_of_the_card_follows_it(window: MainWindow, qtbot: QtBot) -> None:
    session, card = window.session, window.parts.panels.card
    session.select(node=NEURON)
    card.boxes.setFocus()
    qtbot.keyClick(card.boxes, Qt.Key.Key_Right)
    qtbot.keyClick(card.boxes, Qt.Key.Key_W)
    assert window.parts.panels.inspector.current == "circuit"


def test_a_batch_gradient_leads_to_its_terms_and_to_the_row_and_column(window: MainWindow) -> None:
    session = window.session
    session.ask_why(Quantity("batch_gradient", "x1-h1.2"))
    assert session.selection.follows_mean
    assert window.parts.panels.card.text().startswith("batch ∂L/∂w of x₁ → a₂⁽¹⁾")
    session.ask_why(Quantity("batch_gradient", "x1-h1.2"))
    QApplication.processEvents()
    assert window.parts.pages.tensors().cell == ("linear 1:dW", 0, 1)
    window.parts.actions["why_back"].trigger()
    assert session.selection.follows_mean


def test_a_question_mark_on_the_network_follows_the_number_that_it_shows(window: MainWindow, qtbot: QtBot) -> None:
    session, canvas = window.session, window.parts.panels.network.canvas
    session.set_display(edge_kind="gradient")
    session.select(node=NEURON, edge=Edge(1, 0, 1))
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Question)
    assert session.selection.follows_mean


def test_what_is_selected_otherwise_ends_the_way(window: MainWindow) -> None:
    session = window.session
    session.select(node=LOSS)
    session.ask_why(Quantity("downstream", "h1.2"))
    session.select(example=Example(5))
    assert path(window) == []


def test_without_a_way_back_is_said(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.noted) as noted:
        window.parts.actions["why_back"].trigger()
    assert noted.args == ["There is no number to go back to: W on a number shows where it came from."]


def ask_line(window: MainWindow, qtbot: QtBot, start: str, key: Qt.Key = Qt.Key.Key_W) -> None:
    """Press a key on the line of the update that begins like this."""
    table = window.parts.panels.card.table
    section = next(section for section in table._sheet.sections if section.name == "update")
    row = next(k for k, line in enumerate(section.rows) if line.label.startswith(start))
    head = table._sheet.index(table._sheet.sections.index(section), 0)
    table.setCurrentIndex(table._sheet.index(row, 0, head))
    table.setFocus()
    qtbot.keyClick(table, key)


def test_w_on_a_velocity_leads_to_the_update_that_left_it_and_the_row_of_places_leads_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    session = window.session
    session.change(with_training(optimizer=OptimizerSpec("momentum")), "Optimizer")
    session.step(3)
    session.select(node=NEURON, edge=Edge(1, 0, 1), follows_mean=True)
    QApplication.processEvents()

    def velocity() -> tuple[str, str]:
        """Return the velocity before the update and after it."""
        section = next(one for one in window.parts.panels.card.table._sheet.sections if one.name == "update")
        line = next(row.label for row in section.rows if row.label.startswith("v = "))
        before, _, after = line.removeprefix("v = 0.9·").replace("(", "").replace(")", "").partition(" + ")
        return before, after.rpartition(" ")[2]

    lasting = velocity()
    for iteration in (2, 1):
        left = velocity()[0]
        ask_line(window, qtbot, "v ")
        QApplication.processEvents()
        assert session.run.iteration == iteration
        assert velocity()[1] == left
    assert path(window)[1:] == [f"batch of x₁ → a₂⁽¹⁾, iteration {number}" for number in (4, 3, 2)]
    window.parts.panels.inspector.trail.button("0").click()
    QApplication.processEvents()
    assert session.run.iteration == 3
    assert velocity() == lasting
    assert window.parts.panels.inspector.trail.isHidden()


def test_w_on_any_line_of_the_update_says_where_it_came_from(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    schedule = ScheduleSpec("step_decay", interval=2, gamma=0.5)
    session.change(with_training(optimizer=OptimizerSpec("adam"), schedule=schedule, clip_norm=1e-3), "Optimizer")
    session.step(3)
    session.select(node=NEURON, edge=Edge(1, 0, 1), follows_mean=True)
    QApplication.processEvents()
    said: list[str] = []
    session.noted.connect(said.append)
    for symbol in "mv":
        ask_line(window, qtbot, f"{symbol} ")
        assert re.match(symbol + r" was −?[\d.e−]+ before: iteration 3 left it there\.", said[-1])
        window.parts.actions["why_back"].trigger()
        assert session.run.iteration == 3
        QApplication.processEvents()
    ask_line(window, qtbot, "t =")
    assert said[-1] == "t counts the updates since the weights were new."
    ask_line(window, qtbot, "η =")
    assert said[-1].startswith("η comes from the learning rate η₀ and the schedule Step decay at iteration t = 3")
    ask_line(window, qtbot, "Δw")
    ask_line(window, qtbot, "next w")
    assert said[-1].startswith("This is where the next weight from input x₁ to neuron 2 of hidden layer 1 comes from")
    ask_line(window, qtbot, "m ", Qt.Key.Key_H)
    assert said[-1].startswith("Of an update you can predict")
    ask_line(window, qtbot, "g =")
    QApplication.processEvents()
    assert window.parts.pages.tensors().cell == ("linear 1:dW", 0, 1)
    window.parts.actions["why_back"].trigger()
    assert session.selection.follows_mean


def line_in_sight(window: MainWindow) -> str:
    """Return the line of the card that has the keyboard, which must be in sight."""
    table = window.parts.panels.card.table
    row = table._sheet.row_at(table.currentIndex())
    assert row is not None
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    return row.label


@pytest.mark.parametrize(("of", "line"), [("next_weight", "next w = "), ("update", "Δw = "), ("weight", "next w = ")])
def test_what_an_update_makes_leads_to_its_line(window: MainWindow, of: str, line: str) -> None:
    session = window.session
    session.change(with_training(optimizer=OptimizerSpec("momentum")), "Optimizer")
    session.step(2)
    session.select(node=NEURON)
    QApplication.processEvents()
    for _ in range(2):
        session.ask_why(Quantity(of, "x1-h1.2"))
        QApplication.processEvents()
        assert session.selection.follows_mean
        assert line_in_sight(window).startswith(line)
        window.parts.panels.card.table.scrollToTop()


def test_a_weight_comes_from_the_update_before_or_from_its_start(window: MainWindow) -> None:
    session = window.session
    said: list[str] = []
    session.noted.connect(said.append)
    weight = "weight from input x₁ to neuron 2 of hidden layer 1"
    for _ in range(2):
        session.ask_why(Quantity("weight", "x1-h1.2"))
        assert said[-1] == f"The {weight} is a start value: no update has changed it. The card shows the first."
    session.step(3)
    for _ in range(2):
        session.ask_why(Quantity("weight", "x1-h1.2"))
        assert said[-1].startswith(
            f"The {weight} is as iteration 3 left it, unless you have set it since. Back shows that"
        )
    assert not any("its numbers stand here" in text for text in said)


def test_h_on_the_line_of_the_next_weight_hides_it(window: MainWindow, qtbot: QtBot) -> None:
    window.session.select(node=NEURON, edge=Edge(1, 0, 1), follows_mean=True)
    QApplication.processEvents()
    ask_line(window, qtbot, "next w", Qt.Key.Key_H)
    assert [one.of for one in window.session.prediction.veil.hidden] == ["next_weight"]


def test_lines_of_the_update_stay_the_same_lines_with_all_digits(window: MainWindow, qtbot: QtBot) -> None:
    window.session.select(node=NEURON, edge=Edge(1, 0, 1), follows_mean=True)
    card = window.parts.panels.card
    card.digits_button.click()
    QApplication.processEvents()
    said: list[str] = []
    window.session.noted.connect(said.append)
    ask_line(window, qtbot, "next w")
    assert "next weight" in said[-1]
