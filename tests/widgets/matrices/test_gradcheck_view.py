from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.matrices.gradcheck_view import GradientCheckView, seconds
from widgets.values import Choice
from widgets.values.gradcheck import CostSweepReading, GradientCheckReading

READING = GradientCheckReading(
    labels=("W₁[0, 0]", "W₁[0, 1]", "b₁[0]"),
    backprop=np.array([0.5, -0.25, 0.1]),
    numeric=np.array([0.5, 0.25, 0.1]),
    errors=np.array([1e-9, 2.0, 3e-8]),
    findings=("agrees", "wrong", "kink"),
    wrong=np.array([False, True, False]),
    epsilon=1e-5,
    max_error=2.0,
    tolerance=1e-5,
    parameters=3,
    forward_passes_numeric=6,
    seconds_numeric=0.0123,
    seconds_backprop=0.0002,
)


@pytest.fixture
def view(qtbot: QtBot) -> GradientCheckView:
    shown = GradientCheckView()
    qtbot.addWidget(shown)
    shown.resize(900, 400)
    shown.set_reading(READING)
    shown.show()
    return shown


def column(view: GradientCheckView, number: int) -> list[str]:
    return [view.model.data(view.model.index(row, number)) for row in range(view.model.rowCount())]


def test_the_worst_parameter_stands_first_and_is_marked(view: GradientCheckView) -> None:
    assert column(view, 0) == ["W₁[0, 1]", "b₁[0]", "W₁[0, 0]"]
    assert column(view, 3)[0] == "✗ 2"
    assert column(view, 4) == ["wrong", "kink", "agrees"]
    assert view.verdict.text().startswith("✗ 1 of 3 gradients: backprop is wrong")


def test_findings_that_do_not_make_backprop_wrong_are_counted_at_the_head(view: GradientCheckView) -> None:
    remarks = "a kink lies within ε at 1", "ε is too large for the curvature at 1"
    findings = "agrees", "curvature", "kink"
    view.set_reading(replace(READING, findings=findings, wrong=np.zeros(3, dtype=bool), remarks=remarks))
    head = "✓ all 3 gradients: nothing contradicts backprop; a kink lies within ε at 1, ε is too large for"
    assert view.verdict.text().startswith(f"{head} the curvature at 1, see below; largest relative error")
    assert not any("✗" in text for text in column(view, 3))
    view.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert column(view, 4) == ["agrees", "curvature", "kink"]


def test_what_is_outdated_says_so_above_the_verdict_until_something_else_is_shown(view: GradientCheckView) -> None:
    assert not view.outdated.isVisible()
    view.set_outdated("Of iteration 0 before the change: check again.")
    QApplication.processEvents()
    assert view.outdated.isVisible()
    assert view.outdated.geometry().bottom() < view.verdict.geometry().top()
    view.set_reading(READING)
    assert not view.outdated.isVisible()


def test_the_table_sorts_by_number_not_by_text(view: GradientCheckView) -> None:
    view.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert column(view, 1) == ["−0.25", "0.1", "0.5"]
    view.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert column(view, 0) == ["W₁[0, 0]", "b₁[0]", "W₁[0, 1]"]


def test_both_sides_are_counted_and_timed(view: GradientCheckView) -> None:
    assert view.cost.text() == (
        "numeric with ε = 1e−5: 6 forward passes, 12.3 ms   ·   backprop: 1 forward + 1 backward, 0.2 ms"
    )
    assert seconds(2.5) == "2.50 s"


def test_a_seeded_sample_is_said_so(view: GradientCheckView) -> None:
    view.set_reading(
        replace(READING, parameters=9000, max_error=1e-8, errors=np.full(3, 1e-8), wrong=np.zeros(3, dtype=bool))
    )
    assert view.verdict.text().startswith("✓ 3 of 9000 gradients")


def test_progress_can_be_cancelled_and_the_button_waits(view: GradientCheckView, qtbot: QtBot) -> None:
    view.set_progress(0.4)
    assert not view.run.isEnabled()
    assert view.progress.value() == 400
    with qtbot.waitSignal(view.cancel_requested):
        view.cancel.click()
    view.set_progress(None)
    assert view.run.isEnabled()
    assert view.cancel.isHidden()


def test_breaking_a_derivative_names_it_and_mending_names_none(view: GradientCheckView) -> None:
    view.set_broken((Choice("tanh", "tanh: 1 − a² becomes 1 + a²"),), "")
    spy = QSignalSpy(view.broken_picked)
    view.broken.click()
    view.broken.click()
    assert [spy.at(i)[0] for i in range(2)] == ["tanh", ""]


def test_setting_never_emits(view: GradientCheckView) -> None:
    spies = [QSignalSpy(s) for s in (view.broken_picked, view.epsilon_changed, view.check_requested)]
    view.set_broken((Choice("tanh", "tanh"),), "tanh")
    view.set_epsilon(1e-3)
    view.set_reading(None)
    assert [spy.count() for spy in spies] == [0, 0, 0]


def test_a_point_leads_to_its_row(view: GradientCheckView, qtbot: QtBot) -> None:
    QApplication.processEvents()  # the axes take their room
    place = view.scatter.place_of(*view.scatter._points[1].tolist())
    spy = QSignalSpy(view.parameter_clicked)
    qtbot.mouseMove(view.scatter.viewport(), place.toPoint())
    qtbot.mouseClick(view.scatter.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert spy.at(0) == [1]
    assert view.table.selectionModel().selectedRows()[0].row() == 0


def test_of_many_points_the_wrong_ones_are_kept(view: GradientCheckView) -> None:
    n = 20_000
    wrong = np.zeros(n, dtype=bool)
    wrong[-1] = True
    view.scatter.set_points(np.linspace(-1, 1, n), np.linspace(-1, 1, n), wrong)
    assert len(view.scatter._points) == 5000
    assert view.scatter._places[-1] == n - 1
    assert not view.scatter.grab().isNull()


def test_a_numeric_gradient_is_not_rounded_to_that_of_backprop(view: GradientCheckView) -> None:
    found = replace(READING, backprop=np.array([2.0, 0.25, 2.00001]), numeric=np.array([1.99991, 0.25, 1.99991]))
    view.set_reading(found)
    view.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert (column(view, 1), column(view, 2)) == (["2", "0.25", "2.0000"], ["1.9999", "0.25", "1.9999"])


def test_a_sweep_takes_the_place_of_a_check_and_a_check_that_of_a_sweep(qtbot: QtBot) -> None:
    view = GradientCheckView()
    qtbot.addWidget(view)
    view.resize(740, 300)
    view.show()
    p = np.array([5.0, 50.0, 500.0])
    view.set_sweep(CostSweepReading((1, 8, 64), p, p * p, 2.0 * p, p * 1e-3, p * 1e-6, "note"))
    assert view.operations.isVisible()
    assert view.times.isVisible()
    assert not view.table.isVisible()
    assert not view.empty.isVisible()
    assert [row.number for row in view.operations.rows_at(np.log10(60.0))] == ["50", "2500", "100"]
    assert not view.grab().isNull()
    view.set_reading(READING)
    assert not view.operations.isVisible()
    assert view.table.isVisible()
    with qtbot.waitSignal(view.sweep_requested):
        view.sweep.click()


@pytest.mark.parametrize("gap", [1e-7, 1e-10, 1e-13, -1e-16])
def test_backprop_and_numeric_are_whole_and_differ_however_near_they_are(view: GradientCheckView, gap: float) -> None:
    near = np.array([-0.09361765082, 0.0038220367123, -2.5e-7])
    view.set_reading(replace(READING, backprop=near, numeric=near * (1.0 + gap * 3.0), findings=("agrees",) * 3))
    view.resize(752, 260)
    QApplication.processEvents()
    for backprop, numeric in zip(column(view, 1), column(view, 2), strict=True):
        assert backprop != numeric
        assert "…" not in backprop + numeric
    for number in (1, 2):
        assert view.table.columnWidth(number) >= view.table.sizeHintForColumn(number)


def test_the_plot_and_the_first_rows_stand_above_the_counts_also_in_a_low_window(view: GradientCheckView) -> None:
    view.set_work("N = 10 nodes (z and a of every unit), P = 17 parameters: one by one N·P = 170, backprop N + P = 27.")
    view.resize(752, 320)
    QApplication.processEvents()
    assert view.scatter.height() >= 140
    assert view.table.geometry().bottom() < min(part.geometry().top() for part in (view.work, view.cost))


def test_a_low_window_shows_the_counts_and_times_without_scrolling(view: GradientCheckView) -> None:
    view.set_work("N = 10 nodes (z and a of every unit), P = 17 parameters: one by one N·P = 170, backprop N + P = 27.")
    view.resize(752, 232)  # what a screen of 1366 × 768 leaves it
    QApplication.processEvents()
    assert view.minimumSizeHint().height() <= 232
    for part in (view.verdict, view.scatter, view.table, view.work, view.cost):
        assert view.rect().contains(part.geometry())


@pytest.mark.parametrize("parameters", [100.0, 130.0, 200.0, 513.0, 1100.0, 9600.0, 12000.0])
def test_the_name_of_the_parameters_covers_no_power_of_ten(view: GradientCheckView, parameters: float) -> None:
    p = parameters / np.array([128.0, 8.0, 1.0])
    view.resize(752, 400)
    view.set_sweep(CostSweepReading((1, 2, 3), p, p * p, 2.0 * p, p * 1e-3, p * 1e-6, "note"))
    QApplication.processEvents()
    for plot in (view.operations, view.times):
        axis = plot.getAxis("bottom")
        picture = QPixmap(8, 8)
        with QPainter(picture) as painter:
            texts = [text for _, _, text in axis.generateDrawSpecs(painter)[2]]
        low, high = axis.range
        size = axis.mapRectFromParent(axis.geometry()).width()
        ticks = axis.tickValues(low, high, size)[0][1]
        assert texts == [*axis.tickStrings(ticks, 1.0, 1.0), "parameters P"]
