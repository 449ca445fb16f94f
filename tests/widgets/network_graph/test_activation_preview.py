"""The small picture of an activation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPolygonF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.network_graph.activation_preview import ActivationPreview, free_place
from widgets.style import style, themes
from widgets.values import ActivationCurve, Floats

Z = np.linspace(-4.0, 4.0, 81)
TANH = ActivationCurve("tanh", "a = tanh(z)", "∂a/∂z = 1 − a²", Z, np.tanh(Z), 1 - np.tanh(Z) ** 2, ("saturates",))


def colours(preview: ActivationPreview) -> set[str]:
    image = preview.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_both_curves_are_drawn_in_their_colours_and_told_in_words(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)
    preview = ActivationPreview()
    qtbot.addWidget(preview)
    preview.resize(200, 130)
    wanted = {QColor(themes.LIGHT.forward).name(), QColor(themes.LIGHT.gradient).name()}
    assert not wanted & colours(preview)
    preview.set_curve(TANH)
    assert wanted <= colours(preview)
    assert preview.toolTip() == "tanh\na = tanh(z)\n∂a/∂z = 1 − a²\nsaturates"


def test_a_flat_curve_is_drawn_too(qtbot: QtBot) -> None:
    preview = ActivationPreview()
    qtbot.addWidget(preview)
    preview.resize(200, 130)
    preview.set_curve(ActivationCurve("zero", "a = 0", "∂a/∂z = 0", np.zeros(2), np.zeros(2), np.zeros(2)))
    assert not preview.grab().isNull()


@pytest.mark.parametrize("between", [np.nan, 8.0], ids=["a jump", "a steep line"])
def test_the_two_sides_of_a_jump_are_not_joined(qtbot: QtBot, qapp: QApplication, between: float) -> None:
    style.apply(qapp, themes.LIGHT)
    preview = ActivationPreview()
    qtbot.addWidget(preview)
    preview.resize(200, 130)
    z, a = np.array([-4.0, 2.0, 2.0, 2.0, 4.0]), np.array([0.0, 0.0, between, 8.0, 8.0])
    preview.set_curve(ActivationCurve("jump", "a", "∂a/∂z = 0", z, a, np.zeros(5)))
    image = preview.grab().toImage()
    halfway = {image.pixelColor(x, 40).name() for x in range(130, 170)}
    assert (len(halfway) == 1) == np.isnan(between)


def test_the_axes_have_numbers_and_the_largest_derivative_is_told(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)
    preview = ActivationPreview()
    qtbot.addWidget(preview)
    preview.resize(240, 200)
    preview.set_curve(replace(TANH, peak=(0.0, 1.0)))
    assert "largest derivative: 1 at z = 0" in preview.toolTip()
    image = preview._plot.grab().toImage()
    below = {image.pixelColor(x, image.height() - 6).name() for x in range(image.width())}
    aside = {image.pixelColor(4, y).name() for y in range(image.height())}
    assert len(below) > 1
    assert len(aside) > 1


@pytest.mark.parametrize("left", [10.0, 60.0, 100.0, 140.0, 190.0])
@pytest.mark.parametrize("bend", [np.tanh, np.sin, np.abs, lambda z: 1.0 / (1.0 + np.exp(-z)), lambda z: 0.0 * z])
def test_the_label_of_the_largest_derivative_is_crossed_by_no_curve(
    left: float, bend: Callable[[Floats], Floats]
) -> None:
    area = QRectF(0.0, 0.0, 200.0, 120.0)
    x, down = np.linspace(0.0, 200.0, 81), 60.0 - 50.0 * bend(np.linspace(-4.0, 4.0, 81)).clip(-1.0, 1.0)
    curve = QPolygonF([QPointF(float(a), float(b)) for a, b in zip(x, down, strict=True)])
    at = curve.at(int(np.argmin(np.abs(x - left))))
    place = free_place(at, QSizeF(34.0, 13.0), area, [curve])
    assert area.contains(place)
    assert not place.contains(at)
    assert not any(place.contains(curve.at(k)) for k in range(curve.size()))
