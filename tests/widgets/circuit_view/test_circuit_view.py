from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from widgets.circuit_view import CircuitView
from widgets.values import Choice
from widgets.values.circuits import (
    CircuitInput,
    CircuitProgress,
    ExpressionError,
    NudgeReading,
    QuizState,
    Verdict,
)

INPUTS = (CircuitInput("x", -2.0), CircuitInput("y", 5.0))


@pytest.fixture
def view(qtbot: QtBot) -> CircuitView:
    shown = CircuitView()
    qtbot.addWidget(shown)
    shown.resize(1200, 760)
    shown.inputs.set_inputs(INPUTS)
    return shown


def test_setting_never_emits(view: CircuitView) -> None:
    signals = (
        view.expression.expression_entered,
        view.expression.expression_edited,
        view.expression.upstream_changed,
        view.inputs.input_changed,
        view.nudge.epsilon_changed,
        view.nudge.input_picked,
        view.steps.play_toggled,
        view.steps.pace_changed,
        view.teaching.forget_to_add_toggled,
        view.teaching.quiz_picked,
        view.teaching.quiz_ended,
        view.teaching.questions.option_picked,
    )
    spies = [QSignalSpy(signal) for signal in signals]
    view.expression.set_expression("x + y")
    view.expression.set_upstream(2.0)
    view.inputs.set_inputs((CircuitInput("x", 3.0), CircuitInput("y", 5.0)))
    view.nudge.set_inputs(("x", "y"), "y")
    view.nudge.set_reading(NudgeReading(0.1, 0.1, 0.1, 0.0))
    view.steps.set_playing(True)
    view.steps.set_pace(8.0)
    view.teaching.set_mistakes(True, True, "∂f/∂x is 2, it should be 3")
    view.teaching.set_quiz(QuizState(3, 0))
    assert [spy.count() for spy in spies] == [0] * len(spies)


def test_enter_gives_the_expression(view: CircuitView, qtbot: QtBot) -> None:
    view.expression.set_expression("(x + y) * z")
    with qtbot.waitSignal(view.expression.expression_entered) as caught:
        qtbot.keyClick(view.expression.editor, Qt.Key.Key_Return)
    assert caught.args == ["(x + y) * z"]


def test_an_error_names_its_column_and_goes_away(view: CircuitView) -> None:
    view.expression.set_error(ExpressionError("this bracket is never closed: add )", 3))
    assert view.expression.error.text() == "column 3: this bracket is never closed: add )"
    assert not view.expression.error.isHidden()
    assert not view.expression.grab().isNull()
    view.expression.set_error(None)
    assert view.expression.error.isHidden()


def test_an_error_that_names_its_column_itself_is_not_told_twice(view: CircuitView) -> None:
    view.expression.set_error(ExpressionError("column 3: add )", 3))
    assert view.expression.error.text() == "column 3: add )"


def test_an_example_is_picked_by_its_key(view: CircuitView, qtbot: QtBot) -> None:
    view.expression.set_examples((Choice("square", "x · x"), Choice("hinge", "SVM hinge")))
    with qtbot.waitSignal(view.expression.example_picked) as caught:
        view.expression.menu.actions()[1].trigger()
    assert caught.args == ["hinge"]


def test_dragging_an_input_says_which_and_what(view: CircuitView, qtbot: QtBot) -> None:
    spies = [QSignalSpy(s) for s in (view.inputs.input_pressed, view.inputs.input_changed, view.inputs.input_released)]
    slider = view.inputs.sliders["y"]
    slider.slider.setValue(slider.slider.value() + 1)
    assert spies[0].at(0) == ["y"]
    assert spies[1].at(0)[0] == "y"
    assert spies[1].at(0)[1] == pytest.approx(5.1)
    assert spies[2].at(0) == ["y"]


def test_new_values_keep_the_sliders_and_new_names_make_new_ones(view: CircuitView) -> None:
    slider = view.inputs.sliders["x"]
    view.inputs.set_inputs((CircuitInput("x", 7.5), CircuitInput("y", 5.0)))
    assert view.inputs.sliders["x"] is slider
    assert slider.value == 7.5
    view.inputs.set_inputs((CircuitInput("w", 1.0),))
    assert list(view.inputs.sliders) == ["w"]


def test_each_input_shows_its_gradient(view: CircuitView) -> None:
    view.inputs.set_gradients({"x": -4.0, "y": None})
    assert view.inputs.gradients["x"].text() == "∂f/∂x = −4"
    assert view.inputs.gradients["y"].text() == ""


def test_an_input_needs_a_range(view: CircuitView) -> None:
    with pytest.raises(ValueError, match="input x: the slider needs minimum < maximum"):
        CircuitInput("x", 1.0, 2.0, 2.0)


def test_the_nudge_shows_difference_promise_and_error(view: CircuitView) -> None:
    view.nudge.set_reading(NudgeReading(0.01, -0.04, -0.04, 3e-13, ((0.1, 1e-3), (0.01, 1e-5))))
    assert [view.nudge.numbers[key].text() for key in ("difference", "predicted", "error")] == [
        "−0.04",
        "−0.04",
        "3e−13",
    ]
    assert view.nudge.epsilon.value == 0.01
    assert not view.nudge.plot.grab().isNull()
    view.nudge.set_reading(None)
    assert view.nudge.numbers["error"].text() == ""


def test_the_nudge_is_written_with_the_names_of_the_circuit(view: CircuitView) -> None:
    view.nudge.set_reading(NudgeReading(0.01, 0.06, 0.06, 0.0, (), "J", "w1"))
    names = [view.nudge.names[key].text() for key in ("difference", "predicted", "error")]
    assert names == ["J(w1 + ε) − J(w1)", "∂J/∂w1 · ε", "error"]
    assert view.nudge.numbers["predicted"].accessibleName() == "∂J/∂w1 · ε"


def test_play_asks_for_the_opposite_of_what_runs(view: CircuitView, qtbot: QtBot) -> None:
    spy = QSignalSpy(view.steps.play_toggled)
    view.steps.play.click()
    view.steps.set_playing(True)
    view.steps.play.click()
    assert [spy.at(i)[0] for i in range(2)] == [True, False]


def test_at_the_end_only_back_is_possible(view: CircuitView) -> None:
    view.steps.set_progress(CircuitProgress(10, 10, "done", can_forward=False))
    assert not view.steps.forward.isEnabled()
    assert view.steps.back.isEnabled()
    assert view.steps.text.text() == "10 / 10  done"


def test_the_mistakes_are_switches_that_say_what_they_do(view: CircuitView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.teaching.forget_to_add_toggled) as caught:
        view.teaching.forget_to_add.click()
    assert caught.args == [True]
    view.teaching.set_mistakes(True, False, "∂f/∂x is 1, it should be 3")
    assert not view.teaching.mistake.isHidden()


def test_the_quiz_tells_score_and_derivation(view: CircuitView) -> None:
    wrong = Verdict("4", False, "downstream = 1 × ? = ?")
    view.teaching.set_quiz(QuizState(5, 1, 2, wrong))
    assert (
        view.teaching.verdict.text() == "1 of 5 right, 2 tries missed  ✗ 4 is not it, try again. downstream = 1 × ? = ?"
    )
    view.teaching.set_quiz(None)
    assert view.teaching.verdict.isHidden()


def test_the_count_stands_beside_one_input_at_a_time(view: CircuitView) -> None:
    view.teaching.set_count(4, 12)
    assert view.teaching.count.text() == "Backprop computes 4 local derivatives; one input at a time would take 12."


def test_only_an_expression_without_a_name_of_its_own_is_called_f(view: CircuitView) -> None:
    bar = view.expression
    for text, origin, is_named in (
        ("(x + y) * z", "", False),
        ("z = w * x; a = relu(z)", "", True),
        ("", "neuron 2 of hidden layer 1", True),
        ("", "", False),
    ):
        bar.set_expression(text)
        view.set_title(origin)
        assert bar.result.isHidden() == is_named
