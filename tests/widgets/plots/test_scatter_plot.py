"""Numeric against backprop gradients: right ones on the diagonal, wrong ones crossed out, each to be clicked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plots.scatter_plot import MOST, GradientScatter
from widgets.style import style

BACKPROP = np.array([-1.0, 0.5, 1.0])
NUMERIC = np.array([-1.0, 0.5, -1.0])
WRONG = np.array([False, False, True])


@pytest.fixture
def scatter(qtbot: QtBot, qapp: QApplication) -> GradientScatter:
    style.apply(qapp, style.LIGHT)
    made = GradientScatter()
    qtbot.addWidget(made)
    made.resize(260, 260)
    made.set_points(BACKPROP, NUMERIC, WRONG)
    with qtbot.waitExposed(made):
        made.show()
    return made


def spot(scatter: GradientScatter, index: int) -> QPoint:
    x, y = scatter._positions(scatter._area())[index]
    return QPoint(round(x), round(y))


def test_right_points_lie_on_the_diagonal_in_the_colour_of_gradients(scatter: GradientScatter) -> None:
    area, image = scatter._area(), scatter.grab().toImage()
    for index in (0, 1):
        x, y = scatter._positions(area)[index]
        assert x - area.left() == pytest.approx(area.bottom() - y)
        assert image.pixelColor(spot(scatter, index)).name() == QColor(style.LIGHT.gradient).name()
    assert abs(image.pixelColor(spot(scatter, 2)).hue() - QColor(style.LIGHT.warning).hue()) < 12


def test_a_click_on_a_point_is_told_once_and_beside_it_not(scatter: GradientScatter) -> None:
    told: list[int] = []
    scatter.point_clicked.connect(told.append)
    scatter.set_points(BACKPROP, NUMERIC, WRONG)
    scatter.set_selected(1)
    assert told == []
    QTest.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=spot(scatter, 1))
    QTest.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=spot(scatter, 1) + QPoint(40, 0))
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
    QTest.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=spot(scatter, place))
    assert told
    assert told[0] >= n - 3
    assert len(scatter._places) == MOST
