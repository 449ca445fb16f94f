"""The hidden space in slow motion, in the real window: the batch has a place once its layer is computed, and moves."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth, with_training
from playground.training.step_cursor import StepPhase
from widgets.plots.hidden_space_plot import HiddenSpacePlot
from widgets.values.hidden_space import HiddenSpaceFrame, HiddenWalk


@pytest.fixture
def plot(window: MainWindow) -> HiddenSpacePlot:
    window.session.change(with_depth(2), "Two hidden layers")
    window.session.change(with_training(learning_rate=0.5), "A large step")
    window.session.step(40)
    window.parts.views.open("hidden_space")
    QApplication.processEvents()
    found = window.findChild(HiddenSpacePlot)
    assert isinstance(found, HiddenSpacePlot)
    found.layer_picked.emit(2)
    found.axes_picked.emit((0, 1))
    QTest.keyClick(window, Qt.Key.Key_F9)
    return found


def at(window: MainWindow, plot: HiddenSpacePlot, kind: str, layer: int = 0) -> tuple[HiddenSpaceFrame, HiddenWalk]:
    """Go to a phase; return what the view shows there."""
    slow = window.parts.slow_motion
    slow.goto(next(i for i, phase in enumerate(slow.cursor.phases) if phase == StepPhase(kind, layer)))  # type: ignore[arg-type]
    frame = plot.view.frame
    assert frame is not None
    assert frame.walk is not None
    return frame, frame.walk


def test_before_its_forward_phase_a_layer_has_no_place_for_the_batch(window: MainWindow, plot: HiddenSpacePlot) -> None:
    for phase in (("batch", 0), ("forward", 1)):
        frame, walk = at(window, plot, *phase)
        assert not walk.is_computed
        assert not walk.is_batch.any()
        assert not np.isin(frame.indices, window.parts.slow_motion.cursor.batch).any()
        assert plot.title.text() == "Forward 2 gives the batch of 16 its place"


def test_its_forward_phase_puts_the_batch_where_the_step_computed_it(window: MainWindow, plot: HiddenSpacePlot) -> None:
    frame, walk = at(window, plot, "forward", 2)
    record = window.parts.slow_motion.cursor.record
    assert walk.is_computed
    assert frame.indices[walk.is_batch].tolist() == window.parts.slow_motion.cursor.batch.tolist()
    np.testing.assert_allclose(frame.points.positions[walk.is_batch], record.layers[1].a[:, :2])
    assert not len(walk.arrows)
    assert len(np.unique(frame.indices)) == len(frame.indices) == len(window.session.run.data.sample.train)


def test_arrows_show_the_gradient_once_it_has_come_back_to_the_layer(window: MainWindow, plot: HiddenSpacePlot) -> None:
    assert not len(at(window, plot, "loss")[1].arrows)
    _frame, walk = at(window, plot, "backward", 3)
    record = window.parts.slow_motion.cursor.record
    drawn = walk.arrows[:, 1] - walk.arrows[:, 0]
    downhill = -record.layers[1].upstream[:, :2]
    assert walk.arrow_kind == "gradient"
    scale = np.linalg.norm(drawn, axis=1).max() / np.linalg.norm(downhill, axis=1).max()
    np.testing.assert_allclose(drawn, scale * downhill, atol=1e-12)


def test_the_update_leads_from_the_old_grid_to_the_one_of_the_next_iteration(
    window: MainWindow, plot: HiddenSpacePlot
) -> None:
    frame, walk = at(window, plot, "backward", 1)
    old_grid, old_batch = frame.grid, frame.points.positions[walk.is_batch]
    frame, walk = at(window, plot, "update")
    assert walk.before is not None
    assert walk.arrow_kind == "move"
    np.testing.assert_allclose(walk.before, old_grid, atol=1e-6)
    np.testing.assert_allclose(walk.arrows[:, 0], old_batch, atol=1e-6)
    np.testing.assert_array_equal(walk.arrows[:, 1], frame.points.positions[walk.is_batch])
    assert np.abs(walk.arrows[:, 1] - walk.arrows[:, 0]).max() > 1e-3
    QTest.keyClick(window, Qt.Key.Key_F10)
    after = plot.view.frame
    assert after is not None
    np.testing.assert_allclose(after.grid, frame.grid, atol=1e-6)
    assert np.abs(after.grid - old_grid).max() > 1e-3


def test_leaving_slow_motion_shows_everything_again(window: MainWindow, plot: HiddenSpacePlot) -> None:
    at(window, plot, "batch")
    window.parts.slow_motion.cancel()
    frame = plot.view.frame
    assert frame is not None
    assert frame.walk is None
    assert len(frame.indices) == len(window.session.run.data.sample.train)


def test_another_network_in_the_middle_of_a_walk_is_shown_whole(window: MainWindow, plot: HiddenSpacePlot) -> None:
    at(window, plot, "forward", 2)
    window.session.change(with_depth(1), "One hidden layer")
    assert plot.view.frame is not None
    assert plot.view.frame.walk is None
