"""The quiet card: a word, a sentence, answers."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.lessons.guide_card import GuideCardView
from widgets.values import Choice
from widgets.values.lessons import GuideCard

CARD = GuideCard("New here?", "Lesson 1 takes ten minutes and asks before it shows.",
                 (Choice("lesson", "Start lesson 1"), Choice("explore", "Explore")))  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot) -> GuideCardView:
    made = GuideCardView()
    qtbot.addWidget(made)
    made.set_card(CARD)
    return made


def test_it_is_hidden_until_there_is_something_to_offer(qtbot: QtBot) -> None:
    made = GuideCardView()
    qtbot.addWidget(made)
    assert made.isHidden()


def test_each_button_answers(view: GuideCardView, qtbot: QtBot) -> None:
    for key in ("lesson", "explore"):
        with qtbot.waitSignal(view.answered) as answered:
            view.buttons[key].click()
        assert answered.args == [key]
    view.set_card(None)
    assert view.isHidden()


@pytest.mark.parametrize("width", [260, 700])
def test_everything_has_its_place(view: GuideCardView, width: int) -> None:
    view.resize(width, view.heightForWidth(width) if view.hasHeightForWidth() else view.sizeHint().height())
    view.show()
    QApplication.processEvents()
    for button in view.buttons.values():
        assert view.rect().contains(button.geometry()), button.geometry()
