from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.document.changes import with_depth, with_training, with_width
from playground.document.document import Document, Edge
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training.step_cursor import StepPhase

DEEP = Document(
    hidden=(LayerSpec(4, dropout=0.25), LayerSpec(3, "relu")),
    training=TrainingSpec(
        "squared",
        OptimizerSpec("adam"),
        0.05,
        ScheduleSpec("exponential"),
        regularizer="elastic_net",
        penalty=0.01,
        clip_norm=0.3,
    ),
)


@pytest.fixture
def session(make_session: Callable[..., Session]) -> Session:
    session = make_session(DEEP)
    session.step(10)
    return session


@pytest.fixture
def slow(session: Session) -> SlowMotion:
    return SlowMotion(session)


def test_without_slow_motion_there_is_nothing_to_go_back_from_take_or_discard(slow: SlowMotion) -> None:
    assert not slow.is_active
    slow.back()
    slow.commit()
    slow.cancel()
    slow.goto(3)
    assert slow.cursor is None


@pytest.mark.parametrize("leave_at", range(9))
def test_completing_midway_is_an_ordinary_step_bit_for_bit(make_session: Callable[..., Session], leave_at: int) -> None:
    session, plain = make_session(DEEP), make_session(DEEP)
    slow = SlowMotion(session)
    for _ in range(5):
        slow.start()
        slow.goto(leave_at)
        slow.commit()
        assert not slow.is_active
        plain.step()
        assert session.run.trainer.state().same_as(plain.run.trainer.state())
    assert np.array_equal(session.run.history.copy().table, plain.run.history.copy().table)


@pytest.mark.parametrize("leave_at", range(9))
def test_cancelling_midway_leaves_the_run_untouched(session: Session, slow: SlowMotion, leave_at: int) -> None:
    before = session.run.memory()
    ended = []
    slow.ended.connect(lambda: ended.append(1))
    slow.start()
    slow.goto(leave_at)
    slow.cancel()
    assert ended == [1]
    assert not slow.is_active
    assert session.run.trainer.state().same_as(before.state)
    assert session.run.history.copy() is before.curve


def test_going_forward_through_phases_trains_on(session: Session, slow: SlowMotion) -> None:
    other = Session(DEEP)
    other.step(13)
    moved = []
    slow.moved.connect(lambda: moved.append(slow.cursor.index))
    for _ in range(3 * 9 + 1):
        slow.forward()
    assert moved == [*range(9)] * 3 + [0]
    assert session.run.iteration == 13
    assert session.run.trainer.state().same_as(other.run.trainer.state())


def test_going_back_through_phases_goes_back_in_time(session: Session, slow: SlowMotion) -> None:
    states = {10: session.run.trainer.state()}
    slow.start()
    for _ in range(9):
        slow.forward()
    assert (session.run.iteration, slow.cursor.index) == (11, 0)
    slow.back()
    assert (session.run.iteration, slow.cursor.index, slow.cursor.is_update_known) == (10, 8, True)
    assert session.run.trainer.state().same_as(states[10])
    for _ in range(8):
        slow.back()
    assert slow.cursor.phase == StepPhase("batch")
    assert session.run.iteration == 10


def test_the_first_phase_of_the_earliest_iteration_has_none_before_it(make_session: Callable[..., Session]) -> None:
    session, notes = make_session(), []
    session.noted.connect(notes.append)
    slow = SlowMotion(session)
    slow.start()
    slow.back()
    assert slow.cursor.index == 0
    assert "first phase" in notes[-1]


@pytest.mark.parametrize(
    "disturb",
    [
        lambda s: s.step(),
        lambda s: s.step_back(),
        lambda s: s.reset(),
        lambda s: s.play(),
        lambda s: s.change(with_width(1, 6), "wider"),
        lambda s: s.change(with_depth(0), "linear"),
        lambda s: s.change(with_training(learning_rate=0.5), "rate"),
        lambda s: s.set_weight(Edge(1, 0, 0), 2.0),
        lambda s: s.undo_stack.undo(),
    ],
)
def test_whatever_else_moves_the_run_ends_slow_motion_with_a_message(
    session: Session, slow: SlowMotion, notes: list[str], disturb: Callable[[Session], object]
) -> None:
    session.change(with_training(batch_size=20), "batch")
    slow.start()
    slow.goto(4)
    disturb(session)
    assert not slow.is_active
    assert sum("Slow motion ended" in note for note in notes) == 1


def test_looking_does_not_end_slow_motion(session: Session, slow: SlowMotion) -> None:
    slow.start()
    slow.goto(4)
    session.pause()
    session.request_refresh()
    session.select(node=None)
    session.set_display(edge_kind="gradient")
    session.change(with_training(batch_size=-1), "refused")
    assert slow.start()
    assert slow.cursor.index == 4


def test_slow_motion_pauses_training(session: Session, slow: SlowMotion) -> None:
    session.play()
    session.advance(10.0, 3)
    slow.start()
    assert not session.is_playing
    assert slow.is_active


def test_a_diverged_run_has_no_slow_motion(make_session: Callable[..., Session]) -> None:
    session = make_session(replace(DEEP, training=TrainingSpec("squared", learning_rate=1e6)))
    session.change(with_training(batch_size=1), "one")
    session.set_weight(Edge(1, 0, 0), 1e200)
    notes: list[str] = []
    session.noted.connect(notes.append)
    slow = SlowMotion(session)
    while not session.run.divergence:
        assert slow.start()
        slow.goto(slow.cursor.last)
        slow.forward()
    assert not slow.is_active
    assert not slow.start()
    assert notes[-1] == session.run.divergence.message
