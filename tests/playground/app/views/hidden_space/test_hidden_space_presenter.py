"""The hidden space view in the real window: opened late, follows training, costs nothing while hidden."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import MagicMock

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.app.views.hidden_space.presenter import HiddenSpacePresenter
from playground.app.window.main_window import MainWindow
from playground.engine.spec import LayerSpec
from widgets.plots.hidden_space_plot import HiddenSpacePlot


@pytest.fixture
def plot(window: MainWindow) -> HiddenSpacePlot:
    window.parts.views.open("hidden_space")
    QApplication.processEvents()
    found = window.findChild(HiddenSpacePlot)
    assert isinstance(found, HiddenSpacePlot)
    return found


def test_the_view_is_not_even_made_before_somebody_opens_it(window: MainWindow) -> None:
    window.session.step(3)
    assert window.parts.views.presenters == {}
    assert not window.parts.docks["hidden_space"].isVisible()


def test_the_points_move_with_training(window: MainWindow, plot: HiddenSpacePlot) -> None:
    assert plot.view.frame is not None
    before = plot.view.frame.points.positions
    window.session.step(50)
    assert np.abs(plot.view.frame.points.positions - before).max() > 1e-3


def test_the_axes_stay_while_training_changes_little(window: MainWindow, plot: HiddenSpacePlot) -> None:
    window.session.step(300)
    extents = set()
    for _ in range(20):
        window.session.step(1)
        assert plot.view.frame is not None
        extents.add(plot.view.frame.extent)
    assert len(extents) == 1


def test_at_first_the_last_layer_is_seen_along_its_score_with_an_upright_class_line(
    window: MainWindow, plot: HiddenSpacePlot
) -> None:
    window.session.step(200)
    frame = plot.view.frame
    assert frame is not None
    (line,) = frame.decision
    assert np.ptp(line.points[:, 0]) < 1e-3
    across = frame.points.positions[:, 0]
    right = window.session.snapshot().data.sample.labels[frame.indices] == 1
    side = across > line.points[0, 0]
    assert (side == right).mean() > 0.9


def test_units_are_picked_by_their_names(window: MainWindow, plot: HiddenSpacePlot) -> None:
    plot.across_box.setCurrentIndex(plot.across_box.findText("a₃⁽¹⁾"))
    plot.across_box.activated.emit(plot.across_box.currentIndex())
    assert plot.up_box.currentText() == "a₁⁽¹⁾"
    snapshot, frame = window.session.snapshot(), plot.view.frame
    assert frame is not None
    for i in (0, 17):
        index = int(frame.indices[i])
        window.session.select(example=replace(window.session.selection.example, index=index))
        a = snapshot.trace(window.session.selection.example).layer(1).a
        assert frame.points.positions[i] == pytest.approx([a[2], a[0]], abs=1e-5)


def test_a_click_on_a_point_makes_it_the_example(window: MainWindow, plot: HiddenSpacePlot) -> None:
    plot.point_clicked.emit(7)
    assert window.session.selection.example.index == 7
    assert plot.view.example == 7


def test_layers_come_and_go(window: MainWindow, plot: HiddenSpacePlot) -> None:
    def with_hidden(*widths: int) -> None:
        window.session.change(lambda d: replace(d, hidden=tuple(LayerSpec(w) for w in widths)), "Layers")

    with_hidden(5, 2)
    assert [plot.layer_box.itemText(i) for i in range(plot.layer_box.count())] == ["Hidden 1", "Hidden 2"]
    assert plot.across_box.currentText() == "a₁⁽²⁾"
    plot.layer_picked.emit(1)
    assert plot.across_box.currentText() == "PC₁"
    assert plot.view.frame is not None
    assert plot.view.frame.image is None
    with_hidden()
    assert plot.view.frame is None
    assert "add one" in plot.view.message
    with_hidden(1)
    assert plot.view.frame is not None
    assert (plot.view.frame.points.positions[:, 1] == 0).all()


def test_a_view_behind_another_tab_computes_nothing(window: MainWindow, plot: HiddenSpacePlot) -> None:
    presenter = window.parts.views.presenters["hidden_space"]
    assert isinstance(presenter, HiddenSpacePresenter)
    window.parts.docks["output"].raise_()
    QApplication.processEvents()
    reading = presenter._reading = MagicMock()
    window.session.step(2)
    reading.frame.assert_not_called()
