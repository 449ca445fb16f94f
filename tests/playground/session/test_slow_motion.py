from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.document.document import Document, Edge, with_depth, with_training, with_width
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion, StepPhase, phases_of
from widgets.frame.phase_strip import phases_of as strip_phases_of

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
def walk(session: Session) -> SlowMotion:
    return SlowMotion(session)


@pytest.mark.parametrize("n_layers", [1, 2, 9])
def test_phases_are_called_as_on_the_phase_strip(n_layers: int) -> None:
    mine, theirs = phases_of(n_layers), strip_phases_of(n_layers)
    assert [phase.label for phase in mine] == [phase.label for phase in theirs]
    assert [phase.kind for phase in mine] == [phase.kind for phase in theirs]


def test_nothing_is_known_before_a_walk(walk: SlowMotion) -> None:
    assert not walk.is_active
    assert (walk.phases, walk.index, walk.phase, walk.record, walk.snapshot) == ((), None, None, None, None)
    assert (walk.known_forward, walk.known_backward, walk.n_layers) == (0, None, 0)
    assert not walk.is_loss_known
    assert not walk.is_update_known
    assert len(walk.batch) == 0
    assert walk.layer(1) is walk.gradient(1) is walk.delta(1) is walk.update_of(Edge(1, 0, 0)) is None
    walk.back()
    walk.commit()
    walk.cancel()
    with pytest.raises(ValueError, match="phase"):
        walk.goto(0)


def test_each_phase_knows_one_thing_more(walk: SlowMotion) -> None:
    walk.start()
    known = []
    for index in range(len(walk.phases)):
        walk.goto(index)
        known.append((walk.known_forward, walk.is_loss_known, walk.known_backward, walk.is_update_known))
    assert known == [
        (0, False, None, False),
        (1, False, None, False),
        (2, False, None, False),
        (3, False, None, False),
        (3, True, None, False),
        (3, True, 3, False),
        (3, True, 2, False),
        (3, True, 1, False),
        (3, True, 1, True),
    ]


def test_readings_are_there_when_they_are_computed(walk: SlowMotion) -> None:
    walk.start()
    for index in range(len(walk.phases)):
        walk.goto(index)
        assert [walk.layer(n) is not None for n in (1, 2, 3)] == [walk.known_forward >= n for n in (1, 2, 3)]
        lowest = walk.known_backward or 99
        assert [walk.gradient(n) is not None for n in (1, 2, 3)] == [n >= lowest for n in (1, 2, 3)]
        assert [walk.delta(n) is not None for n in (0, 1, 2, 3, 4)] == [False, *[walk.is_update_known] * 3, False]
        assert (walk.update_of(Edge(1, 0, 0)) is not None) == walk.is_update_known
    assert walk.layer(0) is None
    assert walk.layer(4) is None


def test_the_batch_is_marked_on_the_points(walk: SlowMotion, session: Session) -> None:
    walk.start()
    assert np.array_equal(walk.batch, session.snapshot().batch)
    inputs = session.run.data.sample.points[walk.batch]
    assert np.array_equal(walk.record.inputs, inputs)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_anatomy_of_an_update_adds_up(session: Session, walk: SlowMotion, optimizer: str) -> None:
    session.change(with_training(optimizer=OptimizerSpec(optimizer)), "optimizer")
    session.step(3)
    walk.start()
    walk.goto(len(walk.phases) - 1)
    edge = Edge(2, 1, 0)
    reading = walk.update_of(edge)
    assert reading.gradient == pytest.approx(reading.data_gradient + reading.regularization_gradient, rel=1e-12)
    assert abs(reading.clipped) <= abs(reading.gradient)
    assert reading.plain == -reading.rate * reading.clipped
    assert reading.w + reading.delta == reading.next_w
    assert [symbol for symbol, _, _ in reading.slots] == list(OPTIMIZERS[optimizer].slots)
    if optimizer == "sgd":
        assert reading.delta == reading.plain
    walk.commit()
    state = session.run.trainer.state()
    at = session.run.index_of(edge)
    assert state.parameters[at] == reading.next_w
    assert [after for _, _, after in reading.slots] == [slot[at] for slot in state.slots]


def test_an_update_of_an_edge_that_is_not_there_is_refused(walk: SlowMotion) -> None:
    walk.start()
    walk.goto(8)
    with pytest.raises(ValueError, match="there is no edge"):
        walk.update_of(Edge(1, 7, 0))


@pytest.mark.parametrize("leave_at", range(9))
def test_completing_midway_is_an_ordinary_step_bit_for_bit(make_session: Callable[..., Session], leave_at: int) -> None:
    slow, plain = make_session(DEEP), make_session(DEEP)
    walk = SlowMotion(slow)
    for _ in range(5):
        walk.start()
        walk.goto(leave_at)
        walk.commit()
        assert not walk.is_active
        plain.step()
        assert slow.run.trainer.state().same_as(plain.run.trainer.state())
    assert np.array_equal(slow.run.history.copy().table, plain.run.history.copy().table)


@pytest.mark.parametrize("leave_at", range(9))
def test_cancelling_midway_leaves_the_run_untouched(session: Session, walk: SlowMotion, leave_at: int) -> None:
    before = session.run.memory()
    ended = []
    walk.ended.connect(lambda: ended.append(1))
    walk.start()
    walk.goto(leave_at)
    walk.cancel()
    assert ended == [1]
    assert not walk.is_active
    assert session.run.trainer.state().same_as(before.state)
    assert session.run.history.copy() is before.curve


def test_going_forward_through_phases_trains_on(session: Session, walk: SlowMotion) -> None:
    other = Session(DEEP)
    other.step(13)
    moved = []
    walk.moved.connect(lambda: moved.append(walk.index))
    for _ in range(3 * 9 + 1):
        walk.forward()
    assert moved == [*range(9)] * 3 + [0]
    assert session.run.iteration == 13
    assert session.run.trainer.state().same_as(other.run.trainer.state())


def test_going_back_through_phases_goes_back_in_time(session: Session, walk: SlowMotion) -> None:
    states = {10: session.run.trainer.state()}
    walk.start()
    for _ in range(9):
        walk.forward()
    assert (session.run.iteration, walk.index) == (11, 0)
    walk.back()
    assert (session.run.iteration, walk.index, walk.is_update_known) == (10, 8, True)
    assert session.run.trainer.state().same_as(states[10])
    for _ in range(8):
        walk.back()
    assert walk.phase == StepPhase("batch")
    assert session.run.iteration == 10


def test_before_the_first_phase_of_all_there_is_nothing(make_session: Callable[..., Session]) -> None:
    session, notes = make_session(), []
    session.noted.connect(notes.append)
    walk = SlowMotion(session)
    walk.start()
    walk.back()
    assert walk.index == 0
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
def test_whatever_else_moves_the_run_ends_the_walk_and_says_so(
    session: Session, walk: SlowMotion, notes: list[str], disturb: Callable[[Session], object]
) -> None:
    session.change(with_training(batch_size=20), "batch")
    walk.start()
    walk.goto(4)
    disturb(session)
    assert not walk.is_active
    assert walk.known_backward is None
    assert sum("Slow motion ended" in note for note in notes) == 1


def test_looking_does_not_end_the_walk(session: Session, walk: SlowMotion) -> None:
    walk.start()
    walk.goto(4)
    session.pause()
    session.request_refresh()
    session.select(node=None)
    session.set_display(edge_kind="gradient")
    session.change(with_training(batch_size=-1), "refused")
    assert walk.start()
    assert walk.index == 4


def test_a_walk_pauses_training(session: Session, walk: SlowMotion) -> None:
    session.play()
    session.advance(10.0, 3)
    walk.start()
    assert not session.is_playing
    assert walk.is_active


def test_in_trouble_there_is_no_walk(make_session: Callable[..., Session]) -> None:
    session = make_session(replace(DEEP, training=TrainingSpec("squared", learning_rate=1e6)))
    session.change(with_training(batch_size=1), "one")
    session.set_weight(Edge(1, 0, 0), 1e200)
    notes: list[str] = []
    session.noted.connect(notes.append)
    walk = SlowMotion(session)
    while not session.run.divergence:
        assert walk.start()
        walk.goto(len(walk.phases) - 1)
        walk.forward()
    assert not walk.is_active
    assert not walk.start()
    assert notes[-1] == session.run.divergence.message


def test_a_frozen_weight_stays_in_the_announced_update(session: Session, walk: SlowMotion) -> None:
    edge = Edge(1, 0, 0)
    session.change(lambda d: replace(d, frozen=(edge,)), "freeze")
    walk.start()
    walk.goto(8)
    reading = walk.update_of(edge)
    assert (reading.clipped, reading.delta) == (0.0, 0.0)
    assert reading.gradient != 0.0
    assert reading.next_w == reading.w


def test_a_linear_model_has_five_phases(make_session: Callable[..., Session]) -> None:
    session = make_session(Document(hidden=()))
    walk = SlowMotion(session)
    walk.forward()
    assert [phase.label for phase in walk.phases] == ["Batch", "Forward 1", "Loss", "Backward 1", "Update"]
