"""Practice at the level of the learner, cards that come back, and a lesson written from the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from playground.app.views.lessons.step_state import StepState
from playground.app.window.main_window import MainWindow
from playground.circuits.naming import names
from playground.document.data_choice import with_dataset
from playground.files import lesson_file
from playground.files.lesson_progress import LessonProgress
from playground.lessons.drills.ladder import Standing
from playground.lessons.lesson import Recall
from widgets.circuit_graph import CircuitGraph
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


@pytest.mark.parametrize("kind", ["gates", "branches", "sigmoid", "neuron", "layers"])
def test_a_drill_draws_the_circuit_of_its_task_and_hides_what_is_asked(window: MainWindow, kind: str) -> None:
    player = window.parts.lessons.player
    player.progress.stand(kind, Standing(3))
    window.parts.lessons.practise(kind)
    panel, desk = panel_of(window), player._stage.desk
    (graph,) = window.parts.panels.circuit_place.findChildren(CircuitGraph)
    assert graph.isVisible()
    assert not window.parts.panels.center.isVisible()
    assert not desk._steps.isVisible()
    while (exercise := player.visit.drill.exercise) is not None:
        run = player.visit.drill
        keys = run.task.draft.drawing.keys
        assert desk.current.hidden == frozenset(keys[run.known :])
        for key, step in zip(keys[: run.known], run.task.draft.steps, strict=False):
            if key[1] == "value":
                assert desk.current.state.values[key[0]] == pytest.approx(step.right)
            elif key[1] == "gradient":
                assert desk.current.state.gradients[key[0]] == pytest.approx(step.right)
        panel.question.field.setText(numbers.full(exercise.right))
        panel.question.button.click()
    assert not desk.current.hidden
    assert desk.current.done == desk.current.total
    panel.leave.click()
    assert window.parts.panels.center.isVisible()
    assert not graph.isVisible()


def test_a_number_of_a_drill_can_be_typed_into_its_circuit(window: MainWindow) -> None:
    window.parts.lessons.practise("gates")
    player = window.parts.lessons.player
    (graph,) = window.parts.panels.circuit_place.findChildren(CircuitGraph)
    run = player.visit.drill
    graph.answer_typed.emit(*run.task.draft.drawing.keys[run.known], numbers.full(run.exercise.right))
    assert player.visit.drill.known == run.known + 1
    assert panel_of(window).reply.property("tone") == "right"


def test_after_a_drill_the_circuit_of_the_lesson_is_back(window: MainWindow) -> None:
    lesson = next(one for one in lesson_file.shipped() if one.name == "gates-and-their-patterns")
    at = next(i for i, step in enumerate(lesson.steps) if step.kind == "drill")
    assert window.parts.lessons.take(lesson, at=at - 1)
    panel, player = panel_of(window), window.parts.lessons.player
    desk = player._stage.desk
    before = desk.current.circuit
    player.visit.states[at - 1] = StepState(is_done=True)
    panel.next.setEnabled(True)
    panel.next.click()
    assert desk.current.circuit is player.visit.drill.task.draft.drawing.circuit
    panel.back.click()
    assert names(desk.current.circuit) == names(before)
    assert desk._steps.isVisible()


def test_a_task_without_a_circuit_shows_what_was_there(window: MainWindow) -> None:
    window.parts.lessons.practise("shapes")
    assert panel_of(window).isVisible()
    assert window.parts.panels.center.isVisible()


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
