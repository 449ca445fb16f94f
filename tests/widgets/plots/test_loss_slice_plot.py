"""The loss slice: heights, contours and path where they were put, progress, choices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plots.loss_slice_plot import LossSlicePlot
from widgets.style import style, themes
from widgets.values import Choice, Extent, PlaneLine
from widgets.values.loss_slice import LossSurface

KINDS = (Choice("weights", "two weights"), Choice("random", "two random directions"))
EXTENT = Extent(-2.0, 2.0, -1.0, 1.0)
LEFT = Qt.MouseButton.LeftButton


def surface(contours: tuple[PlaneLine, ...] = ()) -> LossSurface:
    """Return a loss that rises from left to right, 0 … 4, and from 0 at the bottom to 10 more at the top."""
    across, up = np.meshgrid(np.linspace(0.0, 4.0, 5), np.linspace(10.0, 0.0, 5))
    values = across + up
    heights = np.tile(np.linspace(0, 255, 5).astype(np.uint8), (5, 1))
    return LossSurface(EXTENT, values, heights, contours, ("w₁", "w₂"), "two weights through now")


@pytest.fixture
def plot(qtbot: QtBot, qapp: QApplication) -> LossSlicePlot:
    style.apply(qapp, themes.LIGHT)
    made = LossSlicePlot()
    qtbot.addWidget(made)
    made.resize(360, 440)
    made.set_choices(KINDS, "weights", ("a", "b", "c"), (0, 1))
    made.set_surface(surface())
    with qtbot.waitExposed(made):
        made.show()
    return made


def heard(plot: LossSlicePlot) -> list[Any]:
    told: list[Any] = []
    plot.kind_picked.connect(told.append)
    plot.weights_picked.connect(lambda *pair: told.append(pair))
    plot.measure_clicked.connect(lambda: told.append("measure"))
    plot.cancel_clicked.connect(lambda: told.append("cancel"))
    return told


def place(plot: LossSlicePlot, x: float, y: float) -> QPoint:
    return plot.canvas.place_of(x, y).toPoint()


def test_set_shows_and_never_emits(plot: LossSlicePlot) -> None:
    told = heard(plot)
    plot.set_choices(KINDS, "random", (), None)
    plot.set_path(np.array([[-1.0, 0.0], [0.0, 0.0]]))
    plot.set_progress(0.4)
    plot.set_surface(surface())
    assert told == []
    assert plot.kind_box.currentText() == "two random directions"
    assert not plot.first_box.isVisible()
    assert plot.progress.value() == 400
    assert plot.title.text() == "two weights through now"
    assert plot.key.text() == "grey: loss 0 … 14 · ■ start · ● now"
    plot.set_surface(None, "Not yet.")
    assert plot.canvas.message == "Not yet."
    assert plot.title.text() == ""


def test_a_higher_loss_is_darker(plot: LossSlicePlot) -> None:
    image = plot.canvas.grab().toImage()
    seen = [image.pixelColor(place(plot, x, 0.0)).lightness() for x in (-1.9, -1.0, 0.0, 1.0, 1.9)]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] > seen[-1] + 60


def test_the_loss_is_read_at_its_place(plot: LossSlicePlot) -> None:
    assert plot.canvas.loss_at(-2.0, -1.0) == 0.0
    assert plot.canvas.loss_at(2.0, 1.0) == 14.0
    assert plot.canvas.loss_at(0.0, -1.0) == 2.0
    before = plot.canvas.grab().toImage()
    QTest.mouseMove(plot.canvas.viewport(), place(plot, 0.5, 0.5))
    assert plot.canvas.grab().toImage() != before


def test_the_path_and_contours_are_drawn_where_they_are(plot: LossSlicePlot) -> None:
    bare = plot.canvas.grab().toImage()
    plot.set_path(np.array([[-1.5, -0.5], [1.5, -0.5]]))
    image, at = plot.canvas.grab().toImage(), place(plot, 0.0, -0.5)
    hue = QColor(themes.LIGHT.gradient).hue()
    assert any(abs(image.pixelColor(at.x(), at.y() + down).hue() - hue) < 10 for down in (-1, 0, 1))
    plot.set_path(np.zeros((0, 2)))
    assert plot.canvas.grab().toImage() == bare
    plot.set_surface(surface((PlaneLine(np.array([[-1.5, 0.5], [1.5, 0.5]])),)))
    image, at = plot.canvas.grab().toImage(), place(plot, 0.0, 0.5)
    column = [image.pixelColor(at.x(), at.y() + down).lightness() for down in range(-4, 5)]
    assert min(column[3:6]) < min(column[0], column[-1]) - 20


def test_one_button_measures_and_cancels(plot: LossSlicePlot) -> None:
    told = heard(plot)
    QTest.mouseClick(plot.button, LEFT)
    plot.set_progress(0.0)
    assert plot.button.text() == "Cancel"
    QTest.mouseClick(plot.button, LEFT)
    plot.set_progress(None)
    assert plot.button.text() == "Measure"
    assert not plot.progress.isVisible()
    assert told == ["measure", "cancel"]


def test_choices_are_reported_once(plot: LossSlicePlot) -> None:
    told = heard(plot)
    for box, index in ((plot.kind_box, 1), (plot.second_box, 2)):
        box.setCurrentIndex(index)
        box.activated.emit(index)
    assert told == ["random", (0, 2)]
