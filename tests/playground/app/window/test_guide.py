"""The card of the first start, and the tour: they offer, wait for the act, and never come back by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.views.guide.tour import STOPS
from playground.app.window.main_window import MainWindow
from playground.app.window.start import open_window
from playground.document.document import Node
from playground.files import document_file
from playground.files.autosave import Autosave, recoverable
from playground.files.saved import Saved
from playground.files.settings import Settings
from playground.lessons.lesson import Recall
from widgets.dialogs.recovery_offer import RECOVER


def test_the_card_stands_in_the_window_and_is_gone_for_good_once_answered(window: MainWindow) -> None:
    card = window.parts.panels.guide
    assert not card.isVisible()
    window.parts.guide.greet()
    assert card.isVisible()
    assert QApplication.activeModalWidget() is None

    card.buttons["explore"].click()

    assert not card.isVisible()
    assert Settings().is_greeted
    window.parts.guide.greet()
    assert not card.isVisible()


def test_the_card_is_gone_for_good_once_a_file_is_opened(window: MainWindow, tmp_path: Path) -> None:
    files, card = window.parts.files, window.parts.panels.guide
    path = tmp_path / "a.playground"
    document_file.save(path, Saved())
    window.parts.guide.greet()
    files.load(path)
    assert not card.isVisible()
    assert Settings().is_greeted


@pytest.mark.parametrize("action", ["play", "slow_motion"])
def test_the_card_makes_room_for_good_once_the_user_explores(window: MainWindow, action: str) -> None:
    card = window.parts.panels.guide
    window.parts.guide.greet()
    window.parts.actions[action].trigger()
    assert not card.isVisible()
    assert Settings().is_greeted


def test_a_tour_goes_on_when_a_file_is_opened(window: MainWindow) -> None:
    window.parts.guide.start_tour()
    window.parts.files.adopt(Saved())
    assert window.parts.panels.guide.text.text() == STOPS[0].text


@pytest.mark.parametrize("is_left", [False, True], ids=["fresh", "work_is_left"])
def test_the_card_never_stands_beside_the_offer_of_lost_work(qtbot: QtBot, *, is_left: bool) -> None:
    for entry in recoverable():
        entry.discard()
    if is_left:
        autosave = Autosave()
        autosave.write(Saved(), 0.0, 1)
        autosave._lock.unlock()  # what the end of a process does
    window = open_window()
    qtbot.addWidget(window)
    assert window.parts.panels.guide.isVisible() != is_left
    window.parts.recovery.begin()
    assert (window.parts.recovery.offer is not None) == is_left
    if window.parts.recovery.offer is not None:
        window.parts.recovery.offer.answered.emit(RECOVER)
        assert not window.parts.panels.guide.isVisible()
    window.parts.recovery.end()


def test_the_tour_waits_for_each_act_and_ticks_it_off(window: MainWindow) -> None:
    session, card, ring = window.session, window.parts.panels.guide, window.parts.ring
    session.step(40)
    window.parts.actions["tour"].trigger()
    assert session.run.iteration == 0
    assert card.text.text() == STOPS[0].text
    assert ring.target is window.parts.panels.transport.play

    session.step()
    assert card.text.text() == STOPS[0].text
    window.parts.panels.transport.play.click()
    assert card.text.text() == STOPS[1].text
    window.parts.panels.transport.play.click()
    assert card.text.text() == STOPS[2].text
    session.select(node=Node(1, 2))
    assert card.text.text() == STOPS[3].text
    QTest.mouseClick(window.parts.panels.output.plane, Qt.MouseButton.LeftButton)
    assert card.text.text() == STOPS[4].text
    window.parts.actions["slow_motion"].trigger()

    assert card.dots.accessibleName().endswith("5 done")
    assert not ring.isVisible()
    card.buttons["end"].click()
    assert not card.isVisible()


def test_the_tour_can_be_ended_at_any_stop(window: MainWindow) -> None:
    window.parts.guide.start_tour()
    window.parts.panels.guide.buttons["end"].click()
    window.session.play()

    assert not window.parts.panels.guide.isVisible()
    assert not window.parts.ring.isVisible()


def finish(window: MainWindow, index: int) -> None:
    """Take the last step of the shipped lesson at `index`."""
    lessons = window.parts.lessons
    lesson = lessons.shipped()[index]
    lessons.take(lesson, at=len(lesson.steps) - 1)
    visit = lessons.player.visit
    assert visit is not None
    for card in range(sum(isinstance(part, Recall) for part in visit.step.parts)):
        lessons.player.answers.judge_card(card, True)
    lessons.next()
    assert lessons.player.visit is None


def test_a_finished_lesson_offers_the_next_one(window: MainWindow) -> None:
    card, lessons = window.parts.panels.guide, window.parts.lessons
    for index in (0, 1):
        finish(window, index)
        assert card.isVisible()
        assert lessons.shipped()[index].title in card.text.text()
        assert f"Start lesson {index + 2}" in card.buttons["next"].text()
    card.buttons["next"].click()
    assert lessons.player.visit is not None
    assert lessons.player.visit.lesson is lessons.shipped()[2]
    assert not card.isVisible()


def test_the_last_lesson_is_the_last_and_a_lesson_that_was_left_is_not_finished(window: MainWindow) -> None:
    card, lessons = window.parts.panels.guide, window.parts.lessons
    finish(window, -1)
    assert list(card.buttons) == ["done"]
    card.buttons["done"].click()
    assert not card.isVisible()
    lessons.take(lessons.shipped()[0])
    lessons.leave()
    assert not card.isVisible()


def test_what_comes_after_a_lesson_makes_room_once_the_user_explores(window: MainWindow) -> None:
    finish(window, 0)
    window.parts.actions["play"].trigger()
    assert not window.parts.panels.guide.isVisible()
