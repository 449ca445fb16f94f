"""A number to drag or type: set shows, a gesture emits, set never emits."""

from __future__ import annotations

from math import inf

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.controls import fields
from widgets.controls.stop_slider import StopSlider
from widgets.controls.value_slider import ValueSlider
from widgets.values import NumberField

RATE = NumberField("rate", "Learning rate", "w ← w − η·g", (0.1, 0.2, 0.5, 1.0, 2.0), 0.5, 0.0, 10.0, open_low=True)


class Recorder:
    """What a slider emitted, in order."""

    def __init__(self, slider: ValueSlider) -> None:
        self.events: list[str | float] = []
        slider.value_pressed.connect(lambda: self.events.append("pressed"))
        slider.value_changed.connect(self.events.append)
        slider.value_released.connect(lambda: self.events.append("released"))


@pytest.fixture
def slider(qtbot: QtBot) -> ValueSlider:
    widget = ValueSlider(RATE)
    qtbot.addWidget(widget)
    widget.resize(220, 60)
    with qtbot.waitExposed(widget):
        widget.show()
        widget.activateWindow()
    return widget


def x_of(slider: ValueSlider, index: int) -> QPoint:
    handle = slider.slider._handle().width()
    span = slider.slider.width() - handle
    return QPoint(handle // 2 + round(span * index / (len(RATE.stops) - 1)), slider.slider.height() // 2)


def test_set_shows_the_value_and_never_emits(slider: ValueSlider) -> None:
    emitted = Recorder(slider)
    slider.set_value(1.0)
    assert (slider.editor.text(), slider.slider.value(), slider.value) == ("1", 3, 1.0)
    slider.set_value(0.31)
    assert (slider.editor.text(), slider.slider.value(), slider.value) == ("0.31", 1, 0.31)
    slider.set_field(NumberField("rate", "Rate", "", (1.0, 2.0), 1.0, 0.0, 5.0))
    assert (slider.value, slider.label.text()) == (0.31, "Rate")
    assert emitted.events == []


def test_a_drag_is_one_gesture_that_acts_on_the_way(slider: ValueSlider, qtbot: QtBot) -> None:
    emitted = Recorder(slider)
    qtbot.mousePress(slider.slider, Qt.MouseButton.LeftButton, pos=x_of(slider, 2))
    qtbot.mouseMove(slider.slider, x_of(slider, 3))
    qtbot.mouseMove(slider.slider, x_of(slider, 4))
    qtbot.mouseRelease(slider.slider, Qt.MouseButton.LeftButton, pos=x_of(slider, 4))
    assert emitted.events == ["pressed", 1.0, 2.0, "released"]


def test_an_echo_during_a_drag_does_not_move_the_handle_back(slider: ValueSlider, qtbot: QtBot) -> None:
    qtbot.mousePress(slider.slider, Qt.MouseButton.LeftButton, pos=x_of(slider, 2))
    qtbot.mouseMove(slider.slider, x_of(slider, 4))
    slider.set_value(0.5)
    assert slider.slider.value() == 4
    assert slider.editor.text() == "0.5"
    qtbot.mouseRelease(slider.slider, Qt.MouseButton.LeftButton, pos=x_of(slider, 4))


def test_a_click_on_the_groove_goes_there_at_once(slider: ValueSlider, qtbot: QtBot) -> None:
    emitted = Recorder(slider)
    qtbot.mouseClick(slider.slider, Qt.MouseButton.LeftButton, pos=x_of(slider, 0))
    assert emitted.events == ["pressed", 0.1, "released"]


def test_a_held_arrow_is_one_gesture(slider: ValueSlider, qtbot: QtBot) -> None:
    emitted = Recorder(slider)
    slider.slider.setFocus()
    qtbot.keyPress(slider.slider, Qt.Key.Key_Right)
    qtbot.keyPress(slider.slider, Qt.Key.Key_Right)
    qtbot.keyRelease(slider.slider, Qt.Key.Key_Right)
    assert emitted.events == ["pressed", 1.0, 2.0, "released"]


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_Right, 0.5), (Qt.Key.Key_Left, 0.2)])
def test_an_arrow_goes_from_a_typed_value_to_its_next_stop(
    slider: ValueSlider, qtbot: QtBot, key: Qt.Key, value: float
) -> None:
    slider.set_value(0.31)
    emitted = Recorder(slider)
    qtbot.keyClick(slider.slider, key)
    assert emitted.events == ["pressed", value, "released"]
    assert slider.slider.value() == RATE.stops.index(value)


def test_home_end_and_pages_move_too(slider: ValueSlider, qtbot: QtBot) -> None:
    emitted = Recorder(slider)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_PageUp, Qt.Key.Key_End):
        qtbot.keyClick(slider.slider, key)
    assert [e for e in emitted.events if isinstance(e, float)] == [0.1, 0.2, 2.0]


def turn_of_the_wheel() -> QWheelEvent:
    return QWheelEvent(
        QPointF(20, 8), QPointF(20, 8), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def test_the_wheel_scrolls_the_panel_unless_the_slider_has_the_focus(slider: ValueSlider) -> None:
    slider.slider.clearFocus()
    emitted = Recorder(slider)
    turn = turn_of_the_wheel()
    QApplication.sendEvent(slider.slider, turn)
    assert not turn.isAccepted()
    assert (emitted.events, slider.value) == ([], 0.5)


def test_one_turn_of_the_wheel_is_one_gesture(slider: ValueSlider) -> None:
    slider.slider.setFocus()
    emitted = Recorder(slider)
    QApplication.sendEvent(slider.slider, turn_of_the_wheel())
    assert emitted.events[0] == "pressed"
    assert emitted.events[-1] == "released"
    assert slider.value > 0.5


def test_a_double_click_goes_back_to_the_default(slider: ValueSlider, qtbot: QtBot) -> None:
    slider.set_value(2.0)
    emitted = Recorder(slider)
    qtbot.mouseDClick(slider.slider, Qt.MouseButton.LeftButton, pos=x_of(slider, 4))
    assert emitted.events[-3:] == ["pressed", 0.5, "released"]
    assert slider.slider.value() == 2


def test_a_value_beyond_the_slider_can_be_typed(slider: ValueSlider, qtbot: QtBot) -> None:
    emitted = Recorder(slider)
    slider.editor.setFocus()
    slider.editor.selectAll()
    qtbot.keyClicks(slider.editor, "7,5")
    qtbot.keyClick(slider.editor, Qt.Key.Key_Return)
    assert emitted.events == ["pressed", 7.5, "released"]
    assert slider.slider.value() == 4
    assert slider.error.isHidden()


def test_a_value_beyond_the_hard_limits_is_refused_under_the_slider(slider: ValueSlider, qtbot: QtBot) -> None:
    emitted = Recorder(slider)
    slider.editor.setFocus()
    slider.editor.selectAll()
    qtbot.keyClicks(slider.editor, "11")
    qtbot.keyClick(slider.editor, Qt.Key.Key_Return)
    assert emitted.events == []
    assert slider.error.text() == "Learning rate: expected a number above 0 and at most 10, got 11"
    assert slider.editor.text() == "11"
    qtbot.keyClick(slider.editor, Qt.Key.Key_Escape)
    assert slider.error.isHidden()
    assert (slider.editor.text(), slider.value) == ("0.5", 0.5)


def test_leaving_the_editor_takes_what_was_typed(slider: ValueSlider, qtbot: QtBot) -> None:
    emitted = Recorder(slider)
    slider.editor.setFocus()
    slider.editor.selectAll()
    qtbot.keyClicks(slider.editor, "2")
    slider.editor.clearFocus()
    slider.slider.setFocus()
    assert emitted.events == ["pressed", 2.0, "released"]


def test_the_editor_offers_every_digit_and_rests_at_four(slider: ValueSlider) -> None:
    slider.slider.setFocus()
    slider.set_value(0.123456789)
    assert slider.editor.text() == "0.1235"
    slider.editor.setFocus()
    assert slider.editor.text() == "0.123456789"
    slider.slider.setFocus()
    assert (slider.editor.text(), slider.value) == ("0.1235", 0.123456789)


def test_a_new_value_does_not_disturb_what_is_being_typed(slider: ValueSlider, qtbot: QtBot) -> None:
    slider.editor.setFocus()
    slider.set_value(0.123456789)
    assert slider.editor.text() == "0.123456789"
    slider.editor.selectAll()
    qtbot.keyClicks(slider.editor, "7")
    slider.set_value(0.2)
    assert slider.editor.text() == "7"
    qtbot.keyClick(slider.editor, Qt.Key.Key_Escape)
    assert slider.editor.text() == "0.2"


def test_tab_reaches_the_slider_and_then_its_number(slider: ValueSlider, qtbot: QtBot) -> None:
    slider.slider.setFocus()
    qtbot.keyClick(slider.slider, Qt.Key.Key_Tab)
    assert slider.editor.hasFocus()


def test_enter_on_the_slider_opens_the_editor(slider: ValueSlider, qtbot: QtBot) -> None:
    slider.slider.setFocus()
    qtbot.keyClick(slider.slider, Qt.Key.Key_Return)
    assert slider.editor.hasFocus()


def test_it_says_its_name_formula_limits_and_default(slider: ValueSlider) -> None:
    assert slider.slider.accessibleName() == "Learning rate"
    for part in ("w ← w − η·g", "Now 0.5", "double-click for 0.5", "above 0 and at most 10"):
        assert part in slider.slider.toolTip()


def test_a_screen_reader_meets_the_value_and_its_limits_not_the_number_of_a_stop(slider: ValueSlider) -> None:
    value = QAccessible.queryAccessibleInterface(slider.slider).valueInterface()
    least, most = RATE.stops[0], RATE.stops[-1]
    between = (RATE.stops[1] + RATE.stops[2]) / 2
    slider.set_value(between)
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (least, between, most)
    assert slider.slider.accessibleDescription() == fields.shown(RATE, between)
    slider.set_value(2 * most)
    assert (value.currentValue(), value.maximumValue()) == (2 * most, 2 * most)

    value.setCurrentValue(RATE.stops[2])
    assert slider.value == RATE.stops[2]


def test_where_the_last_stop_has_no_limit_a_screen_reader_meets_numbers(qtbot: QtBot) -> None:
    slider = StopSlider((1.0, 10.0, inf))
    qtbot.addWidget(slider)
    slider.setValue(2)
    spoken = QAccessible.queryAccessibleInterface(slider)
    assert (spoken.valueInterface().currentValue(), spoken.valueInterface().maximumValue()) == (10.0, 10.0)
    assert spoken.role() == QAccessible.Role.Slider
    assert spoken.textInterface() is None
