"""The settings of one hidden layer: set → shows, gesture → emits."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from widgets.network_graph.layer_popup import LayerPopup
from widgets.values import ActivationCurve, Choice, LayerSettings, NumberField

Z = np.linspace(-4.0, 4.0, 9)
SLOPE = NumberField("slope", "Slope s", "Slope for z < 0.", (0.0, 0.1, 0.2), 0.01, 0.0, 1.0)
PIECES = NumberField("pieces", "Pieces k", "Weight vectors.", (2.0, 3.0), 2.0, 2.0, 8.0, integer=True)
DROPOUT = NumberField("dropout", "Dropout p", "Share dropped.", (0.0, 0.05, 0.1), 0.0, 0.0, 0.9, percent=True)
CHOICES = tuple(Choice(key, key) for key in ("tanh", "leaky_relu", "elu", "maxout"))


def settings(activation: str = "tanh", *own: tuple[NumberField, float], dropout: float = 0.0) -> LayerSettings:
    curve = ActivationCurve(activation, "a = f(z)", "∂a/∂z", Z, np.tanh(Z), 1 - np.tanh(Z) ** 2, ("saturates",))
    return LayerSettings(2, "Hidden 2: 4 units", activation, (*own, (DROPOUT, dropout)), curve)


@pytest.fixture
def popup(qtbot: QtBot) -> LayerPopup:
    shown = LayerPopup()
    qtbot.addWidget(shown)
    shown.set_choices(CHOICES)
    shown.set_settings(settings())
    return shown


def spies(popup: LayerPopup) -> list[QSignalSpy]:
    return [
        QSignalSpy(signal)
        for signal in (popup.activation_picked, popup.field_pressed, popup.field_changed, popup.field_released)
    ]


def everything(spy: QSignalSpy) -> list[list[object]]:
    return [list(spy.at(i)) for i in range(spy.count())]


def test_only_the_numbers_that_the_activation_uses_are_shown(popup: LayerPopup) -> None:
    def shown() -> list[str]:
        sliders = sorted((s for s in popup.fields.values() if not s.isHidden()), key=popup.layout().indexOf)
        return [key for slider in sliders for key, one in popup.fields.items() if one is slider]

    assert shown() == ["dropout"]
    popup.set_settings(settings("leaky_relu", (SLOPE, 0.1)))
    assert shown() == ["slope", "dropout"]
    popup.set_settings(settings("maxout", (PIECES, 3.0)))
    assert shown() == ["pieces", "dropout"]
    popup.set_settings(settings("tanh"))
    assert shown() == ["dropout"]


def test_setting_shows_every_value_and_never_emits(popup: LayerPopup) -> None:
    heard = spies(popup)
    popup.set_settings(settings("leaky_relu", (SLOPE, 0.2), dropout=0.35))
    assert popup.choice.current == "leaky_relu"
    assert popup.fields["slope"].value == 0.2
    assert popup.fields["dropout"].editor.text() == "35 %"
    assert popup.preview.curve is not None
    assert popup.preview.curve.label == "leaky_relu"
    assert [spy.count() for spy in heard] == [0, 0, 0, 0]


def test_one_step_of_a_slider_is_one_gesture_on_its_layer_and_field(popup: LayerPopup, qtbot: QtBot) -> None:
    heard = spies(popup)
    qtbot.keyClick(popup.fields["dropout"].slider, Qt.Key.Key_Right)
    assert [everything(spy) for spy in heard] == [[], [[2, "dropout"]], [[2, "dropout", 0.05]], [[2, "dropout"]]]


def test_a_picked_activation_is_told_with_its_layer(popup: LayerPopup) -> None:
    heard = spies(popup)
    popup.choice.box.activated.emit(popup.choice.box.findData("elu"))
    assert everything(heard[0]) == [[2, "elu"]]


def test_it_is_as_tall_as_its_words(popup: LayerPopup) -> None:
    popup.set_settings(settings("maxout", (PIECES, 2.0)))
    taller = popup.height()
    popup.set_settings(settings("tanh"))
    assert popup.height() < taller
    assert popup.preview.heightForWidth(60) > popup.preview.heightForWidth(220)


@pytest.mark.qt_log_ignore("grabbing the keyboard", "raise", extend=True)
def test_it_opens_inside_the_screen(popup: LayerPopup, qtbot: QtBot) -> None:
    room = popup.screen().availableGeometry()
    popup.open_at(QPoint(room.right(), room.bottom()))
    # The platform without a display keeps windows two pixels off where they are put.
    assert room.adjusted(0, 0, 4, 4).contains(popup.frameGeometry())
    popup.hide()
