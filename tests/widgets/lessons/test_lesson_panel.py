"""The lesson panel alone: values in, signals out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.lessons.lesson_panel import LessonPanel
from widgets.values import Choice
from widgets.values.lessons import (
    LessonCard,
    LessonGoal,
    LessonList,
    LessonPage,
    LessonPlace,
    LessonPrediction,
    LessonQuestion,
    LessonReply,
    LessonRow,
)

PLACE = LessonPlace("Backprop through a neuron", 1, (True, False, False), 4)
NUMBER = LessonQuestion("How large is δ?", Choice("check", "Check", "Check it."), takes_number=True)
CHOICES = LessonQuestion("How good?", Choice("go", "Predict, then run", "Run."), ("50 %", "75 %", "100 %"))
PAGE = LessonPage(PLACE, "What does neuron 2 pass back?", "The loss tells it **δ**.", back=True)
HELPS = (Choice("hint", "Hint", "Look."), Choice("why", "Why?", "Because."))


@pytest.fixture
def panel(qtbot: QtBot) -> LessonPanel:
    made = LessonPanel()
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_page_shows_where_the_learner_is(panel: LessonPanel) -> None:
    panel.set_page(PAGE)

    assert panel.progress.text() == "step 2 of 3 · 4 min left"
    assert panel.dots.accessibleName() == "Step 2 of 3, 1 done"
    assert panel.title.accessibleName() == "Backprop through a neuron"
    assert not panel.next.isEnabled()
    assert panel.back.isEnabled()


def test_nothing_is_emitted_by_showing(panel: LessonPanel, qtbot: QtBot) -> None:
    signals = (panel.chosen, panel.answered, panel.next_clicked, panel.back_clicked, panel.card_opened)
    with qtbot.assertNotEmitted(panel.chosen), qtbot.assertNotEmitted(panel.answered):
        panel.set_page(replace(PAGE, question=replace(CHOICES, chosen=1), helps=HELPS, can_go_on=True))
        panel.set_page(replace(PAGE, question=replace(NUMBER, typed="0.5")))
    assert len(signals) == 5


def test_a_choice_is_picked_first_and_then_answered(panel: LessonPanel, qtbot: QtBot) -> None:
    panel.set_page(replace(PAGE, question=CHOICES))
    assert not panel.question.button.isEnabled()

    with qtbot.waitSignal(panel.chosen) as chosen:
        panel.question.choices[2].click()
    panel.set_page(replace(PAGE, question=replace(CHOICES, chosen=2)))
    with qtbot.waitSignal(panel.answered):
        panel.question.button.click()

    assert chosen.args == [2]
    assert panel.question.choices[2].isChecked()


def test_enter_answers_with_what_was_typed_and_a_reply_keeps_the_text(panel: LessonPanel, qtbot: QtBot) -> None:
    panel.set_page(replace(PAGE, question=NUMBER))
    panel.take_focus()
    QTest.keyClicks(panel.question.field, " -0.55 ")
    with qtbot.waitSignal(panel.answered) as answered:
        QTest.keyClick(panel.question.field, Qt.Key.Key_Return)
    panel.set_page(replace(PAGE, question=NUMBER, reply=LessonReply("wrong", "Not yet.", "The *slope* is missing.")))

    assert answered.args == ["-0.55"]
    assert panel.question.field.text() == " -0.55 "
    assert panel.reply.title.text() == "✗ Not yet."
    assert "<i>slope</i>" in panel.reply.text.text()
    assert panel.question.field.hasFocus()


def test_a_frozen_answer_cannot_be_changed(panel: LessonPanel, qtbot: QtBot) -> None:
    panel.set_page(replace(PAGE, question=replace(CHOICES, chosen=0, is_frozen=True),
                           prediction=LessonPrediction("50 %", "48 %")))  # fmt: skip

    assert panel.question.button.isHidden()
    assert [choice.isEnabled() for choice in panel.question.choices] == [True, False, False]
    assert "50 %" in panel.prediction.text.markdown
    assert "48 %" in panel.prediction.text.markdown


def test_enter_presses_the_button_that_has_the_focus(panel: LessonPanel, qtbot: QtBot) -> None:
    panel.set_page(replace(PAGE, can_go_on=True, helps=HELPS))
    panel.next.setFocus()
    with qtbot.waitSignal(panel.next_clicked):
        QTest.keyClick(panel.next, Qt.Key.Key_Return)
    panel.helps["why"].setFocus()
    with qtbot.waitSignal(panel.help_clicked) as helped:
        QTest.keyClick(panel.helps["why"], Qt.Key.Key_Return)
    assert helped.args == ["why"]


def test_the_focus_goes_on_to_next_when_that_becomes_possible(panel: LessonPanel) -> None:
    panel.set_page(replace(PAGE, question=NUMBER))
    panel.take_focus()
    panel.set_page(replace(PAGE, question=replace(NUMBER, is_frozen=True, typed="1"), can_go_on=True))
    assert panel.next.hasFocus()


def test_the_button_says_finish_before_it_can_be_pressed_and_next_in_the_lesson_after(panel: LessonPanel) -> None:
    panel.set_page(replace(PAGE, next=Choice("next", "Finish")))
    assert panel.next.accessibleName() == "Finish"
    assert not panel.next.isEnabled()
    panel.set_page(PAGE)
    assert panel.next.accessibleName() == "Next"


def test_the_focus_goes_to_the_field_of_the_next_task(panel: LessonPanel) -> None:
    panel.set_page(replace(PAGE, question=replace(NUMBER, takes_number=False)))
    panel.question.button.setFocus()
    panel.set_page(replace(PAGE, question=NUMBER))
    assert panel.question.field.hasFocus()


def test_cards_are_opened_and_judged(panel: LessonPanel, qtbot: QtBot) -> None:
    card = LessonCard("Why?", "Because.")
    panel.set_page(replace(PAGE, cards=(card, card)))
    assert panel.cards[1].answer.isHidden()
    with qtbot.waitSignal(panel.card_opened) as opened:
        panel.cards[1].open_button.click()
    panel.set_page(replace(PAGE, cards=(card, replace(card, is_open=True))))
    with qtbot.waitSignal(panel.card_judged) as judged:
        panel.cards[1].knew.click()

    assert opened.args == [1]
    assert judged.args == [1, True]
    assert panel.cards[1].answer.markdown == "Because."


def test_a_goal_marks_what_holds_and_says_why_not_yet(panel: LessonPanel) -> None:
    goal = LessonGoal("Goal: accuracy ≥ 95 %", ((True, "1 layer"), (False, "accuracy 48 %")), "Not yet.", False)
    panel.set_page(replace(PAGE, goal=goal))
    assert panel.goal.conditions.text() == "✓ 1 layer\n○ accuracy 48 %"


@pytest.mark.parametrize("scale", [1.0, 1.4])
def test_no_button_of_the_list_reaches_out_of_it(panel: LessonPanel, scale: float) -> None:
    titles = ("1 · Losses", "7 · From scalars to matrices and Jacobians, and back again to the very first number")
    font = panel.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    panel.setFont(font)
    panel.set_list(LessonList("Lessons", "Lead.", tuple(LessonRow(title, title, "10 min") for title in titles)))
    panel.resize(panel.minimumSizeHint().width(), 600)
    QApplication.processEvents()
    area = panel._home.viewport()
    for title, button in panel.list.buttons.items():
        assert button.mapTo(area, button.rect().topRight()).x() < area.width()
        assert button.accessibleName() == title
    assert panel.list.buttons[titles[0]].text() == titles[0]
    assert panel.list.buttons[titles[1]].text().endswith("…")


def test_without_a_lesson_the_list_is_shown(panel: LessonPanel, qtbot: QtBot) -> None:
    panel.set_page(PAGE)
    rows = (LessonRow("one", "1 · One", "10 min · done", True), LessonRow("two", "2 · Two", "9 min"))
    panel.set_list(LessonList("Lessons", "Each takes ten minutes.", rows))
    with qtbot.waitSignal(panel.lesson_picked) as picked:
        panel.list.buttons["two"].click()

    assert picked.args == ["two"]
    assert panel.list.isVisible()
    assert not panel.next.isVisible()


@pytest.mark.parametrize("width", [250, 300, 420])
def test_nothing_is_cut_at_any_width(panel: LessonPanel, width: int) -> None:
    long = "A rather long sentence that has to wrap in a narrow panel, **more than once** in fact."
    panel.set_page(
        replace(PAGE, lead=f"{long}\n\n{long}", question=replace(CHOICES, choices=(long, "short"), chosen=0),
                reply=LessonReply("note", long, long), helps=HELPS, tail=long)
    )  # fmt: skip
    panel.resize(width, 600)
    QApplication.processEvents()
    for part in (panel.lead, panel.question, panel.reply, panel.tail, panel.reply.text, panel.reply.title):
        assert part.width() <= width
        if part.hasHeightForWidth():
            assert part.height() >= part.heightForWidth(part.width()), part
