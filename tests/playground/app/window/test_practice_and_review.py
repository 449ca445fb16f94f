"""Practice at the level of the learner, cards that come back, and a lesson written from the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow
from playground.document.data_choice import with_dataset
from playground.files import lesson_file
from playground.files.lesson_progress import LessonProgress
from playground.lessons.lesson import Recall
from widgets.lessons.lesson_panel import LessonPanel
from widgets.style import numbers

CARD = Recall("Why?", "Because.", 1)


def panel_of(window: MainWindow) -> LessonPanel:
    QApplication.processEvents()
    (panel,) = window.parts.docks["lesson"].content.findChildren(LessonPanel)
    return panel


def test_practice_leaves_the_document_and_raises_the_level_with_success(window: MainWindow) -> None:
    window.session.step(5)
    window.parts.lessons.practise("gates")
    panel, player = panel_of(window), window.parts.lessons.player
    assert player.progress.standing_of("gates").level == 1
    while not player.visit.drill.is_over:
        exercise = player.visit.drill.exercise
        panel.question.field.setText(numbers.full(exercise.right) if exercise else "")
        panel.question.button.click()

    assert player.progress.standing_of("gates").level > 1
    assert window.session.run.iteration == 5
    panel.next.click()
    assert player.visit is None


def test_a_drill_names_the_mistake(window: MainWindow) -> None:
    window.parts.lessons.practise("neuron")
    panel, player = panel_of(window), window.parts.lessons.player
    mistake = player.visit.drill.exercise.told_apart[0]
    panel.question.field.setText(numbers.fixed(mistake.value, 8))
    panel.question.button.click()

    assert panel.reply.property("tone") == "wrong"
    assert panel.question.field.text() == numbers.fixed(mistake.value, 8)


def test_a_card_comes_back_after_1_3_7_and_21_days(tmp_path: Path) -> None:
    days = [date(2030, 1, 1).toordinal()]
    progress = LessonProgress(base=tmp_path, today=lambda: days[0])
    progress.judge(CARD, knew=True)
    came = []
    for day in range(1, 60):
        days[0] += 1
        if progress.due_cards():
            came.append(day)
            progress.judge(CARD, knew=True)

    assert came == [1, 4, 11, 32]


def test_review_asks_what_is_due(window: MainWindow) -> None:
    progress = window.parts.lessons.player.progress
    window.parts.lessons.review()
    assert window.parts.lessons.player.visit is None
    progress.judge(CARD, knew=True)
    progress._today = lambda: date.today().toordinal() + 1
    window.parts.lessons.review()
    panel = panel_of(window)
    assert panel.heading.text() == "1 card is due"
    panel.cards[0].open_button.click()
    panel.cards[0].missed.click()

    assert panel.next.isEnabled()
    assert progress.due_cards() == ()


def test_a_lesson_written_from_the_window_is_a_lesson_that_shows_it(window: MainWindow, tmp_path: Path) -> None:
    window.session.change(with_dataset("rings"), "rings")
    document, path = window.session.document, tmp_path / "mine.md"
    window.parts.files.dialogs.save_lesson = lambda _suggestion, done: done(path)
    window.parts.actions["write_lesson"].trigger()

    assert lesson_file.load(path).title
    assert panel_of(window).isVisible()
    assert window.session.document.data.name == "rings"
    window.parts.lessons.leave()
    assert window.session.document == document
