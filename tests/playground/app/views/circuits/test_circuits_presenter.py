"""The Circuits view opens expressions, adjusts inputs with undo, and makes mistakes on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import MagicMock

import pytest

from playground.app.views.circuits.presenter import CircuitsPresenter
from playground.session.clock import Metronome
from widgets.circuit_graph import CircuitGraph
from widgets.circuit_view import CircuitView
from widgets.circuit_view.expression_bar import ExpressionBar
from widgets.circuit_view.inputs_panel import InputsPanel
from widgets.circuit_view.nudge_panel import NudgePanel
from widgets.circuit_view.question_bar import QuestionBar
from widgets.circuit_view.step_bar import StepBar
from widgets.circuit_view.teaching_bar import TeachingBar
from widgets.gates.gate_cards import GateCards

PARTS = {
    "graph": CircuitGraph,
    "cards": GateCards,
    "expression": ExpressionBar,
    "inputs": InputsPanel,
    "nudge": NudgePanel,
    "steps": StepBar,
    "teaching": TeachingBar,
}


@pytest.fixture
def view(stand_in: Callable[..., Any], qapp: object) -> Iterator[Any]:
    made = stand_in(CircuitView)
    for name, kind in PARTS.items():
        setattr(made, name, stand_in(kind))
    made.teaching.questions = stand_in(QuestionBar)
    made.cards.pinned_ids, made.cards.current = (), MagicMock(reading=None)
    made.expression.error = MagicMock()
    made.presenter = CircuitsPresenter(made, Metronome(parent=made))
    made.expression.expression_entered.emit("(x + y) * z")
    made.presenter.stepping.go_to_end()
    for name, value in (("x", -2.0), ("y", 5.0), ("z", -4.0)):
        made.inputs.input_changed.emit(name, value)
    yield made
    made.presenter.stepping.pause()


def gradients(view: Any) -> Any:
    return view.inputs.set_gradients.call_args.args[0]


def test_an_expression_shows_the_gradient_of_every_input(view: Any) -> None:
    assert gradients(view) == {"x": -4.0, "y": -4.0, "z": 3.0}
    view.expression.upstream_changed.emit(2.0)
    assert gradients(view) == {"x": -8.0, "y": -8.0, "z": 6.0}


def test_a_wrong_expression_names_its_column_and_keeps_the_circuit(view: Any) -> None:
    before = view.presenter.current
    view.expression.expression_entered.emit("(x + y * z")
    assert view.expression.set_error.call_args.args[0] is not None
    assert view.presenter.current is before


def test_a_drag_of_an_input_is_one_undo(view: Any) -> None:
    count = view.presenter.undo_stack.count()
    view.inputs.input_pressed.emit("x")
    for value in (1.0, 2.0, 3.0):
        view.inputs.input_changed.emit("x", value)
    view.inputs.input_released.emit("x")
    assert gradients(view)["z"] == 8.0
    assert view.presenter.undo_stack.count() == count + 1
    view.presenter.undo_stack.undo()
    assert gradients(view)["z"] == 3.0


def test_forgetting_to_zero_doubles_the_gradients(view: Any) -> None:
    view.teaching.forget_to_zero_toggled.emit(True)
    assert gradients(view) == {"x": -8.0, "y": -8.0, "z": 6.0}
    assert view.teaching.set_mistakes.call_args.args[:2] == (False, True)
    view.presenter.undo_stack.undo()
    assert gradients(view) == {"x": -4.0, "y": -4.0, "z": 3.0}


def test_a_quiz_hides_the_backward_pass_until_it_is_revealed(view: Any) -> None:
    view.teaching.quiz_picked.emit("backward")
    hidden = view.presenter.current.hidden
    assert hidden
    assert all(which != "value" for _, which in hidden)
    view.teaching.reveal_requested.emit()
    assert len(view.presenter.current.hidden) == len(hidden) - 1
    view.teaching.quiz_ended.emit()
    assert not view.presenter.current.hidden


def test_the_nudged_input_moves_by_epsilon(view: Any) -> None:
    view.nudge.input_picked.emit("z")
    view.nudge.epsilon_changed.emit(0.5)
    reading = view.nudge.set_reading.call_args.args[0]
    assert (reading.epsilon, reading.difference, reading.predicted, reading.error) == (0.5, 1.5, 1.5, 0.0)
