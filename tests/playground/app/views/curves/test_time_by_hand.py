"""Going through time in the real window: the line of the curves, branches, marks of edits."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window.branch_menu import BranchMenu
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_training
from playground.document.document import Edge
from playground.session import session as session_module
from widgets.loss_plot import LossPlot

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def plot_of(window: MainWindow) -> LossPlot:
    plot = window.parts.panels.curves.findChild(LossPlot)
    assert plot is not None
    return plot


def place(plot: LossPlot, iteration: float) -> QPoint:
    """Return where `iteration` is in the viewport of the curves."""
    view = plot.canvas.getViewBox()
    (_, _), (bottom, top) = view.viewRange()
    scene = view.mapViewToScene(QPointF(iteration, (bottom + top) / 2.0))
    return plot.canvas.mapFromScene(scene)


def drag(plot: LossPlot, start: int, *stops: int) -> list[int]:
    """Take the line at `start`, pull it over `stops` and let go; return where the run was at each."""
    canvas: QWidget = plot.canvas.viewport()
    seen = []
    QTest.mouseMove(canvas, place(plot, start))
    QTest.mousePress(canvas, LEFT, NONE, place(plot, start))
    for stop in stops:
        QTest.mouseMove(canvas, place(plot, stop))
        QApplication.processEvents()
        QApplication.processEvents()
        seen.append(stop)
    QTest.mouseRelease(canvas, LEFT, NONE, place(plot, stops[-1]))
    QApplication.processEvents()
    return seen


def dimmed(plot: LossPlot) -> list[str]:
    return [one.name for one in plot._series if one.dimmed]


def kinds(plot: LossPlot) -> list[str]:
    return [mark.kind for mark in plot.canvas.marks.marks]


@pytest.fixture
def run(window: MainWindow) -> MainWindow:
    window.session.step(300)
    QApplication.processEvents()
    return window


def test_dragging_the_line_puts_the_run_back_to_the_same_bits(run: MainWindow) -> None:
    session, plot = run.session, plot_of(run)
    visited: list[int] = []
    session.stepped.connect(lambda: visited.append(session.run.iteration))
    drag(plot, 300, 250, 180, 90)
    here = session.run.iteration
    assert abs(here - 90) <= 5
    assert any(100 < iteration < 290 for iteration in visited)
    assert plot.time_field.field.text() == str(here)
    state = session.run.memory().state
    session.reset()
    session.step(here)
    assert session.run.memory().state.same_as(state)


def test_going_back_alone_leaves_the_curves_and_no_branch(run: MainWindow) -> None:
    plot = plot_of(run)
    drag(plot, 300, 100)
    assert run.session.run.history.last == 300
    assert dimmed(plot) == []


def test_training_another_way_from_the_past_leaves_a_dimmed_branch_with_a_mark(run: MainWindow) -> None:
    session, plot = run.session, plot_of(run)
    session.go_to(100)
    session.change(with_training(learning_rate=0.01), "Change the learning rate")
    session.step(50)
    assert dimmed(plot) == ["train loss, left 0", "test loss, left 0"]
    assert "branch" in kinds(plot)
    branch = session.run.history.branches[0]
    assert (branch.iteration, branch.last) == (100, 300)
    assert session.run.history.last == 150
    assert list(plot._chips)[:2] == ["train loss", "test loss"]


def test_training_the_same_again_leaves_no_branch(run: MainWindow) -> None:
    session, plot = run.session, plot_of(run)
    session.go_to(100)
    session.step(50)
    assert dimmed(plot) == ["train loss, left 0", "test loss, left 0"]
    assert "branch" not in kinds(plot)
    session.step(150)
    assert session.run.iteration == 300
    assert dimmed(plot) == []


def test_a_branch_shows_the_curves_as_they_were(run: MainWindow) -> None:
    history = run.session.run.history
    iterations, losses = history.column("train")
    run.session.go_to(100)
    run.session.set_weight(Edge(1, 0, 0), 2.0)
    left_iterations, left_losses = history.branches[0].column("train")
    kept = iterations >= 100
    assert np.array_equal(left_iterations, iterations[kept])
    assert np.array_equal(left_losses, losses[kept])


def test_only_the_last_few_branches_are_kept(run: MainWindow) -> None:
    session = run.session
    for value in range(7):
        session.go_to(50)
        session.set_weight(Edge(1, 0, 0), float(value))
        session.step(20)
    assert len(session.run.history.branches) == 4


def test_a_hand_edit_is_marked_and_its_undo_takes_the_mark_away(run: MainWindow) -> None:
    session, plot = run.session, plot_of(run)
    session.set_weight(Edge(1, 0, 0), 2.0)
    marks = [mark for mark in plot.canvas.marks.marks if mark.kind == "edit"]
    assert [(mark.iteration, mark.label) for mark in marks] == [(300, "Set a weight")]
    session.undo_stack.undo()
    assert "edit" not in kinds(plot)


def test_a_drag_of_a_setting_is_one_mark_and_its_later_undo_another(run: MainWindow) -> None:
    session, plot = run.session, plot_of(run)
    session.begin_gesture()
    for rate in (0.05, 0.03):
        session.change(with_training(learning_rate=rate), "Change the learning rate")
    session.end_gesture()
    session.step(10)
    session.undo_stack.undo()
    marks = [(mark.iteration, mark.label) for mark in plot.canvas.marks.marks if mark.kind == "edit"]
    assert marks == [(300, "Change the learning rate"), (310, "Undo: Change the learning rate")]


def test_an_edit_before_training_needs_no_mark(window: MainWindow) -> None:
    window.session.set_weight(Edge(1, 0, 0), 2.0)
    window.session.step(10)
    assert kinds(plot_of(window)) == []


def test_the_line_cannot_be_dragged_beyond_what_the_run_has_come_to(run: MainWindow) -> None:
    plot = plot_of(run)
    drag(plot, 300, 200, 320)
    assert run.session.run.iteration == 300


def test_a_typed_iteration_goes_there_and_one_too_late_is_explained(run: MainWindow) -> None:
    field = plot_of(run).time_field.field
    for text, expected in (("120", 120), ("100000", 300)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert run.session.run.iteration == expected
    assert "300" in run.parts.panels.status.message.toolTip()


def test_a_far_iteration_is_computed_while_the_window_answers(
    run: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    run.session.go_to(120)
    there = run.session.run.trainer.state().parameters
    run.session.go_to(300)
    monkeypatch.setattr(session_module, "QUICK_SECONDS", 0.0)
    told: list[str] = []
    run.session.noted.connect(told.append)
    plot = plot_of(run)
    plot.time_moved.emit(120.0)
    plot.time_released.emit()
    assert run.session.run.iteration == 0  # the nearest that is kept
    qtbot.waitUntil(lambda: run.session.run.iteration == 120)
    assert np.array_equal(run.session.run.trainer.state().parameters, there)
    assert any(text.startswith("Computing iteration 120 again: ") for text in told)
    assert told[-1] == ""


def test_pressing_the_line_again_cancels_an_unfinished_replay(run: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "QUICK_SECONDS", 0.0)
    plot = plot_of(run)
    plot.time_moved.emit(120.0)
    plot.time_released.emit()
    plot.time_pressed.emit()
    QApplication.processEvents()
    assert run.session.run.iteration == 0


def test_pressing_the_line_pauses_training(window: MainWindow, qtbot: QtBot) -> None:
    window.session.play()
    qtbot.waitUntil(lambda: window.session.run.iteration > 100)
    plot = plot_of(window)
    plot.time_pressed.emit()
    assert not window.session.is_playing


def test_back_says_how_much_is_kept(run: MainWindow) -> None:
    assert "64 MB" in run.parts.panels.transport.back.toolTip()


def test_a_branch_is_switched_to_by_its_mark_and_from_the_menu(run: MainWindow) -> None:
    session, plot = run.session, plot_of(run)
    session.go_to(100)
    session.change(with_training(learning_rate=0.01), "Change the learning rate")
    session.step(50)
    plot.branch_clicked.emit(100.0)
    assert session.run.iteration == 300
    assert session.document.training.learning_rate == 0.1
    menu = run.findChild(BranchMenu)
    assert isinstance(menu, BranchMenu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["&1  Branch from iteration 100 to 150"]
    menu.actions()[0].trigger()
    assert session.run.iteration == 150
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.run.iteration == 150
