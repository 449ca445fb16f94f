"""The colour of a value between two ends, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.controls.value_swatch import ValueSwatch
from widgets.style import colour_tables, style, themes


@pytest.mark.parametrize(("value", "index"), [(2.0, 0), (6.0, 255), (4.0, 128), (-9.0, 0), (99.0, 255)])
def test_it_is_filled_with_the_colour_of_its_value(value: float, index: int, qtbot: QtBot, qapp: QApplication) -> None:
    swatch = ValueSwatch()
    qtbot.addWidget(swatch)
    for theme in (themes.DARK, themes.LIGHT):
        style.apply(qapp, theme)
        swatch.set_value(value, 2.0, 6.0)
        expected = QColor(int(colour_tables.value_table()[index])).name()
        swatch.resize(swatch.sizeHint())
        assert swatch.colour.name() == expected
        assert swatch.grab().toImage().pixelColor(9, 9).name() == expected


def test_it_says_what_its_colour_means(qtbot: QtBot) -> None:
    swatch = ValueSwatch()
    qtbot.addWidget(swatch)
    swatch.set_value(3.0, 2.0, 6.0)
    assert swatch.toolTip() == "The colour of 3. The ends of the colours are 2 … 6."
    swatch.set_value(7.0, 2.0, 6.0)
    assert swatch.toolTip().endswith("painting widens them to the new value.")
    swatch.set_value(2.0, 2.0, 2.0)
    assert swatch.colour.isValid()
