"""The small picture of an activation."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.network_graph.activation_preview import ActivationPreview
from widgets.style import style, themes
from widgets.values import ActivationCurve

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
