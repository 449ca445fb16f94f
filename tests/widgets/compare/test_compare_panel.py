"""Two runs beside each other: a legend that reads without colour, one scale, letters that do not collide."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.compare.compare_panel import ComparePanel
from widgets.plots.end_labels import EndLabel, EndLabels
from widgets.values import Choice, FlowRow, Series, TransportReadouts

X = np.arange(0.0, 500.0)


def pair(first: np.ndarray, second: np.ndarray) -> tuple[Series, ...]:
    return (
        Series("A · SGD", X[: len(first)], first, letter="A"),
        Series("B · Adam", X[: len(second)], second, dashed=True, letter="B"),
    )


@pytest.fixture
def panel(qtbot: QtBot) -> ComparePanel:
    made = ComparePanel()
    qtbot.addWidget(made)
    made.resize(660, 220)
    made.set_choices((Choice("none", "nothing"), Choice("adam", "SGD against Adam")), "adam")
    made.set_names("SGD", "Adam", "SGD ↔ Adam")
    made.show()
    qtbot.waitExposed(made)
    return made


def test_what_is_shown_emits_nothing_and_a_head_emits_its_curve_once(panel: ComparePanel, qtbot: QtBot) -> None:
    heard: list[object] = []
    for signal in (panel.curve_picked, panel.difference_picked, panel.time_moved, panel.smoothing_picked):
        signal.connect(heard.append)
    panel.set_readouts(0, TransportReadouts(3, 1, 0.5, 0.25, None))
    panel.set_curves(pair(np.exp(-X / 90), np.exp(-X / 30)), "test loss")
    panel.set_time(30)
    panel.table.set_curve("test_loss")
    assert heard == []
    for _ in range(2):
        qtbot.mouseClick(panel.table.heads["train_loss"], Qt.MouseButton.LeftButton)
    assert heard == ["train_loss"]


def test_the_runs_differ_by_dash_and_letter_not_by_colour_alone(panel: ComparePanel) -> None:
    panel.set_curves(pair(np.exp(-X / 90), np.exp(-X / 30)), "")
    first, second = (sample.curve_style for sample in panel.table.samples)
    assert first.dash == ()
    assert second.dash != ()
    assert [name.text() for name in panel.table.names] == ["A · SGD", "B · Adam"]
    assert panel.plots[1].accessibleName() == "Output of run B, Adam"
    assert panel.table.cells["test_loss", 1].accessibleName() == "test data loss of run B"


def test_both_curves_share_one_scale_on_a_linear_and_a_log_axis(panel: ComparePanel) -> None:
    panel.set_curves(pair(np.exp(-X / 90), np.full_like(X, 3.0)), "")
    for log, top in ((False, 3.0), (True, np.log10(3.0))):
        panel.tools.log_toggled.emit(log)
        assert panel.canvas.getViewBox().viewRange()[1][1] >= top
        assert [letter.text for letter in panel.canvas.labels.labels] == ["A", "B"]


def test_a_curve_that_stopped_early_has_its_letter_where_it_stopped(panel: ComparePanel) -> None:
    panel.set_curves(pair(np.exp(-X / 90), np.full(100, 0.4)), "")
    first, second = panel.canvas.labels.labels
    assert second.end.x() < first.end.x() - 50


def test_letters_of_curves_that_end_together_stand_apart(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(300, 100)
    letters, black = EndLabels(holder), QColor("black")
    letters.show_labels((EndLabel("A", black, QPointF(200, 50)), EndLabel("B", black, QPointF(200, 51))))
    first, second = letters.places()
    assert first.bottom() <= second.top() + 0.01
    assert abs(first.center().y() - 50) < 15


def test_regression_has_no_accuracy(panel: ComparePanel) -> None:
    panel.table.set_columns(("train_loss", "test_loss"))
    assert not panel.table.heads["test_accuracy"].isVisible()
    assert panel.table.heads["test_loss"].isVisible()


def test_both_flows_stand_on_one_scale_in_the_place_of_the_curves(panel: ComparePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.flow_toggled) as caught:
        panel.flow.click()
    assert caught.args == [True]
    panel.set_flows(((FlowRow("W⁽¹⁾", 1e-5, 1e-3),), (FlowRow("W⁽¹⁾", 10.0, 1e-3),)))
    assert panel.flows[0].isVisible()
    assert not panel.canvas.isVisible()
    assert panel.flows[0]._scale == panel.flows[1]._scale
    panel.set_flows(None)
    assert panel.canvas.isVisible()
    assert not panel.flows[0].isVisible()
    assert not panel.flow.isChecked()
