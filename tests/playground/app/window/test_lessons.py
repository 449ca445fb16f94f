"""A lesson in the real window: taken step by step, undone, left and come back to; the own document is untouched."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.files.file_dialogs import CANCEL
from playground.app.window.learn_menu import IN_A_LESSON
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth
from playground.document.document import Node
from playground.files.folders import own_folder
from playground.files.format import codec
from playground.lessons.lesson import Lesson
from playground.lessons.reader import read_lesson
from widgets.lessons.lesson_panel import LessonPanel
from widgets.loss_plot import LossPlot

SAMPLE = Path(__file__).parents[2] / "lessons" / "samples" / "xor.md"


@pytest.fixture
def lesson() -> Lesson:
    return read_lesson(SAMPLE.read_text(encoding="utf-8"), "xor")


def panel_of(window: MainWindow) -> LessonPanel:
    (panel,) = window.parts.docks["lesson"].content.findChildren(LessonPanel)
    return panel


def take(window: MainWindow, lesson: Lesson) -> LessonPanel:
    assert window.parts.lessons.take(lesson)
    QApplication.processEvents()
    return panel_of(window)


def predict(window: MainWindow, panel: LessonPanel, choice: int) -> None:
    panel.question.choices[choice].click()
    panel.question.button.click()
    window.parts.lessons.player.finish_running()


def reach_goal(window: MainWindow, panel: LessonPanel) -> None:
    panel.helps["show"].click()
    window.parts.lessons.player.finish_running()


def test_a_lesson_opens_in_place_of_data_and_training_and_shows_its_scene(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)

    assert panel.isVisible()
    assert not window.parts.panels.setup.isVisible()
    assert panel.heading.text() == "Fail first"
    assert window.session.document.depth == 0
    assert window.session.document.seed == 3
    assert not window.parts.docks["flow"].isVisible()
    assert "A line cannot split XOR" in window.windowTitle()


def test_what_leads_to_a_scene_is_not_shown_on_the_way(window: MainWindow) -> None:
    session, shown = window.session, []
    session.refresh_requested.connect(lambda: shown.append(session.run.iteration))
    assert window.parts.lessons.open("losses")  # whose first scene trains
    assert session.run.iteration > 100
    assert set(shown) == {session.run.iteration}


def test_a_prediction_is_frozen_before_it_runs_and_compared_after(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    assert not panel.question.button.isEnabled()
    assert not panel.next.isEnabled()

    panel.question.choices[1].click()
    panel.question.button.click()
    assert window.session.run.iteration == 0
    assert not panel.question.button.isVisible()
    assert not panel.question.choices[0].isEnabled()
    window.parts.lessons.player.finish_running()

    assert window.session.run.iteration == 2000
    assert "about 75 %" in panel.prediction.text.markdown
    assert "iteration 2 000" in panel.prediction.text.markdown
    assert panel.reply.text.markdown == "Three clouds of four would need a line that bends."
    assert panel.reply.title.text() == "✗ It came out otherwise."
    assert panel.next.isEnabled()


@pytest.mark.parametrize("choice", [0, 2])
def test_each_choice_has_its_own_reply(window: MainWindow, lesson: Lesson, choice: int) -> None:
    panel = take(window, lesson)
    predict(window, panel, choice)

    asked = lesson.steps[0].question
    assert panel.reply.text.markdown == asked.replies[choice]
    assert panel.reply.property("tone") == ("right" if choice == asked.right else "wrong")


def test_a_goal_says_why_not_yet_and_is_noticed_when_it_is_reached_by_hand(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    predict(window, panel, 0)
    panel.next.click()

    assert not panel.next.isEnabled()
    assert window.parts.panels.transport.goal.isVisible()
    assert "hidden layers" in panel.goal.conditions.text()
    window.session.change(with_depth(1), "Depth")
    window.session.step(3000)

    assert panel.next.isEnabled()
    assert panel.goal.title.property("tone") == "right"
    assert window.parts.panels.transport.goal.property("reached") is True


def test_show_me_reaches_the_goal_and_undo_takes_it_back(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    predict(window, panel, 0)
    panel.next.click()
    before = window.session.run.whole().memory
    undone = window.session.undo_stack.index()

    reach_goal(window, panel)
    assert panel.next.isEnabled()
    assert window.session.document.depth == 1
    while window.session.undo_stack.index() > undone:
        window.session.undo_stack.undo()

    assert window.session.document == before.document
    assert np.array_equal(window.session.run.trainer.state().parameters, before.state.parameters)


def test_a_hint_points_at_what_is_meant_and_follows_it(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    predict(window, panel, 0)
    panel.next.click()
    panel.helps["hint"].click()
    window.parts.lessons.player.finish_running()
    ring, header = window.parts.ring, window.parts.panels.network.depth_header

    def place() -> tuple[int, int]:
        return header.mapTo(window, header.rect().topLeft()).toTuple()

    assert "Hidden layers" in panel.hint.markdown
    assert ring.meant.topLeft().toTuple() == place()
    before = place()
    window.parts.layout.arrange_at(1300, 800)
    QApplication.processEvents()
    assert place() != before
    assert ring.meant.topLeft().toTuple() == place()


def test_a_number_can_be_typed_in_the_panel_or_revealed(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    predict(window, panel, 0)
    panel.next.click()
    reach_goal(window, panel)
    panel.next.click()
    expected = float(window.session.snapshot().trace(window.session.selection.example).layer(1).downstream[1])

    assert window.session.selection.node == Node(1, 1)
    assert panel.question.field.hasFocus()
    QTest.keyClicks(panel.question.field, "77")
    QTest.keyClick(panel.question.field, Qt.Key.Key_Return)
    assert "77 is not" in panel.reply.title.text()
    assert not panel.next.isEnabled()
    panel.question.field.selectAll()
    QTest.keyClicks(panel.question.field, f"{expected:.3f}")
    QTest.keyClick(panel.question.field, Qt.Key.Key_Return)
    assert panel.reply.title.property("tone") == "right"
    assert panel.next.isEnabled()
    assert panel.next.hasFocus()


def test_the_keyboard_alone_takes_a_lesson_from_its_first_step_to_its_last(window: MainWindow, lesson: Lesson) -> None:
    panel, player = take(window, lesson), window.parts.lessons.player
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    player.finish_running()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert panel.heading.text() == "Give it a hidden layer"
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    player.finish_running()
    window.parts.actions["next_step"].trigger()
    assert panel.heading.text() == "What one unit passes back"
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert panel.next.isEnabled()
    window.parts.actions["next_step"].trigger()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert panel.next.text() == "Finish"
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert player.visit is None
    assert player.progress.is_finished(lesson)


def test_the_actions_of_a_lesson_are_enabled_only_while_one_is_taken(window: MainWindow, lesson: Lesson) -> None:
    within = [window.parts.actions[key] for key in IN_A_LESSON]
    assert not any(action.isEnabled() for action in within)
    take(window, lesson)
    assert all(action.isEnabled() for action in within)
    window.parts.actions["leave_lesson"].trigger()
    assert not any(action.isEnabled() for action in within)


def test_the_own_document_its_run_and_its_view_come_back_exactly(window: MainWindow, lesson: Lesson) -> None:
    session = window.session
    session.change(with_depth(2), "Depth")
    session.step(123)
    session.select(node=Node(2, 1))
    session.set_display(edge_kind="gradient")
    window.parts.panels.output.set_discretize(True)
    document, state, view = session.document, session.run.trainer.state(), session.view
    undone, docks = session.undo_stack.count(), docks_shown(window)
    width = window.parts.docks["setup"].width()

    panel = take(window, lesson)
    predict(window, panel, 1)
    panel.next.click()
    reach_goal(window, panel)
    panel.leave.click()
    QApplication.processEvents()

    assert session.document == document
    assert session.view == view
    assert session.run.iteration == 123
    assert np.array_equal(session.run.trainer.state().parameters, state.parameters)
    assert window.parts.panels.output.discretize_switch.isChecked()
    assert session.undo_stack.index() == undone
    assert docks_shown(window) == docks
    assert window.parts.docks["setup"].width() == width
    assert window.parts.files.is_modified


def test_alt_left_leads_back_to_the_number_before_wherever_the_focus_is_in_the_lesson(
    window: MainWindow, lesson: Lesson
) -> None:
    panel, asked = take(window, lesson), []
    window.parts.actions["why_back"].triggered.connect(lambda: asked.append(window.focusWidget()))
    places = [panel, panel.question.choices[0], panel.leave]
    for place in places:
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        QApplication.processEvents()

    assert asked == places


def docks_shown(window: MainWindow) -> dict[str, bool]:
    return {key: not dock.isHidden() for key, dock in window.parts.docks.items()}


def test_undo_leads_out_of_a_lesson_and_redo_back_into_it(window: MainWindow, lesson: Lesson) -> None:
    before = window.session.document
    panel = take(window, lesson)
    while window.session.undo_stack.canUndo():
        window.session.undo_stack.undo()
    assert window.session.document == before
    assert window.parts.lessons.player.visit is None
    assert not panel.isVisible()

    window.session.undo_stack.redo()
    QApplication.processEvents()
    assert window.parts.lessons.player.visit is not None
    assert panel.isVisible()
    window.parts.lessons.leave()
    assert window.session.document == before


def test_the_own_document_comes_back_where_undo_has_forgotten_the_way(window: MainWindow, lesson: Lesson) -> None:
    window.session.step(50)
    before = window.session.document, window.session.run.trainer.state().parameters.copy()
    take(window, lesson)
    window.session.undo_stack.command(0).forget()

    window.parts.lessons.leave()

    assert window.session.document == before[0]
    assert window.session.run.iteration == 50
    assert np.array_equal(window.session.run.trainer.state().parameters, before[1])


def test_what_would_be_recovered_in_a_lesson_is_the_own_document(window: MainWindow, lesson: Lesson) -> None:
    window.session.step(7)
    take(window, lesson)
    window.session.step(5)
    window.parts.recovery.begin()
    window.parts.recovery.save_now()

    (work,) = own_folder("recovery").rglob("work.json")
    saved = codec.from_plain(msgspec.json.decode(work.read_bytes())["work"])
    assert saved.state is not None
    assert saved.state.iteration == 7
    window.parts.recovery.end()


def test_saving_in_a_lesson_never_writes_over_the_own_file(window: MainWindow, lesson: Lesson, tmp_path: Path) -> None:
    window.session.step(3)
    window.parts.files.write(tmp_path / "mine.playground")
    written = (tmp_path / "mine.playground").read_bytes()
    asked: list[Path] = []
    window.parts.files.dialogs.save_file = lambda suggestion, done: asked.append(suggestion)
    take(window, lesson)
    window.parts.files.save()

    assert len(asked) == 1
    assert (tmp_path / "mine.playground").read_bytes() == written
    window.parts.lessons.leave()
    assert window.parts.files.claim.path == tmp_path / "mine.playground"
    assert not window.parts.files.is_modified


def test_a_lesson_is_resumed_at_its_step(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    predict(window, panel, 1)
    panel.next.click()
    reach_goal(window, panel)
    panel.next.click()
    window.parts.lessons.leave()

    take(window, lesson)

    assert panel.heading.text() == "What one unit passes back"
    assert window.session.document.depth == 1
    assert window.session.run.iteration > 2000
    assert panel.question.field.isVisible()


def test_going_back_shows_the_window_as_it_was_there(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    predict(window, panel, 1)
    panel.next.click()
    reach_goal(window, panel)
    panel.back.click()

    assert panel.heading.text() == "Fail first"
    assert window.session.document.depth == 0
    assert window.session.run.iteration == 2000
    assert panel.reply.text.markdown == "Three clouds of four would need a line that bends."
    assert panel.next.isEnabled()


def test_opening_another_document_ends_the_lesson_first(window: MainWindow, lesson: Lesson) -> None:
    window.session.step(9)
    asked: list[str] = []
    window.parts.files.dialogs.ask_to_keep = lambda name, lost, done: asked.append(lost)
    take(window, lesson)
    window.parts.files.new()

    assert window.parts.lessons.player.visit is None
    assert window.session.run.iteration == 9
    assert len(asked) == 1
    assert "9 iterations of training" in asked[0]


def test_a_lesson_that_is_open_when_the_window_closes_goes_on_at_the_next_start(
    window: MainWindow, lesson: Lesson, qtbot: QtBot
) -> None:
    take(window, lesson)
    window.close()

    assert window.parts.lessons.player.progress.open_lesson == "xor"


def test_a_network_that_is_changed_while_a_number_is_asked_is_said(window: MainWindow, lesson: Lesson) -> None:
    panel = take(window, lesson)
    predict(window, panel, 0)
    panel.next.click()
    reach_goal(window, panel)
    panel.next.click()
    window.session.change(with_depth(0), "Depth")
    panel.question.field.setText("1")
    panel.question.button.click()

    assert "another one" in panel.reply.title.text()
    panel.back.click()
    panel.next.click()
    assert panel.question.button.isVisible()


def test_a_goal_stands_where_the_curves_are_while_its_step_is_taken(window: MainWindow) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace('test_accuracy >= 0.95"', 'test_loss <= 0.05"', 1)
    panel = take(window, read_lesson(text, "xor"))
    (plot,) = window.parts.panels.curves.findChildren(LossPlot)
    assert not plot.canvas.goal_line.isVisible()
    predict(window, panel, 0)
    panel.next.click()
    assert plot.canvas.goal_line.isVisible()
    assert plot.canvas.goal_line.value() == 0.05
    panel.back.click()
    assert not plot.canvas.goal_line.isVisible()
    panel.next.click()
    panel.leave.click()
    assert not plot.canvas.goal_line.isVisible()


def test_the_docks_keep_their_sizes_when_a_circuit_has_stood_in_their_place(window: MainWindow, qtbot: QtBot) -> None:
    window.parts.layout.arrange_at(1366, 740)
    QApplication.processEvents()
    docks, stage = window.parts.docks, window.parts.lessons.player._stage
    before = {key: docks[key].size() for key in ("output", "curves", "inspector", "setup")}
    for _ in range(3):
        stage.desk.open("x * y", {"x": 1.0, "y": 2.0})
        QApplication.processEvents()
        stage.close_circuit()
        qtbot.waitUntil(lambda: {key: docks[key].size() for key in before} == before)


def test_the_line_at_the_foot_speaks_of_the_circuit_while_one_stands_in_the_place_of_the_network(
    window: MainWindow,
) -> None:
    stage, line = window.parts.lessons.player._stage, window.parts.panels.status.message
    assert "Hover a neuron" in line.text()
    stage.desk.open("x * y", {"x": 1.0, "y": 2.0})
    assert "neuron" not in line.text()
    assert "gate" in line.text()
    stage.close_circuit()
    assert "Hover a neuron" in line.text()


def test_the_panels_at_the_left_have_their_share_again_after_a_lesson_that_the_window_opened_with(
    window: MainWindow, lesson: Lesson
) -> None:
    window.parts.layout.arrange_at(1366, 740)
    QApplication.processEvents()
    sizes, before = window.parts.sizes, window.parts.sizes.left_width()
    take(window, lesson)
    QApplication.processEvents()
    state, held = window.saveState(), sizes.rectangles()
    assert sizes.left_width() >= 300
    window.parts.lessons.leave()
    QApplication.processEvents()
    assert sizes.left_width() == before
    window.parts.lessons._was_hidden, window.parts.lessons._width = True, 0  # as after a restart
    assert sizes.hold(state, held)
    window.parts.views.open("lesson")
    take(window, lesson)
    window.parts.lessons._width = 0
    window.parts.lessons.leave()
    QApplication.processEvents()
    assert sizes.left_width() < before + 10  # what stands there may need a little more


def test_a_window_left_in_a_lesson_that_does_not_go_on_has_panels_of_the_usual_width(
    window: MainWindow, lesson: Lesson
) -> None:
    window.parts.layout.arrange_at(1366, 740)
    QApplication.processEvents()
    sizes, before = window.parts.sizes, window.parts.sizes.left_width()
    sizes.set_left_width(300)
    QApplication.processEvents()
    window.parts.lessons.resume()
    QApplication.processEvents()
    assert sizes.left_width() == before


def test_the_lesson_keeps_the_keyboard_while_the_window_finds_its_size(window: MainWindow, lesson: Lesson) -> None:
    take(window, lesson)
    QApplication.processEvents()
    focused = window.focusWidget()
    assert window.parts.docks["lesson"].isAncestorOf(focused)
    sizes = window.parts.sizes
    assert sizes.hold(window.saveState(), sizes.rectangles())
    focused.setFocus()
    window.resize(window.width() - 40, window.height() - 20)
    QApplication.processEvents()
    assert window.focusWidget() is focused


def test_a_lesson_that_opens_with_the_window_stays_in_sight(window: MainWindow, lesson: Lesson) -> None:
    """The layout of the last window, which had no lesson in sight, is put back at each size that the window takes."""
    sizes = window.parts.sizes
    assert sizes.hold(window.saveState(), sizes.rectangles())
    panel = take(window, lesson)
    sizes.refit()
    QApplication.processEvents()
    assert panel.isVisible()


def test_a_lesson_goes_on_when_the_user_would_rather_not_close_the_window(window: MainWindow) -> None:
    lessons, files = window.parts.lessons, window.parts.files
    window.session.step(3)
    assert files.is_modified
    assert lessons.open("what-a-neuron-computes", at=1)
    told: list[str] = []
    files.dialogs.ask_to_keep = lambda name, lost, done: (told.append(lost), done(CANCEL))
    assert not files.may_close()
    assert len(told) == 1
    visit = lessons.player.visit
    assert visit is not None
    assert (visit.lesson.name, visit.index) == ("what-a-neuron-computes", 1)
    assert window.parts.docks["lesson"].content.isVisible()
    lessons.leave()
    assert window.session.run.iteration == 3


def test_a_lesson_brings_forward_what_it_speaks_of_and_at_its_end_the_own_tab_is_in_front(window: MainWindow) -> None:
    docks, lessons = window.parts.docks, window.parts.lessons
    window.parts.views.open("templates")
    QApplication.processEvents()
    assert not window.parts.panels.output.isVisible()
    assert lessons.open("what-a-neuron-computes", at=1)
    QApplication.processEvents()
    assert window.parts.panels.output.isVisible()
    lessons.leave()
    QApplication.processEvents()
    assert docks["templates"].content.isVisible()
    assert docks["setup"].content.isVisible()
    assert not window.parts.panels.output.isVisible()


def test_a_lesson_that_is_resumed_brings_forward_what_it_speaks_of(window: MainWindow) -> None:
    window.parts.lessons.player.progress.reach(window.parts.lessons.shipped()[0], 1)
    window.parts.views.open("templates")
    QApplication.processEvents()
    window.parts.lessons.resume()
    QApplication.processEvents()
    assert window.parts.lessons.player.visit.index == 1
    assert window.parts.panels.output.isVisible()


@pytest.mark.parametrize("place", ["output", "show_test"])
def test_a_panel_that_a_step_points_at_comes_to_the_front(window: MainWindow, lesson: Lesson, place: str) -> None:
    take(window, lesson)
    window.parts.views.open("templates")
    QApplication.processEvents()
    stage = window.parts.lessons.player._stage
    stage.point_at("place", place)
    QApplication.processEvents()
    assert window.parts.panels.output.isVisible()
    stage.point_at("place", "dataset")  # behind the lesson, which stays where it is read
    QApplication.processEvents()
    assert window.parts.docks["lesson"].content.isVisible()
