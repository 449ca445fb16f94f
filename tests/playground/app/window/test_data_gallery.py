"""Kinds of data in the real window: the second part of the gallery, its settings, digits, curves, templates."""

from __future__ import annotations

import gc
from weakref import ref

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.views.data import reading as gallery
from playground.app.views.names import example_text
from playground.app.window.main_window import MainWindow
from playground.app.window.view_docks import VIEWS
from playground.document.changes import with_data
from playground.document.selection import Example

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def more(window: MainWindow) -> MainWindow:
    assert not window.parts.panels.gallery.more_tiles.isVisible()
    QTest.mouseClick(window.parts.panels.gallery.more, LEFT)
    assert window.parts.panels.gallery.more_tiles.isVisible()
    return window


def pick(window: MainWindow, name: str) -> None:
    QTest.mouseClick(window.parts.panels.gallery.tiles[name], LEFT)
    assert window.session.document.data.name == name


def test_the_second_part_closes_again(more: MainWindow) -> None:
    QTest.mouseClick(more.parts.panels.gallery.more, LEFT)
    assert not more.parts.panels.gallery.more_tiles.isVisible()


def test_there_are_as_many_digits_as_the_slider_the_typed_value_and_the_document_say(more: MainWindow) -> None:
    pick(more, "digits")
    points = more.parts.panels.gallery.sliders["n_points"]
    QTest.keyClick(points.slider, Qt.Key.Key_End)
    assert more.session.document.data.points == points.value == 800
    assert more.parts.panels.gallery.note.text().startswith("400 to train, 400 to test of 800 there are")
    points.editor.setFocus()
    QTest.keyClicks(points.editor, "1797")
    QTest.keyClick(points.editor, Qt.Key.Key_Return)
    assert "from 4 to 800" in points.error.text()
    assert more.session.document.data.points == 800
    QTest.keyClick(points.editor, Qt.Key.Key_Escape)
    pick(more, "xor")
    QTest.keyClick(points.slider, Qt.Key.Key_End)
    assert more.session.document.data.points == 5000
    pick(more, "digits")
    assert more.session.document.data.points == points.value == 800


@pytest.mark.parametrize("key", ["noise", "train_share", "n_points"])
def test_a_number_at_its_limit_is_taken_by_the_document(more: MainWindow, key: str) -> None:
    slider = more.parts.panels.gallery.sliders[key]
    for limit in (slider.field.low, slider.field.high):
        if limit < 100_000:
            slider.editor.number_entered.emit(limit)
            assert more.parts.panels.gallery.form == gallery.form(more.session.document, more.session.run.data.sample)
            assert getattr(more.parts.panels.gallery.form, key) == pytest.approx(limit)


def test_rings_have_a_slider_for_their_classes(more: MainWindow) -> None:
    panel = more.parts.panels.gallery
    pick(more, "rings")
    slider = panel.extras["classes"]
    assert slider.isVisible()
    assert slider.value == 3
    slider.slider.setFocus()
    QTest.keyClick(slider.slider, Qt.Key.Key_Right)
    assert more.session.run.data.sample.n_classes == 4
    assert slider.value == 4
    pick(more, "cubic")
    assert not slider.isVisible()


def test_a_typed_function_is_learned_and_a_wrong_one_says_why(more: MainWindow) -> None:
    pick(more, "function")
    field = more.parts.panels.gallery.function
    assert field.isVisible()
    field.editor.setFocus()
    field.editor.selectAll()
    QTest.keyClicks(field.editor, "x1 *")
    assert field.error.isVisible()
    before = more.session.document
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert more.session.document is before
    QTest.keyClicks(field.editor, " 0 + 1")
    assert not field.error.isVisible()
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    sample = more.session.run.data.sample
    assert more.session.document.data.function == "x1 * 0 + 1"
    assert np.array_equal(sample.labels == 1, sample.points[:, 1] > 1)


def test_digits_are_shown_on_a_plane_that_is_named(more: MainWindow) -> None:
    pick(more, "digits")
    plot = more.parts.panels.output
    assert plot.plane.axis_names[0].startswith("PC₁ (")
    assert "first two principal components of 64 columns" in plot.title.text()
    assert plot.plane.points is not None
    assert plot.plane.points.positions.shape == (400, 2)
    plot.probe_moved.emit(0.5, -0.25)
    assert more.session.selection.example == Example(None, (0.5, -0.25))
    sample = more.session.run.data.sample
    trace = more.session.snapshot().trace(Example(None, (0.5, -0.25)))
    assert example_text(more.session.snapshot(), Example(None, (0.5, -0.25))).startswith(
        "probe (PC₁ = 0.5, PC₂ = −0.25)"
    )
    assert trace.inputs == pytest.approx(sample.lift(np.array([[0.5, -0.25]]))[0])


def test_a_curve_is_drawn_as_the_networks_output(more: MainWindow) -> None:
    pick(more, "curve")
    more.session.step(50)
    (line,) = more.parts.panels.output.plane.lines
    x, y = line.points[30]
    assert more.session.snapshot().trace(Example(None, (float(x),))).scores[0] == pytest.approx(y, abs=1e-4)
    pick(more, "xor")
    assert more.parts.panels.output.plane.lines == ()


@pytest.mark.slow
def test_no_view_keeps_large_data_that_others_took_the_place_of(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.change(with_data(points=100_000), "Points")
    for key in (spec.key for spec in VIEWS):
        window.parts.views.open(key)
        QApplication.processEvents()
    for dock in (window.parts.docks[spec.key] for spec in VIEWS):
        dock.hide()
    kept = ref(session.run.data)
    session.change(with_data(points=400), "Points")

    def is_gone() -> bool:
        gc.collect()
        return kept() is None

    qtbot.waitUntil(is_gone)
