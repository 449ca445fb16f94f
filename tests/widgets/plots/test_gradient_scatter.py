"""Numeric against backprop gradients: right ones on the diagonal, wrong ones crossed out, each to be clicked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.plots.gradient_scatter import MOST, GradientScatter
from widgets.style import style, themes

BACKPROP = np.array([-1.0, 0.5, 1.0])
NUMERIC = np.array([-1.0, 0.5, -1.0])
WRONG = np.array([False, False, True])


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()  # a plot of pyqtgraph is never closed by itself: it cannot be closed twice
    qtbot.addWidget(made)
    made.resize(260, 260)
    return made


@pytest.fixture
def scatter(holder: QWidget, qapp: QApplication) -> GradientScatter:
    style.apply(qapp, themes.LIGHT)
    made = GradientScatter(holder)
    made.resize(260, 260)
    made.set_points(BACKPROP, NUMERIC, WRONG)
    holder.show()
    QApplication.processEvents()
    return made


def spot(scatter: GradientScatter, index: int) -> QPoint:
    return scatter.place_of(*scatter._points[index].tolist()).toPoint()


def test_right_points_lie_on_the_diagonal_in_the_colour_of_gradients(scatter: GradientScatter) -> None:
    area, image = scatter.area(), scatter.grab().toImage()
    for index in (0, 1):
        place = scatter.place_of(*scatter._points[index].tolist())
        assert place.x() - area.left() == pytest.approx(area.bottom() - place.y(), abs=1.5)
        assert image.pixelColor(spot(scatter, index)).name() == QColor(themes.LIGHT.gradient).name()
    assert abs(image.pixelColor(spot(scatter, 2)).hue() - QColor(themes.LIGHT.warning).hue()) < 12


def test_a_click_on_a_point_reports_it_once_and_a_click_beside_it_nothing(scatter: GradientScatter) -> None:
    told: list[int] = []
    scatter.point_clicked.connect(told.append)
    scatter.set_points(BACKPROP, NUMERIC, WRONG)
    scatter.set_selected(1)
    assert told == []
    QTest.mouseClick(scatter.viewport(), Qt.MouseButton.LeftButton, pos=spot(scatter, 1))
    QTest.mouseClick(scatter.viewport(), Qt.MouseButton.LeftButton, pos=spot(scatter, 1) + QPoint(40, 0))
    assert told == [1]


def test_the_selected_point_is_ringed(scatter: GradientScatter) -> None:
    bare = scatter.grab().toImage()
    scatter.set_selected(0)
    assert scatter.grab().toImage() != bare
    scatter.set_selected(None)
    assert scatter.grab().toImage() == bare


def test_of_very_many_the_wrong_ones_are_kept(scatter: GradientScatter) -> None:
    n = MOST + 50
    values, wrong = np.linspace(-1.0, 1.0, n), np.arange(n) >= n - 3
    scatter.set_points(values, values, wrong)
    told: list[int] = []
    scatter.point_clicked.connect(told.append)
    place = int(np.flatnonzero(scatter._places == n - 1)[0])
    QTest.mouseClick(scatter.viewport(), Qt.MouseButton.LeftButton, pos=spot(scatter, place))
    assert told
    assert told[0] >= n - 3
    assert len(scatter._places) == MOST
