"""Statistics per layer over time: lines at their decades, strips of histograms, what is said when there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plots.statistics_canvas import ACTIVATIONS, EMPTY, NO_LAYERS, NORMS, RATIOS
from widgets.plots.statistics_plot import KINDS, StatisticsPlot
from widgets.style import style, themes
from widgets.values.statistics import ActivationTrack, LayerTrack

TIME = np.arange(5.0)
LEFT = Qt.MouseButton.LeftButton


def track(label: str, norm: float, ratio: float = 1e-3) -> LayerTrack:
    return LayerTrack(label, TIME, np.full(5, norm), np.full(5, ratio))


@pytest.fixture
def plot(qtbot: QtBot, qapp: QApplication) -> StatisticsPlot:
    style.apply(qapp, themes.LIGHT)
    made = StatisticsPlot()
    qtbot.addWidget(made)
    made.resize(400, 260)
    with qtbot.waitExposed(made):
        made.show()
    return made


def rows_of_ink(plot: StatisticsPlot, across: float) -> list[float]:
    """Return the heights, 0 … 1 from the bottom, at which something with a colour is drawn."""
    QApplication.processEvents()  # the axes take their room
    area, image = plot.canvas.area(), plot.canvas.grab().toImage()
    x = round(area.left() + across * area.width())
    rows = range(round(area.top()) - 1, round(area.bottom()) + 2)
    strong = [y for y in rows if image.pixelColor(x, y).hslSaturation() > 90]
    return [1.0 - (y - area.top()) / area.height() for y in strong]


def test_before_anything_is_recorded_it_says_so(plot: StatisticsPlot) -> None:
    assert plot.canvas.message == EMPTY
    plot.set_tracks((track("W₁", 1.0),), ())
    assert plot.canvas.message == ""
    plot.set_kind(ACTIVATIONS)
    assert plot.canvas.message == NO_LAYERS


def test_a_line_stands_at_its_decade(plot: StatisticsPlot) -> None:
    plot.set_tracks((track("W₁", 1e-4), track("W₂", 1.0)), ())
    scale = plot.canvas.scales[NORMS]
    wanted = [scale.share(1e-4), scale.share(1.0)]
    found = rows_of_ink(plot, 0.37)
    for share in wanted:
        assert min(abs(share - row) for row in found) < 0.03


def test_the_scale_holds_both_ends_and_stays_for_the_same_layers(plot: StatisticsPlot) -> None:
    plot.set_tracks((track("W₁", 1e-6), track("W₂", 10.0)), ())
    wide = plot.canvas.scales[NORMS]
    assert wide.low <= -6
    assert wide.high >= 1
    plot.set_tracks((track("W₁", 0.1), track("W₂", 0.2)), ())
    assert plot.canvas.scales[NORMS] == wide
    plot.set_tracks((track("W₁", 0.1),), ())
    assert plot.canvas.scales[NORMS] != wide


def test_what_is_not_finite_is_left_out(plot: StatisticsPlot) -> None:
    values = np.array([1.0, np.nan, np.inf, 0.0, 2.0])
    plot.set_tracks((LayerTrack("W₁", TIME, values, values),), ())
    (line,) = plot.canvas.lines
    assert line.xData.tolist() == [0.0, 4.0]
    np.testing.assert_allclose(line.yData, np.log10([1.0, 2.0]))
    plot.canvas.grab()


def test_a_histogram_is_darkest_where_most_activations_are(plot: StatisticsPlot) -> None:
    shares = np.zeros((5, 10))
    shares[:, 8] = 1.0
    plot.set_tracks((track("W₁", 1.0),), (ActivationTrack("Hidden 1", TIME, shares, -1.0, 1.0),))
    plot.set_kind(ACTIVATIONS)
    QApplication.processEvents()  # the axes take their room
    area, image = plot.canvas.area(), plot.canvas.grab().toImage()
    x = round(area.center().x())
    lightness = {
        bin_: image.pixelColor(x, round(area.top() + 0.92 * area.height() * (9.5 - bin_) / 10)).lightness()
        for bin_ in (1, 5, 8)
    }
    assert lightness[8] < lightness[1] - 60
    assert lightness[1] == lightness[5]


def test_a_word_picks_what_is_shown(plot: StatisticsPlot) -> None:
    plot.set_tracks((track("W₁", 1.0),), ())
    told: list[str] = []
    plot.picker.kind_picked.connect(told.append)
    plot.set_kind(NORMS)
    assert told == []
    QTest.mouseClick(plot.picker.buttons[RATIOS], LEFT)
    assert told == [RATIOS]
    assert plot.canvas.kind == RATIOS
    assert plot.canvas.toolTip() == KINDS[1].tooltip


def test_the_cursor_reads_every_layer(plot: StatisticsPlot) -> None:
    plot.set_tracks((track("W₁", 1.0), track("W₂", 2.0)), ())
    QTest.mouseMove(plot.canvas.viewport(), plot.canvas.area().center().toPoint())
    assert [(row.name, row.number) for row in plot.canvas.readout.rows] == [
        ("iteration", "2"),
        ("W₁", "1.00e0"),
        ("W₂", "2.00e0"),
    ]


def test_it_follows_the_theme(plot: StatisticsPlot, qapp: QApplication) -> None:
    plot.set_tracks((track("W₁", 1.0),), ())
    light = plot.canvas.grab().toImage()
    style.apply(qapp, themes.DARK)
    assert plot.canvas.grab().toImage() != light
    style.apply(qapp, themes.LIGHT)
