"""The hidden space in slow motion: the batch has a place once its layer is computed, and moves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.app.views.hidden_space.reading import HiddenSpaceReading
from playground.app.views.hidden_space.slow_motion_reading import frame
from playground.document.changes import with_depth, with_training
from playground.session.session import Session
from playground.training.step_cursor import StepCursor, StepPhase
from widgets.values.hidden_space import HiddenSpaceFrame, HiddenWalk

At = Callable[..., tuple[HiddenSpaceFrame, HiddenWalk]]


@pytest.fixture
def cursor(session: Session) -> StepCursor:
    session.change(with_depth(2), "Two hidden layers")
    session.change(with_training(learning_rate=0.5), "A large step")
    session.step(40)
    return StepCursor(session.snapshot())


@pytest.fixture
def at(cursor: StepCursor) -> At:
    """Return what shows hidden layer 2 at a phase, along its first two units."""
    reading = HiddenSpaceReading(cursor.snapshot, 2, (0, 1))

    def show(kind: str, layer: int = 0) -> tuple[HiddenSpaceFrame, HiddenWalk]:
        index = cursor.phases.index(StepPhase(kind, layer))  # type: ignore[arg-type]
        made = frame(reading, cursor.at(index))
        assert made.walk is not None
        return made, made.walk

    return show


def test_before_its_forward_phase_a_layer_has_no_place_for_the_batch(cursor: StepCursor, at: At) -> None:
    for phase in (("batch", 0), ("forward", 1)):
        shown, walk = at(*phase)
        assert not walk.is_computed
        assert not walk.is_batch.any()
        assert not np.isin(shown.indices, cursor.batch).any()
        assert shown.title == "Forward 2 gives the batch of 16 its place"


def test_its_forward_phase_puts_the_batch_where_the_step_computed_it(cursor: StepCursor, at: At) -> None:
    shown, walk = at("forward", 2)
    assert walk.is_computed
    assert shown.indices[walk.is_batch].tolist() == cursor.batch.tolist()
    np.testing.assert_allclose(shown.points.positions[walk.is_batch], cursor.record.layers[1].a[:, :2])
    assert not len(walk.arrows)
    assert len(np.unique(shown.indices)) == len(shown.indices) == len(cursor.snapshot.data.sample.train)


def test_arrows_show_the_gradient_once_it_has_come_back_to_the_layer(cursor: StepCursor, at: At) -> None:
    assert not len(at("loss")[1].arrows)
    _shown, walk = at("backward", 3)
    drawn = walk.arrows[:, 1] - walk.arrows[:, 0]
    downhill = -cursor.record.layers[1].upstream[:, :2]
    assert walk.arrow_kind == "gradient"
    scale = np.linalg.norm(drawn, axis=1).max() / np.linalg.norm(downhill, axis=1).max()
    np.testing.assert_allclose(drawn, scale * downhill, atol=1e-12)


def test_the_update_leads_from_the_old_grid_to_the_one_of_the_next_iteration(
    session: Session, cursor: StepCursor, at: At
) -> None:
    shown, walk = at("backward", 1)
    old_grid, old_batch = shown.grid, shown.points.positions[walk.is_batch]
    shown, walk = at("update")
    assert walk.before is not None
    assert walk.arrow_kind == "move"
    np.testing.assert_allclose(walk.before, old_grid, atol=1e-6)
    np.testing.assert_allclose(walk.arrows[:, 0], old_batch, atol=1e-6)
    np.testing.assert_array_equal(walk.arrows[:, 1], shown.points.positions[walk.is_batch])
    assert np.abs(walk.arrows[:, 1] - walk.arrows[:, 0]).max() > 1e-3
    session.step()
    after = HiddenSpaceReading(session.snapshot(), 2, (0, 1)).frame(session.snapshot())
    np.testing.assert_allclose(after.grid, shown.grid, atol=1e-6)
    assert np.abs(after.grid - old_grid).max() > 1e-3
