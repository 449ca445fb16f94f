"""Going through time in the real window: the line of the curves, branches, marks of edits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.app.window.branch_menu import BranchMenu
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_training
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


def test_a_typed_iteration_goes_there_and_one_too_late_is_explained(run: MainWindow) -> None:
    field = plot_of(run).time_field.field
    for text, expected in (("120", 120), ("100000", 300)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert run.session.run.iteration == expected
    assert "300" in run.parts.panels.status.message.toolTip()


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
