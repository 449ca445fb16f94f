"""What is painted with: modes, classes with colour and marker, size, keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.setup.paint_tools import MODES, PaintTools
from widgets.style import style, themes
from widgets.values.paint import PaintForm

THREE = PaintForm(class_names=("a", "b", "c"))


@pytest.fixture
def tools(qtbot: QtBot, qapp: QApplication) -> PaintTools:
    style.apply(qapp, themes.LIGHT)
    made = PaintTools()
    made.form_changed.connect(made.set_form)  # as a presenter does
    qtbot.addWidget(made)
    made.resize(230, 320)
    with qtbot.waitExposed(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def emitted(tools: PaintTools) -> list[Any]:
    said: list[Any] = []
    tools.form_changed.connect(said.append)
    tools.clear_clicked.connect(lambda: said.append("clear"))
    return said


def test_set_shows_and_never_emits(tools: PaintTools, emitted: list[Any]) -> None:
    tools.set_form(PaintForm("erase", 2, ("a", "b", "c"), size=0.1, note="Not here."))

    assert [mode for mode, button in tools.modes.items() if button.isChecked()] == ["erase"]
    assert tools.classes.label == 2
    assert tools.size_slider.value == 0.1
    assert tools.note.text() == "Not here."
    assert emitted == []


def test_the_classes_there_are_and_one_more_are_offered_up_to_ten(tools: PaintTools) -> None:
    tools.set_form(THREE)
    assert [button.isVisible() for button in tools.classes.buttons] == [True] * 4 + [False] * 6
    assert [button.text() for button in tools.classes.buttons[:4]] == ["0", "1", "2", "+ 3"]
    assert tools.classes.buttons[1].accessibleName() == "b"
    tools.set_form(PaintForm(class_names=tuple("abcdefghij")))
    assert all(button.isVisible() for button in tools.classes.buttons)


def test_all_ten_classes_fit_the_side_column(tools: PaintTools) -> None:
    tools.set_form(PaintForm(class_names=tuple("abcdefghij")))

    assert tools.minimumSizeHint().width() <= 230


def test_each_class_shows_a_picture_of_its_own(tools: PaintTools) -> None:
    tools.set_form(THREE)
    pictures = [button.icon().pixmap(16, 16).toImage() for button in tools.classes.buttons[:4]]

    assert all(one != other for i, one in enumerate(pictures) for other in pictures[:i])


def test_a_click_on_a_class_picks_it(tools: PaintTools, emitted: list[Any], qtbot: QtBot) -> None:
    tools.set_form(THREE)
    qtbot.mouseClick(tools.classes.buttons[2], Qt.MouseButton.LeftButton)

    assert emitted == [replace(THREE, label=2)]


def test_arrows_move_through_the_classes(tools: PaintTools, emitted: list[Any], qtbot: QtBot) -> None:
    tools.set_form(THREE)
    tools.classes.buttons[0].setFocus()
    qtbot.keyClick(tools.classes.buttons[0], Qt.Key.Key_Right)
    qtbot.keyClick(tools.classes.buttons[1], Qt.Key.Key_Right)
    qtbot.keyClick(tools.classes.buttons[2], Qt.Key.Key_Left)
    qtbot.keyClick(tools.classes.buttons[1], Qt.Key.Key_Up)

    assert [form.label for form in emitted] == [1, 2, 1]
    assert tools.classes.buttons[1].hasFocus()


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_is_picked_by_click_and_by_its_key(
    mode: str, tools: PaintTools, emitted: list[Any], qtbot: QtBot
) -> None:
    qtbot.mouseClick(tools.modes[mode], Qt.MouseButton.LeftButton)  # type: ignore[index]
    tools.set_form(PaintForm("move" if mode != "move" else "add"))
    assert tools.take_key(MODES[mode][2].lower())  # type: ignore[index]

    assert [form.mode for form in emitted] == [mode, mode]


def test_digits_pick_classes_that_are_offered(tools: PaintTools, emitted: list[Any], qtbot: QtBot) -> None:
    tools.set_form(THREE)
    tools.modes["brush"].setFocus()
    qtbot.keyClick(tools.modes["brush"], "3")
    assert tools.take_key("4")
    assert not tools.take_key("9")
    assert not tools.take_key("x")
    assert [form.label for form in emitted] == [2, 3]


def test_a_regression_has_a_value_instead_of_a_class(tools: PaintTools, emitted: list[Any]) -> None:
    tools.set_form(PaintForm(class_names=(), value=0.5))

    assert tools.value.isVisible()
    assert not tools.classes.isVisible()
    assert not tools.take_key("1")
    tools.value.editor.setFocus()
    tools.value.value_changed.emit(0.25)
    assert emitted == [PaintForm(class_names=(), value=0.25)]


@pytest.mark.parametrize(
    ("mode", "classes", "size"),
    [("brush", True, True), ("add", True, False), ("move", False, False), ("erase", False, True)],
)
def test_what_a_mode_does_not_use_is_disabled(mode: Any, classes: bool, size: bool, tools: PaintTools) -> None:
    tools.set_form(PaintForm(mode))

    assert tools.classes.isEnabled() == classes
    assert tools.size_slider.isEnabled() == size


def test_size_and_clear_are_reported(tools: PaintTools, emitted: list[Any], qtbot: QtBot) -> None:
    tools.size_slider.slider.setFocus()
    qtbot.keyClick(tools.size_slider.slider, Qt.Key.Key_Right)
    qtbot.mouseClick(tools.clear, Qt.MouseButton.LeftButton)

    assert emitted[0].size == pytest.approx(0.06)
    assert emitted[-1] == "clear"


def test_the_markers_follow_the_theme(tools: PaintTools, qapp: QApplication) -> None:
    tools.set_form(THREE)
    light = tools.classes.buttons[0].icon().pixmap(16, 16).toImage()
    style.apply(qapp, themes.DARK)

    assert tools.classes.buttons[0].icon().pixmap(16, 16).toImage() != light
    style.apply(qapp, themes.LIGHT)
