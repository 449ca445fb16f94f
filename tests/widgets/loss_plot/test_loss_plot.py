"""The curves: what they show, how they follow, the line of time, the readout."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.loss_plot import LossPlot
from widgets.loss_plot.curve_range import across, on_scale, upwards
from widgets.loss_plot.curve_style import styles_of
from widgets.plots.axis import ValueAxis
from widgets.plots.canvas import nearest
from widgets.style import style, themes
from widgets.values import CurveGoal, CurveMark, Series

X = np.arange(0.0, 1000.0, 2.0)
TRAIN = np.exp(-X / 100) + 0.03


def curves(**visible: bool) -> tuple[Series, ...]:
    return (
        Series("train", X, TRAIN),
        Series("test", X, TRAIN + 0.02, dashed=True),
        Series("accuracy", X, 1 - TRAIN / 2, visible=visible.get("accuracy", False), axis="accuracy"),
        Series("rate", X, np.full_like(X, 0.1), visible=visible.get("rate", False), axis="rate"),
    )


@pytest.fixture
def plot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> LossPlot:
    # pyqtgraph drops moves that follow within 10 ms: a test does not wait that long.
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(420, 300)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_new_points_and_another_iteration_are_painted_once(plot: LossPlot) -> None:
    paints, painted = Paints(), []
    plot.canvas.viewport().installEventFilter(paints)
    for n in range(5):
        x = np.arange(0.0, 1000.0 + 400.0 * n, 2.0)
        plot.set_series((Series("train", x, np.exp(-x / 100) + 0.03 + n),))
        plot.set_time(float(x[-1]))
        for _ in range(5):
            QApplication.processEvents()
        painted.append(paints.count)
    assert np.diff(painted).tolist() == [1, 1, 1, 1]


def x_range(plot: LossPlot) -> tuple[float, float]:
    low, high = plot.canvas.getViewBox().viewRange()[0]
    return low, high


def y_range(plot: LossPlot) -> tuple[float, float]:
    low, high = plot.canvas.getViewBox().viewRange()[1]
    return low, high


def place_of(plot: LossPlot, iteration: float) -> QPoint:
    view = plot.canvas.getViewBox()
    low, high = y_range(plot)
    place = view.mapViewToScene(QPointF(iteration, (low + high) / 2))
    return QPoint(plot.canvas.mapFromScene(place))


def drag(plot: LossPlot, start: QPoint, end: QPoint) -> None:
    """Send a drag with the button held: QTest's own moves hold none."""
    viewport = plot.canvas.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kind = QEvent.Type
    steps = [start + (end - start) * share for share in (0.3, 0.6, 1.0)]
    events = [(kind.MouseMove, start, none, none), (kind.MouseButtonPress, start, left, left)]
    events += [(kind.MouseMove, place, none, left) for place in steps]
    events += [(kind.MouseButtonRelease, end, left, none)]
    for type_, place, button, held in events:
        where = QPointF(place), QPointF(viewport.mapToGlobal(place))
        QApplication.sendEvent(viewport, QMouseEvent(type_, *where, button, held, Qt.KeyboardModifier.NoModifier))


def test_setting_values_emits_nothing(plot: LossPlot, qtbot: QtBot) -> None:
    signals = (plot.time_pressed, plot.time_moved, plot.time_released, plot.series_toggled, plot.log_toggled)
    heard: list[object] = []
    for signal in signals:
        signal.connect(lambda *args: heard.append(args))
    plot.set_series(curves())
    plot.set_log(True)
    plot.set_time(300)
    plot.set_marks((CurveMark(400, "rate 0.05", "drop"),))
    plot.set_series(curves(accuracy=True, rate=True))
    plot.set_time(None)
    plot.fit()
    assert heard == []


def test_every_curve_has_a_switch_that_shows_its_state(plot: LossPlot) -> None:
    plot.set_series(curves())
    assert {name: chip.isChecked() for name, chip in plot._chips.items()} == {
        "train": True,
        "test": True,
        "accuracy": False,
        "rate": False,
    }


def test_a_switch_shows_its_curve_and_reports_it(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series(curves())
    with qtbot.waitSignal(plot.series_toggled) as toggled:
        qtbot.mouseClick(plot._chips["accuracy"], Qt.MouseButton.LeftButton)
    assert toggled.args == ["accuracy", True]
    assert plot.canvas._curves["accuracy"].isVisible()
    assert "accuracy" in plot.axis_names.right.text()


def test_a_choice_outlives_new_values_until_the_presenter_disagrees(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series(curves())
    qtbot.mouseClick(plot._chips["accuracy"], Qt.MouseButton.LeftButton)
    plot.set_series(curves())
    assert plot._chips["accuracy"].isChecked()
    plot.set_series(curves(accuracy=True))
    plot.set_series(curves(accuracy=False))
    assert not plot._chips["accuracy"].isChecked()


def test_test_curves_differ_by_dash_and_not_by_colour_alone() -> None:
    styles = styles_of(curves())
    assert styles["train"].dash == ()
    assert styles["test"].dash != ()


def test_curves_of_one_scale_all_differ() -> None:
    names = ("train", "data", "regularization")
    styles = styles_of(tuple(Series(name, X, TRAIN) for name in names))
    assert len({styles[name].dash for name in names}) == 3


def test_an_unchanged_array_is_not_drawn_again(plot: LossPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    first = curves()
    plot.set_series(first)
    drawn: list[str] = []
    for name, curve in plot.canvas._curves.items():
        monkeypatch.setattr(curve, "setData", lambda *args, name=name: drawn.append(name))
    plot.set_series((Series("train", X, TRAIN * 2), *first[1:]))
    assert drawn == ["train"]


def test_the_view_holds_all_of_every_visible_curve(plot: LossPlot) -> None:
    plot.set_series(curves())
    assert x_range(plot)[1] >= X[-1]
    assert y_range(plot)[0] <= 0
    assert y_range(plot)[1] >= 1.05


def test_log_shows_powers_of_ten_and_back(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series(curves())
    with qtbot.waitSignal(plot.log_toggled) as toggled:
        qtbot.mouseClick(plot.tools.log_switch, Qt.MouseButton.LeftButton)
    assert toggled.args == [True]
    low, high = y_range(plot)
    assert low < np.log10(0.031)
    assert high == pytest.approx(np.log10(1.05), abs=0.1)
    assert "(log)" in plot.axis_names.left.text()
    qtbot.mouseClick(plot.tools.log_switch, Qt.MouseButton.LeftButton)
    assert y_range(plot)[1] > 1


def test_zero_and_infinite_losses_leave_a_gap_on_a_log_scale() -> None:
    scaled = on_scale(np.array([1.0, 0.0, np.inf, np.nan, 100.0]), log=True)
    np.testing.assert_array_equal(scaled, [0.0, np.nan, np.nan, np.nan, 2.0])
    assert upwards([np.array([np.nan])], log=True) == (-3.0, 0.0)


def test_the_range_stands_still_between_steps() -> None:
    assert across([np.array([0.0, 1201.0])]) == across([np.array([0.0, 1299.0])]) == (0.0, 1300.0)
    assert across([np.zeros(0)]) == (0.0, 1.0)


def test_a_constant_curve_still_has_a_range() -> None:
    low, high = upwards([np.array([0.1, 0.1])], log=False)
    assert low < 0.1 < high
    low, high = upwards([np.array([-1.0, -1.0])], log=True)
    assert low < -1.0 < high


def test_dragging_the_line_goes_through_time(plot: LossPlot) -> None:
    plot.set_series(curves())
    plot.set_time(800)
    heard: list[object] = []
    plot.time_pressed.connect(lambda: heard.append("pressed"))
    plot.time_moved.connect(heard.append)
    plot.time_released.connect(lambda: heard.append("released"))
    drag(plot, place_of(plot, 800), place_of(plot, 300))
    assert heard[0] == "pressed"
    assert heard[-1] == "released"
    assert heard[-2] == pytest.approx(300, abs=10)
    assert plot.time_field.field.text() == str(round(heard[-2]))  # type: ignore[call-overload]


def test_a_held_line_is_not_pulled_away(plot: LossPlot) -> None:
    plot.set_series(curves())
    plot.set_time(800)
    plot.canvas.time_line.moving = True
    plot.set_time(500)
    assert plot.canvas.time_line.value() == 800
    plot.canvas.time_line.moving = False


def test_an_iteration_can_be_typed(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series(curves())
    plot.set_time(800)
    field = plot.time_field.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "1 20")
    with qtbot.waitSignals([plot.time_pressed, plot.time_moved, plot.time_released], order="strict"):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert plot.canvas.time_line.value() == 120


@pytest.mark.parametrize("typed", ["soon", "9" * 400, "9" * 5000])
def test_what_is_no_iteration_is_refused_with_a_reason(plot: LossPlot, qtbot: QtBot, typed: str) -> None:
    plot.set_time(800)
    field = plot.time_field.field
    field.selectAll()
    field.insert(typed)
    with qtbot.assertNotEmitted(plot.time_moved):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "expected a whole number" in plot.time_field.hint.text()
    assert field.text() == "800"


def test_a_panned_view_stays_until_fit(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series(curves())
    drag(plot, place_of(plot, 600), place_of(plot, 300))
    panned = x_range(plot)
    assert panned[0] > 100
    assert plot.tools.fit_button.isEnabled()
    plot.set_series((Series("train", np.append(X, 5000.0), np.append(TRAIN, 0.01)),))
    assert x_range(plot) == panned
    qtbot.mouseClick(plot.tools.fit_button, Qt.MouseButton.LeftButton)
    assert x_range(plot)[1] >= 5000
    assert not plot.tools.fit_button.isEnabled()


def test_the_cursor_reads_every_visible_curve(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series(curves())
    place = place_of(plot, 500)
    qtbot.mouseMove(plot.canvas.viewport(), place)
    assert plot.canvas.readout.isVisible()
    head, train, test = plot.canvas.readout.rows
    assert head.name == "iteration"
    assert abs(float(head.number) - 500) < 8
    assert (train.name, test.name) == ("train", "test")


def test_the_readout_names_a_mark_that_is_near(plot: LossPlot) -> None:
    plot.set_series(curves())
    plot.set_marks((CurveMark(400, "rate 0.05", "drop"),))
    assert plot.canvas.rows_at(400.5)[-1].name == "rate 0.05"
    assert all(row.name != "rate 0.05" for row in plot.canvas.rows_at(600))


@pytest.mark.parametrize(("value", "index"), [(-5.0, 0), (0.9, 0), (1.1, 1), (1998.0, 2)])
def test_the_nearest_drawn_iteration_is_read(value: float, index: int) -> None:
    assert nearest(np.array([0.0, 2.0, 4.0]), value) == index


def test_a_removed_curve_goes_with_its_switch(plot: LossPlot) -> None:
    plot.set_series(curves())
    plot.set_series(curves()[:1])
    assert list(plot._chips) == ["train"]
    assert list(plot.canvas._curves) == ["train"]


def test_the_curves_take_up_the_dark_theme(plot: LossPlot) -> None:
    plot.set_series(curves())
    before = plot.canvas._curves["train"].opts["pen"].color()
    try:
        style._current = themes.DARK
        plot.canvas.restyle()
        assert plot.canvas._curves["train"].opts["pen"].color() != before
    finally:
        style._current = themes.LIGHT


def test_the_numbers_of_the_iterations_are_whole_and_end_before_the_plot_does() -> None:
    axis = ValueAxis("bottom", "whole")
    assert axis.tickValues(0.0, 1.0, 300.0)[0][1] == [0.0]
    ((_, places),) = axis.tickValues(0.0, 402.0, 300.0)
    assert places[0] == 0.0
    assert 400.0 not in places


def test_a_click_on_the_sign_of_a_branch_reports_it_and_elsewhere_nothing(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series(curves())
    plot.set_marks((CurveMark(400.0, "an edit", "edit"), CurveMark(200.0, "left here", "branch")))
    heard: list[float] = []
    plot.branch_clicked.connect(heard.append)
    QApplication.processEvents()  # the scales take their room
    area = plot.canvas.getViewBox().sceneBoundingRect()
    foot = round(area.bottom()) - 7
    for iteration, y in ((400.0, foot), (300.0, foot), (200.0, round(area.center().y())), (200.0, foot)):
        place = QPoint(place_of(plot, iteration).x(), y)
        qtbot.mouseMove(plot.canvas.viewport(), place)
        qtbot.mouseClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == [200.0]


def test_a_goal_is_a_dotted_line_on_the_scale_of_its_curve(plot: LossPlot) -> None:
    line = plot.canvas.goal_line
    assert not line.isVisible()
    plot.set_goal(CurveGoal(0.005, "goal 0.005", "test"))
    plot.set_series(curves())
    assert line.isVisible()
    assert line.value() == 0.005
    assert line.label.format == "goal 0.005"
    assert line.pen.style() == Qt.PenStyle.DotLine
    plot.set_log(True)
    assert line.value() == pytest.approx(np.log10(0.005))
    assert y_range(plot)[0] < np.log10(0.005), "the goal is in sight before the curve is there"
    plot.set_goal(None)
    assert not line.isVisible()


def test_a_goal_is_shown_while_its_curve_is(plot: LossPlot) -> None:
    line = plot.canvas.goal_line
    plot.set_goal(CurveGoal(0.95, "goal 95 %", "accuracy"))
    plot.set_series(curves())
    assert not line.isVisible()
    plot.set_series(curves(accuracy=True))
    assert line.isVisible()
    assert line.getViewBox() is plot.canvas._views["accuracy"]


def test_a_curve_that_is_off_is_made_when_it_is_shown(plot: LossPlot) -> None:
    def drawn(name: str) -> int:
        data = plot.canvas._curves[name].getData()[1]
        return 0 if data is None else len(data)

    plot.set_series(curves())
    assert (drawn("train"), drawn("rate")) == (len(X), 0)
    plot._chips["rate"].click()
    assert drawn("rate") == len(X)
    plot.set_series(curves(rate=True))
    assert plot._chips["rate"].isChecked()
    assert drawn("rate") == len(X)
    plot.set_series(curves())
    assert not plot._chips["rate"].isChecked()


def test_the_view_is_fitted_again_after_something_else_moved_it(plot: LossPlot) -> None:
    plot.set_series(curves())
    fitted = x_range(plot), y_range(plot)
    plot.canvas.getViewBox().setRange(xRange=(10.0, 20.0), yRange=(0.1, 0.2), padding=0)
    plot.fit()
    assert (x_range(plot), y_range(plot)) == fitted
