"""The flow plot: its bars, its words, its steady scale."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.frame.warning_card import WarningCard
from widgets.plots.decades import NOWHERE, Decades
from widgets.plots.flow_plot import EMPTY, FlowPlot
from widgets.style import numbers
from widgets.values import Badge, Choice, FlowRow, FlowWarning, NodeKey


@pytest.fixture
def plot(qtbot: QtBot) -> FlowPlot:
    plot = FlowPlot()
    qtbot.addWidget(plot)
    plot.resize(340, 150)
    plot.show()
    return plot


def rows(n: int, norm: float = 1e-2, **marks: int) -> tuple[FlowRow, ...]:
    found = tuple(
        FlowWarning(
            f"{count} of 8 {word}",
            {NodeKey(1, unit): Badge(word, "", (f"It is {word}.",), (Choice("x", "Cure"),)) for unit in range(count)},
        )
        for word, count in marks.items()
    )
    return tuple(FlowRow(f"W{i + 1}", norm / 10**i, 1e-3, found) for i in range(n))


def test_a_longer_bar_means_a_larger_gradient() -> None:
    scale = NOWHERE.holding([1e-6, 1e-2])
    assert 0.0 < scale.share(1e-6) < scale.share(1e-4) < scale.share(1e-2) <= 1.0


def test_one_decade_is_the_same_length_everywhere() -> None:
    scale = Decades(-6, 2)
    assert scale.share(1e-3) - scale.share(1e-4) == pytest.approx(scale.share(10.0) - scale.share(1.0))


@pytest.mark.parametrize(("value", "share"), [(0.0, 0.0), (math.nan, 0.0), (math.inf, 1.0)])
def test_what_has_no_logarithm_is_drawn_at_an_end(value: float, share: float) -> None:
    assert Decades(-4, 0).share(value) == share
    assert NOWHERE.holding([value]) == NOWHERE


def test_the_scale_stays_when_gradients_shrink(plot: FlowPlot) -> None:
    plot.set_rows(rows(3, 1.0))
    before = plot._scale
    plot.set_rows(rows(3, 0.5))
    assert plot._scale == before
    plot.set_rows(rows(3, 1e-9))
    assert plot._scale.high == before.high
    assert plot._scale.low < before.low


def test_other_layers_start_a_new_scale(plot: FlowPlot) -> None:
    plot.set_rows(rows(3, 1e-9))
    low = plot._scale.low
    plot.set_rows(rows(2, 1.0))
    assert plot._scale.low > low


def test_dead_and_saturated_units_are_named_in_words(plot: FlowPlot) -> None:
    assert "It is dead." in plot.sentences_of(rows(1, dead=2)[0])
    assert "It is saturated." in plot.sentences_of(rows(1, saturated=3)[0])
    assert "dead" not in plot.sentences_of(rows(1)[0])


def test_a_badge_changes_the_picture(plot: FlowPlot) -> None:
    plot.set_rows(rows(3))
    before = plot.grab().toImage()
    plot.set_rows(rows(3, dead=1))
    assert plot.grab().toImage() != before


def test_a_warning_stands_on_the_row_that_it_is_about(plot: FlowPlot) -> None:
    shown = rows(3, dead=1)
    plot.set_rows(shown)
    for row in shown:
        ((warning, box),) = plot.warning_boxes(row)
        assert warning.text == "1 of 8 dead"
        assert plot.band_of(row).contains(box)


@pytest.mark.qt_log_ignore("grabbing the (keyboard|mouse)", "raise", "MouseRelease", extend=True)
def test_a_click_on_a_warning_offers_a_cure(plot: FlowPlot) -> None:
    plot.set_rows(rows(1, dead=1))
    picked: list[tuple[NodeKey, str]] = []
    plot.fix_picked.connect(lambda key, fix: picked.append((key, fix)))
    ((_, box),) = plot.warning_boxes(plot._rows[0])
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    card = plot.findChild(WarningCard)
    assert card is not None
    assert card.text.text() == "It is dead."
    card.buttons["x"].click()
    assert picked == [(NodeKey(1, 0), "x")]
    assert not card.isVisible()


def test_many_layers_scroll(plot: FlowPlot) -> None:
    plot.set_rows(rows(3))
    assert plot.verticalScrollBar().maximum() == 0
    plot.set_rows(rows(17))
    assert plot.verticalScrollBar().maximum() > 0


def test_the_row_under_the_cursor_is_found_after_scrolling(plot: FlowPlot) -> None:
    plot.set_rows(rows(17))
    plot.verticalScrollBar().setValue(plot.verticalScrollBar().maximum())
    found = plot.row_at(plot.viewport().height() - 2.0)
    assert found is not None
    assert found.label == "W17"
    assert plot.row_at(2.0) is None


def test_an_empty_plot_says_what_to_do(plot: FlowPlot) -> None:
    assert "Step" in EMPTY
    empty = plot.grab().toImage()
    plot.set_rows(rows(2))
    assert plot.grab().toImage() != empty


@pytest.mark.parametrize(("x", "text"), [(3.1e-3, "3.10e−3"), (1234.0, "1.23e3"), (0.0, "0"), (math.inf, "∞")])
def test_numbers_keep_their_form(x: float, text: str) -> None:
    assert numbers.scientific(x) == text


def test_a_new_scale_ends_near_the_largest_and_leaves_its_room_below() -> None:
    scale = NOWHERE.holding([0.3, 2e-3])
    assert scale == Decades(-4, 0)
    assert scale.share(0.3) > 0.8


def test_a_scale_that_must_grow_grows_by_decades_and_then_rests() -> None:
    grown = Decades(-4, 0).holding([5e-5, 1.5])
    assert grown == Decades(-6, 2)
    assert grown.holding([2e-6, 90.0]) == grown


@pytest.mark.qt_log_ignore("grabbing the (keyboard|mouse)", "raise", extend=True)
def test_enter_leads_to_every_warning_of_every_layer(plot: FlowPlot) -> None:
    cure = (Choice("x", "Cure"),)
    found = [{NodeKey(n, unit): Badge("dead", "", (f"{n}.{unit}",), cure) for unit in (0, 3)} for n in (1, 2)]
    plot.set_rows(tuple(FlowRow("W", 1.0, 1e-3, (FlowWarning("2 of 8 dead", badges),)) for badges in found))
    assert "2 of 8 dead: neurons 1, 4." in plot.sentences_of(plot._rows[0])
    QTest.keyClick(plot, Qt.Key.Key_Return)
    card, read = plot.findChild(WarningCard), []
    for _ in range(4):
        read.append((card.place.text(), card.text.text()))
        QTest.keyClick(card, Qt.Key.Key_PageDown)
    assert read == [("1 of 4", "1.0"), ("2 of 4", "1.3"), ("3 of 4", "2.0"), ("4 of 4", "2.3")]
    card.hide()


def test_what_stays_from_frame_to_frame_is_drawn_anew_when_it_is_other(plot: FlowPlot, qtbot: QtBot) -> None:
    other_names = tuple(replace(row, label=f"V{i}") for i, row in enumerate(rows(2)))
    for shown, size in (
        (rows(2), (340, 150)),
        (rows(5), (260, 240)),
        (rows(2, 1e-9), (340, 150)),
        (other_names, (340, 150)),
    ):
        fresh = FlowPlot()
        qtbot.addWidget(fresh)
        pictures = []
        for view in (plot, fresh):
            view.resize(*size)
            view.show()
            view.forget_scale()
            view.set_rows(shown)
            pictures.append(view.grab().toImage())
        assert pictures[0] == pictures[1]
