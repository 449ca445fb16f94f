"""Each worked example of the lecture, done by hand in the Circuits view, and compared to the digit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from playground.app.window.circuits_window import CircuitsWindow
from playground.app.window.main_window import MainWindow
from playground.app.window.start import make_application
from widgets.circuit_view import CircuitView
from widgets.style import style, themes

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def circuits(qtbot: QtBot) -> Iterator[CircuitsWindow]:
    make_application("light")
    shown = CircuitsWindow()
    qtbot.addWidget(shown)
    shown.resize(1280, 720)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.view.graph.setFocus()
    shown.presenter.stepping.go_to_end()
    shown.presenter._gates.select(output(shown))
    yield shown
    shown.presenter.stepping.pause()


def type_expression(window: CircuitsWindow, text: str) -> None:
    """Ctrl+T, type, Enter; then back to the drawing, and to the end of both passes."""
    QTest.keyClick(window, Key.Key_T, CTRL)
    editor = window.view.expression.editor
    assert editor.hasFocus()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    window.view.graph.setFocus()
    if window.view.expression.error.isHidden():
        QTest.keyClick(window, Key.Key_F10, CTRL)


def type_input(window: CircuitsWindow, name: str, text: str) -> None:
    """Type a value over an input's number."""
    editor = window.view.inputs.sliders[name].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    window.view.graph.setFocus()


def type_upstream(window: CircuitsWindow, text: str) -> None:
    editor = window.view.expression.upstream
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    window.view.graph.setFocus()


def gradient(window: CircuitsWindow, name: str) -> str:
    """Read what stands under the slider of an input."""
    return window.view.inputs.gradients[name].text()


def told(window: CircuitsWindow, gate: int) -> str:
    """Read a gate as a screen reader does."""
    return window.view.graph.name_of(gate)


def output(window: CircuitsWindow) -> int:
    return window.presenter.current.circuit.output


def click_gate(window: CircuitsWindow, gate: int) -> None:
    middle = window.view.graph.gate_rect(gate).center().toPoint()
    QTest.mouseClick(window.view.graph, LEFT, NONE, middle)


def click_number(window: CircuitsWindow, gate: int, which: str) -> None:
    place = window.view.graph.number_rect(gate, which)
    QTest.mouseClick(window.view.graph, LEFT, NONE, QPoint(int(place.left()) + 8, int(place.center().y())))


def answer(window: CircuitsWindow, text: str) -> None:
    """Type into the field that opened over a hidden number."""
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Key.Key_Return)


def asked_at(window: CircuitsWindow) -> tuple[int, str] | None:
    """Return the hidden number under the field that has the keyboard."""
    box = QApplication.focusWidget()
    if not isinstance(box, QLineEdit):
        return None
    graph, place = window.view.graph, box.geometry().toRectF()
    hidden = window.presenter.current.hidden
    return next((key for key in sorted(hidden) if graph.number_rect(*key).intersects(place)), None)


BY_HAND = (
    (
        "(x + y) * z",
        {"x": "-2", "y": "5", "z": "-4"},
        "1",
        "value −12, gradient 1",
        {"x": "= −4", "y": "= −4", "z": "= 3"},
    ),
    (
        "0.5 * (relu(w2 * relu(w1 * x + b1) + b2) - y) ** 2",
        {"x": "1", "y": "5", "w1": "2", "b1": "0", "w2": "3", "b2": "1"},
        "1",
        "value 2, gradient 1",
        {"x": "= 12", "y": "= −2", "w1": "= 6", "b1": "= 6", "w2": "= 4", "b2": "= 2"},
    ),
    (
        "sigmoid(w0 * x0 + w1 * x1 + w2)",
        {"w0": "2", "x0": "-1", "w1": "-3", "x1": "-2", "w2": "-3"},
        "1",
        "value 0.7311, gradient 1",
        {"w0": "≈ −0.1966", "x0": "≈ 0.3932", "w1": "≈ −0.3932", "x1": "≈ −0.5898", "w2": "≈ 0.1966"},
    ),
    (
        "1 / (1 + exp(-1 * (w0 * x0 + w1 * x1 + w2)))",
        {"w0": "2", "x0": "-1", "w1": "-3", "x1": "-2", "w2": "-3"},
        "1",
        "value 0.7311, gradient 1",
        {"w0": "≈ −0.1966", "x0": "≈ 0.3932", "w1": "≈ −0.3932", "x1": "≈ −0.5898", "w2": "≈ 0.1966"},
    ),
    ("max(x, y) * 2 + x", {"x": "4", "y": "1"}, "1", "value 12, gradient 1", {"x": "= 3", "y": "= 0"}),
    ("x * x", {"x": "3"}, "1", "value 9, gradient 1", {"x": "= 6"}),
    ("x * y", {"x": "3", "y": "-4"}, "2", "value −12, gradient 2", {"x": "= −8", "y": "= 6"}),
    (
        "max(0, s1 - s0 + 1) + max(0, s2 - s0 + 1)",
        {"s0": "3.2", "s1": "5.1", "s2": "-1.7"},
        "1",
        "value 2.900, gradient 1",
        {"s0": "= −1", "s1": "= 1", "s2": "= 0"},
    ),
)


@pytest.mark.parametrize(
    ("expression", "inputs", "upstream", "result", "gradients"), BY_HAND, ids=[b[0] for b in BY_HAND]
)
def test_a_worked_example_typed_by_hand_shows_the_digits_of_the_lecture(
    circuits: CircuitsWindow,
    expression: str,
    inputs: dict[str, str],
    upstream: str,
    result: str,
    gradients: dict[str, str],
) -> None:
    type_expression(circuits, expression)
    for name, text in inputs.items():
        type_input(circuits, name, text)
    type_upstream(circuits, upstream)
    of = "f" if upstream == "1" else "L"
    assert result in told(circuits, output(circuits))
    assert {name: gradient(circuits, name) for name in gradients} == {
        name: f"∂{of}/∂{name} {number}" for name, number in gradients.items()
    }
    assert circuits.view.expression.error.isHidden()


def test_every_example_of_the_menu_opens_with_its_own_numbers(circuits: CircuitsWindow) -> None:
    from playground.circuits.examples import EXAMPLES

    text = (Path(__file__).parents[3] / "data" / "worked-examples.json").read_text(encoding="utf-8")
    worked = {example["name"]: example for example in json.loads(text)}
    actions = circuits.view.expression.menu.actions()
    assert [action.text() for action in actions] == [example.label for example in EXAMPLES.values()]
    for action, example in zip(actions, EXAMPLES.values(), strict=True):
        action.trigger()
        circuits.presenter.stepping.go_to_end()
        shown = circuits.presenter.current
        assert circuits.view.expression.editor.text() == example.expression
        assert shown.state.values[shown.circuit.output] == pytest.approx(worked[example.name]["value"], rel=1e-12)
        for name, expected in worked[example.name]["gradients"].items():
            found = shown.state.gradients[shown.circuit.inputs[name]]
            assert found == pytest.approx(expected, rel=1e-12, abs=1e-15)


# ---- the walk ----------------------------------------------------------------------------------


def test_the_walk_goes_gate_by_gate_both_ways_and_what_is_not_computed_is_blank(circuits: CircuitsWindow) -> None:
    circuits.view.expression.menu.actions()[0].trigger()
    QTest.keyClick(circuits, Key.Key_R, CTRL)
    add, multiply, z = 2, 4, 3
    assert "value not computed yet" in told(circuits, add)
    QTest.keyClick(circuits, Key.Key_F10)
    assert "value 3, gradient not computed yet" in told(circuits, add)
    QTest.keyClick(circuits, Key.Key_F10)
    assert "value −12, gradient not computed yet" in told(circuits, multiply)
    QTest.keyClick(circuits, Key.Key_F10)
    assert "value −12, gradient 1" in told(circuits, multiply)
    assert "gradient not computed yet" in told(circuits, add)
    QTest.keyClick(circuits, Key.Key_F10)
    assert "gradient −4" in told(circuits, add)
    assert "gradient 3" in told(circuits, z)
    assert gradient(circuits, "x") == ""
    assert circuits.view.steps.text.text() == "4 / 5  Backward through multiply: upstream 1; q gets −4, z gets 3"
    QTest.keyClick(circuits, Key.Key_F10, SHIFT)
    assert "gradient not computed yet" in told(circuits, add)
    QTest.keyClick(circuits, Key.Key_F10, CTRL)
    assert gradient(circuits, "x") == "∂f/∂x = −4"
    assert not circuits.view.steps.forward.isEnabled()


def test_the_card_of_the_gate_being_computed_opens_by_itself(circuits: CircuitsWindow) -> None:
    QTest.keyClick(circuits, Key.Key_R, CTRL)
    QTest.keyClick(circuits, Key.Key_F10)
    reading = circuits.view.cards.current.reading
    assert reading is not None
    assert reading.title == "q: add gate"
    assert reading.formula == "q = x + y = (−2) + 5 = 3"


def test_play_walks_at_the_beat_and_stops_at_the_end(circuits: CircuitsWindow) -> None:
    presenter = circuits.presenter
    QTest.keyClick(circuits, Key.Key_F5)
    assert presenter.stepping.metronome.is_running
    assert presenter.current.done == 0
    for expected in range(1, presenter.current.total + 1):
        presenter.stepping.metronome.beat.emit()
        assert presenter.current.done == expected
    assert not presenter.stepping.metronome.is_running
    assert circuits.view.steps.play.text() == "Play"


def test_a_step_by_hand_ends_playing(circuits: CircuitsWindow) -> None:
    QTest.keyClick(circuits, Key.Key_F5)
    QTest.keyClick(circuits, Key.Key_F10)
    assert not circuits.presenter.stepping.metronome.is_running
    assert circuits.presenter.current.done == 1


# ---- inputs and errors -------------------------------------------------------------------------


def test_every_number_follows_while_an_input_is_dragged(circuits: CircuitsWindow) -> None:
    slider = circuits.view.inputs.sliders["x"].slider
    seen = []
    slider.sliderPressed.emit()
    slider.setSliderDown(True)
    for stop in (100, 110, 120):
        slider.setSliderPosition(stop)
        seen.append((told(circuits, 2).split(", ")[2], gradient(circuits, "z")))
    slider.setSliderDown(False)
    assert seen == [("value 5", "∂f/∂z = 5"), ("value 6", "∂f/∂z = 6"), ("value 7", "∂f/∂z = 7")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(x + y * z", "column 1: this '(' is never closed; add a ')'"),
        ("x ^ 2", "column 3: "),
        ("foo(x)", "column 1: there is no function 'foo'"),
        ("1 / 0", "column 3, gate divide: 1 ÷ 0 has no value"),
    ],
)
def test_a_wrong_expression_names_the_column_and_leaves_the_last_good_graph(
    circuits: CircuitsWindow, text: str, message: str
) -> None:
    before = circuits.presenter.current
    type_expression(circuits, text)
    assert circuits.view.expression.error.text().startswith(message)
    assert not circuits.view.expression.error.isHidden()
    assert circuits.presenter.current is before
    assert "value −12" in told(circuits, output(circuits))


def test_an_error_goes_while_the_text_is_put_right(circuits: CircuitsWindow) -> None:
    type_expression(circuits, "x +")
    editor = circuits.view.expression.editor
    assert not circuits.view.expression.error.isHidden()
    editor.setFocus()
    editor.end(False)
    QTest.keyClicks(editor, " 1")
    assert circuits.view.expression.error.isHidden()


def test_a_gate_without_a_value_is_named_and_what_follows_it_is_blank(circuits: CircuitsWindow) -> None:
    type_expression(circuits, "log(x) * y")
    type_input(circuits, "x", "-1")
    error = circuits.view.expression.error
    assert error.text() == "column 1, gate natural logarithm: log of −1 has no value; its input must be above 0"
    assert "value not computed yet" in told(circuits, output(circuits))
    assert "value −1" in told(circuits, 0)
    type_input(circuits, "x", "1")
    assert error.isHidden()
    assert "value 0" in told(circuits, output(circuits))


# ---- mistakes, folding, nudge ------------------------------------------------------------------


def test_forgetting_to_add_loses_a_branch_and_says_so(circuits: CircuitsWindow) -> None:
    circuits.view.expression.menu.actions()[5].trigger()
    QTest.keyClick(circuits, Key.Key_F10, CTRL)
    assert gradient(circuits, "x") == "∂f/∂x = 3"
    QTest.keyClick(circuits, Key.Key_1, CTRL)
    assert circuits.view.teaching.forget_to_add.isChecked()
    assert gradient(circuits, "x") == "∂f/∂x = 2"
    assert "∂f/∂x = 2 instead of 3" in circuits.view.teaching.mistake.text()
    QTest.keyClick(circuits, Key.Key_1, CTRL)
    assert gradient(circuits, "x") == "∂f/∂x = 3"
    assert circuits.view.teaching.mistake.isHidden()


def test_forgetting_to_zero_doubles_every_gradient_of_an_input(circuits: CircuitsWindow) -> None:
    circuits.view.teaching.forget_to_zero.click()
    assert [gradient(circuits, name) for name in "xyz"] == ["∂f/∂x = −8", "∂f/∂y = −8", "∂f/∂z = 6"]
    assert "instead of" in circuits.view.teaching.mistake.text()


def test_folding_and_opening_the_sigmoid_keeps_every_gradient(circuits: CircuitsWindow) -> None:
    circuits.view.expression.menu.actions()[4].trigger()
    QTest.keyClick(circuits, Key.Key_F10, CTRL)
    before = [gradient(circuits, name) for name in circuits.view.inputs.sliders]
    n_gates = circuits.presenter.current.circuit.n_gates
    QTest.keyClick(circuits, Key.Key_B, CTRL)
    shown = circuits.presenter.current
    assert shown.circuit.nodes[shown.circuit.output].op == "sigmoid"
    assert shown.circuit.n_gates == n_gates - 3
    assert [gradient(circuits, name) for name in circuits.view.inputs.sliders] == before
    middle = circuits.view.graph.gate_rect(shown.circuit.output).center().toPoint()
    QTest.mouseDClick(circuits.view.graph, LEFT, NONE, middle)
    assert circuits.presenter.current.circuit.n_gates == n_gates
    assert [gradient(circuits, name) for name in circuits.view.inputs.sliders] == before


def test_the_nudge_stands_beside_gradient_times_epsilon(circuits: CircuitsWindow) -> None:
    circuits.view.expression.menu.actions()[6].trigger()
    QTest.keyClick(circuits, Key.Key_F10, CTRL)
    numbers = circuits.view.nudge.numbers
    editor = circuits.view.nudge.epsilon.editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "0.5")
    QTest.keyClick(editor, Key.Key_Return)
    assert [numbers[key].text() for key in ("difference", "predicted", "error")] == ["3.25", "3", "0.25"]
    assert not circuits.view.nudge.plot.grab().isNull()


def test_the_work_of_a_backward_pass_is_counted(circuits: CircuitsWindow) -> None:
    assert circuits.view.teaching.count.text() == (
        "Backprop computes 4 local derivatives; one input at a time would take 5."
    )


# ---- predicting --------------------------------------------------------------------------------


def test_a_quiz_hides_the_backward_pass_judges_and_explains(circuits: CircuitsWindow) -> None:
    QTest.keyClick(circuits, Key.Key_F8)
    teaching = circuits.view.teaching
    assert "gradient hidden" in told(circuits, 2)
    assert gradient(circuits, "x") == ""
    assert circuits.view.cards.current.cell("downstream_0").is_hidden_number
    click_number(circuits, 2, "gradient")
    answer(circuits, "4")
    assert teaching.verdict.text() == (
        "0 of 4 right, 1 try missed  ✗ 4 is not it, try again. That has the right size and the wrong sign. "
        "Count the minus signs of the upstream, 1, and of the local gradient, −4."
    )
    answer(circuits, "-4")
    assert "1 of 4 right" in teaching.verdict.text()
    assert "∂f/∂q = upstream × local = 1 × (−4) = −4" in teaching.verdict.text()
    assert "gradient −4" in told(circuits, 2)
    teaching.reveal.click()
    assert len(circuits.presenter.current.hidden) == 2
    QTest.keyClick(circuits, Key.Key_F8)
    assert gradient(circuits, "x") == "∂f/∂x = −4"


def test_the_keyboard_alone_answers_a_quiz(circuits: CircuitsWindow) -> None:
    QTest.keyClick(circuits, Key.Key_F8)
    graph = circuits.view.graph
    shown = circuits.presenter.current
    assert shown.evaluation is not None
    for gate in sorted((gate for gate, _ in shown.hidden), reverse=True):  # from the output to the inputs
        answer(circuits, "0.123")
        assert not graph.hasFocus()
        answer(circuits, f"{shown.evaluation.gradients[gate]:g}")
    assert graph.hasFocus()
    assert not circuits.presenter.current.hidden
    assert "4 of 4 right" in circuits.view.teaching.verdict.text()


@pytest.mark.parametrize(("kind", "first"), [("forward", (2, "value")), ("backward", (3, "gradient"))])
def test_a_quiz_opens_the_field_of_the_number_that_is_worked_out_first(
    circuits: CircuitsWindow, kind: str, first: tuple[int, str]
) -> None:
    circuits.presenter.begin_quiz(kind)
    assert asked_at(circuits) == first


def test_the_open_field_stays_over_its_number_when_the_drawing_moves(circuits: CircuitsWindow) -> None:
    circuits.presenter.begin_quiz("backward")
    first = asked_at(circuits)
    circuits.resize(circuits.width() - 160, circuits.height() - 60)
    QApplication.processEvents()
    assert asked_at(circuits) == first


def test_the_field_goes_on_when_a_number_is_revealed_and_closes_when_the_quiz_ends(circuits: CircuitsWindow) -> None:
    circuits.presenter.begin_quiz("backward")
    first = asked_at(circuits)
    circuits.view.teaching.reveal.click()
    assert asked_at(circuits) != first
    circuits.presenter.toggle_quiz()
    assert circuits.view.graph.hasFocus()


def test_a_number_hidden_by_a_key_can_be_typed_at_once(circuits: CircuitsWindow) -> None:
    circuits.view.graph.setFocus()
    circuits.presenter.ask_value()
    assert asked_at(circuits) == (circuits.view.graph.focused, "value")


def test_any_number_on_a_wire_can_be_hidden_and_predicted(circuits: CircuitsWindow) -> None:
    click_number(circuits, 2, "value")
    assert "value hidden" in told(circuits, 2)
    answer(circuits, "3")
    assert "value 3" in told(circuits, 2)
    assert "1 of 1 right" in circuits.view.teaching.verdict.text()


def test_an_answer_that_is_no_number_says_what_would_do(circuits: CircuitsWindow) -> None:
    click_number(circuits, 2, "value")
    answer(circuits, "three")
    assert circuits.view.expression.error.text().startswith("Your answer: type a number")
    assert "value hidden" in told(circuits, 2)


def test_escape_leaves_an_answer_and_then_the_text_before_it_closes_the_view(circuits: CircuitsWindow) -> None:
    click_number(circuits, 2, "value")
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, Key.Key_Escape)
    assert circuits.isVisible()
    QTest.keyClick(circuits, Key.Key_T, CTRL)
    QTest.keyClick(circuits.view.expression.editor, Key.Key_Escape)
    assert circuits.isVisible()
    QTest.keyClick(circuits.view.graph, Key.Key_Escape)
    assert not circuits.isVisible()


def test_escape_leaves_the_field_of_a_card_that_keeps_the_focus_until_the_answer_is_right(
    circuits: CircuitsWindow,
) -> None:
    QTest.keyClick(circuits, Key.Key_F8)
    cell = circuits.view.cards.current.cell("downstream_0")
    QTest.mouseClick(cell, LEFT)
    answer(circuits, "77")
    box = QApplication.focusWidget()
    assert box is not None
    assert box.parent() is cell
    QTest.keyClick(box, Key.Key_Escape)
    assert circuits.isVisible()
    assert circuits.view.graph.hasFocus()
    circuits.view.teaching.quiz.setFocus()
    QTest.keyClick(circuits.view.teaching.quiz, Key.Key_Escape)
    assert circuits.isVisible()


def test_a_typed_expression_keeps_only_an_upstream_that_was_typed_for_an_expression(circuits: CircuitsWindow) -> None:
    presenter = circuits.presenter
    presenter.show_circuit(replace(presenter.current, upstream=-0.25), "neuron 1 of hidden layer 1")
    assert circuits.view.title == "Circuit of neuron 1 of hidden layer 1"
    assert presenter.current.upstream == -0.25
    type_expression(circuits, "x * y")
    assert presenter.current.upstream == 1.0
    circuits.view.expression.upstream_changed.emit(2.0)
    type_expression(circuits, "x + y")
    assert presenter.current.upstream == 2.0


def test_a_gradient_that_does_not_exist_is_said_beside_the_others(circuits: CircuitsWindow) -> None:
    type_expression(circuits, "x ** y")
    type_input(circuits, "x", "-2")
    assert gradient(circuits, "x") == "∂f/∂x = 12"
    assert gradient(circuits, "y") == ""
    assert "∂out/∂in₂ = (−2) ^ 3 · ln (−2) does not exist here" in circuits.view.expression.error.text()
    said = [label.text() for label in circuits.view.cards.current.findChildren(QLabel)]
    reason = "does not exist here: ln (−2) is not a real number, a logarithm needs a base above 0"
    assert f"∂out/∂in₂ = x ^ y · ln x {reason}" in said
    QTest.keyClick(circuits, Key.Key_F8)
    assert circuits.presenter.current.hidden == {(0, "gradient")}
    type_input(circuits, "x", "2")
    assert circuits.view.expression.error.isHidden()


def test_pinned_cards_are_revealed_one_by_one(circuits: CircuitsWindow) -> None:
    cards = circuits.view.cards
    cards.current.pin.click()
    click_gate(circuits, 2)
    cards.current.pin.click()
    assert cards.pinned_ids == (4, 2)
    cards.hide_all.click()
    hidden = [sum(cards.card(i).cell(w).is_hidden_number for w in cards.card(i).cells) for i in (4, 2)]
    cards.reveal_one.click()
    after = [sum(cards.card(i).cell(w).is_hidden_number for w in cards.card(i).cells) for i in (4, 2)]
    assert (after[0], after[1]) == (hidden[0] - 1, hidden[1])


def test_a_card_answers_for_the_quiz(circuits: CircuitsWindow) -> None:
    QTest.keyClick(circuits, Key.Key_F8)
    cell = circuits.view.cards.current.cell("downstream_0")
    QTest.mouseClick(cell, LEFT)
    answer(circuits, "-4")
    assert circuits.presenter.current.quiz is not None
    assert circuits.presenter.current.quiz.solved == {(2, "gradient")}
    assert "gradient −4" in told(circuits, 2)


def test_a_tie_tells_its_rule_on_the_card(circuits: CircuitsWindow) -> None:
    type_expression(circuits, "max(x, y)")
    type_input(circuits, "x", "2")
    type_input(circuits, "y", "2")
    assert (
        "the first of the inputs that tie, x, gets 1 and the others get 0" in circuits.view.cards.current.pattern.text()
    )
    assert [gradient(circuits, name) for name in "xy"] == ["∂f/∂x = 1", "∂f/∂y = 0"]


# ---- in the real window ------------------------------------------------------------------------


def test_the_button_and_the_key_open_the_view_and_escape_returns(window: MainWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(window.parts.panels.transport.circuits, LEFT)
    assert window.parts.circuits.window.isVisible()
    qtbot.waitUntil(window.parts.circuits.window.isActiveWindow)
    QTest.keyClick(window.parts.circuits.window.view.graph, Key.Key_Escape)
    assert not window.parts.circuits.window.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Key.Key_F6)
    assert window.parts.circuits.window.isVisible()


def test_the_view_is_made_in_steps_and_shown_at_the_end_of_them(window: MainWindow, qtbot: QtBot) -> None:
    opener = window.parts.circuits
    opener.open()
    assert opener.made is None
    opener._go_on()
    views = {one for one in QApplication.topLevelWidgets() if isinstance(one, CircuitView)}
    opener._go_on()
    (view,) = {one for one in QApplication.topLevelWidgets() if isinstance(one, CircuitView)} - views
    assert opener.made is None
    opener.open()  # whoever is in haste does not open two
    qtbot.waitUntil(lambda: opener.made is not None)
    assert opener.window.view is view
    assert opener.window.isVisible()


def test_a_dialog_that_opens_while_the_view_is_made_is_answered_first(window: MainWindow, qtbot: QtBot) -> None:
    opener, dialog = window.parts.circuits, QDialog(window)
    opener.open()
    dialog.open()
    qtbot.waitUntil(lambda: opener.made is not None)
    assert not opener.window.isVisible()
    dialog.reject()
    assert opener.window.isVisible()


def test_what_the_view_lacks_is_made_at_once_for_whoever_needs_it(window: MainWindow) -> None:
    opener = window.parts.circuits
    assert not opener.window.isVisible()
    opener.open()
    assert opener.window.isVisible()


def test_the_view_keeps_its_circuit_while_it_is_closed(window: MainWindow, qtbot: QtBot) -> None:
    window.parts.circuits.open()
    qtbot.waitUntil(window.parts.circuits.window.isActiveWindow)
    type_expression(window.parts.circuits.window, "x * y + 1")
    window.parts.circuits.window.close()
    window.parts.circuits.open()
    assert window.parts.circuits.window.view.expression.editor.text() == "x * y + 1"


def test_the_view_is_painted_in_both_themes(circuits: CircuitsWindow) -> None:
    light = circuits.grab().toImage().pixelColor(4, 4)
    style.apply(make_application(), themes.DARK)
    dark = circuits.grab().toImage().pixelColor(4, 4)
    style.apply(make_application(), themes.LIGHT)
    assert light.lightness() > 200 > 60 > dark.lightness()


def test_undo_takes_back_each_edit_of_the_circuit_and_redo_repeats_it(circuits: CircuitsWindow) -> None:
    presenter = circuits.presenter
    first = presenter.current
    type_expression(circuits, "a * b + a")
    type_input(circuits, "a", "3")
    type_input(circuits, "b", "-2")
    typed = presenter.current
    assert dict(typed.inputs) == {"a": 3.0, "b": -2.0}
    QTest.keyClick(circuits.view.graph, Key.Key_Z, CTRL)
    assert presenter.current.inputs["b"] != -2.0
    assert circuits.view.expression.editor.text() == "a * b + a"
    QTest.keyClick(circuits.view.graph, Key.Key_Z, CTRL)
    QTest.keyClick(circuits.view.graph, Key.Key_Z, CTRL)
    assert presenter.current.circuit is first.circuit
    assert presenter.current.inputs == first.inputs
    for _ in range(3):
        QTest.keyClick(circuits.view.graph, Key.Key_Z, CTRL | SHIFT)
    assert presenter.current.circuit is typed.circuit
    assert presenter.current.inputs == typed.inputs


def test_a_drag_of_an_input_is_one_undo_and_keeps_the_step(circuits: CircuitsWindow) -> None:
    presenter, inputs = circuits.presenter, circuits.view.inputs
    type_expression(circuits, "x * y")
    before, edits = dict(presenter.current.inputs), presenter.undo_stack.count()
    inputs.input_pressed.emit("x")
    for value in (1.0, 0.5, -4.0):
        inputs.input_changed.emit("x", value)
    inputs.input_released.emit("x")
    assert presenter.undo_stack.count() == edits + 1
    QTest.keyClick(circuits.view.graph, Key.Key_F10)
    presenter.stepping.go_to_start()
    presenter.stepping.step()
    QTest.keyClick(circuits.view.graph, Key.Key_Z, CTRL)
    assert dict(presenter.current.inputs) == before
    assert presenter.current.done == 1


def test_another_circuit_opens_at_the_start_and_says_what_to_do(circuits: CircuitsWindow) -> None:
    for name in ("add-then-multiply", "sigmoid-staged"):
        circuits.presenter.open_example(name)
        shown = circuits.presenter.current
        assert shown.done == 0
        assert circuits.view.steps.text.text().startswith(f"0 / {shown.total}  Only the inputs are known. Step (F10)")
        assert all(label.text() == "" for label in circuits.view.inputs.gradients.values())
        assert circuits.view.nudge.not_yet.isVisible()
    reading = circuits.view.cards.current.reading
    assert reading is not None
    assert reading.value is None


def test_the_cards_of_the_gates_beside_the_active_one_fill_the_room(circuits: CircuitsWindow) -> None:
    circuits.presenter.open_example("add-then-multiply")
    QTest.keyClick(circuits, Key.Key_F10)
    titles = [card.reading.title for card in circuits.view.cards._neighbours if card.isVisible() and card.reading]
    assert titles == ["f: multiply gate"]
    circuits.presenter.open_example("max-routes-x-branches")
    circuits.resize(2400, 900)
    for _ in range(3):
        QTest.keyClick(circuits, Key.Key_F10)
    QApplication.processEvents()
    cards = [card for card in circuits.view.cards._neighbours if card.isVisible()]
    assert [card.reading.title for card in cards if card.reading] == ["q2: multiply gate"]


def test_a_forward_quiz_hides_the_values_and_no_card_gives_them_away(circuits: CircuitsWindow) -> None:
    circuits.presenter.open_example("max-routes-x-branches")
    circuits.presenter.begin_quiz("both")
    shown = circuits.presenter.current
    assert {which.partition("_")[0] for _, which in shown.hidden} == {"value", "gradient", "wire"}
    for gate in range(len(shown.circuit.nodes)):
        circuits.presenter._gates.select(gate)
        for card in (circuits.view.cards.current, *circuits.view.cards._neighbours):
            texts = " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())
            assert "wins: " not in texts
            assert "here x wins" not in texts
            assert "= 12" not in texts
    graph = circuits.view.graph
    assert graph._values is not None
    assert set(graph._values.winners) == {None}


def test_questions_in_words_are_asked_one_after_the_other(circuits: CircuitsWindow) -> None:
    circuits.presenter.open_example("max-routes-x-branches")
    teaching, asked = circuits.view.teaching, 0
    teaching.menu.actions()[-1].trigger()
    assert not circuits.view.cards.isVisible()
    bar = teaching.questions
    while circuits.presenter.questions.is_running:
        asked += 1
        assert all(button.isEnabled() for button in bar.options)
        assert not bar.next.isEnabled()
        QTest.mouseClick(bar.options[0], LEFT)
        assert not any(button.isEnabled() for button in bar.options)
        assert sum(button.text().startswith("✓ ") for button in bar.options) == 1
        assert bar.why.text()
        QTest.mouseClick(bar.next, LEFT)
    assert asked >= 6
    assert circuits.view.cards.isVisible()
    assert not bar.isVisible()
    assert circuits.presenter.current.done == circuits.presenter.current.total


def test_the_drawing_takes_the_room_of_the_cards_and_gives_it_back(circuits: CircuitsWindow) -> None:
    view, presenter = circuits.view, circuits.presenter
    presenter.open_example("sigmoid-neuron")
    QApplication.processEvents()
    gate, beside = presenter.current.circuit.output, view.graph.height()
    presenter._gates.select(None)
    QApplication.processEvents()
    assert view.cards.isHidden()
    assert view.graph.height() > beside + 100
    presenter._gates.select(gate)
    QApplication.processEvents()
    assert view.cards.isVisible()
    assert abs(view.graph.height() - beside) < 12


def test_another_circuit_or_step_ends_the_questions(circuits: CircuitsWindow) -> None:
    for leave in (
        lambda: circuits.presenter.open_example("square-by-branching"),
        circuits.presenter.stepping.step_back,
        lambda: circuits.view.inputs.input_changed.emit("x", 7.5),
        circuits.presenter.fold,
        circuits.presenter.toggle_quiz,
    ):
        circuits.presenter.open_example("sigmoid-staged" if leave == circuits.presenter.fold else "multiply-gate")
        circuits.presenter.begin_quiz("words")
        assert circuits.presenter.questions.is_running
        leave()
        assert not circuits.presenter.questions.is_running
        assert circuits.view.cards.isVisible()


def test_a_mistake_and_a_fold_can_be_taken_back(circuits: CircuitsWindow) -> None:
    presenter = circuits.presenter
    type_expression(circuits, "1 / (1 + exp(-x))")
    whole = presenter.current.circuit
    presenter.fold()
    assert len(presenter.current.circuit.nodes) < len(whole.nodes)
    presenter.toggle_forget_to_zero()
    assert presenter.current.forget_to_zero
    presenter.undo_stack.undo()
    assert not presenter.current.forget_to_zero
    presenter.undo_stack.undo()
    assert presenter.current.circuit is whole
    assert presenter.current.done == presenter.current.total
    presenter.stepping.go_to_start()
    presenter.undo_stack.redo()
    assert presenter.current.done == 0


def test_a_file_keeps_the_expression_and_its_numbers(window: MainWindow) -> None:
    circuits = window.parts.circuits.window
    circuits.presenter.open_expression("p * q")
    circuits.view.inputs.input_changed.emit("p", 7.25)
    kept = window.parts.files.view.settings()
    circuits.presenter.open_expression("x + 1")
    window.parts.files.view.show(kept)
    assert circuits.view.expression.editor.text() == "p * q"
    assert circuits.presenter.current.inputs["p"] == 7.25
    assert circuits.presenter.undo_stack.count() == 0
    for broken in ({"expression": "p *"}, {"expression": 3}, {"expression": "a+b", "inputs": 4, "upstream": "x"}, 5):
        window.parts.files.view.show({"circuit": broken})
        assert circuits.view.expression.editor.text() == "p * q"
