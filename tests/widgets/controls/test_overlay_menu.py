"""A menu of switches: each is a gesture of its own, and one that cannot be used says why."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from widgets.controls.overlay_menu import OverlayMenu
from widgets.values import Choice

CHOICES = (Choice("lines", "Decision lines", "Where z = 0", "w·x + b = 0"), Choice("rings", "Rings", "The wrong ones"))


@pytest.fixture
def menu(qtbot: QtBot) -> OverlayMenu:
    made = OverlayMenu(CHOICES)
    qtbot.addWidget(made)
    return made


def test_every_choice_is_a_switch_that_is_off_at_first(menu: OverlayMenu) -> None:
    assert [menu.is_on(choice.key) for choice in CHOICES] == [False, False]
    assert menu.actions_by_key["lines"].toolTip() == "Where z = 0\nw·x + b = 0"
    assert "decision lines, rings" in menu.toolTip()


def test_a_gesture_tells_once_and_what_is_set_tells_nothing(menu: OverlayMenu) -> None:
    emitted: list[bool] = []
    action = menu.actions_by_key["rings"]
    action.triggered.connect(lambda on: emitted.append(on))
    action.setChecked(True)
    menu.set_usable("rings", False, "No classes.")
    menu.set_usable("rings", True)
    assert emitted == []
    action.trigger()
    assert emitted == [False]


def test_what_cannot_be_used_says_why(menu: OverlayMenu) -> None:
    menu.set_usable("lines", False, "Other inputs.")
    action = menu.actions_by_key["lines"]
    assert not action.isEnabled()
    assert action.statusTip() == "Other inputs."
    action.trigger()
    assert not menu.is_on("lines")
