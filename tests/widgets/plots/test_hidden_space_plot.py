"""The hidden space: points, grid and decision where they were put, the walk on top, choices and clicks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plots.hidden_space_plot import KEY, WALK_KEYS, HiddenSpacePlot
from widgets.plots.hidden_space_view import PALE
from widgets.style import style, themes
from widgets.values import Choice, Extent, PlaneImage, PlaneLine, Points
from widgets.values.hidden_space import HiddenSpaceFrame, HiddenWalk

EXTENT = Extent(-1.0, 1.0, -1.0, 1.0)
PLACES = np.array([[-0.5, -0.5], [0.5, 0.5]])
LAYERS = (Choice("1", "Hidden 1"), Choice("2", "Hidden 2"))
UNITS = ("a₁⁽¹⁾", "a₂⁽¹⁾", "a₃⁽¹⁾")


def frame(**changes: Any) -> HiddenSpaceFrame:
    points = Points(PLACES, np.array([0, 1]), 2, np.zeros(2, dtype=bool))
    nowhere = np.full((2, 2, 2), 9.0)
    made = HiddenSpaceFrame(EXTENT, points, np.array([4, 7]), nowhere, None, (), ("h[0]", "h[1]"), "what the axes are")
    return replace(made, **changes)


@pytest.fixture
def plot(qtbot: QtBot, qapp: QApplication) -> HiddenSpacePlot:
    style.apply(qapp, themes.LIGHT)
    made = HiddenSpacePlot()
    qtbot.addWidget(made)
    made.resize(360, 420)
    made.set_choices(LAYERS, 1, UNITS, (0, 1), with_score=True)
    made.set_frame(frame())
    with qtbot.waitExposed(made):
        made.show()
    return made


def heard(plot: HiddenSpacePlot) -> list[Any]:
    told: list[Any] = []
    for signal in (plot.layer_picked, plot.axes_picked, plot.point_clicked):
        signal.connect(told.append)
    return told


def place(plot: HiddenSpacePlot, x: float, y: float) -> QPoint:
    return plot.view.projection.to_screen(x, y).toPoint()


def colour(plot: HiddenSpacePlot, x: float, y: float) -> QColor:
    image: QImage = plot.view.grab().toImage()
    return image.pixelColor(place(plot, x, y))


def test_set_shows_and_never_emits(plot: HiddenSpacePlot) -> None:
    told = heard(plot)
    plot.set_choices(LAYERS[:1], 1, UNITS[:2], "principal")
    plot.set_frame(frame(title="other axes"))
    plot.set_example(7)
    plot.set_frame(None, "Nothing here.")
    assert told == []
    assert plot.across_box.currentText() == "PC₁"
    assert plot.layer_box.count() == 1
    assert plot.view.message == "Nothing here."
    assert plot.title.text() == ""
    assert not plot.key.isVisible()


def test_points_are_drawn_in_the_colours_of_their_classes_where_they_are(plot: HiddenSpacePlot) -> None:
    assert colour(plot, *PLACES[0]).name() == QColor(themes.LIGHT.negative).name()
    assert colour(plot, *PLACES[1]).name() == QColor(themes.LIGHT.positive).name()
    assert colour(plot, -0.5, 0.5).name() not in (themes.LIGHT.negative.lower(), themes.LIGHT.positive.lower())


@pytest.mark.parametrize("part", ["grid", "decision", "image"])
def test_each_part_shows_and_goes(plot: HiddenSpacePlot, part: str) -> None:
    line = np.array([[-0.9, 0.2], [0.9, 0.2]])
    value: Any = {
        "grid": np.stack((line, line + 0.1)),
        "decision": (PlaneLine(line),),
        "image": PlaneImage(np.full((8, 8), 255, dtype=np.uint16), "value", EXTENT),
    }[part]
    before = plot.view.grab().toImage()
    plot.set_frame(frame(**{part: value}))
    assert colour(plot, 0.0, 0.2) != before.pixelColor(place(plot, 0.0, 0.2))
    plot.set_frame(frame())
    assert plot.view.grab().toImage() == before


def test_a_click_on_a_point_says_which_once(plot: HiddenSpacePlot) -> None:
    told = heard(plot)
    QTest.mouseClick(plot.view, Qt.MouseButton.LeftButton, pos=place(plot, *PLACES[1]))
    QTest.mouseClick(plot.view, Qt.MouseButton.LeftButton, pos=place(plot, -0.5, 0.5))
    assert told == [7]


def test_choices_are_reported_once_and_axes_follow_each_other(plot: HiddenSpacePlot) -> None:
    told = heard(plot)
    for box, text in ((plot.layer_box, "Hidden 2"), (plot.across_box, "a₂⁽¹⁾"), (plot.up_box, "PC₂")):
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
    assert told == [2, (1, 0), "principal"]
    assert plot.across_box.currentText() == "PC₁"


def test_in_a_walk_only_the_batch_is_in_full_colour(plot: HiddenSpacePlot) -> None:
    walk = HiddenWalk(True, np.array([False, True]), np.zeros((0, 2, 2)))
    plot.set_frame(frame(walk=walk))
    pale = style.blend(themes.LIGHT.negative, themes.LIGHT.panel, PALE)
    assert colour(plot, *PLACES[1]).name() == QColor(themes.LIGHT.positive).name()
    assert colour(plot, *PLACES[0]).lightness() == pytest.approx(QColor(pale).lightness(), abs=12)
    assert plot.key.text() == WALK_KEYS["gradient"]
    plot.set_frame(frame())
    assert plot.key.text() == KEY


@pytest.mark.parametrize(("kind", "name"), [("gradient", "gradient"), ("move", "text")])
def test_arrows_have_the_colour_of_what_they_mean(plot: HiddenSpacePlot, kind: Any, name: str) -> None:
    arrows = np.array([[[-0.8, 0.8], [0.8, 0.8]]])
    plot.set_frame(frame(walk=HiddenWalk(True, np.array([False, True]), arrows, kind)))
    image, at, wanted = plot.view.grab().toImage(), place(plot, 0.0, 0.8), QColor(getattr(themes.LIGHT, name))
    found = [image.pixelColor(at.x(), at.y() + down) for down in (-1, 0, 1)]
    assert min(abs(one.hue() - wanted.hue()) + abs(one.lightness() - wanted.lightness()) for one in found) < 30


def test_the_grid_before_is_fainter_than_the_grid_after(plot: HiddenSpacePlot) -> None:
    line = np.array([[-0.9, 0.0], [0.9, 0.0]])
    walk = HiddenWalk(True, np.array([False, True]), np.zeros((0, 2, 2)), "move", np.stack((line, line)))
    after = line + np.array([0.0, 0.3])
    plot.set_frame(frame(grid=np.stack((after, after)), walk=walk))
    assert colour(plot, 0.0, 0.3).lightness() < colour(plot, 0.0, 0.0).lightness() < 250


def test_it_follows_the_theme(plot: HiddenSpacePlot, qapp: QApplication) -> None:
    light = plot.view.grab().toImage()
    style.apply(qapp, themes.DARK)
    assert plot.view.grab().toImage() != light
    style.apply(qapp, themes.LIGHT)
    assert plot.view.grab().toImage() == light
