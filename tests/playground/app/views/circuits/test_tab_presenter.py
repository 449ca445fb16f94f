"""The Circuit tab shows the selected node as gates, drills down, and follows slow motion gate by gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest

from playground.app.views.circuits.tab_presenter import NOTHING, CircuitTabPresenter
from playground.app.views.circuits.unrolled import Place
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_depth, with_layer
from playground.document.document import LOSS, Node
from playground.document.selection import Example
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.circuit_graph import CircuitGraph
from widgets.frame.breadcrumbs import Breadcrumbs
from widgets.gates.circuit_tab import CircuitTab
from widgets.gates.gate_cards import GateCards


@pytest.fixture
def tab(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(CircuitTab)
    made.graph, made.cards, made.path = stand_in(CircuitGraph), stand_in(GateCards), stand_in(Breadcrumbs)
    made.cards.pinned_ids, made.cards.current = (), MagicMock(reading=None)
    made.slow, made.opened = SlowMotion(session), MagicMock()
    made.presenter = CircuitTabPresenter(session, scheduler, made.slow, made, made.opened)
    return made


def crumbs(tab: Any) -> list[str]:
    return [choice.label for choice in tab.path.set_path.call_args.args[0]]


def gate_of(tab: Any, node: Node) -> int:
    return next(gate for gate, place in tab.presenter._drill_downs.items() if place == Place("node", node))


def test_without_a_selection_it_says_what_to_click(tab: Any) -> None:
    tab.set_note.assert_called_with(NOTHING)
    tab.graph.set_diagram.assert_not_called()


def test_the_circuit_of_a_neuron_has_its_numbers_and_is_laid_out_once(
    session: Session, tab: Any, passes: Callable[..., Any]
) -> None:
    session.select(node=Node(1, 1), example=Example(3))
    laid_out = tab.graph.set_diagram.call_count
    session.step(3)
    one, shown = passes(session.snapshot(), 3), tab.presenter.current
    values = tab.graph.set_values.call_args.args[0]
    assert values.values[shown.circuit.output] == pytest.approx(one.a[1])
    assert values.gradients[shown.circuit.output] == pytest.approx(one.d_a[1])
    assert tab.graph.set_diagram.call_count == laid_out


def test_a_double_click_drills_down_and_the_crumbs_lead_back(session: Session, tab: Any) -> None:
    session.select(node=LOSS)
    tab.graph.gate_double_clicked.emit(gate_of(tab, Node(2, 0)))
    assert session.selection.node == Node(2, 0)
    tab.graph.gate_double_clicked.emit(gate_of(tab, Node(1, 2)))
    assert crumbs(tab) == ["network", "loss L", "ŷ", "a₃⁽¹⁾"]
    tab.path.crumb_clicked.emit(tab.path.set_path.call_args.args[0][2].key)
    assert session.selection.node == Node(2, 0)
    assert crumbs(tab) == ["network", "loss L", "ŷ"]


def test_a_network_of_many_weights_is_not_drawn_whole(session: Session, tab: Any) -> None:
    tab.whole_toggled.emit(True)
    assert tab.set_whole.call_args.args == (True,)
    session.change(with_layer(1, width=32), "Change a width")
    session.change(with_depth(2), "Change the depth")
    assert tab.set_whole.call_args.args == (False,)
    assert not tab.set_whole.call_args.kwargs["possible"]
    assert "too many to draw" in tab.set_whole.call_args.kwargs["why_not"]


def test_slow_motion_computes_one_gate_after_the_other(session: Session, tab: Any) -> None:
    session.select(node=Node(1, 1))
    tab.slow.start()
    tab.slow.goto(1)
    output = tab.presenter.current.circuit.output
    assert tab.graph.set_values.call_args.args[0].values[output] is None
    while tab.presenter.step_gate():
        pass
    assert tab.graph.set_values.call_args.args[0].values[output] is not None
    assert tab.presenter.step_gate_back()
    assert tab.graph.set_values.call_args.args[0].values[output] is None
    tab.slow.cancel()
    assert tab.graph.set_values.call_args.args[0].values[output] is not None


def test_a_circuit_can_be_opened_in_the_circuits_view(session: Session, tab: Any) -> None:
    session.select(node=Node(1, 1))
    tab.step_requested.emit()
    tab.opened.assert_called_once_with(tab.presenter.current, "neuron 2 of hidden layer 1")


def test_a_hidden_tab_computes_nothing(session: Session, tab: Any) -> None:
    session.select(node=Node(1, 1))
    shown = tab.graph.set_values.call_count
    tab.isVisible.return_value = False
    session.step()
    assert tab.graph.set_values.call_count == shown
    assert not tab.presenter.step_gate()
