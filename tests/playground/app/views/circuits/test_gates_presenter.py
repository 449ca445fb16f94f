"""Clicks open cards, numbers can be predicted, and folding takes selection and pins along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest

from playground.app.views.circuits.gates_presenter import GatesPresenter
from playground.app.views.circuits.open_circuit import circuit_of
from playground.app.views.circuits.quiz import with_one_revealed
from playground.circuits.bundles import fold_all
from widgets.circuit_graph import CircuitGraph
from widgets.gates.gate_cards import GateCards

PRODUCT = "(x + y) * z"
AT = {"x": -2.0, "y": 5.0, "z": -4.0}


@pytest.fixture
def gates(stand_in: Callable[..., Any], qapp: object) -> Any:
    graph, cards, answered = stand_in(CircuitGraph), stand_in(GateCards), MagicMock()
    cards.pinned_ids, cards.current = (), MagicMock(reading=None)
    made: Any = GatesPresenter(graph, cards, answered)
    made.graph, made.cards, made.answered = graph, cards, answered
    made.show_structure(circuit_of(PRODUCT, AT))
    return made


def test_the_values_of_the_circuit_are_shown(gates: Any) -> None:
    shown, circuit = gates.graph.set_values.call_args.args[0], gates.current.circuit
    assert shown.values[circuit.output] == -12.0
    assert {name: shown.gradients[i] for name, i in circuit.inputs.items()} == {"x": -4.0, "y": -4.0, "z": 3.0}


def test_a_click_opens_the_card_of_a_gate_and_closes_it_again(gates: Any) -> None:
    output = gates.current.circuit.output
    gates.graph.gate_clicked.emit(output)
    assert gates.cards.set_reading.call_args.args[0].value == -12.0
    gates.graph.set_selected.assert_called_with(output)
    gates.graph.gate_clicked.emit(output)
    gates.cards.set_reading.assert_called_with(None)


def test_a_number_is_hidden_judged_and_shown(gates: Any) -> None:
    x = gates.current.circuit.inputs["x"]
    gates.graph.number_clicked.emit(x, "gradient")
    assert gates.current.hidden == {(x, "gradient")}
    gates.graph.answer_typed.emit(x, "gradient", "4")
    gates.graph.set_wrong.assert_called_with({(x, "gradient")})
    assert not gates.quiz_state.verdict.right
    gates.graph.answer_typed.emit(x, "gradient", "-4")
    gates.graph.set_wrong.assert_called_with(frozenset())
    assert gates.quiz_state.verdict.right
    assert not gates.current.hidden


def test_an_answer_that_is_not_a_number_is_refused(gates: Any) -> None:
    x = gates.current.circuit.inputs["x"]
    gates.graph.number_clicked.emit(x, "gradient")
    gates.graph.answer_typed.emit(x, "gradient", "four")
    assert gates.refusal
    assert gates.current.hidden == {(x, "gradient")}
    gates.graph.set_wrong.assert_not_called()


def _ask_two(gates: Any) -> tuple[int, int]:
    """Ask for the gradients of x and z, and answer x wrongly."""
    x, z = (gates.current.circuit.inputs[name] for name in "xz")
    for asked in (x, z):
        gates.graph.number_clicked.emit(asked, "gradient")
    gates.graph.answer_typed.emit(x, "gradient", "4")
    assert not gates.quiz_state.verdict.right
    return x, z


def test_a_wrong_answer_is_forgotten_once_its_number_is_revealed(gates: Any) -> None:
    _, z = _ask_two(gates)
    gates.show(with_one_revealed(gates.current))
    assert gates.current.hidden == {(z, "gradient")}
    assert gates.quiz_state.verdict is None
    gates.graph.answer_typed.emit(z, "gradient", "three")
    gates.show(gates.current.with_quiz(gates.current.quiz.reveal(z, "gradient")))
    assert not gates.refusal


def test_a_wrong_answer_is_forgotten_once_another_number_is_asked(gates: Any) -> None:
    x, z = _ask_two(gates)
    gates.graph.field_opened.emit(x, "gradient")
    assert gates.quiz_state.verdict is not None
    gates.answered.reset_mock()
    gates.graph.field_opened.emit(z, "gradient")
    assert gates.quiz_state.verdict is None
    gates.answered.assert_called_once_with()


def test_a_right_answer_stays_while_the_next_number_is_asked_until_the_inputs_move(gates: Any) -> None:
    x, z = _ask_two(gates)
    gates.graph.answer_typed.emit(x, "gradient", "-4")
    gates.graph.field_opened.emit(z, "gradient")
    assert gates.quiz_state.verdict.right
    gates.show(gates.current.with_input("x", 7.0))
    assert gates.quiz_state.verdict is None


def test_folding_takes_the_selected_gate_along(gates: Any) -> None:
    shown = circuit_of("z * (1 / (1 + exp(-x)))", {"x": 0.5, "z": 2.0})
    gates.show_structure(shown)
    gates.select(shown.circuit.output)
    regrouping = fold_all(shown.circuit)
    gates.show_structure(shown.regrouped(regrouping), moved=regrouping.ids)
    assert gates.selected == gates.current.circuit.output != shown.circuit.output


def test_while_no_card_is_open_the_drawing_has_its_room(gates: Any) -> None:
    output = gates.current.circuit.output
    gates.cards.setVisible.assert_called_with(False)
    gates.graph.gate_clicked.emit(output)
    gates.cards.setVisible.assert_called_with(True)
    gates.hides_cards = True  # a question asks what they tell
    gates.show_cards()
    gates.cards.setVisible.assert_called_with(False)
    gates.hides_cards = False
    gates.graph.gate_clicked.emit(output)
    gates.cards.setVisible.assert_called_with(False)
