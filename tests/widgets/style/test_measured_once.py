"""When the type changes, what is shown takes the new look once, not once for its font, its colours and its style."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.style import style, themes
from widgets.style.themed import Themed


class Part(Themed, QWidget):
    """Notes the font and the scale that it took."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.taken: list[tuple[float, float]] = []

    def take_theme(self) -> None:
        self.taken.append((self.font().pointSizeF(), style.current().scale))


@pytest.fixture
def part(qtbot: QtBot, qapp: QApplication) -> Iterator[Part]:
    style.apply(qapp, themes.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    made = Part(window)
    QVBoxLayout(window).addWidget(made)
    with qtbot.waitExposed(window):
        window.show()
    QApplication.processEvents()
    made.taken.clear()
    yield made
    style.apply(qapp, themes.LIGHT)


def test_what_is_shown_takes_another_type_once_when_its_font_is_there(part: Part, qapp: QApplication) -> None:
    before = part.font().pointSizeF()
    style.apply(qapp, replace(themes.LIGHT, scale=1.6))
    style.apply(qapp, themes.LIGHT)

    assert part.taken == [(pytest.approx(before * 1.6, rel=0.05), 1.6), (before, 1.0)]


def test_what_is_hidden_takes_the_type_by_the_time_it_is_shown(part: Part, qapp: QApplication) -> None:
    before = part.font().pointSizeF()
    part.hide()
    style.apply(qapp, replace(themes.LIGHT, scale=1.6))
    part.show()
    QApplication.processEvents()

    assert part.taken[-1] == (pytest.approx(before * 1.6, rel=0.05), 1.6)
    style.apply(qapp, themes.LIGHT)
    assert part.taken[-1] == (before, 1.0)


def test_other_colours_are_taken_as_ever(part: Part, qapp: QApplication) -> None:
    style.apply(qapp, themes.DARK)
    assert part.taken
    style.apply(qapp, themes.LIGHT)
