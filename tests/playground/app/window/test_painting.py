"""Painting in the real window, by mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from playground.app.window.main_window import MainWindow
from playground.document.data_choice import with_dataset
from playground.document.own_data import OWN
from widgets.plane.plane_view import PlaneView
from widgets.setup.paint_tools import PaintTools
from widgets.style import colour_tables

LEFT = Qt.MouseButton.LeftButton


def at(window: MainWindow, x: float, y: float) -> QPoint:
    return window.parts.panels.output.plane.projection.to_screen(x, y).toPoint()


def drag(plane: PlaneView, *places: QPoint) -> None:
    QTest.mousePress(plane, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(plane, place)
    QTest.mouseRelease(plane, LEFT, pos=places[-1])


@pytest.fixture
def tools(window: MainWindow, qtbot: QtBot) -> PaintTools:
    QTest.mouseClick(window.parts.panels.gallery.paint, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(PaintTools)))
    (made,) = window.findChildren(PaintTools)
    qtbot.waitUntil(made.isVisible)
    window.parts.panels.output.plane.repaint()
    return made


def test_paint_opens_the_tools_and_closing_them_ends_it(window: MainWindow, tools: PaintTools) -> None:
    assert window.parts.panels.gallery.paint.isChecked()
    assert window.parts.panels.output.plane.brush == pytest.approx(0.05 * 2 * 1.15)
    window.parts.docks["paint"].close()
    assert not window.parts.panels.gallery.paint.isChecked()
    assert window.parts.panels.output.plane.brush is None


def test_the_button_puts_the_tools_away_again(window: MainWindow, tools: PaintTools) -> None:
    QTest.mouseClick(window.parts.panels.gallery.paint, LEFT)
    assert not tools.isVisible()
    assert window.parts.panels.output.plane.brush is None


def test_a_click_adds_one_point_of_the_chosen_class(window: MainWindow, tools: PaintTools) -> None:
    tools.take_key("p")
    tools.take_key("2")
    QTest.mouseClick(window.parts.panels.output.plane, LEFT, pos=at(window, 0.5, -0.25))
    table = window.session.document.table
    assert table is not None
    assert table.n_points == 401
    assert table.points[-1] == pytest.approx([0.5, -0.25], abs=0.02)
    assert table.targets[-1] == 1.0
    assert window.parts.panels.output.plane.points is not None
    assert len(window.parts.panels.output.plane.points.positions) == 401
    assert not window.parts.panels.gallery.sliders["noise"].isEnabled()
    assert not window.parts.panels.gallery.sliders["n_points"].isEnabled()


def test_a_new_class_comes_with_its_first_point_up_to_ten(window: MainWindow, tools: PaintTools) -> None:
    tools.take_key("p")
    for label in range(2, 10):
        tools.take_key(str((label + 1) % 10))
        QTest.mouseClick(window.parts.panels.output.plane, LEFT, pos=at(window, 0.1 * label - 0.5, 0.0))
    assert window.session.run.data.sample.n_classes == 10
    assert window.session.run.network.spec.n_outputs == 10
    assert tools.classes.n_offered == 10


def test_a_point_is_moved_and_its_number_stays(window: MainWindow, tools: PaintTools) -> None:
    tools.take_key("p")
    QTest.mouseClick(window.parts.panels.output.plane, LEFT, pos=at(window, 0.0, 0.0))
    sample = window.session.run.data.sample
    train = sample.train.copy()
    index = int(sample.train[7])
    x, y = (float(v) for v in sample.points[index])
    tools.take_key("m")
    drag(window.parts.panels.output.plane, at(window, x, y), at(window, 0.0, 0.0), at(window, 0.9, 0.9))
    moved = window.session.run.data.sample
    places = np.abs(moved.points - sample.points).max(axis=1)
    assert (places > 0).sum() == 1
    assert moved.points[int(np.argmax(places))] == pytest.approx([0.9, 0.9], abs=0.02)
    assert np.array_equal(moved.train, train)


def test_the_eraser_takes_points_and_leaves_at_least_two(window: MainWindow, tools: PaintTools) -> None:
    tools.take_key("e")
    plane = window.parts.panels.output.plane
    drag(plane, at(window, 0.5, 0.5), at(window, 0.7, 0.5))
    table = window.session.document.table
    assert table is not None
    assert table.n_points < 400
    tools.set_form(type(tools.form)(mode="erase", size=0.5, class_names=tools.form.class_names))
    tools.form_changed.emit(tools.form)
    drag(plane, at(window, 0.0, 0.0), at(window, 0.9, 0.9), at(window, -0.9, -0.9))
    assert window.session.run.data.sample.points.shape[0] >= 2
    assert tools.note.text().strip()


def test_painting_goes_on_while_it_trains(window: MainWindow, tools: PaintTools, qtbot: QtBot) -> None:
    window.session.play()
    drag(window.parts.panels.output.plane, at(window, -0.5, 0.5), at(window, 0.5, 0.5))
    assert window.session.is_playing
    began = window.session.run.iteration
    qtbot.waitUntil(lambda: window.session.run.iteration > began)
    window.session.pause()
    assert window.session.document.data.name == OWN


def test_keys_paint_at_the_probe(window: MainWindow, tools: PaintTools) -> None:
    plane = window.parts.panels.output.plane
    plane.setFocus()
    QTest.keyClick(plane, Qt.Key.Key_P)
    assert tools.form.mode == "add"
    QTest.keyClick(plane, Qt.Key.Key_Space)
    assert not window.session.is_playing
    assert window.session.run.data.sample.points.shape[0] == 401


def test_a_press_without_painting_moves_the_probe(window: MainWindow) -> None:
    before = window.session.document
    drag(window.parts.panels.output.plane, at(window, 0.0, 0.0), at(window, 0.2, 0.0))
    assert window.session.document == before
    assert window.session.selection.example.index is None


def test_a_dock_that_tells_it_is_hidden_when_it_is_being_deleted_is_not_heard(window: MainWindow) -> None:
    window.parts.paint.set_on(True)
    delete(window.parts.docks["paint"])

    window.parts.paint._on_shown(False)  # as Qt does at the end of the program

    assert window.parts.panels.gallery.paint.isChecked()


def test_values_are_painted_and_the_colours_tell_them(window: MainWindow, tools: PaintTools) -> None:
    window.session.change(with_dataset("plane"), "plane")
    plane, sample = window.parts.panels.output.plane, window.session.run.data.sample
    assert tools.value.isVisible()
    assert tools.swatch.isVisible()
    assert tools.form.value_range == (sample.values.min(), sample.values.max())
    editor = tools.value.editor
    editor.setFocus()
    QTest.keyClicks(editor, "-0.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    drag(plane, at(window, -0.8, 0.8), at(window, 0.0, 0.8), at(window, 0.8, 0.8))
    painted = window.session.run.data.sample
    assert painted.is_regression
    assert len(painted.values) > 440
    assert (painted.values[400:] == -0.5).all()
    assert plane.points is not None
    assert plane.points.levels is not None
    share = (plane.points.levels[-1] + 1.0) / 2.0
    assert tools.swatch.colour.name() == QColor(int(colour_tables.value_table()[round(255 * share)])).name()
    assert tools.form.value == -0.5


def test_a_value_beyond_the_colours_widens_them(window: MainWindow, tools: PaintTools) -> None:
    window.session.change(with_dataset("plane"), "plane")
    tools.take_key("p")
    editor = tools.value.editor
    editor.setFocus()
    QTest.keyClicks(editor, "3")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "widens" in tools.swatch.toolTip()
    QTest.mouseClick(window.parts.panels.output.plane, LEFT, pos=at(window, 0.0, 0.0))
    assert window.session.run.data.sample.values[-1] == 3.0
    assert window.parts.panels.output.legend.texts()[1] == "3"
    assert tools.form.value_range[1] == tools.form.value == 3.0
    window.session.undo_stack.undo()
    assert tools.form.value_range[1] < 1.1
    assert tools.form.value == tools.form.value_range[1]


def test_painting_leaves_every_other_point_on_its_side_of_the_split(window: MainWindow, tools: PaintTools) -> None:
    before = window.session.run.data.sample.train
    drag(window.parts.panels.output.plane, at(window, -0.5, 0.5), at(window, 0.5, 0.5))
    train = window.session.run.data.sample.train
    assert np.array_equal(train[train < 400], before)
