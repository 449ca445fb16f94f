"""When the type changes, what is shown takes the new look once, not once for its font, its colours and its style."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

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


def test_windows_that_are_not_in_sight_take_the_type_a_few_widgets_at_a_time(
    part: Part, qtbot: QtBot, qapp: QApplication
) -> None:
    hidden = QWidget()
    qtbot.addWidget(hidden)
    parts = [Part(hidden) for _ in range(2 * style.SLICE)]
    with qtbot.waitExposed(hidden):
        hidden.show()
    hidden.hide()
    part.taken.clear()
    for one in parts:
        one.taken.clear()
    scales = []
    for _ in style.applied_in_slices(qapp, replace(themes.LIGHT, scale=1.6)):
        scales.append(sum(bool(one.taken) for one in parts))
        assert [scale for _font, scale in part.taken] == [1.6]
    scales.append(len(parts))

    assert scales[0] == 0
    assert max(after - before for before, after in pairwise(scales)) <= style.SLICE
    assert {one.taken[-1][1] for one in parts} == {1.6}
    assert {one.taken[-1][0] for one in parts} == {part.taken[-1][0]}


def test_a_hidden_window_that_goes_meanwhile_is_left_out(part: Part, qapp: QApplication) -> None:
    hidden = QWidget()
    parts = [Part(hidden) for _ in range(2 * style.SLICE)]
    hidden.show()
    hidden.hide()
    slices = style.applied_in_slices(qapp, replace(themes.LIGHT, scale=1.6))
    next(slices)
    for one in parts:
        delete(one)
    delete(hidden)
    assert list(slices)[-1:] in ([None], [])
