"""The line of questions while numbers are hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from widgets.frame.predict_bar import PredictBar
from widgets.style import style, themes
from widgets.values.veil import PredictState


def test_the_field_has_room_for_what_it_asks(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)
    bar = PredictBar()
    qtbot.addWidget(bar)
    bar.resize(700, 60)
    bar.show()
    bar.set_state(PredictState("local gradient of neuron 1 of hidden layer 1", 1, 6))
    field, option = bar.field, QStyleOptionFrame()
    field.initStyleOption(option)
    inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field).width() - 4
    for text in (field.placeholderText(), "−0.00000000"):
        assert field.fontMetrics().horizontalAdvance(text) <= inside
